"""Paid hours of SOC2010's occupations, for the old API: converted from the SOC2020 figures of today."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Starter
from lmiforall.base.endpoint import Series, Soc2020
from lmiforall.base.model import MixtureByRegion
from lmiforall.codes.lmi_v1 import GENDER, PATTERN, REGION
from lmiforall.codes.lmi_v1.industry import SECTION
from lmiforall.datasets import at_soc2010

DATASET = Dataset(
    name="hours_at_soc2010",
    title="Paid hours a week by occupation (SOC2010), converted",
    summary="Mean, median and percentiles of paid hours a week by SOC2010 group, converted from SOC2020.",
    folder=Path(__file__).parent,
    dimensions=(*at_soc2010.DIMENSIONS, *at_soc2010.PLACES),
    measures=at_soc2010.measures("hours", "hours per week", "paid hours a week"),
    model=MixtureByRegion(
        inputs=("hours", "hours_soc2010", at_soc2010.WEIGHTS, "hours_estimates", *at_soc2010.PEOPLE),
        method=at_soc2010.METHOD,
        new="hours",
        old="hours_soc2010",
        weights=at_soc2010.WEIGHTS,
        where=(),
        unit="hours",
        coverage=at_soc2010.COVERAGE,
        estimates="hours_estimates",
        people=at_soc2010.PEOPLE[0],
        industries=at_soc2010.PEOPLE[1],
    ),
    rows=(200_000, 800_000),
    endpoints=(
        Series(
            path="ashe/estimateHours",
            summary="Mean paid hours a week, in whole hours, by year",
            example="ashe/estimateHours?soc=4135",
            measure="mean_hours",
            figure="hours",
            step=1,
            filters=(GENDER, PATTERN, REGION, SECTION),
            unborne=at_soc2010.UNBORNE,
            soc2020=Soc2020(dataset="hours", besides=Soc2020(dataset="hours_estimates")),
        ),
    ),
    history=at_soc2010.HISTORY,
    starter=Starter(keep={"measure": ("mean_hours", "median_hours"), **at_soc2010.STARTER}, float32=True),
)
