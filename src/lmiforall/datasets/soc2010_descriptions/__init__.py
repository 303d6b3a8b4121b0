"""What the occupations of SOC2010 are, told by the texts of the SOC2020 groups that they mostly became.

SOC2010's own descriptions are not to be had, and the answer says whose text it gives.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Starter
from lmiforall.base.endpoint import Lookup, Search, Soc2020
from lmiforall.base.model import Described
from lmiforall.codes.soc2010 import SOC2010

# The keys of the old API and the fields that they show, in the order of 2017.
ON_THE_WIRE = {name: name for name in ("title", "description", "qualifications", "tasks", "add_titles")}

# SOC2020's own texts; the job titles are those that its descriptions name.
OWN_TEXTS = Soc2020(
    dataset="soc2020_groups",
    fields={
        "title": "title",
        "description": "description",
        "qualifications": "entry_routes",
        "tasks": "tasks",
        "add_titles": "related_titles",
    },
)

DATASET = Dataset(
    name="soc2010_descriptions",
    title="Occupations (SOC2010)",
    summary="The 369 unit groups of SOC2010 with job titles, described by the SOC2020 groups that they mostly became.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),),
    fields=(
        Field("title", "Title"),
        Field("description", "Description", sentences=True),
        Field("qualifications", "Typical entry routes and qualifications", sentences=True),
        Field("tasks", "Tasks, each on a line", sentences=True),
        Field("add_titles", "Job titles", kind="texts"),
        Field("described_by", "The SOC2020 groups whose text it is"),
    ),
    model=Described(
        inputs=("soc2010_soc2020_weights", "soc2020_groups", "soc2010_index"),
        method="Texts of the SOC2020 groups that hold four fifths of the group's people, the largest first.",
        weights="soc2010_soc2020_weights",
        texts="soc2020_groups",
        titles="soc2010_index",
        most=0.8,
    ),
    rows=(369, 369),
    endpoints=(
        Lookup(
            path="soc/code/{code}",
            summary="One occupation: title, description, entry routes, tasks, job titles",
            example="soc/code/4135",
            fields=ON_THE_WIRE,
            soc2020=OWN_TEXTS,
        ),
        Search(
            path="soc/search",
            summary="Occupations by words, best first",
            example="soc/search?q=library",
            fields=ON_THE_WIRE,
            weights={"title": 10, "add_titles": 6, "description": 1, "qualifications": 0.5, "tasks": 1},
            most=10,
            soc2020=OWN_TEXTS,
            empty="list",
        ),
    ),
    history=(Edition("SOC2010 index of 2016, SOC2020 texts of 2025", "2025-04-16"),),
    starter=Starter(keep={}, drop=("description", "qualifications", "tasks", "add_titles")),
)
