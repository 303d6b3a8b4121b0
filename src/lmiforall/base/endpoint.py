"""The words in which a dataset declares the answers that it gives, by their shape.

``serve`` has one interpreter for each shape; routes, OpenAPI, docs and tests derive from the declarations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal


@dataclass(frozen=True)
class Parameter:
    """One parameter of a request; ``kind`` is how its text is read, ``missing`` what is said when it isn't there.

    ``alias`` is another name for the same: some clients call ``filters`` ``filterBy``.
    """

    name: str
    about: str
    kind: Literal["code", "year", "yes_no", "text", "region", "onet", "classification"] = "text"
    required: bool = False
    in_path: bool = False
    missing: str = ""
    alias: str = ""


@dataclass(frozen=True)
class Wire:
    """How the old API writes a dimension: its number for each code, and the name that it prints.

    ``codes`` maps the number on the wire to (code of the dimension, printed name); ``about`` says what it is, ``note``
    what an answer that was filtered or broken down by it must say in a header.
    """

    name: str
    dimension: str
    codes: Mapping[int, tuple[str, str]] = field(hash=False)
    about: str = ""
    note: str = ""

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The codes of the dimension that are told apart, in the order in which they are declared."""
        return tuple(code for code, _ in self.codes.values())


@dataclass(frozen=True, kw_only=True)
class Soc2020:
    """Where the same is answered in SOC2020: the dataset, codes that are fixed in it, its fields by key on the wire.

    ``besides`` answers by those filters that the dataset doesn't bear.
    """

    dataset: str
    where: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    besides: "Soc2020 | None" = None


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A route below the root of v1. ``example`` is a path with its query: for docs, contract test and load test.

    ``also`` are other paths to the same, ``where`` codes that are fixed, ``note`` what an answer must say about its
    figures in a header. ``empty`` is the form of an answer without data: ``list`` is ``[]``, and in an object the
    ``lists`` are empty. Where its dataset isn't in the release, an object comes with ``status``; with ``refuses_fine``
    it is 404 where ``coarse=false`` is asked.
    """

    path: str
    summary: str
    example: str
    parameters: tuple[Parameter, ...] = ()
    also: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    soc2020: Soc2020 | None = None
    empty: Literal["object", "list"] = "object"
    lists: tuple[str, ...] = ()
    status: int = 200
    refuses_fine: bool = False


SOC = Parameter("soc", "A SOC2010 code; four digits, or fewer for a wider group", "code", required=True)
COARSE = Parameter("coarse", "true: answer for the two-digit group instead", "yes_no")
FILTERS = Parameter("filters", "Only these people: name:code, several joined by | or ,", alias="filterBy")
FILTER_BY = Parameter("filterBy", "Only these people: name:code, several joined by | or ,", alias="filters")
BREAKDOWN = Parameter("breakdown", "Figures for each code of a filter")
MIN_YEAR = Parameter("minYear", "The first year wanted", "year")
MAX_YEAR = Parameter("maxYear", "The last year wanted", "year")
SOC_IN_PATH = Parameter(
    "soc", "A SOC2010 code; four digits, or fewer for a wider group", "code", required=True, in_path=True
)
# Joins the codes of O*NET of before and after November 2020, which are those of the US SOC with two more digits.
US_SOCS = "ussoc2010_ussoc2018"
ONET = Parameter("onet", "An O*NET-SOC code, such as 11-1011.00", "onet", required=True, in_path=True)

# What every endpoint of v1 takes besides its own.
CLASSIFICATION = Parameter("classification", "soc2020: codes are those of SOC2020, not of SOC2010", "classification")
CALLBACK = Parameter("callback", "The answer as a script that calls this function (JSONP)")


@dataclass(frozen=True, kw_only=True)
class Filtered(Endpoint):
    """Figures of those people whom filters choose.

    ``filters`` are the wires that the data bears, ``unborne`` the names of those that the old API knew and this
    dataset can't answer. ``digits`` is what a coarse code is cut to.
    """

    filters: tuple[Wire, ...] = ()
    unborne: tuple[str, ...] = ()
    digits: int = 2

    @cached_property
    def by_name(self) -> Mapping[str, Wire]:
        """The wires by the filter's name."""
        return {wire.name: wire for wire in self.filters}

    @cached_property
    def noted(self) -> tuple[Wire, ...]:
        """The wires of which an answer must say something."""
        return tuple(wire for wire in self.filters if wire.note)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, str]]:
        """What a filter says as it is mostly written, ``gender:2``: dimension and code."""
        return {
            f"{wire.name}:{number}": (wire.dimension, code)
            for wire in self.filters
            for number, (code, _) in wire.codes.items()
        }


