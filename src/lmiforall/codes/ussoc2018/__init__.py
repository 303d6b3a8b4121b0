"""US SOC 2018, the occupations of the United States: 867 detailed ones."""

from pathlib import Path

from lmiforall.base.code_list import from_csv

# SOURCE: BLS, 2010 SOC to 2018 SOC crosswalk (November 2017), codes and titles without its marks;
# tests/test_code_lists.py holds them against the workbook.
USSOC2018 = from_csv(
    Path(__file__).with_name("codes.csv"),
    "ussoc2018",
    "Standard Occupational Classification of the United States 2018",
    ("detailed",),
)
