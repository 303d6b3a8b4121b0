"""Paid hours of SOC2010's occupations, for the old API: converted from the SOC2020 figures of today."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.endpoint import Series
from lmiforall.base.model import Mixture
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.lmi_v1 import GENDER, PATTERN
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.working_pattern import WORKING_PATTERN

# What the old API could be filtered by, and these figures can't be.
UNBORNE = ("region", "qualification", "industry", "age")

DATASET = Dataset(
    name="hours_at_soc2010",
    title="Paid hours a week by occupation (SOC2010), converted",
    summary="Mean, median and percentiles of paid hours a week by SOC2010 group, converted from SOC2020.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=(
        Measure("mean_hours", "Mean paid hours a week", "hours per week"),
        *(
            Measure(
                "median_hours" if part == 50 else f"p{part}_hours",
                f"Percentile {part} of paid hours a week",
                "hours per week",
            )
            for part in (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
        ),
    ),
    model=Mixture(
        inputs=("hours", "hours_soc2010", "soc2010_soc2020_weights"),
        method="Mixtures of the SOC2020 unit groups' distributions by jobs and ONS's dual coding; 2021 as published.",
        new="hours",
        old="hours_soc2010",
        weights="soc2010_soc2020_weights",
        where=(),
        unit="hours",
        coverage=0.8,
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
            filters=(GENDER, PATTERN),
            unborne=UNBORNE,
        ),
    ),
    history=(Edition("2021 to the newest ASHE", "2024-10-29", "2021 direct, later years converted."),),
    starter=Starter(keep={"measure": ("mean_hours", "median_hours")}, float32=True),
)
