"""People in work by occupation in each local authority and local area, from the Annual Population Survey."""

import re
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Total
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets import aps_local

SUBMAJOR = {entry.title.casefold(): entry.code for entry in SOC2010.at_level("submajor")}
_HEADING = re.compile(r"T09a:\d+ \(All people - (?P<title>.+) \(SOC2010\) : All people \)")


def submajor(heading: str) -> str:
    """Give the sub-major group that a heading names."""
    found = _HEADING.fullmatch(heading)
    return SUBMAJOR[found["title"].casefold() if found else heading]


DATASET = Dataset(
    name="local_occupations",
    title="Employment by occupation and local area",
    summary="People in work by SOC2010 sub-major group and local authority, LEP or LSIP area, yearly (APS).",
    folder=Path(__file__).parent,
    dimensions=(Dimension("soc2010", SOC2010, "Occupation (SOC2010 sub-major group)"), *aps_local.AREAS),
    measures=aps_local.MEASURES,
    sources=(
        aps_local.source(
            "nomis",
            "T09a: employment by occupation (SOC2010 sub-major group)",
            r"APS_T09a_SOC2010_submajor_by_LAD_LEP_LSIP_.*\.xlsx$",
            "APS_T09a_SOC2010_submajor_by_LAD_LEP_LSIP_2017-2021_nomis_2023_04_24.xlsx",
            (60_000, 115_000),
        ),
    ),
    read=aps_local.table("soc2010", submajor),
    rows=(100_000, 120_000),
    totals=(
        Total(
            {"area": "England", "kind": "country", "soc2010": "11", "year": "2017"},
            "people",
            2162900,
            because="the first cell of the table",
        ),
    ),
    history=(aps_local.HISTORY,),
)
