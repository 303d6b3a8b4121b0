"""The schemes between which there are crosswalks, and their codes, which are of all of them together."""

from lmiforall.base.code_list import Pattern, listed

SCHEME = listed(
    "crosswalk_scheme",
    "Classification",
    (
        ("soc2010", "SOC2010"),
        ("soc2020", "SOC2020"),
        ("isco08", "ISCO-08"),
        ("ussoc2010", "US SOC 2010"),
        ("ussoc2018", "US SOC 2018"),
        ("onet2010", "O*NET-SOC 2010"),
        ("onet", "O*NET-SOC 2019"),
        ("esco", "ESCO occupation"),
        ("ncs", "National Careers Service job profile"),
        ("apprenticeship", "Apprenticeship standard"),
    ),
)

CODE = Pattern("crosswalk_code", "Code of a classification; all is the code that is asked for as a whole", r"\S+")
