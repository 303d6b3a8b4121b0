"""People in work by industry in each local authority and local area, from the Annual Population Survey."""

import re
from pathlib import Path

from lmiforall.base.code_list import listed
from lmiforall.base.dataset import Dataset, Dimension, Total
from lmiforall.datasets import aps_local

# SOURCE: the survey's groups of sections, which aren't always neighbours; titles as Nomis prints them.
INDUSTRY = listed(
    "aps_industry",
    "Industry (groups of SIC 2007 sections)",
    (
        ("A", "Agricuture & fishing"),
        ("B,D,E", "Energy & water"),
        ("C", "Manufacturing"),
        ("F", "Construction"),
        ("G,I", "Distribution, hotels & restaurants"),
        ("H,J", "Transport & Communication"),
        ("K-N", "Banking finance & insurance etc."),
        ("O-Q", "Public admin education & health"),
        ("R-U", "Other services"),
    ),
)
_HEADING = re.compile(r"T13a:\d+ \((?P<code>\S+) (?P<title>.+) \(SIC 2007\) : All people \)")


def group(heading: str) -> str:
    """Give the group of sections that a heading names."""
    found = _HEADING.fullmatch(heading)
    if found is None or INDUSTRY.code_of(found["title"]) != found["code"]:
        raise KeyError(heading)
    return found["code"]


DATASET = Dataset(
    name="local_industries",
    title="Employment by industry and local area",
    summary="People in work by groups of SIC2007 sections and local authority, LEP or LSIP area, yearly (APS).",
    folder=Path(__file__).parent,
    dimensions=(Dimension("industry", INDUSTRY, "Industry (groups of SIC 2007 sections)"), *aps_local.AREAS),
    measures=aps_local.MEASURES,
    sources=(
        aps_local.source(
            "nomis",
            "T13a: employment by industry",
            r"APS_T13a_industry_by_LAD_LEP_.*\.xlsx$",
            "APS_T13a_industry_by_LAD_LEP_2017-2021_nomis_2023_04_24.xlsx",
            (25_000, 42_000),
        ),
    ),
    read=aps_local.table("industry", group),
    rows=(38_000, 43_000),
    totals=(
        Total(
            {"area": "England", "kind": "country", "industry": "A", "year": "2018"},
            "people",
            249200,
            because="the first cell of the table",
        ),
    ),
    history=(aps_local.HISTORY,),
)
