"""How much preparation O*NET occupations need, in five zones."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Measure
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, figures

LISTS = {
    "zones": Flat(
        sheet="Job Zones",
        keys={"O*NET-SOC Code": "onet"},
        values={"Job Zone": "job_zone"},
        ignored=("Title", "Date", "Domain Source"),
    ),
}

DATASET = Dataset(
    name="onet_job_zones",
    title="O*NET job zones",
    summary="Job zone (1 little or no preparation to 5 extensive) by O*NET occupation.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),),
    measures=(Measure("job_zone", "Job zone", "zone from 1 to 5"),),
    sources=(onet.source("zones", "Job Zones", holds=(900, 1_100)),),
    read=figures(LISTS),
    rows=(900, 1_100),
    history=(onet.EDITION,),
)
