"""What the elements of O*NET's content model are called and mean: skills, knowledge, interests and the rest."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.onet_soc2019 import ELEMENT
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "elements": Flat(
        sheet="Content Model Reference",
        keys={"Element ID": "element"},
        values={"Element Name": "title", "Description": "description"},
    ),
}

DATASET = Dataset(
    name="onet_elements",
    title="O*NET elements",
    summary="The 627 elements of O*NET's content model, from its six parts down to single skills, with descriptions.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("element", ELEMENT, "Element"),),
    fields=(Field("title", "Title"), Field("description", "Description", sentences=True)),
    sources=(onet.source("elements", "Content Model Reference", holds=(600, 700)),),
    read=records(LISTS),
    rows=(600, 700),
    history=(onet.EDITION,),
)
