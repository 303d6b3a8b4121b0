"""What people in each occupation are paid, by week, hour and year.

ASHE samples about one job in a hundred, so a figure for one occupation may rest on a handful of people.
The publisher withholds such figures with a sign, and the sign is kept.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Starter
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets import ashe

DATASET = Dataset(
    name="pay_soc2010",
    title="Gross pay by occupation (SOC2010), 2021",
    summary="Weekly, hourly and annual pay of employees: jobs, median, mean, percentiles, changes, each with its CV.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)", default="all"),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        *ashe.PEOPLE,
    ),
    measures=ashe.measures(*ashe.PAY),
    sources=ashe.sources("SOC10", "1|5|7", editions=("2021",), closed="2021 is the last edition on SOC2010"),
    read=ashe.reader("soc2010", SOC2010, ashe.PAY, ashe.PAY_TABLES),
    withhold=(ashe.UNRELIABLE,),
    adds=(ashe.jobs("soc2010"),),
    rows=(160_000, 210_000),
    totals=(ashe.headline("soc2010", "2021", 25_971),),
    left_out=ashe.LEFT_OUT,
    history=ashe.HISTORY_SOC2010,
    starter=Starter(keep={}),
)