@dataclass(frozen=True, kw_only=True)
class Series(Filtered):
    """One measure over the years: ``{"soc", "series": [{"year", <figure>}]}``.

    ``step`` is what figures are rounded to.
    """

    measure: str
    figure: str
    step: int
    parameters: tuple[Parameter, ...] = (SOC, COARSE, FILTERS, BREAKDOWN)


@dataclass(frozen=True, kw_only=True)
class Distribution(Filtered):
    """Median and deciles of the newest year: ``{"median", "deciles": {"10": ...}}``."""

    median: str
    deciles: Mapping[str, str]
    parameters: tuple[Parameter, ...] = (SOC, COARSE, FILTERS)


@dataclass(frozen=True, kw_only=True)
class Forecast(Endpoint):
    """People employed, year by year: ``{"soc", "predictedEmployment": [{"year", "employment"}]}``."""

    measure: str
    parameters: tuple[Parameter, ...] = (SOC, MIN_YEAR, MAX_YEAR)


@dataclass(frozen=True, kw_only=True)
class Breakdown(Endpoint):
    """The same for each code of a dimension; figures under ``note_below`` are given with ``small``."""

    measure: str
    wires: tuple[Wire, ...]
    small: str
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


@dataclass(frozen=True, kw_only=True)
class Estimates(Series):
    """The one figure a year of 2013, without the years: ``{"years": [{"estpay"}]}``."""

    parameters: tuple[Parameter, ...] = (SOC, COARSE, FILTERS)


@dataclass(frozen=True, kw_only=True)
class Changes(Series):
    """By how many per cent a figure changed on the year before: ``{"soc", "annual_changes": [{"year", "change"}]}``.

    ``told`` is the measure with the change itself, for years whose figures can't be compared with those before.
    """

    told: str
    parameters: tuple[Parameter, ...] = (SOC, COARSE, FILTERS)


@dataclass(frozen=True, kw_only=True)
class Years(Filtered):
    """One measure of the years asked for: ``{"soc", "years": [{"year", <figure>}]}``.

    ``decimals`` is what a figure is rounded to, ``year`` the one year of a dataset that has no years. ``newer`` is what
    answers in its place as soon as the release has the dataset for it.
    """

    measure: str
    figure: str
    year: str = ""
    decimals: int = 1
    newer: "Newer | None" = None
    parameters: tuple[Parameter, ...] = (SOC, COARSE, MIN_YEAR, MAX_YEAR, FILTER_BY)


@dataclass(frozen=True, kw_only=True)
class Newer:
    """An endpoint of the same path, and the dataset that it answers from."""

    dataset: str
    endpoint: Years


@dataclass(frozen=True, kw_only=True)
class YearsBrokenDown(Years):
    """The same by a filter: ``{"soc", "breakdownBy", "series": [{"breakCode", "breakName", "years"}]}``."""

    parameters: tuple[Parameter, ...] = (
        Parameter("breakdownBy", "What to break down by", required=True, in_path=True),
        SOC,
        COARSE,
        MIN_YEAR,
        MAX_YEAR,
        FILTER_BY,
    )


@dataclass(frozen=True, kw_only=True)
class Filters(Endpoint):
    """The filters of a group of endpoints: their names, all with their codes, or one of them.

    ``as_ashe`` has ``codings`` of ``name`` and ``value``, the others ``coding`` of ``code`` and ``description``.
    ``uncoded`` are names whose codes nobody knows any more.
    """

    give: Literal["names", "all", "one"]
    wires: tuple[Wire, ...]
    as_ashe: bool = False
    uncoded: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ToOnet(Endpoint):
    """The O*NET occupations of a SOC code: ``{"soc", "onetCodes": [{"code", "title"}]}``.

    Of the largest, which hold ``most`` of the group, those are given that the dataset ``rated`` has ratings of by
    ``scale``, for ratings are what clients ask for next.
    """

    most: float
    rated: str
    scale: str
    # SOURCE: contract, section 6: clients go through the list, which may be empty.
    lists: tuple[str, ...] = ("onetCodes",)
    parameters: tuple[Parameter, ...] = (SOC_IN_PATH,)


@dataclass(frozen=True, kw_only=True)
class ToSoc(Endpoint):
    """The SOC codes of O*NET occupations: ``[{"onetCode", "socCodes": [{"soc", "title"}]}]``."""

    most: float
    editions: str = US_SOCS
    parameters: tuple[Parameter, ...] = (
        Parameter("onetCodes", "O*NET-SOC codes, joined by commas", "onet", required=True),
    )


@dataclass(frozen=True, kw_only=True)
class Ratings(Endpoint):
    """What an O*NET occupation asks for: ``{"onetCode", "scales": [{"id", <key>: [...]}]}``.

    ``element`` is the dimension with the element, by its title where ``by_title``; ``scales`` the order of the
    scales, each with its measure. ``editions`` joins O*NET's older codes and newer ones.
    """

    key: str
    element: str
    scales: Mapping[str, str]
    names: str
    by_title: bool = False
    editions: str = US_SOCS
    parameters: tuple[Parameter, ...] = (ONET,)


