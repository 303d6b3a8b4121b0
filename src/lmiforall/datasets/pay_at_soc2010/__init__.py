"""Weekly pay of SOC2010's occupations, for the old API: converted from the SOC2020 figures of today."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.endpoint import Distribution, Series
from lmiforall.base.model import Mixture
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.lmi_v1 import GENDER, PATTERN
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.working_pattern import WORKING_PATTERN

# What the old API could be filtered by, and these figures can't be.
UNBORNE = ("region", "qualification", "industry", "age")

DATASET = Dataset(
    name="pay_at_soc2010",
    title="Weekly pay by occupation (SOC2010), converted",
    summary="Mean, median and percentiles of gross weekly pay by SOC2010 group, converted from SOC2020.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=(
        Measure("mean_gbp", "Mean gross weekly pay", "pounds per week"),
        *(
            Measure(
                "median_gbp" if part == 50 else f"p{part}_gbp",
                f"Percentile {part} of gross weekly pay",
                "pounds per week",
            )
            for part in (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
        ),
    ),
    model=Mixture(
        inputs=("pay", "pay_soc2010", "soc2010_soc2020_weights"),
        method="Mixtures of the SOC2020 unit groups' distributions by jobs and ONS's dual coding; 2021 as published.",
        new="pay",
        old="pay_soc2010",
        weights="soc2010_soc2020_weights",
        where=(("basis", "week"),),
        unit="gbp",
        coverage=0.8,
    ),
    rows=(200_000, 800_000),
    endpoints=(
        Series(
            path="ashe/estimatePay",
            summary="Mean pay a week, in pounds rounded to 10, by year",
            example="ashe/estimatePay?soc=4135",
            measure="mean_gbp",
            figure="estpay",
            step=10,
            filters=(GENDER, PATTERN),
            unborne=UNBORNE,
        ),
        Distribution(
            path="ashe/estimatePayMD",
            summary="Median and deciles of pay a week, in pounds, of the newest year",
            example="ashe/estimatePayMD?soc=4135",
            median="median_gbp",
            deciles={str(part): "median_gbp" if part == 50 else f"p{part}_gbp" for part in range(10, 100, 10)},
            filters=(GENDER, PATTERN),
            unborne=UNBORNE,
        ),
    ),
    history=(Edition("2021 to the newest ASHE", "2024-10-29", "2021 direct, later years converted."),),
    starter=Starter(
        keep={"measure": ("mean_gbp", "median_gbp", *(f"p{part}_gbp" for part in (10, 20, 30, 40, 60, 70, 80, 90)))},
        float32=True,
    ),
)
