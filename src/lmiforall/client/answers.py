"""The answers of a service as types: what each is, and what its parts mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
