"""Software and tools that people in O*NET occupations use."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "technology": Flat(
        sheet="Technology Skills",
        keys={"O*NET-SOC Code": "onet"},
        values={
            "Example": "example",
            "Commodity Code": "commodity",
            "Commodity Title": "commodity_title",
            "Hot Technology": "hot",
            "In Demand": "in_demand",
        },
        ignored=("Title",),
    ),
}

DATASET = Dataset(
    name="onet_technology",
    title="O*NET technology skills",
    summary="Software and tools by O*NET occupation, with their commodity and whether employers ask for them.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),),
    fields=(
        Field("example", "Product"),
        Field("commodity", "Code of the commodity (UNSPSC)"),
        Field("commodity_title", "Commodity"),
        Field("hot", "Often asked for in adverts"),
        Field("in_demand", "In demand for this occupation"),
    ),
    sources=(onet.source("technology", "Technology Skills", holds=(31_000, 43_000)),),
    read=records(LISTS),
    rows=(30_000, 36_000),
    history=(onet.EDITION,),
)