@dataclass(frozen=True, kw_only=True)
class Identifiers(Endpoint):
    """Elements by group: ``{"skills": [{"id", "name"}], ...}``; ``groups`` maps a key to beginnings of ids."""

    groups: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ElementList(Endpoint):
    """One group of elements as in 2013: ``[{"shortname", "description"}]``."""

    group: str


@dataclass(frozen=True, kw_only=True)
class Ranked(Endpoint):
    """The foremost skills of a SOC code as in 2013: ``{"soc", "infotype", "skills": [{"name", "score", "rank"}]}``.

    The ratings are those of its O*NET occupations, weighed by their parts (``links``); ``most`` are given.
    """

    scale: str
    infotype: str
    links: str
    names: str
    most: int
    parameters: tuple[Parameter, ...] = (SOC_IN_PATH,)


@dataclass(frozen=True, kw_only=True)
class Matches(Endpoint):
    """Occupations that ask for skills: ``{"selection": {"skills"}, "results": [{"title", "likely_soc_codes"}]}``.

    ``scale`` is what the skills are matched by, ``low`` and ``high`` its ends; ``links`` joins O*NET and SOC; ``most``
    occupations are given, each with the codes that hold ``part`` of it.
    """

    scale: str
    low: float
    high: float
    links: str
    names: str
    most: int
    part: float
    lists: tuple[str, ...] = ("results",)
    parameters: tuple[Parameter, ...] = (
        Parameter("skills", "Ids of skills, joined by commas, such as 2.A.1.a", required=True),
        Parameter("weights", "How much each counts, 0 to 100, joined by commas; without them all the same"),
    )


@dataclass(frozen=True, kw_only=True)
class Convert(Endpoint):
    """From one SOC to the other: ``{"soc", "from", "to", "codes": [{"soc", "title", "weight"}]}``."""

    parameters: tuple[Parameter, ...] = (
        Parameter(
            "soc", "A code of four digits, of the classification that it is converted from", "code", required=True
        ),
        Parameter("from", "The classification of the code; soc2010 where it isn't said", "classification"),
    )


@dataclass(frozen=True, kw_only=True)
class Regions(Endpoint):
    """The regions by name: ``{"London": 1, ...}``."""

    wire: Wire


@dataclass(frozen=True, kw_only=True)
class Courses(Endpoint):
    """What graduates in an occupation had studied: ``{"soc", "years": [{"year", "courses"}]}``.

    A course is ``{"name", "percentage"}``; ``measure`` is the part of the occupation's graduates.
    """

    measure: str
    parameters: tuple[Parameter, ...] = (SOC_IN_PATH,)


@dataclass(frozen=True, kw_only=True)
class CourseList(Endpoint):
    """The subjects of courses: ``[{"id", "name"}]``."""


@dataclass(frozen=True, kw_only=True)
class CourseOccupations(Endpoint):
    """Where graduates of subjects went: ``[{"year", "occupations": [{"soc", "title", "percentage"}]}]``.

    ``measure`` is the part of the subjects' graduates.
    """

    measure: str
    parameters: tuple[Parameter, ...] = (Parameter("courses", "Codes of subjects, joined by commas", required=True),)


@dataclass(frozen=True, kw_only=True)
class Surroundings(Endpoint):
    """People of a small area by occupation: ``{"area": {...}, <total>, <parts>: [{"socGroup", "description", ...}]}``.

    ``zone`` is the field of the dataset ``postcodes`` that gives the area around one, ``names`` the dataset that names
    its district and ward; ``capitals`` says that descriptions are in capital letters.
    """

    measure: str
    total: str
    parts: str
    zone: str
    postcodes: str
    names: str
    capitals: bool = False
    parameters: tuple[Parameter, ...] = (
        Parameter("area", "A postcode, or latitude and longitude joined by a comma", required=True),
    )


@dataclass(frozen=True, kw_only=True)
class Shortages(Endpoint):
    """How hard an occupation is to fill: ``{"soc", "year", <figures>, "region": {"name", "code"}}``.

    ``figures`` maps each key to its measure; the region is given where it is asked for.
    """

    figures: Mapping[str, str]
    wire: Wire
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, kw_only=True)
class RankedShortages(Shortages):
    """Occupations of a region by a figure, the highest first: ``[{"soc", <figures>}]``."""

    by: str


@dataclass(frozen=True, kw_only=True)
class NoData(Endpoint):
    """An endpoint of the old API for which no source is to be had; ``why`` says so, and no figure is made up."""

    why: str
