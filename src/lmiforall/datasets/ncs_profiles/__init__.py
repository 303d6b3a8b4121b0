"""The job profiles of the National Careers Service, each with the occupation that its content team gave it."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.ncs import PROFILE
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "profiles": Flat(
        keys={"url_name": "profile"},
        values={
            "title": "title",
            "soc2010": "soc2010",
            "onet_soc": "onet2010",
            "apprenticeship_standards": "standards",
            "salary_starter": "salary_starter",
            "salary_experienced": "salary_experienced",
            "hours_min": "hours_lowest",
            "hours_max": "hours_highest",
            "overview": "overview",
            "career_path": "career_path",
        },
        numbers=("hours_lowest", "hours_highest"),
        lists={"standards": ";"},
    ),
}

DATASET = Dataset(
    name="ncs_profiles",
    title="Job profiles of the National Careers Service",
    summary="431 job profiles of 2020, each with its codes in SOC2010 and O*NET, apprenticeships, pay and hours.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("profile", PROFILE, "Job profile"),),
    fields=(
        Field("title", "Title"),
        Field("soc2010", "SOC2010 unit group"),
        Field("onet2010", "Occupation (O*NET-SOC 2010); 00-0000.00 where it has none"),
        Field("standards", "Apprenticeship standards", kind="texts"),
        Field("salary_starter", "Pay of beginners, pounds a year, or variable"),
        Field("salary_experienced", "Pay of the experienced, pounds a year, or variable"),
        Field("hours_lowest", "Hours a week, lowest", kind="number"),
        Field("hours_highest", "Hours a week, highest", kind="number"),
        Field("overview", "What it is", sentences=True),
        Field("career_path", "Where it leads", sentences=True),
    ),
    sources=(
        Source(
            name="profiles",
            publisher="National Careers Service",
            title="Job profiles, content of November 2020",
            page="https://nationalcareers.service.gov.uk/explore-careers",
            licence=OGL3,
            files=r"ncs/job_profiles_(?P<year>\d{4})_half\.csv$",
            dialect="csv",
            derived=True,
            by_hand="It was taken from the recipes of SkillsFundingAgency/dfc-servicetaxonomy-editor on GitHub (commit "
            "fef9c672fa10), half of which were to be had. Save it as `ncs/job_profiles_2020_half.csv`.",
            count=(1, 1),
            holds=(431, 900),
        ),
    ),
    read=records(LISTS),
    rows=(431, 900),
    history=(Edition("November 2020", "2020-11", "Half of 829 profiles."),),
)
