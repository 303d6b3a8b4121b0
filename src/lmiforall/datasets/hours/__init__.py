"""How many hours a week people in each occupation are paid for.

From the same survey as pay: employees only, overtime included.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Starter
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.working_pattern import WORKING_PATTERN
from lmiforall.datasets import ashe

MEASURES = ashe.measures("hours", "hours per week", "paid hours")

DATASET = Dataset(
    name="hours",
    title="Paid hours a week by occupation (SOC2020)",
    summary="Paid hours of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)", default="all"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=MEASURES,
    sources=ashe.sources("SOC20", "9", editions=("2022", "2023", "2024"), stand_in=(17_000, 25_000)),
    read=ashe.reader(
        "soc",
        SOC2020,
        tuple(measure.name for measure in MEASURES),
        {"9": {}},
    ),
    rows=(180_000, 1_400_000),
    left_out=ashe.LEFT_OUT,
    history=(
        Edition(
            "2022 provisional",
            "2022-10-26",
            "The first edition on SOC2020; ONS later found miscoded occupations in the LFS, which weights ASHE.",
        ),
        Edition("2023 provisional", "2023-11-01", ""),
        Edition("2024 provisional", "2024-10-29", ""),
        Edition("2025 provisional, in part", "2025-12", "Through a copy: unit groups only, no CVs, jobs or part-time."),
    ),
    starter=Starter(keep={}),
)
