"""Which occupations of the UK's classifications Skills England gives to occupations that have an apprenticeship."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.apprenticeship import OCCUPATION
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "occupations": Flat(
        keys={"occ_code": "occupation"},
        values={
            "occupation_name": "title",
            "level": "level",
            "soc2020": "soc",
            "soc2010": "soc2010",
            "primary_sub_unit_group": "sub_unit_group",
            "other_sub_unit_groups": "other_sub_unit_groups",
            "typical_job_titles": "job_titles",
        },
        ignored=("read_by",),
        numbers=("level",),
        lists={"other_sub_unit_groups": "|", "job_titles": "|"},
    ),
}

DATASET = Dataset(
    name="skills_england_occupations",
    title="Apprenticeship occupations and SOC2020",
    summary="78 occupations of Skills England with their codes in SOC2020, its extension and SOC2010, and job titles.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("occupation", OCCUPATION, "Occupation (Skills England)"),),
    fields=(
        Field("title", "Title"),
        Field("level", "Level of the apprenticeship", kind="number"),
        Field("soc", "SOC2020 unit group; empty where there is none"),
        Field("soc2010", "SOC2010 unit group; empty where there is none"),
        Field("sub_unit_group", "SOC2020 extension: sub-unit group"),
        Field("other_sub_unit_groups", "More sub-unit groups", kind="texts"),
        Field("job_titles", "Typical job titles", kind="texts"),
    ),
    sources=(
        Source(
            name="occupations",
            publisher="Skills England",
            title="Occupational maps: occupations with their SOC codes, July 2026",
            page="https://occupational-maps.skillsengland.education.gov.uk/",
            licence=OGL3,
            files=r"skills_england/skills_england_occupations\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(78, 1_000),
            by_hand="Skills England's API of occupational maps gives one occupation at a time. The list was gathered "
            "from linstan1/Tesseract-Gov-Website on GitHub (commit b172780354e8), in public/data/"
            "skills-england/occupations. Save it as `skills_england/skills_england_occupations.csv`.",
            derived=True,
        ),
    ),
    read=records(LISTS),
    rows=(78, 1_000),
    history=(Edition("6 July 2026", "2026-07-06", "A part of the maps: what had been harvested by that day."),),
)
