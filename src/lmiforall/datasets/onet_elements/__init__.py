"""What the elements of O*NET's content model are called and mean: skills, knowledge, interests and the rest."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.base.endpoint import ElementList, Identifiers
from lmiforall.codes.onet_soc2019 import ELEMENT
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

# Where skills stand in the content model: basic ones, and those across jobs.
SKILLS = "2.A.,2.B."

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
    endpoints=(
        Identifiers(
            path="o-net/identifiers",
            also=("onet/identifiers",),
            summary="The ids and names of all that occupations are rated by",
            example="o-net/identifiers",
            groups={"skills": SKILLS, "abilities": "1.A.", "interests": "1.B.1.", "knowledge": "2.C."},
        ),
        ElementList(
            path="onet/skills",
            summary="The skills, as in 2013",
            example="onet/skills",
            group=SKILLS,
            empty="list",
        ),
    ),
    history=(onet.EDITION,),
)
