"""What each word on the sheets of a Skills Imperative workbook stands for: texts in, codes out.

``period``, ``sex``, ``employment_status`` and so on are dimensions. ``quantity`` and ``unit`` together make a measure;
``measure`` names one outright. A word that isn't here stops the build where it stands above or beside figures.
"""

import re
from collections.abc import Mapping

from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.codes.rqf import RQF
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets.panels import Codes, Words

Labels = dict[str, Codes]


def plain(text: str) -> str:
    """Give a word as it is looked up: lower case, single spaces."""
    return " ".join(text.split()).casefold()


def _industries(level: str, form: str = "{}") -> Labels:
    return {plain(form.format(entry.title)): {"industry": entry.code} for entry in INDUSTRY75.at_level(level)}


ALL_INDUSTRIES: Labels = {"all industries": {"industry": "all"}}
SECTORS: Labels = _industries("sector") | ALL_INDUSTRIES
GROUPS: Labels = _industries("group") | ALL_INDUSTRIES
INDUSTRIES: Labels = _industries("industry") | ALL_INDUSTRIES
# Construction is a sector of one group: where both levels stand in one table it is printed once, as the sector.
NESTED: Labels = GROUPS | SECTORS
BRACKETED: Labels = _industries("group") | _industries("sector", "[{}]") | ALL_INDUSTRIES

OCCUPATIONS: Labels = {
    **{plain(entry.title): {"soc": entry.code} for entry in SOC2020.at_level("major")},
    **{plain(f"{entry.code} {entry.title}"): {"soc": entry.code} for entry in SOC2020.at_level("submajor")},
    **{plain(f"[{entry.title}]"): {"soc": entry.code} for entry in SOC2020.at_level("major")},
    "all occupations": {"soc": "all"},
    "total": {"soc": "all"},
}
QUALIFICATIONS: Labels = {plain(entry.title): {"qualification": entry.code} for entry in RQF.codes}
CONSTRAINED: Labels = {f"{title} (constrained)": codes for title, codes in QUALIFICATIONS.items()}
SEXES: Labels = {"males": {"sex": "male"}, "females": {"sex": "female"}}
EMPLOYMENT: Labels = {
    "female employment": {"sex": "female"},
    "male employment": {"sex": "male"},
    "total employment": {"sex": "all"},
}
NUMBERED: Labels = {
    text: {"industry": entry.code}
    for number, entry in enumerate(INDUSTRY75.at_level("group"), 1)
    for text in (f"industry {number} : {plain(entry.title)}", f"industry {number} total")
}

# What stands in the column of labels, beside the headings, and holds for the whole panel.
_UNITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("thousand", ("levels (000s)", "levels", "change (000s)", "thousands")),
    ("pct", ("shares (%)", "shares (per cent)", "shares", "per cent")),
    ("pct_a_year", ("growth (% per annum)", "growth % per annum", "growth", "% per annum", "% p.a. changes")),
    ("fraction", ("% share",)),
)
_UNITS_SAID: Labels = {text: {"unit": unit} for unit, texts in _UNITS for text in texts}
CORNERS: Labels = {**_UNITS_SAID, "change": {"unit": "thousand"}}

