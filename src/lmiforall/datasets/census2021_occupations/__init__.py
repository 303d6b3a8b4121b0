"""People in work in each local authority of Greater Manchester by major group of their occupation, Census 2021."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Measure, Total
from lmiforall.codes.gss import AREA
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets import census2021
from lmiforall.datasets.flat import figures

# SOURCE: the Census calls the third group as SOC2010 did.
MAJOR = {"associate professional and technical occupations": "3"} | {
    entry.title.casefold(): entry.code for entry in SOC2020.at_level("major")
}


def major(title: str) -> str:
    """Give the major group of a title; the Census prints no codes."""
    return MAJOR[title.casefold()]


DATASET = Dataset(
    name="census2021_occupations",
    title="Occupations of residents, Census 2021, Greater Manchester",
    summary="People in work by local authority and SOC2020 major group, Greater Manchester, 21 March 2021.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("area", AREA, "Local authority where they live"),
        Dimension("soc", SOC2020, "Occupation (SOC2020 major group)"),
    ),
    measures=(Measure("people", "Residents in work, 16 and over", "people"),),
    sources=(census2021.source("occupation", "TS063", "occupation", "occupation", (90, 90)),),
    read=figures({"occupation": census2021.answers("occupation", "soc", major)}),
    rows=(90, 90),
    totals=(Total({"area": "E08000001", "soc": "2"}, "people", 21197, because="professionals in Bolton"),),
    history=census2021.HISTORY,
)
