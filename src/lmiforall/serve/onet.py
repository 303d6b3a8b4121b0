"""GET .../o-net/soc2onet/4135, .../o-net/skills/43-4121.00 -> O*NET's occupations, and what they ask for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from lmiforall.base.endpoint import ElementList, Identifiers, Ranked, Ratings, ToOnet, ToSoc
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, found

TO_ONET = "to_onet"
NONE = "O*NET has no ratings of this occupation."

# A code at the other end of a link, and its part of the group that the link starts from.
Part = tuple[str, float]


def to_onet(opened: Opened, ask: ToOnet, asked: Mapping[str, str]) -> Answer:
    """Answer with the O*NET occupations of a unit group, the largest first; a wider group has none of its own."""
    soc = occupation.code(asked)
    parts = foremost(opened, {"direction": TO_ONET, **occupation.wanted(asked, soc)}, "onet", ask.most)
    codes = [{"code": code, "title": ONET_SOC2019.title_of(code)} for code, _ in parts]
    return found({"soc": int(soc), "onetCodes": codes}, _statuses(opened, parts))


def to_soc(opened: Opened, ask: ToSoc, asked: Mapping[str, str]) -> Answer:
    """Answer with the SOC codes of each O*NET occupation, in the order in which they are asked for."""
    classification = occupation.spoken(asked)
    content, met = [], set()
    for code in (piece.strip() for piece in asked["onetCodes"].split(",")):
        parts = foremost(opened, {"direction": _back(opened), "onet": code}, classification.dimension, ask.most)
        titles = [{"soc": int(soc), "title": classification.codes.title_of(soc)} for soc, _ in parts]
        content.append({"onetCode": code, "socCodes": titles})
        met |= _statuses(opened, parts)
    return found(content, met)


def ratings(release: Release, opened: Opened, ask: Ratings, asked: Mapping[str, str]) -> Answer:
    """Answer with the ratings of an occupation, scale by scale, in the order of the elements."""
    code = asked["onet"]
    names = element_titles(release, ask.names)
    ids = {title: element for element, title in names.items()} if ask.by_title else {}
    scales, statuses = [], set()
    for scale, measure in ask.scales.items():
        wanted = {**ask.where, "onet": code, "measure": measure} | ({} if ask.by_title else {"scale": scale})
        rated = list(_rated(opened, wanted, ask.element))
        items = [(ids.get(name, name), value) for name, value, _ in rated]
        statuses |= {status for _, _, status in rated}
        listed = [{"id": element, "name": names[element], "value": value} for element, value in sorted(items)]
        if listed:
            scales.append({"id": scale, ask.key: listed})
    if not scales:
        return found({"onetCode": code, "error": NONE})
    return found({"onetCode": code, "scales": scales}, statuses)


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
    wanted = {"direction": TO_ONET, **occupation.wanted(asked, soc)}
    sums: dict[str, float] = {}
    weight = 0.0
    for code, part in foremost(release.dataset(ask.links), wanted, "onet", 1.0):
        rated = list(_rated(opened, {**ask.where, "onet": code, "scale": ask.scale}, "element"))
        # An occupation without ratings says nothing; the others' parts then count for more.
        weight += part if rated else 0.0
        for element, value, _ in rated:
            sums[element] = sums.get(element, 0.0) + part * value
    if not weight:
        return found(occupation.nothing(soc, NONE))
    names = element_titles(release, ask.names)
    best = sorted(sums, key=lambda element: (-sums[element], element))[: ask.most]
    skills = [
        {"name": names[element], "score": round(sums[element] / weight, 2), "rank": rank}
        for rank, element in enumerate(best, start=1)
    ]
    return found({"soc": int(soc), "infotype": ask.infotype, "skills": skills}, {"modelled"})


def foremost(opened: Opened, wanted: Mapping[str, str], dimension: str, most: float) -> list[Part]:
    """Give the largest parts of a group, until they hold ``most`` of it."""
    codes = {name: (code,) for name, code in {**wanted, "measure": "share"}.items()}
    words = opened.words[dimension]
    parts = sorted(
        (
            (words[code], share)
            for code, share in occupation.columns(opened, codes, dimension, "value")
            if share > 0.0 and words[code] != "all"
        ),
        key=lambda part: (-part[1], part[0]),
    )
    total, kept = 0.0, 0
    for _, share in parts:
        if total >= most:
            break
        total, kept = total + share, kept + 1
    return parts[:kept]


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


def _back(opened: Opened) -> str:
    return next(word for word in opened.words["direction"] if word != TO_ONET)


def _statuses(opened: Opened, parts: Sequence[Part]) -> set[str]:
    return {opened.word("status", 0)} if parts else set[Any]()
