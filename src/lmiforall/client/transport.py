"""An address -> the bytes of its answer, by the standard library's HTTP: time-outs, retries, gzip, ETag."""

import json
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from lmiforall.client.held import Held, HeldAnswers
from lmiforall.client.trouble import LMIError, Misunderstood, Refused, Unreachable
from lmiforall.client.waiting import PASSING, Patience, asked_for

# Because the largest page of v2, 10,000 figures, has 4 MB.
LARGEST = 64 * 1024 * 1024
PIECE = 64 * 1024
# SOURCE: zlib.h: 15 for the largest window, and 32 more to recognise gzip by its header.
_GZIP = 15 + 32
# Of a refusal so much is read to say what was wrong.
_REFUSAL = 64 * 1024


T = TypeVar("T")


@dataclass(frozen=True)
class Raw:
    """An answer as it came: its headers by lower-case name, its body unpacked; ``unchanged`` where it was held."""

    headers: Mapping[str, str]
    body: bytes
    unchanged: bool = False


@dataclass(frozen=True)
class Transport:
    """Asks addresses. ``timeout`` is how many seconds one attempt may take in all, ``held`` what needn't come again."""

    timeout: float = 20.0
    patience: Patience = field(default_factory=Patience)
    held: HeldAnswers = field(default_factory=HeldAnswers)
    agent: str = "lmiforall-client"
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def ask(self, address: str) -> Raw:
        """Give an answer, from what is held where the service says that it is unchanged."""
        return self._patiently(address, lambda: self._ask_once(address))

    def pieces(self, address: str, take: Callable[[Iterator[bytes]], None]) -> None:
        """Hand the body of a long answer to ``take``, piece by piece; each attempt begins anew.

        The time-out is of each piece here, for nobody knows how long the whole may take.
        """
        self._patiently(address, lambda: self._take_once(address, take))

    def _patiently(self, address: str, once: Callable[[], T]) -> T:
        retry = 0
        while True:
            retry += 1
            try:
                return once()
            except Refused as refused:
                wait = self.patience.wait(retry, refused.retry_after) if refused.status in PASSING else None
                if wait is None:
                    raise
            except (OSError, HTTPException, EOFError) as broken:
                wait = self.patience.wait(retry)
                if wait is None:
                    tried = f"no whole answer, tried {retry} times: {_reason(broken)}"
                    raise Unreachable(address, tried) from broken
            self.sleep(wait)

    def _ask_once(self, address: str) -> Raw:
        held, until = self.held.get(address), self.clock() + self.timeout
        with self._opened(address, held.etag if held else "") as (status, headers, body):
            if status == HTTPStatus.NOT_MODIFIED and held:
                return Raw(held.headers, held.body, unchanged=True)
            parts, size = [], 0
            for part in _unpacked(self._in_time(body, until), headers):
                size += len(part)
                if size > LARGEST:
                    raise Misunderstood(address, f"the answer is longer than {LARGEST:,} bytes")
                parts.append(part)
        whole = b"".join(parts)
        if etag := headers.get("etag"):
            self.held.put(address, Held(etag, headers, whole))
        return Raw(headers, whole)

    def _take_once(self, address: str, take: Callable[[Iterator[bytes]], None]) -> None:
        with self._opened(address, "") as (_, headers, body):
            take(_unpacked(body, headers))

    def _in_time(self, body: Iterator[bytes], until: float) -> Iterator[bytes]:
        """Break off an answer that drips so slowly that no single piece of it is late."""
        for piece in body:
            if self.clock() > until:
                raise TimeoutError(f"it took longer than {self.timeout:g} s")
            yield piece

    @contextmanager
    def _opened(self, address: str, etag: str) -> Iterator[tuple[int, dict[str, str], Iterator[bytes]]]:
        """Give status, headers and the packed pieces of an answer; an error is raised with what the service says."""
        headers = {"Accept-Encoding": "gzip", "User-Agent": self.agent} | ({"If-None-Match": etag} if etag else {})
        request = Request(address, headers=headers)  # noqa: S310 - LMI takes http and https only
        try:
            answer = urlopen(request, timeout=self.timeout)  # noqa: S310 - as above
        except HTTPError as error:
            with error:
                given = _lower(error.headers)
                if error.code != HTTPStatus.NOT_MODIFIED:
                    raise _refused(address, error, given) from None
                yield error.code, given, iter(())
            return
        with answer:
            given = _lower(answer.headers)
            yield answer.status, given, _read(answer, given)


def _read(answer: Any, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Read to the end, and say so where the end came before the length that was promised."""
    come = 0
    while piece := answer.read1(PIECE):
        come += len(piece)
        yield piece
    promised = headers.get("content-length", "")
    if promised.isdigit() and come != int(promised):
        raise EOFError(f"{come:,} of {int(promised):,} bytes came")


def _unpacked(pieces: Iterator[bytes], headers: Mapping[str, str]) -> Iterator[bytes]:
    """Undo gzip, never more of it at once than a piece."""
    if headers.get("content-encoding", "") != "gzip":
        yield from pieces
        return
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            part = unpacker.decompress(piece, PIECE)
            while part:
                yield part
                part = unpacker.decompress(unpacker.unconsumed_tail, PIECE)
    except zlib.error as broken:
        raise EOFError(f"the gzip is broken: {broken}") from broken
    if not unpacker.eof:
        raise EOFError("the gzip ends in the middle")


def _refused(address: str, error: HTTPError, headers: Mapping[str, str]) -> LMIError:
    """Read what the service says was wrong; what a proxy says in its own way is cut to a line."""
    try:
        text = b"".join(_unpacked(iter([error.read(_REFUSAL)]), headers)).decode("utf-8", "replace")
    except (OSError, HTTPException, EOFError):
        text = ""
    said = _json(text)
    waiting = asked_for(headers)
    if not isinstance(said, dict) or "error" not in said:
        return Refused(address, error.code, " ".join(text.split())[:200] or error.reason, retry_after=waiting)
    what, where, do = (str(said.get(key, "")) for key in ("what", "where", "do"))
    return Refused(address, error.code, what or str(said["error"]), where=where, do=do, retry_after=waiting)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in headers.items()}


def _reason(broken: BaseException) -> str:
    """Say what broke: urllib wraps the reason in an error of its own."""
    inner = broken.reason if isinstance(broken, URLError) else broken
    return str(inner) or type(inner).__name__
