"""The old API's contract: its roots, its parameters, its errors, around the shapes that datasets declare.

Rule 1: a body has the keys that it had, in their order, and no other; what is new travels in headers.
Rule 2: parameters that nobody declared are ignored.
Rule 3: where a known code has no figure, the answer is 200 with ``error`` in place of the figures.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from msgspec import structs

from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import (
    CLASSIFICATION,
    Breakdown,
    Changes,
    Convert,
    Demand,
    Distribution,
    ElementList,
    Endpoint,
    Estimates,
    Filters,
    Forecast,
    Identifiers,
    Lookup,
    Matches,
    NoData,
    Parameter,
    Ranked,
    Ratings,
    Regions,
    Search,
    Series,
    ToOnet,
    ToSoc,
    Years,
    YearsBrokenDown,
)
from lmiforall.base.problem import Stop
from lmiforall.datasets import not_held
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import (
    breakdown,
    convert,
    filters,
    lookup,
    matches,
    nothing,
    occupation,
    onet,
    query,
    search,
    series,
    years,
)
from lmiforall.serve.answer import Answer, encode
from lmiforall.serve.table import licences
from lmiforall.serve.web import Handler

Shape = Callable[[Opened, Any, Mapping[str, str]], Answer]
Joining = Callable[[Release, Opened, Any, Mapping[str, str]], Answer]

SHAPES: Mapping[type[Endpoint], Shape] = {
    Series: series.answer,
    Estimates: series.estimates,
    Changes: series.changes,
    Distribution: series.distribution,
    Forecast: series.forecast,
    Demand: series.demand,
    Breakdown: breakdown.answer,
    Years: years.answer,
    YearsBrokenDown: years.broken_down,
    Lookup: lookup.answer,
    ToOnet: onet.to_onet,
    ToSoc: onet.to_soc,
    Identifiers: onet.identifiers,
    ElementList: onet.element_list,
    Convert: convert.answer,
}

# Those that look into other datasets besides.
JOINING: Mapping[type[Endpoint], Joining] = {
    Ratings: onet.ratings,
    Ranked: onet.ranked,
    Matches: matches.answer,
    Search: search.answer,
}

# Those that answer from what is declared, whatever the release.
DECLARED: Mapping[type[Endpoint], Callable[[None, Any, Mapping[str, str]], Answer]] = {
    Filters: filters.answer,
    Regions: filters.regions,
    NoData: lambda _, ask, asked: nothing.answer(ask, asked),
}

# The root of 2013 had no version; clients of both are still about.
ROOTS = ("/api/v1/", "/api/")


@dataclass(frozen=True)
class Asked:
    """An endpoint in one classification: of which dataset, and all parameters that it takes."""

    dataset: str
    endpoint: Endpoint
    parameters: tuple[Parameter, ...]


def endpoints(every: Mapping[str, Dataset]) -> Iterator[tuple[str, Endpoint]]:
    """Give every endpoint of the old API, and its dataset's name, empty where it has none."""
    for name, dataset in every.items():
        yield from ((name, endpoint) for endpoint in dataset.endpoints)
    yield from (("", endpoint) for endpoint in not_held.ENDPOINTS)


def routes(release: Release, every: Mapping[str, Dataset]) -> dict[str, Handler]:
    """Give a handler for each declared endpoint; a path parameter makes it a prefix."""
    found: dict[str, Handler] = {}
    for name, endpoint in endpoints(every):
        spoken = (Asked(name, endpoint, (*endpoint.parameters, CLASSIFICATION)), _in_soc2020(name, endpoint, every))
        for path in (endpoint.path, *endpoint.also):
            handler = partial(_answer, release, spoken, path)
            found |= {root + path.partition("{")[0]: handler for root in ROOTS}
    return found


def _in_soc2020(name: str, endpoint: Endpoint, every: Mapping[str, Dataset]) -> Asked | None:
    """Give the endpoint as it is asked in SOC2020; None where its figures are in SOC2010 only."""
    parameters = (*endpoint.parameters, CLASSIFICATION)
    if twin := endpoint.soc2020:
        changed: dict[str, Any] = {"where": twin.where} | ({"fields": twin.fields} if twin.fields else {})
        if wires := getattr(endpoint, "filters", ()):
            borne = {dimension.name for dimension in every[twin.dataset].dimensions}
            left = tuple(wire.name for wire in wires if wire.dimension not in borne)
            kept = tuple(wire for wire in wires if wire.dimension in borne)
            changed |= {"filters": kept, "unborne": (*endpoint.unborne, *left)}  # type: ignore[attr-defined]
        return Asked(twin.dataset, replace(endpoint, **changed), parameters)
    in_both = type(endpoint) in DECLARED or not any(one.kind == "code" for one in endpoint.parameters)
    if links := getattr(endpoint, "links", ""):
        return Asked(name, replace(endpoint, links=links.replace("2010", "2020")), parameters)  # type: ignore[call-arg]
    return Asked(name, endpoint, parameters) if in_both else None


