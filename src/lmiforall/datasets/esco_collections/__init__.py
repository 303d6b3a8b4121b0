"""The skills that ESCO counts as digital, green or transversal."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import ESCO_REUSE
from lmiforall.codes.esco import COLLECTION, URI
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
        Source(
            name="digital",
            publisher="European Commission",
            title="ESCO, digital skills collection",
            page="https://esco.ec.europa.eu/en/use-esco/download",
            licence=ESCO_REUSE,
            files=r"esco/v(?P<version>[\d.]+)/digitalSkillsCollection_en\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(1_200, 1_700),
        ),
        Source(
            name="green",
            publisher="European Commission",
            title="ESCO, green skills collection",
            page="https://esco.ec.europa.eu/en/use-esco/download",
            licence=ESCO_REUSE,
            files=r"esco/v(?P<version>[\d.]+)/greenSkillsCollection_en\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(560, 770),
        ),
        Source(
            name="transversal",
            publisher="European Commission",
            title="ESCO, transversal skills collection",
            page="https://esco.ec.europa.eu/en/use-esco/download",
            licence=ESCO_REUSE,
            files=r"esco/v(?P<version>[\d.]+)/transversalSkillsCollection_en\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(90, 130),
        ),
    ),
    read=records(LISTS),
    rows=(1_900, 2_500),
    history=(Edition("v1.2", "2024-05-15"),),
)
