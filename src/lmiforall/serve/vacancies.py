"""A store of adverts -> vacancies/search as of old, and under v2 the adverts, their counts and a feed of them.

Rule 1: without a store none of this is there, and the old endpoint says that there are no vacancies.
Rule 2: what is counted here stands beside the official series, each under a name of its own; nothing is added up.
Rule 3: an answer is of this moment: nobody keeps it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from typing import Any

from lmiforall.base.problem import Problem, Stop
from lmiforall.datasets import not_held
from lmiforall.keep import asked
from lmiforall.keep.asked import Kept, Wanted
from lmiforall.keep.database import Database
from lmiforall.match.adverts.place import NOWHERE, Places, Point, apart
from lmiforall.release.opened import Release
from lmiforall.serve import query
from lmiforall.serve.advert_words import MOST, OF_COUNTS, PARAMETERS, V2
from lmiforall.serve.answer import Answer, encode
from lmiforall.serve.web import Handler

PATH = "vacancies/search"
ROOTS = ("/api/v1/", "/api/")
# How much of a description a summary has; the old ones had some 250 characters.
SUMMARY = 250
# A question for more months is one for the whole store.
MOST_MONTHS = 36

NOTE = "Adverts that this server has read and coded by machine: not official statistics, and not all vacancies."
NO_RADIUS = "radius isn't applied, for the middle of this place isn't known: these are in the area of its name."
RADIUS = "Miles are as the crow flies, between the middles of postcode districts, towns or local authorities."
NO_PLACE = "The place isn't known: a postcode, a town, a local authority or a region is."
OFFICIAL = "Three-month averages of adverts online in England, by ONS and Textkernel, published by DfE."
FEED = "https://jsonfeed.org/version/1.1"

_MILES = re.compile(r"\d{1,5}(?:\.\d{1,9})?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Vacancies:
    """The store, the places that the release knows, and who knows today's date."""

    store: Database
    places: Places
    today: Callable[[], str]


def handlers(release: Release, vacancies: Vacancies) -> dict[str, Handler]:
    """Give the routes, by path."""
    return {
        **{root + PATH: partial(_of_old, vacancies) for root in ROOTS},
        V2: partial(_adverts, vacancies),
        f"{V2}/counts": partial(_counts, release, vacancies),
        f"{V2}/feed": partial(_feed, vacancies),
    }


def _of_old(vacancies: Vacancies, _: str, raw: bytes) -> Answer:
    """Answer as the old API did; what was wrong stands in ``error`` alone."""
    endpoint = next(one for one in not_held.ENDPOINTS if one.path == PATH)
    try:
        told = query.read(query.pairs(raw), query.expected(endpoint.parameters))
        wanted, note = _wanted(vacancies, told.get("keywords", ""), told.get("location", ""), _miles(told))
        limit = _limit(told)
    except Stop as stop:
        return Answer(encode({"error": str(stop.problems[0])}), 400, lasting=False)
    return _answer([_as_of_old(one) for one in _found(vacancies, wanted, limit)], f"{NOTE} {note}".strip())


def _as_of_old(one: Kept) -> dict[str, Any]:
    """Give an advert the keys that the old API gave it. SOURCE: contract, section 9."""
    return {
        "id": one.id,
        "title": one.title,
        "summary": _summary(one.description),
        "company": one.employer,
        "activedate": {
            "start": f"{one.posted or one.first_seen}T00:00:00Z",
            "end": f"{one.expires}T23:59:59Z" if one.expires else "",
        },
        "location": {
            "location": one.postcode or one.place,
            "city": "",
            "area": "",
            "postcode": one.postcode,
            "country": "",
        },
        "link": one.link,
    }


def _adverts(vacancies: Vacancies, _: str, raw: bytes) -> Answer:
    """Give adverts with all that is known of them: pay, codes with probabilities, skills with their places."""
    found, note = _asked(vacancies, raw)
    return _answer({"adverts": [asdict(one) for one in found]}, f"{NOTE} {note}".strip())


def _feed(vacancies: Vacancies, _: str, raw: bytes) -> Answer:
    """Give the same as a JSON Feed, for readers that look for what is new. SOURCE: jsonfeed.org, version 1.1."""
    found, note = _asked(vacancies, raw)
    items = [
        {"id": str(one.id), "title": one.title, "content_text": one.description, "date_published": f"{day}T00:00:00Z"}
        | ({"url": one.link} if one.link else {})
        for one in found
        for day in (one.posted or one.first_seen,)
    ]
    content = {"version": FEED, "title": "Adverts", "description": f"{NOTE} {note}".strip(), "items": items}
    return Answer(encode(content), kind="application/feed+json", headers=(("X-LMI-Note", NOTE),), lasting=False)


