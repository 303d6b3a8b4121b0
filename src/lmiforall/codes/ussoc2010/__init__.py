"""US SOC 2010, the occupations of the United States until 2018: 840 detailed ones, and a broad one that O*NET uses."""

from pathlib import Path

from lmiforall.base.code_list import from_csv

# SOURCE: BLS, 2010 SOC to 2018 SOC crosswalk (November 2017), codes and titles without its marks, and the one broad
# occupation of O*NET's own crosswalk; tests/test_code_lists.py holds them against the workbooks.
USSOC2010 = from_csv(
    Path(__file__).with_name("codes.csv"),
    "ussoc2010",
    "Standard Occupational Classification of the United States 2010",
    ("broad", "detailed"),
)
