"""The skills that ESCO counts as digital, green or transversal."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field
from lmiforall.codes.esco import COLLECTION, URI
from lmiforall.datasets import esco
from lmiforall.datasets.flat import Flat, records

COLUMNS = {
    "preferredLabel": "title",
    "skillType": "kind",
    "reuseLevel": "reuse",
    "altLabels": "other_titles",
    "description": "description",
    "status": "state",
    "broaderConceptUri": "broader",
    "broaderConceptPT": "broader_titles",
}


LISTS = {
    "digital": Flat(
        keys={"conceptUri": "skill"},
        values=COLUMNS,
        ignored=("conceptType",),
        fixed={"collection": "digital"},
        lists={"other_titles": "|"},
    ),
    "green": Flat(
        keys={"conceptUri": "skill"},
        values=COLUMNS,
        ignored=("conceptType",),
        fixed={"collection": "green"},
        lists={"other_titles": "|"},
    ),
    "transversal": Flat(
        keys={"conceptUri": "skill"},
        values=COLUMNS,
        ignored=("conceptType",),
        fixed={"collection": "transversal"},
        lists={"other_titles": "|"},
    ),
}

DATASET = Dataset(
    name="esco_collections",
    title="ESCO skill collections",
    summary="Skills of the digital, green and transversal collections, with clean labels and descriptions.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("collection", COLLECTION, "Collection"),
        Dimension("skill", URI, "ESCO skill (URI)"),
    ),
    fields=(
        Field("title", "Label"),
        Field("kind", "Skill or knowledge"),
        Field("reuse", "How widely it is used"),
        Field("other_titles", "Other labels", kind="texts"),
        Field("description", "Description", sentences=True),
        Field("state", "Released or not"),
        Field("broader", "Broader skills (URIs)"),
        Field("broader_titles", "Broader skills"),
    ),
    sources=(
        esco.source("digital", "digital skills collection", "digitalSkillsCollection", holds=(1_200, 1_700)),
        esco.source("green", "green skills collection", "greenSkillsCollection", holds=(560, 770)),
        esco.source("transversal", "transversal skills collection", "transversalSkillsCollection", holds=(90, 130)),
    ),
    read=records(LISTS),
    rows=(1_900, 2_500),
    history=(Edition("v1.2", "2024-05-15"),),
)
