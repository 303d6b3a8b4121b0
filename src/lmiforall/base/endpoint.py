"""The words in which a dataset declares the answers that it gives, by their shape.

``serve`` has one interpreter for each shape; routes, OpenAPI, docs and tests derive from the declarations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Parameter:
    """One parameter of a request; ``kind`` is how its text is read, ``missing`` what is said when it isn't there."""

    name: str
    about: str
    kind: Literal["code", "year", "yes_no", "text"] = "text"
    required: bool = False
    in_path: bool = False
    missing: str = ""


@dataclass(frozen=True)
class Wire:
    """How the old API writes a dimension: its number for each code, and the name that it prints.

    ``codes`` maps the number on the wire to (code of the dimension, printed name).
    """

    name: str
    dimension: str
    codes: Mapping[int, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A route below the root of v1. ``example`` is a path with its query: for docs, contract test and load test."""

    path: str
    summary: str
    example: str
    parameters: tuple[Parameter, ...] = ()


SOC = Parameter("soc", "A SOC2010 code; four digits, or fewer for a wider group", "code", required=True)
COARSE = Parameter("coarse", "true: answer for the two-digit group instead", "yes_no")
FILTERS = Parameter("filters", "Only these people: name:code, several joined by | or ,")
BREAKDOWN = Parameter("breakdown", "Figures for each code of a filter")
MIN_YEAR = Parameter("minYear", "The first year wanted", "year")
MAX_YEAR = Parameter("maxYear", "The last year wanted", "year")


@dataclass(frozen=True, kw_only=True)
class Series(Endpoint):
    """One measure over the years: ``{"soc", "series": [{"year", <figure>}]}``.

    ``step`` is what figures are rounded to; ``filters`` are the wires that the data bears, ``unborne`` the
    names of those that the old API knew and this dataset can't answer.
    """

    measure: str
    figure: str
    step: int
    filters: tuple[Wire, ...] = ()
    unborne: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = (SOC, COARSE, FILTERS, BREAKDOWN)


@dataclass(frozen=True, kw_only=True)
class Distribution(Endpoint):
    """Median and deciles of the newest year: ``{"median", "deciles": {"10": ...}}``."""

    median: str
    deciles: Mapping[str, str]
    parameters: tuple[Parameter, ...] = (SOC, COARSE, FILTERS)
    filters: tuple[Wire, ...] = ()
    unborne: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Forecast(Endpoint):
    """People employed, year by year: ``{"soc", "predictedEmployment": [{"year", "employment"}]}``."""

    measure: str
    parameters: tuple[Parameter, ...] = (SOC, MIN_YEAR, MAX_YEAR)


@dataclass(frozen=True, kw_only=True)
class Breakdown(Endpoint):
    """The same for each code of a dimension; ``note_below`` is the count under which a note is added."""

    measure: str
    wires: tuple[Wire, ...]
    note: str
    note_below: int
    parameters: tuple[Parameter, ...] = (
        Parameter("filter", "What to break down by", required=True, in_path=True),
        SOC,
        MIN_YEAR,
        MAX_YEAR,
    )


@dataclass(frozen=True, kw_only=True)
class Demand(Endpoint):
    """People needed in place of those who leave: ``{"soc", "start_year", "end_year", "rate"}``."""

    measure: str
    parameters: tuple[Parameter, ...] = (SOC,)


@dataclass(frozen=True, kw_only=True)
class Lookup(Endpoint):
    """One record by its code; ``fields`` maps the key on the wire to the field of the dataset."""

    fields: Mapping[str, str]
    parameters: tuple[Parameter, ...] = (
        Parameter("code", "A SOC2010 code of four digits", "code", required=True, in_path=True),
    )


@dataclass(frozen=True, kw_only=True)
class Search(Endpoint):
    """Records by words, best first, at most ``most``; ``weights`` says how much a hit in a field counts."""

    fields: Mapping[str, str]
    weights: Mapping[str, float]
    most: int
    parameters: tuple[Parameter, ...] = (
        # SOURCE: the words of the recorded answer of 20 February 2017.
        Parameter("q", "Words to look for", required=True, missing="Please give a string to search for"),
    )
