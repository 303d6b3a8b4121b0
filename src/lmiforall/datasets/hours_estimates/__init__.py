"""How many hours a week people in each occupation are paid for, by region, by age and by industry: estimated."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.model import HoursModel
from lmiforall.codes.age_band import AGE_BAND
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.region import REGION
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.codes.soc2020 import SOC2020

UNIT = "hours per week"
LEVEL = 0.9

DATASET = Dataset(
    name="hours_estimates",
    title="Paid hours a week by occupation and region, age or industry, estimated",
    summary="Mean, median and deciles of paid hours by SOC2020 unit group and region, age or industry, with intervals.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020 unit group)"),
        Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
        Dimension("age", AGE_BAND, "Age group", default=AGE_BAND.whole),
        Dimension("industry", SIC2007_SECTION, "Industry (SIC 2007 section)", default=SIC2007_SECTION.whole),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=(
        Measure("mean_hours", "Mean paid hours", UNIT, quality="grade_1_to_3"),
        *(
            Measure(
                "median_hours" if part == 50 else f"p{part}_hours",
                "Median paid hours" if part == 50 else f"Percentile {part} of paid hours",
                UNIT,
                quality="grade_1_to_3",
            )
            for part in range(10, 100, 10)
        ),
    ),
    model=HoursModel(
        inputs=(
            "hours",
            "pay_by_region",
            "pay_by_age",
            "pay_by_industry",
            "employment_by_region",
            "employment_by_industry",
        ),
        method="Ratios of the major group, or of the industry; means balanced.",
        hours="hours",
        regions="pay_by_region",
        ages="pay_by_age",
        sections="pay_by_industry",
        people="employment_by_region",
        industries="employment_by_industry",
        level=LEVEL,
        step=0.1,
    ),
    interval_level=LEVEL,
    rows=(80_000, 180_000),
    history=(Edition("ASHE 2025 provisional", "2025-12"),),
    starter=Starter(keep={"measure": ("mean_hours",)}, float32=True),
)