# What stands above the figures; the codes of a column are those of all its headings.
_SAID: tuple[tuple[Codes, tuple[str, ...]], ...] = (
    ({"sex": "male"}, ("male", "males")),
    ({"sex": "female"}, ("female", "females")),
    ({"employment_status": "full_time"}, ("ft", "full-time", "full time")),
    ({"employment_status": "part_time"}, ("pt", "part-time", "part time")),
    ({"employment_status": "self_employed"}, ("se", "self-employment", "self employed")),
    ({"quantity": "change"}, ("change", "net change")),
    ({"quantity": "replacement_demand"}, ("demand", "replacement demand level")),
    ({"quantity": "replacement_demand", "unit": "fraction"}, ("replacement demand rate",)),
    ({"quantity": "total_requirement"}, ("requirement", "total requirement")),
    # The first halves of "Net Change", "Replacement Demand" and "Total Requirement", and totals.
    ({}, ("net", "replacement", "total")),
    ({"unit": "thousand"}, ("absolute levels and changes (000s)", "absolute changes (000s)")),
    ({"unit": "thousand"}, ("qualification levels (000s)", "qualification levels (thousands)")),
    ({"unit": "pct"}, ("annual growth and industry shares (percent)",)),
    ({"unit": "pct"}, ("annual growth and occupation shares (percent)",)),
    (
        {"measure": "share_of_occupations_pct"},
        ("shares of all occupations (%)", "shares of all occupations (per cent)"),
    ),
    (
        {"measure": "share_of_qualifications_pct"},
        ("shares of all qualifications (%)", "shares of all qualifications (per cent)"),
    ),
)
HEADINGS: Labels = {**_UNITS_SAID, **QUALIFICATIONS, **{text: codes for codes, texts in _SAID for text in texts}}

# (quantity, unit) -> measure; a share is of what its panel says.
MEASURES: Mapping[tuple[str, str], str] = {
    ("level", "thousand"): "employment_thousand",
    ("level", "fraction"): "share_of_occupations_fraction",
    ("change", "thousand"): "change_thousand",
    ("change", "pct"): "change_pct",
    ("change", "pct_a_year"): "growth_pct_a_year",
    ("replacement_demand", "thousand"): "replacement_demand_thousand",
    ("replacement_demand", "pct"): "replacement_demand_pct",
    ("replacement_demand", "pct_a_year"): "replacement_demand_pct_a_year",
    ("replacement_demand", "fraction"): "replacement_demand_fraction_a_year",
    ("total_requirement", "thousand"): "total_requirement_thousand",
    ("total_requirement", "pct"): "total_requirement_pct",
    ("total_requirement", "pct_a_year"): "total_requirement_pct_a_year",
}

_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(r"((?:19|20)\d\d) ?- ?((?:19|20)?\d\d)")


def heading(text: str) -> Codes | None:
    """Give what a heading stands for, None where nobody knows; ``2015 - 2020`` and ``2015-20`` are one span."""
    if _YEAR.fullmatch(text):
        return {"period": text}
    if found := _SPAN.fullmatch(text):
        first, last = found.groups()
        return {"period": f"{first}-{first[: -len(last)]}{last}"}
    return HEADINGS.get(plain(text))


def corner(text: str) -> Codes | None:
    """Give what a text in the column of labels says about the figures beside it; None where it is a mere title."""
    return {"period": text} if _YEAR.fullmatch(text) else CORNERS.get(plain(text))


def columns(said: Mapping[int, Codes]) -> dict[int, Codes]:
    """Name each column's measure; a column without a period spans the years of the columns beside it."""
    years = sorted(codes["period"] for codes in said.values() if len(codes.get("period", "")) == len("2020"))
    span = f"{years[0]}-{years[-1]}" if years else ""
    asked = {name for codes in said.values() for name in codes} & {"sex", "employment_status", "qualification"}
    named: dict[int, Codes] = {}
    for place, codes in said.items():
        period = codes.get("period", span)
        measure = codes.get("measure") or _measure(codes, period)
        if period and measure:
            groups = {name: codes.get(name, "all") for name in asked}
            named[place] = {**groups, "period": period, "measure": measure}
    return named


def _measure(codes: Codes, period: str) -> str | None:
    """Find the measure of a quantity in a unit; what is said of a span, and of nothing else, is a change."""
    quantity = codes.get("quantity", "change" if "-" in period else "level")
    if (quantity, codes.get("unit")) == ("level", "pct"):
        return codes.get("share", "share_of_occupations_pct")
    return MEASURES.get((quantity, codes.get("unit", "")))


WORDS = Words(plain, heading, corner, columns)
