"""SIC2007 finer and coarser than its sections: classes of four digits, and what ONS puts together in its tables."""

from lmiforall.base.code_list import Pattern

SIC2007_CLASS = Pattern("sic2007_class", "SIC 2007 class", r"\d\d\.\d{1,2}")

SIC2007_GROUPING = Pattern(
    "sic2007_grouping",
    "SIC 2007 section or division, or several of them from one to another",
    r"all|[A-U](-[A-U])?|\d\d(-\d\d)?",
)
