"""The old API's contract: its roots, its parameters, its errors, around the shapes that datasets declare.

Rule 1: a body has the keys that it had, in their order, and no other; what is new travels in headers.
Rule 2: parameters that nobody declared are ignored.
Rule 3: where a known code has no figure, the answer is 200 with ``error`` in place of the figures.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from msgspec import structs

from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import (
    CLASSIFICATION,
    Breakdown,
    Changes,
    Convert,
    CourseList,
    CourseOccupations,
    Courses,
    Demand,
    Distribution,
    ElementList,
    Endpoint,
    Estimates,
    Filtered,
    Filters,
    Forecast,
    Identifiers,
    Lookup,
    Matches,
    NoData,
    Parameter,
    Ranked,
    RankedShortages,
    Ratings,
    Regions,
    Search,
    Series,
    Shortages,
    Soc2020,
    Surroundings,
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
    graduates,
    lookup,
    matches,
    nothing,
    occupation,
    onet,
    places,
    query,
    search,
    series,
    shortages,
    years,
)
from lmiforall.serve.answer import Answer, encode
from lmiforall.serve.remembered import remembered
from lmiforall.serve.table import licences
from lmiforall.serve.web import Handler

Shape = Callable[[Opened, Any, Mapping[str, str]], Answer]
Joining = Callable[[Release, Opened, Any, Mapping[str, str]], Answer]

# What answers the parameters of a request, each once, by name and value.
Answering = Callable[[tuple[tuple[str, str], ...]], Answer]

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
    Identifiers: onet.identifiers,
    ElementList: onet.element_list,
    Convert: convert.answer,
    Courses: graduates.courses,
    CourseList: graduates.course_list,
    CourseOccupations: graduates.occupations,
    Shortages: shortages.answer,
    RankedShortages: shortages.ranked,
}

# Those that look into other datasets besides.
JOINING: Mapping[type[Endpoint], Joining] = {
    ToOnet: onet.to_onet,
    ToSoc: onet.to_soc,
    Ratings: onet.ratings,
    Ranked: onet.ranked,
    Matches: matches.answer,
    Surroundings: places.answer,
    Search: search.answer,
}

# Those that answer from what is declared, whatever the release.
DECLARED: Mapping[type[Endpoint], Callable[[None, Any, Mapping[str, str]], Answer]] = {
    Filters: filters.answer,
    Regions: filters.regions,
    NoData: lambda _, ask, asked: nothing.answer(ask, asked, ask.why),
}

# What is asked of an endpoint all of whose parameters are of these kinds, or stand in its path, is one of a few
# hundred questions; their answers are remembered, so many for each, whatever else an address says.
FEW = frozenset(("code", "region", "yes_no", "classification"))
REMEMBERED = 1_000

# What of a question is in the Link header of its answer, besides filters.
_TOLD = ("soc", "code", "onet", "coarse", "classification")

# The root of 2013 had no version; clients of both are still about.
ROOTS = ("/api/v1/", "/api/")


@dataclass(frozen=True)
class Asked:
    """An endpoint in one classification: of which dataset, and all parameters that it takes.

    ``absent`` is a dataset that it needs and the release hasn't got. Where one of the filters ``by`` is asked for,
    ``besides`` answers.
    """

    dataset: str
    endpoint: Endpoint
    parameters: tuple[Parameter, ...]
    absent: str = ""
    by: tuple[str, ...] = ()
    besides: "Asked | None" = None


def endpoints(every: Mapping[str, Dataset]) -> Iterator[tuple[str, Endpoint]]:
    """Give every endpoint of the old API, and its dataset's name, empty where it has none."""
    for name, dataset in every.items():
        yield from ((name, endpoint) for endpoint in dataset.endpoints)
    yield from (("", endpoint) for endpoint in not_held.ENDPOINTS)


def routes(release: Release, every: Mapping[str, Dataset]) -> dict[str, Handler]:
    """Give a handler for each declared endpoint; a path parameter makes it a prefix."""
    found: dict[str, Handler] = {}
    for declared_by, declared in endpoints(every):
        name, endpoint = _newest(release, declared_by, declared)
        first, second = (
            Asked(name, endpoint, (*endpoint.parameters, CLASSIFICATION)),
            _in_soc2020(name, endpoint, every),
        )
        spoken = _looked_for(release, first), second and _looked_for(release, second)
        takes = query.expected(spoken[0].parameters)
        answered: Answering = partial(_chosen, release, every, spoken)
        if all(one.in_path or one.kind in FEW for one in endpoint.parameters):
            # PERF: 8 us for an answer that takes up to 100 to make; jQuery puts a number of its own into each
            # address, so that no held answer is ever found (bench/endpoints.py, o-net/skills, soc/code).
            answered = lru_cache(REMEMBERED)(answered)
        for path in (endpoint.path, *endpoint.also):
            handler = partial(_answer, answered, takes, _named(path))
            found |= {root + path.partition("{")[0]: handler for root in ROOTS}
    return found