def _asked(vacancies: Vacancies, raw: bytes) -> tuple[list[Kept], str]:
    given = query.pairs(raw)
    query.declared(given, [parameter.name for parameter in PARAMETERS])
    told = query.read(given, query.expected(PARAMETERS))
    kinds = {"kind": told.get("kind", ""), "soc2020": told.get("soc", "")}
    wanted, note = _wanted(vacancies, told.get("words", ""), told.get("place", ""), _miles(told), **kinds)
    return _found(vacancies, wanted, _limit(told)), note


@dataclass(frozen=True)
class _Asked:
    """What is looked for, and within how many miles around which point, if that was asked and can be told."""

    wanted: Wanted
    around: Point | None = None
    miles: float = 0.0


def _wanted(
    vacancies: Vacancies, words: str, place: str, miles: float | None, *, kind: str = "", soc2020: str = ""
) -> tuple[_Asked | None, str]:
    """Say what is looked for; None where the place isn't known, with the reason."""
    there = vacancies.places.find(place, place) if place else NOWHERE
    if place and there == NOWHERE:
        return None, NO_PLACE
    if place and miles and (point := vacancies.places.point(place, "")):
        return _Asked(Wanted(words, vacancies.places.around(point, miles), kind, soc2020), point, miles), RADIUS
    areas = (there.area or there.region,) if place else ()
    return _Asked(Wanted(words, areas, kind, soc2020)), NO_RADIUS if place and miles else ""


def _found(vacancies: Vacancies, told: _Asked | None, limit: int) -> list[Kept]:
    if told is None:
        return []
    around, miles = told.around, told.miles

    def near(place: str, postcode: str) -> bool:
        there = vacancies.places.point(place, postcode)
        return around is not None and there is not None and apart(around, there) <= miles

    return asked.search(vacancies.store, told.wanted, vacancies.today(), limit, near if around else None)


def _miles(told: Mapping[str, str]) -> float | None:
    if (text := told.get("radius")) is None:
        return None
    if not _MILES.fullmatch(text):
        raise Stop(Problem(f"{text[:40]!r} is no distance", "parameter radius", "A number of miles, such as 10."))
    return float(text)


def _limit(told: Mapping[str, str]) -> int:
    text = told.get("limit", str(MOST))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Stop(Problem(f"{text[:40]!r} is no limit", "parameter limit", f"A whole number up to {MOST}."))
    return min(int(text), MOST)


def _counts(release: Release, vacancies: Vacancies, _: str, raw: bytes) -> Answer:
    """Count adverts month by month, and give the official series beside."""
    given = query.pairs(raw)
    query.declared(given, [parameter.name for parameter in OF_COUNTS])
    told = query.read(given, query.expected(OF_COUNTS))
    first, last = asked.span(vacancies.store)
    months = _months(told.get("from", last[:7]), told.get("to", last[:7])) if last else []
    counted = asked.counts(vacancies.store, months, soc2020=told.get("soc", ""), area=told.get("area", ""))
    return _answer(
        {
            "adverts": {
                "what": NOTE,
                "first_seen": first,
                "last_seen": last,
                "months": [asdict(one) for one in counted],
            },
            "official": _official(release, told.get("soc") or "all", months),
        },
        NOTE,
    )


def _months(first: str, last: str) -> list[str]:
    """Give the months from one to another."""
    for name, text in (("from", first), ("to", last)):
        if not _MONTH.fullmatch(text):
            raise Stop(Problem(f"{text[:40]!r} is no month", f"parameter {name}", "Write it as YYYY-MM."))
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    if not 0 <= end - start < MOST_MONTHS:
        raise Stop(Problem(f"{first} to {last} isn't from 1 to {MOST_MONTHS} months", "parameter to"))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _official(release: Release, soc: str, months: list[str]) -> dict[str, Any]:
    """Give what the official series has for these months; it has England only, and no areas."""
    name = "job_adverts"
    about = {"dataset": name, "what": OFFICIAL, "months": []}
    if name not in release:
        return about | {"note": "This release doesn't have it."}
    opened = release.dataset(name)
    known = [month for month in months if month in opened.numbers["month"]]
    if soc not in opened.numbers["soc"] or not known:
        return about | {"note": "It has no figure for these months."}
    rows = opened.find({"soc": [soc], "month": known, "measure": ["adverts"]})
    found = [
        {"month": opened.word("month", at), "adverts": opened.number("value", at), "status": opened.word("status", at)}
        for at in islice(rows, MOST_MONTHS)
    ]
    return about | {"months": found}


def _summary(text: str) -> str:
    """Shorten a description at a word's end."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SUMMARY else f"{flat[:SUMMARY].rpartition(' ')[0]}..."


def _answer(content: Any, note: str) -> Answer:
    return Answer(encode(content), headers=(("X-LMI-Note", note),), lasting=False)
