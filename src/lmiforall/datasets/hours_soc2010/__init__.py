"""How many hours a week people in each occupation are paid for.

From the same survey as pay: employees only, overtime included.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Starter
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets import ashe

DATASET = Dataset(
    name="hours_soc2010",
    title="Paid hours a week by occupation (SOC2010), 2021",
    summary="Paid hours of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)", default="all"),
        *ashe.PEOPLE,
    ),
    measures=ashe.measures(*ashe.HOURS),
    sources=ashe.sources("SOC10", "9", editions=("2021",), closed="2021 is the last edition on SOC2010"),
    read=ashe.reader("soc2010", SOC2010, ashe.HOURS, ashe.HOURS_TABLES),
    withhold=(ashe.UNRELIABLE,),
    adds=(ashe.jobs("soc2010"),),
    rows=(50_000, 70_000),
    left_out=ashe.LEFT_OUT,
    history=ashe.HISTORY_SOC2010,
    starter=Starter(keep={}),
)
