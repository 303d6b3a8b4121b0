"""The old API's contract: its roots, its parameters, its errors, around the shapes that datasets declare.

Rule 1: a body has the keys that it had, in their order, and no other; what is new travels in headers.
Rule 2: parameters that nobody declared are ignored.
Rule 3: where a known code has no figure, the answer is 200 with ``error`` in place of the figures.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any

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
from lmiforall.serve.answer import Answer, encode, kept
from lmiforall.serve.occupation import Whom
from lmiforall.serve.twin import Twin
from lmiforall.serve.web import Handler

Shape = Callable[[Opened, Any, Mapping[str, str]], Answer]
Filtering = Callable[[Opened, Any, Mapping[str, str], Whom], Answer]
Joining = Callable[[Release, Opened, Any, Mapping[str, str]], Answer]

# What answers the parameters of a request.
Answering = Callable[[Mapping[str, str]], Answer]

SHAPES: Mapping[type[Endpoint], Shape] = {
    Forecast: series.forecast,
    Demand: series.demand,
    Breakdown: breakdown.answer,
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

# Those about people whom filters choose.
FILTERED: Mapping[type[Endpoint], Filtering] = {
    Series: series.answer,
    Estimates: series.estimates,
    Changes: series.changes,
    Distribution: series.distribution,
    Years: years.answer,
    YearsBrokenDown: years.broken_down,
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

# The root of 2013 had no version; clients of both are still about.
ROOTS = ("/api/v1/", "/api/")


@dataclass(frozen=True)
class Asked:
    """An endpoint in one classification: of which dataset, and all parameters that it takes.

    Where one of the filters ``by`` is asked for, ``besides`` answers.
    """

    dataset: str
    endpoint: Endpoint
    parameters: tuple[Parameter, ...]
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
        first = _Answered(release, every, Asked(name, endpoint, (*endpoint.parameters, CLASSIFICATION)))
        in_soc2020 = _in_soc2020(name, endpoint, every)
        second = _Answered(release, every, in_soc2020) if in_soc2020 else None
        answered: Answering = partial(_chosen, first, second)
        if all(one.in_path or one.kind in FEW for one in endpoint.parameters):
            answered = _few(answered)
        takes = query.expected(first.asked.parameters)
        for path in (endpoint.path, *endpoint.also):
            handler = partial(_answer, answered, takes, _named(path))
            found |= {root + path.partition("{")[0]: handler for root in ROOTS}
    return found


def _few(answered: Answering) -> Answering:
    """Remember the answers to few questions."""

    # PERF: 8 us for an answer that takes up to 100 to make; jQuery puts a number of its own into each address, so that
    # no held answer is ever found (bench/endpoints.py, o-net/skills, soc/code).
    @lru_cache(REMEMBERED)
    def remembering(given: tuple[tuple[str, str], ...]) -> Answer:
        made = answered(dict(given))
        return made if made.tag else kept(made)

    return lambda asked: remembering((*asked.items(),))


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
    if len(named) <= 1:
        path = [(name, rest.strip("/")) for name in named]
    else:
        path = [*zip(named, rest.strip("/").split("/", len(named) - 1), strict=False)]
    try:
        asked = query.plainly(path, raw, takes)
        return answered(query.read(_given(path, raw), takes) if asked is None else asked)
    except Stop as stop:
        return Answer(encode({"error": str(stop.problems[0])}), 400)


def _chosen(first: "_Answered", second: "_Answered | None", asked: Mapping[str, str]) -> Answer:
    """Answer in the classification that is asked for."""
    if "classification" not in asked or occupation.spoken(asked) is occupation.IN_SOC2010:
        return first(asked)
    if second is None and not first.absent:
        endpoint = first.asked.endpoint
        return nothing.of(endpoint, asked, nothing.NOT_IN_SOC2020, endpoint.status)
    chosen = second or first
    if chosen.besides and any(name in _by(asked) for name in chosen.asked.by):
        chosen = chosen.besides
    return chosen(asked)


class _Answered:
    """An endpoint in one classification, and the release that it is answered from.

    ``absent`` is a dataset that it needs and the release hasn't got; what is declared needs none.
    """

    def __init__(self, release: Release, every: Mapping[str, Dataset], asked: Asked) -> None:
        self.asked = asked
        needed = () if type(asked.endpoint) in DECLARED else _needed(asked)
        self.absent = next((name for name in needed if name not in release), "")
        self.besides = _Answered(release, every, asked.besides) if asked.besides else None
        self._release, self._every = release, every
        self._noted = bool(getattr(asked.endpoint, "noted", ()))
        self._chosen: dict[str, Mapping[str, str] | None] = {}

    def __call__(self, asked: Mapping[str, str]) -> Answer:
        """Answer by the endpoint's shape, and say where v2 tells more."""
        endpoint, people = self.asked.endpoint, occupation.NOBODY
        if declared := DECLARED.get(type(endpoint)):
            return declared(None, endpoint, asked)
        if self.absent:
            return nothing.answer(endpoint, asked, self._every[self.absent].not_held or nothing.LEFT_OUT)
        if isinstance(endpoint, Filtered):
            whom = occupation.whom(asked, endpoint, self._chosen)
            answer = FILTERED[type(endpoint)](self._opened, endpoint, asked, whom)
            people = whom.people or occupation.NOBODY
        elif shape := SHAPES.get(type(endpoint)):
            answer = shape(self._opened, endpoint, asked)
        else:
            answer = JOINING[type(endpoint)](self._release, self._opened, endpoint, asked)
        said = _said(endpoint, asked) if self._noted else endpoint.note
        headers = (*answer.headers, ("X-LMI-Note", said)) if said else answer.headers
        if isinstance(endpoint, Ratings):
            asked = {**asked, "onet": onet.rated_as(self._release, self._opened, endpoint, asked["onet"])}
        # PERF: a third of what structs.replace takes (bench/endpoints.py, ashe/estimatePay).
        link = self._twin.link(asked, people)
        return Answer(answer.body, answer.status, answer.kind, headers, link, answer.tag, answer.lasting)

    @cached_property
    def _opened(self) -> Opened:
        """The dataset, which is mapped when it is first asked for."""
        return self._release.dataset(self.asked.dataset)

    @cached_property
    def _twin(self) -> Twin:
        return Twin(self._release, self._opened, self.asked.endpoint)


def _said(endpoint: Endpoint, asked: Mapping[str, str]) -> str:
    """Say what must be said of an endpoint's figures, and of those by a filter that was asked for."""
    said = endpoint.note
    if isinstance(endpoint, Filtered) and endpoint.noted:
        text = _by(asked)
        for wire in endpoint.noted:
            if wire.name in text:
                said = f"{said} {wire.note}".lstrip()
    return said


def _by(asked: Mapping[str, str]) -> str:
    """Give all that names filters."""
    return f"{asked.get('filters') or asked.get('filterBy') or ''}|{asked.get('breakdown', '')}"


def _needed(chosen: Asked) -> list[str]:
    """Name the datasets that an answer is made from."""
    others = [getattr(chosen.endpoint, name, "") for name in ("links", "names", "postcodes")]
    return [chosen.dataset, *filter(None, others)]


def _named(path: str) -> Sequence[str]:
    """Name the parameters that stand in a path."""
    return [piece.strip("{}") for piece in path.split("/") if piece.startswith("{")]


def _given(path: query.Pairs, raw: bytes) -> query.Pairs:
    """Give the parameters of the query but those that stand in the path, and these."""
    named = dict(path)
    return [*[pair for pair in query.pairs(raw) if pair[0] not in named], *path]
