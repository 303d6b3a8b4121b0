"""SIC2007 finer and coarser than its sections: classes of four digits, and what ONS puts together in its tables."""

from pathlib import Path

from lmiforall.base.code_list import Pattern, from_csv

SIC2007_CLASS = Pattern("sic2007_class", "SIC 2007 class", r"\d\d\.\d{1,2}")

SIC2007_GROUPING = Pattern(
    "sic2007_grouping",
    "SIC 2007 section or division, or several of them from one to another",
    r"all|[A-U](-[A-U])?|\d\d(-\d\d)?",
)

# SOURCE: Census 2021, TS060: construction is one, and there is a code for trade that nobody could place.
CENSUS2021_INDUSTRY = from_csv(
    Path(__file__).with_name("census2021.csv"),
    "census2021_industry",
    "Industry of the 2021 Census (SIC 2007 division)",
    ("division",),
)
