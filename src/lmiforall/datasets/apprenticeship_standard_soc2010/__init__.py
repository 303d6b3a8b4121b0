"""Which SOC2010 occupations an apprenticeship standard leads to, by the National Careers Service."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.apprenticeship import STANDARD
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "pairs": Flat(
        keys={"standard": "standard", "soc2010": "soc2010"}, values={}, fixed={"given_by": "National Careers Service"}
    ),
}

DATASET = Dataset(
    name="apprenticeship_standard_soc2010",
    title="Apprenticeship standards and occupations",
    summary="Pairs of apprenticeship standard and SOC2010 unit group, from half of the job profiles.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("standard", STANDARD, "Apprenticeship standard"),
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
    ),
    fields=(Field("given_by", "Who joins the two"),),
    sources=(
        Source(
            name="pairs",
            publisher="National Careers Service",
            title="Apprenticeship standards in job profiles, with the profiles SOC2010 codes",
            page="https://nationalcareers.service.gov.uk/explore-careers",
            licence=OGL3,
            files=r"apprenticeships/standard_to_soc2010_via_ncs_profiles_derived\.csv$",
            dialect="csv",
            derived=True,
            by_hand="It was derived from the job profiles in the recipes of "
            "SkillsFundingAgency/dfc-servicetaxonomy-editor on GitHub (commit fef9c672fa10), half of which were to be "
            "had. Save it as `apprenticeships/standard_to_soc2010_via_ncs_profiles_derived.csv`.",
            count=(1, 1),
            holds=(320, 440),
        ),
    ),
    read=records(LISTS),
    rows=(338, 900),
    history=(Edition("November 2020", "2020-11"),),
)
