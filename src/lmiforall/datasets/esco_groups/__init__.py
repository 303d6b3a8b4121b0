"""The groups into which ESCO sorts skills, and the ISCO groups into which it sorts occupations."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field
from lmiforall.codes.esco import URI
from lmiforall.datasets import esco
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "skill_groups": Flat(
        keys={"conceptUri": "group"},
        values={"preferredLabel": "title", "code": "code", "description": "description", "altLabels": "other_titles"},
        ignored=("conceptType", "hiddenLabels", "status", "modifiedDate", "scopeNote", "inScheme"),
        fixed={"kind": "skill_group"},
        lists={"other_titles": "\n"},
    ),
    "isco_groups": Flat(
        keys={"conceptUri": "group"},
        values={"preferredLabel": "title", "code": "code", "description": "description", "altLabels": "other_titles"},
        ignored=("conceptType", "status", "inScheme"),
        fixed={"kind": "isco_group"},
        lists={"other_titles": "\n"},
    ),
}

DATASET = Dataset(
    name="esco_groups",
    title="ESCO groups",
    summary="Skill groups and ISCO-08 groups of ESCO with labels and descriptions.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("group", URI, "ESCO group (URI)"),),
    fields=(
        Field("title", "Label"),
        Field("code", "Code"),
        Field("kind", "skill_group or isco_group"),
        Field("other_titles", "Other labels", kind="texts"),
        Field("description", "Description", sentences=True),
    ),
    sources=(
        esco.source("skill_groups", "skill groups", "skillGroups", holds=(600, 840)),
        esco.source("isco_groups", "ISCO groups", "ISCOGroups", holds=(580, 810)),
    ),
    read=records(LISTS),
    rows=(1_200, 1_400),
    history=(Edition("v1.2", "2024-05-15"),),
)
