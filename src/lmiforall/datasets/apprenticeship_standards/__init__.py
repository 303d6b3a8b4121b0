"""The apprenticeship standards of England, as they were in 2020."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.apprenticeship import STANDARD
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "standards": Flat(
        keys={"reference": "standard"},
        values={"title": "title", "lars_code": "lars_code", "max_funding": "funding_gbp", "duration_months": "months"},
        numbers=("funding_gbp", "months"),
        clean={"standard": lambda reference: reference or "none"},
    ),
}

DATASET = Dataset(
    name="apprenticeship_standards",
    title="Apprenticeship standards",
    summary="581 apprenticeship standards of 2020: reference, title, highest funding and typical length.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("standard", STANDARD, "Apprenticeship standard"),),
    fields=(
        Field("title", "Title"),
        Field("lars_code", "Code in the Learning Aim Reference Service"),
        Field("funding_gbp", "Highest funding, pounds", kind="number"),
        Field("months", "Typical length, months", kind="number"),
    ),
    sources=(
        Source(
            name="standards",
            publisher="Skills England (Institute for Apprenticeships and Technical Education in 2020)",
            title="Apprenticeship standards, from the National Careers Service content",
            page="https://skillsengland.education.gov.uk/apprenticeships/",
            licence=OGL3,
            files=r"apprenticeships/apprenticeship_standards_(?P<year>\d{4})\.csv$",
            dialect="csv",
            derived=True,
            by_hand="It was taken from the recipes of SkillsFundingAgency/dfc-servicetaxonomy-editor on GitHub "
            "(commit fef9c672fa10), in the columns reference, title, lars_code, max_funding, duration_months. Save it "
            "as `apprenticeships/apprenticeship_standards_2020.csv`.",
            count=(1, 1),
            holds=(550, 760),
        ),
    ),
    read=records(LISTS),
    rows=(560, 900),
    history=(Edition("November 2020", "2020-11", "Through the National Careers Service content."),),
)
