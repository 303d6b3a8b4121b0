"""How many hours a week people in each occupation are paid for.

From the same survey as pay: employees only, overtime included.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Starter
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.working_pattern import WORKING_PATTERN
from lmiforall.datasets import ashe

MEASURES = ashe.measures("hours", "hours per week", "paid hours")

DATASET = Dataset(
    name="hours_soc2010",
    title="Paid hours a week by occupation (SOC2010), 2021",
    summary="Paid hours of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)", default="all"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("year", YEAR, "Year of the survey (April)"),
    ),
    measures=MEASURES,
    sources=ashe.sources("SOC10", "9", editions=("2021",), stand_in=(17_000, 25_000)),
    read=ashe.reader(
        "soc2010",
        SOC2010,
        tuple(measure.name for measure in MEASURES),
        {"9": {}},
    ),
    rows=(50_000, 70_000),
    left_out=ashe.LEFT_OUT,
    history=(Edition("2021 provisional", "2021-10-26", "The last edition on SOC2010; includes furloughed employees."),),
    starter=Starter(keep={}),
)
