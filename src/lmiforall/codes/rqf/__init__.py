"""Highest qualification by the Regulated Qualifications Framework: nine levels, and the wider groups of six."""

from lmiforall.base.code_list import Code, CodeList

LEVELS = ("all", "group", "level")

_LEVEL_TITLES = (
    ("rqf8", "RQF8 Doctorate", "rqf7_8"),
    ("rqf7", "RQF7 Other higher degree", "rqf7_8"),
    ("rqf6", "RQF6 First degree", "rqf4_6"),
    ("rqf5", "RQF5 Foundation degree;Nursing;Teaching", "rqf4_6"),
    ("rqf4", "RQF4 HE below degree level", "rqf4_6"),
    ("rqf3", "RQF3 A level & equivalent", "all"),
    ("rqf2", "RQF2 GCSE(A-C) & equivalent", "all"),
    ("rqf1", "RQF1 GCSE(below grade C) & equivalent", "all"),
    ("no_qualification", "No Qualification", "all"),
)

# SOURCE: the sheets "name" and "AggregationTables" of the Skills Imperative 2035 workbooks.
RQF = CodeList(
    "rqf",
    "Highest qualification (RQF)",
    (
        Code("all", "All qualifications"),
        Code("rqf7_8", "RQF 7-8", LEVELS.index("group"), "all"),
        Code("rqf4_6", "RQF 4-6", LEVELS.index("group"), "all"),
        *(Code(code, title, LEVELS.index("level"), parent) for code, title, parent in _LEVEL_TITLES),
    ),
    LEVELS,
    whole="all",
)

# The version with six groups: two that join levels, and the four levels that stand alone.
SIX_GROUPS = ("rqf7_8", "rqf4_6", "rqf3", "rqf2", "rqf1", "no_qualification")
