"""What people in each occupation are paid, by week, hour and year.

ASHE samples about one job in a hundred, so a figure for one occupation may rest on a handful of people.
The publisher withholds such figures with a sign, and the sign is kept.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Starter, Total
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.working_pattern import WORKING_PATTERN
from lmiforall.datasets import ashe

MEASURES = ashe.measures("gbp", "pounds per week, hour or year (see basis)", "gross pay")

DATASET = Dataset(
    name="pay",
    title="Gross pay by occupation (SOC2020)",
    summary="Weekly, hourly and annual pay of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)", default="all"),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=MEASURES,
    sources=ashe.sources("SOC20", "1|5|7", editions=("2022", "2023", "2024"), stand_in=(50_000, 75_000)),
    read=ashe.reader(
        "soc",
        SOC2020,
        tuple(measure.name for measure in MEASURES),
        {"1": {"basis": "week"}, "5": {"basis": "hour"}, "7": {"basis": "year"}},
    ),
    rows=(550_000, 4_000_000),
    totals=(
        Total(
            {"soc": "all", "basis": "year", "sex": "all", "pattern": "all", "year": "2022"},
            "median_gbp",
            27756,
            because="headline of the ONS release, all employees",
        ),
        Total(
            {"soc": "all", "basis": "year", "sex": "all", "pattern": "all", "year": "2023"},
            "median_gbp",
            29669,
            because="headline of the ONS release, all employees",
        ),
        Total(
            {"soc": "all", "basis": "year", "sex": "all", "pattern": "all", "year": "2024"},
            "median_gbp",
            31602,
            because="headline of the ONS release, all employees",
        ),
    ),
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
