"""SOC2010, the UK's occupations from 2010 to 2020: 9 major, 25 sub-major, 90 minor, 369 unit groups."""

from pathlib import Path

from lmiforall.base.code_list import from_csv

LEVELS = ("all", "major", "submajor", "minor", "unit")

# SOURCE: ONS, SOC2010 Volume 2 (August 2016), sheet "SOC2010 Structure"; tests hold it against the workbook.
SOC2010 = from_csv(
    Path(__file__).with_name("codes.csv"),
    "soc2010",
    "Standard Occupational Classification 2010",
    LEVELS,
    whole="all",
)
