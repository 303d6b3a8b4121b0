"""Who is in work, unemployed or neither in each local authority and local area, from the Annual Population Survey."""

import re
from pathlib import Path

from lmiforall.base.code_list import listed
from lmiforall.base.dataset import Dataset, Dimension, Total
from lmiforall.datasets import aps_local

ACTIVITY = listed(
    "aps_activity",
    "Economic activity, 16 to 64",
    (
        ("all", "All"),
        ("active", "Economically active"),
        ("employed", "In employment"),
        ("employees", "Employees"),
        ("self_employed", "Self Employed"),
        ("unemployed", "Unemployed"),
        ("inactive", "Inactive"),
    ),
    whole="all",
)
_HEADING = re.compile(r"T01:\d+ \(Aged 16-64 - (?P<title>.+) : All People \)")


def activity(heading: str) -> str:
    """Give the activity that a heading names."""
    found = _HEADING.fullmatch(heading)
    return ACTIVITY.by_title[found["title"].casefold() if found else heading]


DATASET = Dataset(
    name="local_activity",
    title="Economic activity by local area",
    summary="People of 16 to 64 in work, unemployed or inactive by local authority, LEP or LSIP area, yearly (APS).",
    folder=Path(__file__).parent,
    dimensions=(Dimension("activity", ACTIVITY, "Economic activity", default="all"), *aps_local.AREAS),
    measures=aps_local.MEASURES,
    sources=(
        aps_local.source(
            "nomis",
            "T01: economic activity, 16 to 64",
            r"APS_T01_economic_activity_by_LAD_.*\.xlsx$",
            "APS_T01_economic_activity_by_LAD_2017-2021_nomis_2023_04_24.xlsx",
            (20_000, 33_000),
        ),
    ),
    read=aps_local.table("activity", activity),
    rows=(30_000, 33_000),
    totals=(
        Total(
            {"area": "England", "kind": "country", "activity": "all", "year": "2018"},
            "people",
            34728600,
            because="the first cell of the table",
        ),
    ),
    history=(aps_local.HISTORY,),
)
