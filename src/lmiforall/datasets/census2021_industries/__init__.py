"""People in work in each local authority of Greater Manchester by industry, Census 2021."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Measure, Total
from lmiforall.codes.gss import AREA
from lmiforall.codes.sic2007 import CENSUS2021_INDUSTRY
from lmiforall.datasets import census2021
from lmiforall.datasets.flat import figures


def division(title: str) -> str:
    """Give the division of a title; the copy prints no codes."""
    return CENSUS2021_INDUSTRY.by_title[title.casefold()]


DATASET = Dataset(
    name="census2021_industries",
    title="Industries of residents, Census 2021, Greater Manchester",
    summary="People in work by local authority and SIC2007 division, Greater Manchester, 21 March 2021.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("area", AREA, "Local authority where they live"),
        Dimension("industry", CENSUS2021_INDUSTRY, "Industry (SIC 2007 division)"),
    ),
    measures=(Measure("people", "Residents in work, 16 and over", "people"),),
    sources=(census2021.source("industry", "TS060", "industry", "industry", (870, 870)),),
    read=figures({"industry": census2021.answers("industry", "industry", division)}),
    rows=(870, 870),
    totals=(Total({"area": "E08000001", "industry": "01"}, "people", 224, because="the first row of the file"),),
    history=census2021.HISTORY,
)
