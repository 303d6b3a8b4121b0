"""How the skills and occupations of ESCO belong together."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field
from lmiforall.codes.esco import RELATION, URI
from lmiforall.datasets import esco
from lmiforall.datasets.flat import Flat, records

BROADER = Flat(
    keys={"conceptUri": "concept"},
    values={"broaderUri": "related", "conceptType": "kind", "broaderType": "related_kind"},
    fixed={"relation": "broader"},
)


LISTS = {
    "skills": Flat(
        keys={"originalSkillUri": "concept", "relationType": "relation"},
        values={"relatedSkillUri": "related", "originalSkillType": "kind", "relatedSkillType": "related_kind"},
    ),
    "broader_skills": BROADER,
    "broader_occupations": BROADER,
}

DATASET = Dataset(
    name="esco_relations",
    title="ESCO relations",
    summary="Which skill helps with which, and what is broader than what, among ESCO skills and occupations.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("relation", RELATION, "Relation"),
        Dimension("concept", URI, "ESCO concept (URI)"),
    ),
    fields=(
        Field("related", "The other concept (URI)"),
        Field("kind", "What it is"),
        Field("related_kind", "What the other is"),
    ),
    sources=(
        esco.source("skills", "relations between skills", "skillSkillRelations", holds=(5_500, 7_600)),
        esco.source(
            "broader_skills", "broader skills and skill groups", "broaderRelationsSkillPillar", holds=(19_000, 28_000)
        ),
        esco.source(
            "broader_occupations",
            "broader occupations and ISCO groups",
            "broaderRelationsOccPillar",
            holds=(3_400, 4_800),
        ),
    ),
    read=records(LISTS),
    rows=(28_000, 34_000),
    history=(Edition("v1.2", "2024-05-15"),),
)
