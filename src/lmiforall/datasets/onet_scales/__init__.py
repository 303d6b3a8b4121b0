"""On which scales O*NET rates the elements of its content model, and between which bounds."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.onet_soc2019 import SCALE
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "scales": Flat(
        sheet="Scales Reference",
        keys={"Scale ID": "scale"},
        values={"Scale Name": "title", "Minimum": "lowest", "Maximum": "highest"},
        numbers=("lowest", "highest"),
    ),
}

DATASET = Dataset(
    name="onet_scales",
    title="O*NET scales",
    summary="The 29 scales of O*NET's ratings with their lowest and highest value.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("scale", SCALE, "Scale"),),
    fields=(
        Field("title", "Title"),
        Field("lowest", "Lowest value", kind="number"),
        Field("highest", "Highest value", kind="number"),
    ),
    sources=(onet.source("scales", "Scales Reference", holds=(25, 40)),),
    read=records(LISTS),
    rows=(25, 40),
    history=(onet.EDITION,),
)
