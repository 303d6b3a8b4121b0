"""What people in each occupation are paid, by week, hour and year.

ASHE samples about one job in a hundred, so a figure for one occupation may rest on a handful of people.
The publisher withholds such figures with a sign, and the sign is kept.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Starter
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets import ashe

DATASET = Dataset(
    name="pay",
    title="Gross pay by occupation (SOC2020)",
    summary="Weekly, hourly and annual pay of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)", default="all"),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        *ashe.PEOPLE,
    ),
    measures=ashe.measures(*ashe.PAY),
    sources=ashe.sources("SOC20", "1|5|7", editions=("2022", "2023", "2024"), stand_in=(50_000, 75_000)),
    read=ashe.reader("soc", SOC2020, ashe.PAY, ashe.PAY_TABLES),
    withhold=(ashe.UNRELIABLE,),
    adds=(ashe.jobs("soc"),),
    rows=(550_000, 4_000_000),
    totals=(
        ashe.headline("soc", "2022", 27_756),
        ashe.headline("soc", "2023", 29_669),
        ashe.headline("soc", "2024", 31_602),
    ),
    left_out=ashe.LEFT_OUT,
    history=ashe.HISTORY_SOC2020,
    starter=Starter(keep={}),
)
