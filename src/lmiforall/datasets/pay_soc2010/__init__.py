"""What people in each occupation are paid, by week, hour and year.

ASHE samples about one job in a hundred, so a figure for one occupation may rest on a handful of people.
The publisher withholds such figures with a sign, and the sign is kept.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Starter, Total
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.working_pattern import WORKING_PATTERN
from lmiforall.datasets import ashe

MEASURES = ashe.measures("gbp", "pounds per week, hour or year (see basis)", "gross pay")

DATASET = Dataset(
    name="pay_soc2010",
    title="Gross pay by occupation (SOC2010), 2021",
    summary="Weekly, hourly and annual pay of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)", default="all"),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=MEASURES,
    sources=ashe.sources("SOC10", "1|5|7", editions=("2021",), stand_in=(50_000, 75_000)),
    read=ashe.reader(
        "soc2010",
        SOC2010,
        tuple(measure.name for measure in MEASURES),
        {"1": {"basis": "week"}, "5": {"basis": "hour"}, "7": {"basis": "year"}},
    ),
    rows=(160_000, 210_000),
    totals=(
        Total(
            {"soc2010": "all", "basis": "year", "sex": "all", "pattern": "all", "year": "2021"},
            "median_gbp",
            25971,
            because="headline of the ONS release, all employees",
        ),
    ),
    left_out=ashe.LEFT_OUT,
    history=(Edition("2021 provisional", "2021-10-26", "The last edition on SOC2010; includes furloughed employees."),),
    starter=Starter(keep={}),
)
