"""GET .../o-net/soc2onet/4135, .../o-net/skills/43-4121.00 -> O*NET's occupations, and what they ask for."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from msgspec import Raw

from lmiforall.base.endpoint import ElementList, Identifiers, Ranked, Ratings, ToOnet, ToSoc
from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.onet_soc2010 import ONET_SOC2010
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import links, occupation
from lmiforall.serve.answer import Answer, encode, found
from lmiforall.serve.links import TO_ONET, Part
from lmiforall.serve.occupation import Spoken
from lmiforall.serve.remembered import remembered

# What ends the code of an occupation of O*NET that is a whole one of the US SOC.
WHOLE = ".00"
OTHER_EDITION = "O*NET has other codes since November 2020: these are the ratings of {of}."
# How the entry of an occupation ends that is none of the SOC.
NO_CODES = b"[]}"
NONE = "O*NET has no ratings of this occupation."


def to_onet(release: Release, opened: Opened, ask: ToOnet, asked: Mapping[str, str]) -> Answer:
    """Answer with the O*NET occupations of a unit group, the largest first; a wider group has none of its own.

    Those that nobody rated are given only where no other is there.
    """
    soc = occupation.code(asked)
    every = links.foremost(opened, TO_ONET, soc, "onet", ask.most)
    rated = ratings_by(release.dataset(ask.rated), ask.scale, {}).places if ask.rated in release else {}
    parts = [part for part in every if part[0] in rated] or every
    codes = [{"code": code, "title": ONET_SOC2019.title_of(code)} for code, _ in parts]
    return found({"soc": int(soc), "onetCodes": codes}, _statuses(opened, parts))


def to_soc(release: Release, opened: Opened, ask: ToSoc, asked: Mapping[str, str]) -> Answer:
    """Answer with the SOC codes of each O*NET occupation, in the order in which they are asked for."""
    classification = occupation.spoken(asked)
    write = partial(_socs, release, opened, ask, classification)
    # PERF: all are written once, in 10 ms, and joined: 0.1 us for each of ten where it takes 6 to put together
    # (bench/endpoints.py, o-net/onet2soc).
    known = remembered(
        opened, (ask.path, classification.name), lambda: {code: write(code) for code in opened.words["onet"]}
    )
    codes = [piece.strip() for piece in asked["onetCodes"].split(",")]
    entries = [known[code] if code in known else write(code) for code in codes]
    told = not all(entry.endswith(NO_CODES) for entry in entries)
    return found(Raw(b"[%s]" % b",".join(entries)), {opened.word("status", 0)} if told else set[str]())


def _socs(release: Release, opened: Opened, ask: ToSoc, classification: Spoken, code: str) -> bytes:
    """Give the entry of one occupation, encoded."""
    now = _of_other_edition(release, ask.editions, code, ONET_SOC2019)
    parts = links.foremost(opened, links.back(opened), now, classification.dimension, ask.most)
    titles = [{"soc": int(soc), "title": classification.codes.title_of(soc)} for soc, _ in parts]
    return encode({"onetCode": code, "socCodes": titles})


def ratings(release: Release, opened: Opened, ask: Ratings, asked: Mapping[str, str]) -> Answer:
    """Answer with the ratings of an occupation, scale by scale, in the order of the elements."""
    code = asked["onet"]
    if code not in ONET_SOC2019 and code not in ONET_SOC2010:
        raise Stop(Problem(f"{code[:40]!r} is no occupation of O*NET", "the path", "o-net/soc2onet gives their codes."))
    of = rated_as(release, opened, ask, code)
    names = element_titles(release, ask.names)
    ids = {title: element for element, title in names.items()} if ask.by_title else {}
    scales, statuses = [], set()
    for scale, measure in ask.scales.items():
        wanted = {**ask.where, "onet": of, "measure": measure} | ({} if ask.by_title else {"scale": scale})
        rated = list(_rated(opened, wanted, ask.element))
        items = [(ids.get(name, name), value) for name, value, _ in rated]
        statuses |= {status for _, _, status in rated}
        listed = [{"id": element, "name": names[element], "value": value} for element, value in sorted(items)]
        if listed:
            scales.append({"id": scale, ask.key: listed})
    if not scales:
        return found({"onetCode": code, "error": NONE})
    said = (("X-LMI-Note", OTHER_EDITION.format(of=of)),) if of != code else ()
    return found({"onetCode": code, "scales": scales}, statuses, said)


def rated_as(release: Release, opened: Opened, ask: Ratings, code: str) -> str:
    """Give the code under which the ratings of an occupation stand."""
    return _of_other_edition(release, ask.editions, code, opened.numbers["onet"])


def _of_other_edition(release: Release, name: str, code: str, known: Container[str]) -> str:
    """Give the code by which an occupation is known; another than its own where one alone came before or after it."""
    if code in known or name not in release or not code.endswith(WHOLE):
        return code
    there = _other_editions(release.dataset(name)).get(code.removesuffix(WHOLE), ())
    return there[0] + WHOLE if len(there) == 1 and there[0] + WHOLE in known else code


@cache
def _other_editions(opened: Opened) -> Mapping[str, Sequence[str]]:
    """Give what each code was called in the other edition, where that is another; some were divided or joined."""
    found: dict[str, set[str]] = {}
    for row in range(opened.rows):
        pair = [opened.word(name, row) for name in opened.dimensions]
        for one, other in (pair, reversed(pair)):
            found.setdefault(one, set()).add(other)
    return {code: sorted(others) for code, others in found.items()}


def identifiers(opened: Opened, ask: Identifiers, _: Mapping[str, str]) -> Answer:
    """Answer with the ids and names of all elements that occupations are rated by, in their groups."""
    return found(
        {
            key: [{"id": code, "name": opened.text("title", row)} for code, row in _rated_elements(opened, start)]
            for key, start in ask.groups.items()
        }
    )


def element_list(opened: Opened, ask: ElementList, _: Mapping[str, str]) -> Answer:
    """Answer with the names and descriptions of one group, as in 2013."""
    return found(
        [
            {"shortname": opened.text("title", row), "description": opened.text("description", row)}
            for _, row in _rated_elements(opened, ask.group)
        ]
    )


def ranked(release: Release, opened: Opened, ask: Ranked, asked: Mapping[str, str]) -> Answer:
    """Answer with the foremost elements of a unit group, from the ratings of its O*NET occupations."""
    soc = occupation.code(asked)
    rated = ratings_by(opened, ask.scale, ask.where)
    shares = links.foremost(release.dataset(ask.links), TO_ONET, soc, "onet", 1.0)
    # An occupation without ratings says nothing; the others' parts then count for more.
    parts = [(rated.places[code], share) for code, share in shares if code in rated.places]
    weight = sum(share for _, share in parts)
    if not weight:
        return found(occupation.nothing(soc, NONE))
    places, weights = [place for place, _ in parts], [share for _, share in parts]
    sums = np.nan_to_num(rated.values[places]).T @ np.array(weights) / weight
    names = element_titles(release, ask.names)
    best = np.lexsort((rated.elements, -sums))[: ask.most].tolist()
    skills = [
        {"name": names[rated.elements[place]], "score": round(float(sums[place]), 2), "rank": rank}
        for rank, place in enumerate(best, start=1)
    ]
    return found({"soc": int(soc), "infotype": ask.infotype, "skills": skills}, {"modelled"})


@dataclass(frozen=True)
class Rated:
    """The ratings by one scale: a row for each occupation (``places``), a column for each element, NaN for none."""

    places: Mapping[str, int]
    elements: Sequence[str]
    values: Array


def ratings_by(opened: Opened, scale: str, where: Mapping[str, str]) -> Rated:
    """Give all ratings by a scale, of one part of the content model where ``where`` says so."""
    return _ratings_by(opened, scale, tuple(where.items()))


# PERF: made once; a look-up for each of 900 occupations takes 10 ms, a product of a matrix 20 us
# (bench/endpoints.py, o-net/reversematch, onet/levels).
@cache
def _ratings_by(opened: Opened, scale: str, where: tuple[tuple[str, str], ...]) -> Rated:
    codes = {name: (code,) for name, code in where}
    rows = np.asarray(opened.find({**codes, "scale": (scale,), "measure": ("data_value",)}))
    values = opened.array("value")[rows]
    rows, values = rows[~np.isnan(values)], values[~np.isnan(values)]
    occupations, of_occupation = np.unique(opened.array("onet")[rows], return_inverse=True)
    elements, of_element = np.unique(opened.array("element")[rows], return_inverse=True)
    matrix = np.full((len(occupations), len(elements)), np.nan)
    matrix[of_occupation, of_element] = values
    places = {opened.words["onet"][number]: place for place, number in enumerate(occupations.tolist())}
    return Rated(places, [opened.words["element"][number] for number in elements.tolist()], matrix)


def element_titles(release: Release, name: str) -> Mapping[str, str]:
    """Give the title of each element by its id."""
    return _titles(release.dataset(name))


@cache
def _titles(opened: Opened) -> Mapping[str, str]:
    return {opened.word("element", row): opened.text("title", row) for row in range(opened.rows)}


def _rated(opened: Opened, wanted: Mapping[str, str], dimension: str) -> Iterator[tuple[str, float, str]]:
    """Give element, value and status of what has a value."""
    codes: dict[str, Sequence[str]] = {name: (code,) for name, code in {"measure": "data_value", **wanted}.items()}
    names, statuses = opened.words[dimension], opened.words["status"]
    for element, value, status in occupation.columns(opened, codes, dimension, "value", "status"):
        if value == value:  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
            yield names[element], value, statuses[status]


def _rated_elements(opened: Opened, start: str) -> Iterator[tuple[str, int]]:
    """Give the leaves of the content model below some ids, and their rows; ``start`` joins ids by commas."""
    every = {opened.word("element", row): row for row in range(opened.rows)}
    inner = {code.rpartition(".")[0] for code in every}
    for code in sorted(every):
        if code not in inner and code.startswith(tuple(start.split(","))):
            yield code, every[code]


def _statuses(opened: Opened, parts: Sequence[Part]) -> set[str]:
    return {opened.word("status", 0)} if parts else set[Any]()
