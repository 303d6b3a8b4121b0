"""The occupations of ESCO, the European classification of occupations and skills."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field
from lmiforall.codes.esco import URI
from lmiforall.datasets import esco
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "occupations": Flat(
        keys={"conceptUri": "occupation"},
        values={
            "preferredLabel": "title",
            "code": "code",
            "iscoGroup": "isco08",
            "altLabels": "other_titles",
            "description": "description",
            "definition": "definition",
            "scopeNote": "scope",
            "status": "state",
            "modifiedDate": "modified",
            "regulatedProfessionNote": "regulated",
        },
        ignored=("conceptType", "hiddenLabels", "inScheme"),
        lists={"other_titles": "\n"},
    ),
}

DATASET = Dataset(
    name="esco_occupations",
    title="ESCO occupations",
    summary="3,039 European occupations with titles, alternative titles, descriptions and their ISCO-08 group.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("occupation", URI, "ESCO occupation (URI)"),),
    fields=(
        Field("title", "Title"),
        Field("code", "ESCO code"),
        Field("isco08", "ISCO-08 unit group"),
        Field("other_titles", "Other titles", kind="texts"),
        Field("description", "Description", sentences=True),
        Field("definition", "Definition", sentences=True),
        Field("scope", "What it covers", sentences=True),
        Field("state", "Released or not"),
        Field("modified", "Last changed"),
        Field("regulated", "Note on regulation"),
    ),
    sources=(esco.source("occupations", "occupations (English)", "occupations", holds=(2_800, 4_000)),),
    read=records(LISTS),
    rows=(3_000, 3_500),
    history=(Edition("v1.2", "2024-05-15"),),
)