def _newest(release: Release, name: str, endpoint: Endpoint) -> tuple[str, Endpoint]:
    """Give what answers a path in this release: the endpoint, or the newer one whose dataset is there."""
    newer = getattr(endpoint, "newer", None)
    return (newer.dataset, newer.endpoint) if newer and newer.dataset in release else (name, endpoint)


def _in_soc2020(name: str, endpoint: Endpoint, every: Mapping[str, Dataset]) -> Asked | None:
    """Give the endpoint as it is asked in SOC2020; None where its figures are in SOC2010 only."""
    parameters = (*endpoint.parameters, CLASSIFICATION)
    if twin := endpoint.soc2020:
        return _twin_of(endpoint, twin, every)
    in_both = type(endpoint) in DECLARED or not _speaks_soc2010(name, endpoint, every)
    if links := getattr(endpoint, "links", ""):
        return Asked(name, replace(endpoint, links=links.replace("2010", "2020")), parameters)  # type: ignore[call-arg]
    return Asked(name, endpoint, parameters) if in_both else None


def _twin_of(endpoint: Endpoint, twin: Soc2020, every: Mapping[str, Dataset]) -> Asked:
    """Give an endpoint as it answers from the dataset in SOC2020; by filters that it doesn't bear, from another."""
    changed: dict[str, Any] = {"where": twin.where} | ({"fields": twin.fields} if twin.fields else {})
    left: tuple[str, ...] = ()
    if isinstance(endpoint, Filtered):
        borne = {dimension.name for dimension in every[twin.dataset].dimensions}
        left = tuple(wire.name for wire in endpoint.filters if wire.dimension not in borne)
        kept = tuple(wire for wire in endpoint.filters if wire.dimension in borne)
        changed |= {"filters": kept, "unborne": (*endpoint.unborne, *left)}
    made = Asked(twin.dataset, replace(endpoint, **changed), (*endpoint.parameters, CLASSIFICATION))
    return replace(made, by=left, besides=_twin_of(endpoint, twin.besides, every)) if left and twin.besides else made


def _speaks_soc2010(name: str, endpoint: Endpoint, every: Mapping[str, Dataset]) -> bool:
    """Whether codes of SOC2010 stand in the question or, by its dataset, in the answer."""
    in_answer = any(one.name == occupation.DIMENSION for one in every[name].dimensions)
    return in_answer or any(one.kind == "code" for one in endpoint.parameters)


def _answer(answered: Answering, takes: query.Expected, named: Sequence[str], rest: str, raw: bytes) -> Answer:
    try:
        return answered((*query.read(_given(named, rest, raw), takes).items(),))
    except Stop as stop:
        return Answer(encode({"error": str(stop.problems[0])}), 400)


def _chosen(
    release: Release,
    every: Mapping[str, Dataset],
    spoken: tuple[Asked, Asked | None],
    given: tuple[tuple[str, str], ...],
) -> Answer:
    """Answer in the classification that is asked for."""
    first, second = spoken
    asked = dict(given)
    # PERF: most requests say nothing about it (bench/answers.py, v1 series).
    chosen = first if "classification" not in asked or occupation.spoken(asked) is occupation.IN_SOC2010 else second
    if chosen and chosen.besides and any(name in _by(asked) for name in chosen.by):
        chosen = chosen.besides
    if chosen is None and not first.absent:
        return nothing.of(first.endpoint, asked, nothing.NOT_IN_SOC2020, first.endpoint.status)
    return _of(release, every, chosen or first, asked)


def _of(release: Release, every: Mapping[str, Dataset], chosen: Asked, asked: Mapping[str, str]) -> Answer:
    """Answer by the endpoint's shape, and say where v2 tells more."""
    name, endpoint = chosen.dataset, chosen.endpoint
    if declared := DECLARED.get(type(endpoint)):
        return declared(None, endpoint, asked)
    if chosen.absent:
        return nothing.answer(endpoint, asked, every[chosen.absent].not_held or nothing.LEFT_OUT)
    opened = release.dataset(name)
    shape = SHAPES.get(type(endpoint))
    answer = shape(opened, endpoint, asked) if shape else JOINING[type(endpoint)](release, opened, endpoint, asked)
    said = " ".join(filter(None, (endpoint.note, *_of_wires(endpoint, asked))))
    headers = (*answer.headers, ("X-LMI-Note", said)) if said else answer.headers
    if isinstance(endpoint, Ratings):
        asked = {**asked, "onet": onet.rated_as(release, opened, endpoint, asked["onet"])}
    return structs.replace(answer, headers=headers, link=_about(release, opened, endpoint, asked))


