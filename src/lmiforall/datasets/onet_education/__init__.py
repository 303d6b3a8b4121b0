"""Which education, experience and training people in O*NET occupations have or need."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension
from lmiforall.codes.onet_soc2019 import ELEMENT, ONET_SOC2019, SCALE
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, figures

LISTS = {
    "education": Flat(
        sheet=onet.sheet("Education, Training, and Experience"),
        keys={**onet.RATED, "Category": "category"},
        values=onet.WITH_ERRORS,
        ignored=onet.NAMES_AND_DATES,
        warned=onet.SUPPRESSED,
        clean={"category": onet.category},
    ),
}

DATASET = Dataset(
    name="onet_education",
    title="O*NET education and training",
    summary="Share of answers by category of education, experience and training, by O*NET occupation.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),
        Dimension("element", ELEMENT, "Element"),
        Dimension("scale", SCALE, "Scale"),
        Dimension("category", onet.CATEGORY, "Category of the scale"),
    ),
    measures=(*onet.MEASURES,),
    sources=(onet.source("education", "Education, Training, and Experience", holds=(115_000, 150_000)),),
    read=figures(LISTS),
    rows=(130_000, 200_000),
    history=(onet.EDITION,),
)
