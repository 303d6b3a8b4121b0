"""How many hours a week people in each occupation are paid for.

From the same survey as pay: employees only, overtime included.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Starter
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets import ashe

DATASET = Dataset(
    name="hours",
    title="Paid hours a week by occupation (SOC2020)",
    summary="Paid hours of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)", default="all"),
        *ashe.PEOPLE,
    ),
    measures=ashe.measures(*ashe.HOURS),
    sources=ashe.sources("SOC20", "9", editions=("2022", "2023", "2024"), stand_in=(17_000, 25_000)),
    read=ashe.reader("soc", SOC2020, ashe.HOURS, ashe.HOURS_TABLES),
    withhold=(ashe.UNRELIABLE,),
    adds=(ashe.jobs("soc"),),
    rows=(180_000, 1_400_000),
    left_out=ashe.LEFT_OUT,
    history=ashe.HISTORY_SOC2020,
    starter=Starter(keep={}),
)
