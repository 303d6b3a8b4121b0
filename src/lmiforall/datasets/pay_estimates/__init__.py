"""What people in each occupation are paid by region, by age and by industry: published where it is, else estimated."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.model import PayModel
from lmiforall.codes.age_band import AGE_BAND
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.region import REGION
from lmiforall.codes.sex import SEX
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.working_pattern import WORKING_PATTERN

UNIT = "pounds per week or year (see basis)"
LEVEL = 0.9

DATASET = Dataset(
    name="pay_estimates",
    title="Gross pay by occupation and region, sex, working pattern, age or industry, estimated",
    summary="Mean, median and deciles of pay by SOC2020 unit group and region (with sex or pattern), age or industry.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020 unit group)"),
        Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
        Dimension("age", AGE_BAND, "Age group", default=AGE_BAND.whole),
        Dimension("industry", SIC2007_SECTION, "Industry (SIC 2007 section)", default=SIC2007_SECTION.whole),
        Dimension("sex", SEX, "Sex", default=SEX.whole),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default=WORKING_PATTERN.whole),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=(
        Measure("mean_gbp", "Mean gross pay", UNIT, quality="grade_1_to_3"),
        *(
            Measure(
                "median_gbp" if part == 50 else f"p{part}_gbp",
                "Median gross pay" if part == 50 else f"Percentile {part} of gross pay",
                UNIT,
                quality="grade_1_to_3",
            )
            for part in range(10, 100, 10)
        ),
    ),
    model=PayModel(
        inputs=(
            "pay",
            "pay_by_region",
            "pay_by_age",
            "pay_by_industry",
            "employment_by_region",
            "employment_by_industry",
        ),
        method="A mixed model of medians by region, one by sex and pattern; major groups' ratios; balanced pay bills.",
        pay="pay",
        regions="pay_by_region",
        ages="pay_by_age",
        sections="pay_by_industry",
        people="employment_by_region",
        industries="employment_by_industry",
        level=LEVEL,
        steps=(("year", 10.0), ("week", 1.0)),
    ),
    interval_level=LEVEL,
    rows=(500_000, 700_000),
    history=(Edition("ASHE 2025 provisional", "2025-12"),),
    starter=Starter(
        keep={"measure": ("median_gbp",), "basis": ("year",), "sex": ("all",), "pattern": ("all",)}, float32=True
    ),
)
