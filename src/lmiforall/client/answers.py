"""JSON as the service sends it -> typed answers; what isn't as expected raises KeyError, TypeError or ValueError."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What v2 says of every figure; all else in a row is its codes, or the fields of a record.
_SAID = ("value", "unit", "status", "mark", "withheld_by", "quality", "interval", "origin", "measure", "instead_of")


@dataclass(frozen=True)
class Reply:
    """An answer of the old API, as it came: its ``content``, and what its headers say of the figures in it.

    ``statuses`` are those of the figures, ``note`` what must be said with them, ``twin`` the question to v2 that
    gives the same with every status and origin, ``release`` the number of the release.
    """

    content: Any
    statuses: tuple[str, ...]
    note: str
    twin: str
    release: str


@dataclass(frozen=True)
class Quality:
    """The publisher's own grade of a figure: ``kind`` says what it is, such as ``cv_pct``."""

    kind: str
    value: float | None
    mark: str = ""


@dataclass(frozen=True)
class Interval:
    """Where the figure lies that a modelled one is for, as often as ``level`` says."""

    lower: float
    upper: float
    level: float


@dataclass(frozen=True)
class Observation:
    """One row of a dataset: a figure, or a record, which has no ``measure`` and no ``value``.

    ``row`` has its codes by dimension, and the fields of a record. Where ``value`` is None, ``status`` says why.
    ``instead_of`` says for which codes a wider group's figure stands in, and why theirs is withheld; the service gives
    none of these where it is asked with ``coarsen="never"``.
    """

    row: Mapping[str, Any]
    status: str
    origin: Mapping[str, Any]
    measure: str = ""
    value: float | None = None
    unit: str = ""
    mark: str = ""
    withheld_by: str = ""
    quality: Quality | None = None
    interval: Interval | None = None
    instead_of: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Give a code or a field: ``observation["soc"]``."""
        return self.row[name]


@dataclass(frozen=True)
class ReleaseInfo:
    """Which release a service answers from, and how many rows each dataset has."""

    number: str
    kind: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class DatasetSummary:
    """One line of the list of datasets; ``kind`` is figures or records."""

    name: str
    title: str
    summary: str
    kind: str
    rows: int


@dataclass(frozen=True)
class DimensionInfo:
    """One question that a figure answers; ``codes`` are those that occur, each with its title."""

    name: str
    label: str
    default: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class DatasetInfo:
    """What a dataset is; ``entry`` is the whole entry of the catalogue."""

    name: str
    title: str
    summary: str
    release: str
    dimensions: tuple[DimensionInfo, ...]
    entry: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class YearFigure:
    """A figure of one year."""

    year: int
    value: float


@dataclass(frozen=True)
class Series:
    """Figures of an occupation over the years, oldest first, and what they are."""

    soc: int
    figures: tuple[YearFigure, ...]
    statuses: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Part:
    """Figures of one code of a breakdown, such as a region."""

    code: int
    name: str
    figures: tuple[YearFigure, ...]


@dataclass(frozen=True)
class Deciles:
    """A distribution of weekly pay: its median, and its deciles by 10, 20 ... 90, as many as there are."""

    median: float
    deciles: Mapping[int, float]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Occupation:
    """An occupation as the old API describes it."""

    soc: int
    title: str
    description: str
    qualifications: str
    tasks: str
    job_titles: tuple[str, ...]


@dataclass(frozen=True)
class Rating:
    """What an O*NET occupation asks for: an element, such as a skill, on a scale such as LV (level)."""

    scale: str
    element: str
    name: str
    value: float


@dataclass(frozen=True)
class Weighted:
    """A code, its title, and the part of the people that it gets."""

    code: str
    title: str
    weight: float


@dataclass(frozen=True)
class CrosswalkTarget:
    """One target of a code: the part of the code that it is, and the part of it that is the code (``back``)."""

    code: str
    title: str
    weight: float
    back: float


@dataclass(frozen=True)
class CrosswalkStep:
    """One step of a way: whose table, and what its weights rest on (``basis``: one, people, titles, equal ...)."""

    start: str
    finish: str
    basis: str
    meaning: str
    dataset: str


@dataclass(frozen=True)
class Crosswalk:
    """A code in another classification: all its targets, the largest first, and what they are worth.

    ``relation`` says whether one becomes many, ``arrives`` what part of the code has links all the way, ``returns``
    what part is itself again after a round trip; ``quality`` is published, estimated, or in equal parts.
    """

    code: str
    title: str
    relation: str
    targets: tuple[CrosswalkTarget, ...]
    left_out: int
    arrives: float
    returns: float
    quality: str
    way: tuple[CrosswalkStep, ...]
    why: str


def crosswalk(said: Mapping[str, Any]) -> Crosswalk:
    """Read what a code is in another classification."""
    return Crosswalk(
        code=said["from"]["code"],
        title=said["from"]["title"],
        targets=tuple(CrosswalkTarget(**target) for target in said["targets"]),
        way=tuple(
            CrosswalkStep(one["from"], one["to"], one["basis"], one["meaning"], one["dataset"]) for one in said["way"]
        ),
        why=said.get("why", ""),
        **{name: said[name] for name in ("relation", "left_out", "arrives", "returns", "quality")},
    )


def observation(said: Mapping[str, Any]) -> Observation:
    """Read a row of v2."""
    quality, interval = said.get("quality"), said.get("interval")
    return Observation(
        row={name: value for name, value in said.items() if name not in _SAID},
        status=said["status"],
        origin=said["origin"],
        measure=said.get("measure", ""),
        value=said.get("value"),
        unit=said.get("unit", ""),
        mark=said.get("mark", ""),
        withheld_by=said.get("withheld_by", ""),
        quality=Quality(quality["kind"], quality["value"], quality.get("mark", "")) if quality else None,
        instead_of=said.get("instead_of", {}),
        interval=Interval(interval["lower"], interval["upper"], interval["level"]) if interval else None,
    )


def release(said: Mapping[str, Any]) -> ReleaseInfo:
    """Read which release it is."""
    return ReleaseInfo(said["release"], said["kind"], said["rows"])


def summary(said: Mapping[str, Any]) -> DatasetSummary:
    """Read a line of the list of datasets."""
    return DatasetSummary(**{name: said[name] for name in ("name", "title", "summary", "kind", "rows")})


def dataset(said: Mapping[str, Any]) -> DatasetInfo:
    """Read what a dataset is."""
    dimensions = tuple(
        DimensionInfo(
            one["name"],
            one.get("label", ""),
            one.get("default", ""),
            {code["code"]: code["title"] for code in one["codes"]},
        )
        for one in said["dimensions"]
    )
    return DatasetInfo(said["name"], said["title"], said["summary"], said["release"], dimensions, said)


def figures(entries: Any, name: str) -> tuple[YearFigure, ...]:
    """Read the years of a series."""
    return tuple(YearFigure(entry["year"], entry[name]) for entry in entries)


def occupation(said: Mapping[str, Any]) -> Occupation:
    """Read an occupation."""
    return Occupation(
        soc=said["soc"],
        title=said["title"],
        description=said.get("description", ""),
        qualifications=said.get("qualifications", ""),
        tasks=said.get("tasks", ""),
        job_titles=tuple(said.get("add_titles", ())),
    )


def occupations(reply: Reply) -> tuple[Occupation, ...]:
    """Read a list of occupations."""
    return tuple(map(occupation, reply.content))


def converted(reply: Reply) -> tuple[Weighted, ...]:
    """Read the codes of the other classification."""
    return tuple(Weighted(str(one["soc"]), one["title"], one["weight"]) for one in reply.content["codes"])


def deciles(reply: Reply) -> Deciles:
    """Read a distribution."""
    found = {int(place): value for place, value in reply.content["deciles"].items()}
    return Deciles(reply.content["median"], found, reply.statuses)


def parts(reply: Reply) -> tuple[Part, ...]:
    """Read a breakdown, which has years of codes, as codes of years."""
    found: dict[tuple[int, str], list[YearFigure]] = {}
    for year in reply.content["predictedEmployment"]:
        for one in year["breakdown"]:
            found.setdefault((one["code"], one["name"]), []).append(YearFigure(year["year"], one["employment"]))
    return tuple(Part(code, name, tuple(years)) for (code, name), years in found.items())


def demand(reply: Reply) -> YearFigure:
    """Read how many will be needed, and until when."""
    return YearFigure(reply.content["end_year"], reply.content["rate"])


def onet_occupations(reply: Reply) -> tuple[tuple[str, str], ...]:
    """Read O*NET occupations, code and title."""
    return tuple((one["code"], one["title"]) for one in reply.content["onetCodes"])


def skills(reply: Reply) -> tuple[Rating, ...]:
    """Read the skills of an O*NET occupation, scale by scale."""
    scales = reply.content["scales"]
    return tuple(
        Rating(scale["id"], one["id"], one["name"], one["value"]) for scale in scales for one in scale["skills"]
    )
