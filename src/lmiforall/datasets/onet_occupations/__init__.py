"""The occupations of O*NET: codes, titles and descriptions."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "occupations": Flat(
        sheet="Occupation Data",
        keys={"O*NET-SOC Code": "onet"},
        values={"Title": "title", "Description": "description"},
    ),
}

DATASET = Dataset(
    name="onet_occupations",
    title="O*NET occupations",
    summary="The 1,016 occupations of O*NET-SOC 2019 with titles and descriptions.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),),
    fields=(
        Field("title", "Title"),
        Field("description", "Description", sentences=True),
    ),
    sources=(onet.source("occupations", "Occupation Data", holds=(960, 1_400)),),
    read=records(LISTS),
    rows=(1_016, 1_100),
    history=(onet.EDITION,),
)