def _answer(release: Release, spoken: tuple[Asked, Asked | None], path: str, rest: str, raw: bytes) -> Answer:
    first, second = spoken
    try:
        asked = query.read(_given(path, rest, raw), first.parameters)
        # PERF: most requests say nothing about it (bench/answers.py, v1 series).
        chosen = first if "classification" not in asked or occupation.spoken(asked) is occupation.IN_SOC2010 else second
        if chosen is None:
            return nothing.of(first.endpoint, asked, nothing.NOT_IN_SOC2020)
        return _of(release, chosen, asked)
    except Stop as stop:
        return Answer(encode({"error": str(stop.problems[0])}), 400)


def _of(release: Release, chosen: Asked, asked: Mapping[str, str]) -> Answer:
    """Answer by the endpoint's shape, and say where v2 tells more."""
    name, endpoint = chosen.dataset, chosen.endpoint
    if declared := DECLARED.get(type(endpoint)):
        return declared(None, endpoint, asked)
    if any(needed not in release for needed in _needed(chosen)):
        return nothing.of(endpoint, asked, nothing.LEFT_OUT)
    opened = release.dataset(name)
    shape = SHAPES.get(type(endpoint))
    answer = shape(opened, endpoint, asked) if shape else JOINING[type(endpoint)](release, opened, endpoint, asked)
    note = (("X-LMI-Note", endpoint.note),) if endpoint.note else ()
    twin = _twin(opened, endpoint, asked)
    about = f'<{twin}>; rel="describedby"{_related(opened, asked)}{licences(release, name)}'
    return structs.replace(answer, headers=(*answer.headers, *note), link=about)


def _related(opened: Opened, asked: Mapping[str, str]) -> str:
    """Say where it is told from which groups of SOC2020 the figures of a SOC2010 unit group are merged, or split."""
    code = asked.get("soc") or asked.get("code") or ""
    if len(code) < lookup.UNIT_DIGITS or occupation.DIMENSION not in opened.dimensions or occupation.coarse(asked):
        return ""
    return f', <{ROOTS[0]}soc/convert?soc={code}>; rel="related"'


def _needed(chosen: Asked) -> list[str]:
    """Name the datasets that an answer is made from."""
    others = [getattr(chosen.endpoint, name, "") for name in ("links", "names")]
    return [chosen.dataset, *filter(None, others)]


def _twin(opened: Opened, endpoint: Endpoint, asked: Mapping[str, str]) -> str:
    """Give the question to v2 that has the same answer: every figure unrounded, with its status and its origin."""
    wanted = dict(endpoint.where)
    if code := asked.get("soc") or asked.get("code"):
        digits = getattr(endpoint, "digits", 2)
        wanted[occupation.spoken(asked).dimension] = code[:digits] if occupation.coarse(asked) else code
    if code := asked.get("onet"):
        wanted["onet"] = code
    if isinstance(endpoint, Series | Distribution | Years):
        filtered = asked.get("filters") or asked.get("filterBy") or ""
        wanted |= occupation.chosen(filtered, endpoint.filters, endpoint.unborne) or {}
    if measure := getattr(endpoint, "measure", ""):
        wanted["measure"] = measure
    codes = "&".join(f"{name}={code}" for name, code in wanted.items() if name in opened.keys)
    address = f"/api/v2/datasets/{opened.dataset.name}"
    return f"{address}/observations?{codes}" if codes else address


def _given(path: str, rest: str, raw: bytes) -> query.Pairs:
    """Give the parameters of the query, and those in the path beside them."""
    given = query.pairs(raw)
    if "{" not in path:
        return given
    names = [piece.strip("{}") for piece in path.split("/") if piece.startswith("{")]
    pieces = rest.strip("/").split("/", len(names) - 1)
    return [*(pair for pair in given if pair[0] not in names), *zip(names, pieces, strict=False)]