def _about(release: Release, opened: Opened, endpoint: Endpoint, asked: Mapping[str, str]) -> str:
    """Write the Link header: where v2 has the same, where it is told what was merged, and the licences."""

    def write() -> tuple[Sequence[str], Sequence[str], str]:
        before, after = _twin(opened, endpoint, asked)
        return before, after, f"{_related(opened, asked)}{licences(release, opened.dataset.name)}"

    # PERF: 1.5 us for 5; years and breakdowns, which differ most, are not in it (bench/endpoints.py, wf/predict). Nor
    # are filters, of which there are so many forms that they would push out the figures that are remembered.
    before, after, others = remembered(opened, (endpoint.path, *map(asked.get, _TOLD)), write)
    chosen: Mapping[str, str] = {}
    if isinstance(endpoint, Filtered) and (filtered := asked.get("filters") or asked.get("filterBy")):
        chosen = occupation.chosen(filtered, endpoint) or {}
    address = f"/api/v2/datasets/{opened.dataset.name}"
    codes = "&".join([*before, *(f"{name}={code}" for name, code in chosen.items() if name in opened.keys), *after])
    twin = f"{address}/observations?{codes}" if codes else address
    return f'<{twin}>; rel="describedby"{others}'


def _of_wires(endpoint: Endpoint, asked: Mapping[str, str]) -> list[str]:
    """Give what must be said of figures by a filter that was asked for."""
    wires = endpoint.noted if isinstance(endpoint, Filtered) else ()
    if not wires:
        return []
    text = _by(asked)
    return [wire.note for wire in wires if wire.name in text]


def _by(asked: Mapping[str, str]) -> str:
    """Give all that names filters."""
    return f"{asked.get('filters') or asked.get('filterBy') or ''}|{asked.get('breakdown', '')}"


def _related(opened: Opened, asked: Mapping[str, str]) -> str:
    """Say where it is told from which groups of SOC2020 the figures of a SOC2010 unit group are merged, or split."""
    code = asked.get("soc") or asked.get("code") or ""
    if len(code) < lookup.UNIT_DIGITS or occupation.DIMENSION not in opened.dimensions or occupation.coarse(asked):
        return ""
    return f', <{ROOTS[0]}soc/convert?soc={code}>; rel="related"'


def _looked_for(release: Release, asked: Asked) -> Asked:
    """Name a dataset that an answer needs and the release hasn't got; what is declared needs none."""
    needed = () if type(asked.endpoint) in DECLARED else _needed(asked)
    absent = next((name for name in needed if name not in release), "")
    return replace(asked, absent=absent, besides=asked.besides and _looked_for(release, asked.besides))


def _needed(chosen: Asked) -> list[str]:
    """Name the datasets that an answer is made from."""
    others = [getattr(chosen.endpoint, name, "") for name in ("links", "names", "postcodes")]
    return [chosen.dataset, *filter(None, others)]


def _twin(opened: Opened, endpoint: Endpoint, asked: Mapping[str, str]) -> tuple[Sequence[str], Sequence[str]]:
    """Give the question to v2 that has the same answer: its codes, those before what filters choose and those after.

    There every figure is unrounded, with its status and its origin.
    """
    wanted = dict(endpoint.where)
    if code := asked.get("soc") or asked.get("code"):
        digits = getattr(endpoint, "digits", 2)
        wanted[occupation.spoken(asked).dimension] = code[:digits] if occupation.coarse(asked) else code
    if code := asked.get("onet"):
        wanted["onet"] = code
    measure = getattr(endpoint, "measure", "")
    after = [f"measure={measure}"] if measure and "measure" in opened.keys else []
    return [f"{name}={code}" for name, code in wanted.items() if name in opened.keys], after


def _named(path: str) -> Sequence[str]:
    """Name the parameters that stand in a path."""
    return [piece.strip("{}") for piece in path.split("/") if piece.startswith("{")]


def _given(named: Sequence[str], rest: str, raw: bytes) -> query.Pairs:
    """Give the parameters of the query, and those in the path beside them."""
    given = query.pairs(raw) if raw else []
    if not named:
        return given
    pieces = rest.strip("/").split("/", len(named) - 1)
    return [*(pair for pair in given if pair[0] not in named), *zip(named, pieces, strict=False)]
