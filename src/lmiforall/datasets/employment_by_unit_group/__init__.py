"""People in work by SOC2020 group, year by year: the official series down to unit groups."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.region import REGION
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets import ees

DATASET = Dataset(
    name="employment_by_unit_group",
    title="Employment by unit group, year by year",
    summary="People in work by SOC2020 group at every level, each year: the official series for the United Kingdom.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)"),
        Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("employment", "People in work", "people"),),
    sources=(
        Source(
            name="series",
            publisher="Department for Education",
            title="Explore Education Statistics: employment by four-digit occupation (SOC2020), annual, UK",
            page="https://explore-education-statistics.service.gov.uk/find-statistics",
            licence=OGL3,
            files=r"ees_employment_soc2020_annual\.csv$",
            dialect="csv",
            count=(1, 1),
            marks=ees.MARKS,
            by_hand="Choose employment by four-digit SOC2020, all years, United Kingdom, in the table tool, or take "
            "the data file of the release. Save it as `employment/ees_employment_soc2020_annual.csv`.",
        ),
    ),
    read=ees.figures({"soc": SOC2020}, "employment"),
    rows=(1, 1_000_000),
    history=(Edition("the newest of the publication", "2025"),),
    not_held="The annual series by four-digit occupation was not among the files that could be had.",
)
