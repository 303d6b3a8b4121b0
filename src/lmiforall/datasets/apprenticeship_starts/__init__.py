"""How many people start and finish apprenticeships, by standard, level, subject and provider."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.apprenticeship import ACADEMIC_YEAR, TITLE
from lmiforall.datasets.flat import Flat, figures

LISTS = {
    "starts": Flat(
        keys={
            "year": "year",
            "apps_Level": "level",
            "std_fwk_flag": "kind",
            "std_fwk_name": "standard",
            "ssa_t1_desc": "subject",
            "ssa_t2_desc": "subject_tier_2",
            "provider_type": "provider_type",
            "provider_name": "provider",
            "measure": "measure",
        },
        values={"values": ""},
        clean={"measure": str.lower},
    ),
}

DATASET = Dataset(
    name="apprenticeship_starts",
    title="Apprenticeship starts, enrolments and achievements",
    summary="Starts, enrolments and achievements in England by year, standard, level, subject and provider.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("year", ACADEMIC_YEAR, "Academic year"),
        Dimension("level", TITLE, "Level"),
        Dimension("kind", TITLE, "Standard or framework"),
        Dimension("standard", TITLE, "Standard or framework, by its title"),
        Dimension("subject", TITLE, "Sector subject area, tier 1"),
        Dimension("subject_tier_2", TITLE, "Sector subject area, tier 2"),
        Dimension("provider_type", TITLE, "Type of provider"),
        Dimension("provider", TITLE, "Provider, with its UKPRN"),
    ),
    measures=(
        Measure("starts", "Starts", "apprenticeships"),
        Measure("enrolments", "Enrolments", "apprenticeships"),
        Measure("achievements", "Achievements", "apprenticeships"),
    ),
    sources=(
        Source(
            name="starts",
            publisher="Department for Education",
            title="Apprenticeships: subjects and standards",
            page="https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships",
            licence=OGL3,
            files=r"dfe_apprenticeship_subjects_and_standards_(?P<edition>\d{4}-\d\d)\.parquet$",
            dialect="parquet",
            by_hand="The department keeps it as Parquet in the repository of its dashboard, "
            "dfe-analytical-services/apprenticeships-provider-dashboard on GitHub (the file that was read is of "
            "commit 7be5c07848a3). Save it as "
            "`apprenticeships/dfe_apprenticeship_subjects_and_standards_2024-25.parquet`.",
            count=(1, 1),
            holds=(180_000, 400_000),
        ),
    ),
    read=figures(LISTS),
    rows=(180_000, 400_000),
    history=(Edition("2024-25, with 2025/26 to April", "2026"),),
)
