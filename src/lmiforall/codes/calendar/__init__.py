"""Years, months and quarters, open at both ends: the edition that appears next year needs no change here."""

from lmiforall.base.code_list import Pattern

YEAR = Pattern("year", "Year", r"(19|20)\d\d")
MONTH = Pattern("month", "Month", r"(19|20)\d\d-(0[1-9]|1[0-2])")
QUARTER = Pattern("quarter", "Quarter", r"(19|20)\d\d-Q[1-4]")
YEAR_OR_SPAN = Pattern("year_or_span", "Year, or span from year to year", r"(19|20)\d\d(-(19|20)\d\d)?")

THREE_MONTHS = Pattern("three_months", "Three months, the first and the last", r"(19|20)\d\d-\d\d/(19|20)\d\d-\d\d")
