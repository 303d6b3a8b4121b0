"""What a shape gives back: content for one format, or a refusal that says what was wrong."""

from collections.abc import AsyncIterator, Set
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import structs

from lmiforall.base.problem import Problem, Stop

JSON = "application/json; charset=UTF-8"

encode = msgspec.json.Encoder().encode


class Missing(Stop):
    """What was asked for isn't there: a refusal with status 404."""


# PERF: a Struct is made in an eighth of a frozen dataclass's 0.6 us (bench/answers.py, v2 figure).
class Answer(msgspec.Struct, frozen=True):
    """An answer that can be held: its bytes, its kind and the headers that tell what it rests on.

    One that isn't ``lasting`` is of this moment: nobody may keep it. ``headers`` are shared by many answers,
    ``link`` is this one's own. ``tag`` is a digest of all that the body is made of, where that is shorter than it.
    """

    body: bytes
    status: int = 200
    kind: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    link: str = ""
    tag: str = ""
    lasting: bool = True


@dataclass(frozen=True)
class Stream:
    """An answer too long to hold, sent piece by piece; ``tag`` names its content for the ETag.

    ``packable`` says that gzip makes it much shorter, which a Parquet file it doesn't.
    """

    pieces: AsyncIterator[bytes] = field(repr=False)
    kind: str
    tag: str
    headers: tuple[tuple[str, str], ...] = ()
    packable: bool = True


def found(content: Any, statuses: Set[str] = frozenset(), headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Answer with content as compact JSON; ``statuses`` are those of the figures in it."""
    return Answer(encode(content), headers=(*rest_on(frozenset(statuses)), *headers) if statuses else headers)


def written(body: bytes, statuses: frozenset[str], *made_of: str) -> Answer:
    """Answer with JSON that is written already; ``statuses`` are those of the figures in it.

    ``made_of`` is the digest of all figures that the body is cut out of, and what it is cut by; empty without figures.
    """
    # PERF: 1.5 us less than with a digest of the body (bench/endpoints.py, lfs/weeklypay/breakdown).
    return Answer(body, headers=rest_on(statuses), tag="-".join(made_of) if statuses else "")


@lru_cache(100)
def rest_on(statuses: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Write the header that says the statuses of an answer's figures."""
    return (("X-LMI-Status", ", ".join(sorted(statuses))),) if statuses else ()


def kept(answer: Answer) -> Answer:
    """Give an answer that is to be remembered: with its digest, which then needn't be made again."""
    return structs.replace(answer, tag=digest(answer.body))


def digest(*parts: bytes) -> str:
    """Give the digest of what a body is, or of all that it is made of."""
    return blake2b(parts[0] if len(parts) == 1 else b"".join(parts), digest_size=9).hexdigest()


def refused(problem: Problem, status: int = 400) -> Answer:
    """Refuse a request: one text for people (``error``), and where and what to do for programs."""
    content = {"error": str(problem), "what": problem.what, "where": problem.where, "do": problem.do}
    return Answer(encode({key: text for key, text in content.items() if text}), status)
