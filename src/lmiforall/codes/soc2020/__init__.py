"""SOC2020, the UK's classification of occupations since 2020: 9 major, 26 sub-major, 104 minor, 412 unit groups."""

from dataclasses import replace
from pathlib import Path

from lmiforall.base.code_list import Code, from_csv

LEVELS = ("all", "major", "submajor", "minor", "unit")

# SOURCE: ONS, SOC2020 Volume 1 (April 2025), codes and group titles only; tests/sources hold it against the workbook.
SOC2020 = from_csv(
    Path(__file__).with_name("codes.csv"),
    "soc2020",
    "Standard Occupational Classification 2020",
    LEVELS,
    whole="all",
)

# For adverts that couldn't be coded; it is no group of the classification.
SOC2020_OR_UNKNOWN = replace(
    SOC2020, name="soc2020_or_unknown", codes=(*SOC2020.codes, Code("unknown", "Not coded to an occupation"))
)
