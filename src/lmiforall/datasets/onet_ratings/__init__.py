"""How much of each skill, knowledge, interest, style and value each O*NET occupation asks for.

O*NET describes occupations of the United States; how they meet the UK's is another dataset.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension
from lmiforall.codes.onet_domain import ONET_DOMAIN
from lmiforall.codes.onet_soc2019 import ELEMENT, ONET_SOC2019, SCALE
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, figures

LISTS = {
    "skills": Flat(
        sheet="Skills",
        keys=onet.RATED,
        values=onet.WITH_ERRORS,
        ignored=onet.NAMES_AND_DATES,
        fixed={"domain": "skills"},
        warned=onet.WARNED,
    ),
    "knowledge": Flat(
        sheet="Knowledge",
        keys=onet.RATED,
        values=onet.WITH_ERRORS,
        ignored=onet.NAMES_AND_DATES,
        fixed={"domain": "knowledge"},
        warned=onet.WARNED,
    ),
    "work_styles": Flat(
        sheet="Work Styles",
        keys=onet.RATED,
        values=onet.WITH_ERRORS,
        ignored=onet.NAMES_AND_DATES,
        fixed={"domain": "work_styles"},
        warned=onet.SUPPRESSED,
    ),
    "interests": Flat(
        sheet="Interests",
        keys=onet.RATED,
        values=onet.VALUE,
        ignored=onet.NAMES_AND_DATES,
        fixed={"domain": "interests"},
    ),
    "work_values": Flat(
        sheet="Work Values",
        keys=onet.RATED,
        values=onet.VALUE,
        ignored=onet.NAMES_AND_DATES,
        fixed={"domain": "work_values"},
    ),
}

DATASET = Dataset(
    name="onet_ratings",
    title="O*NET ratings",
    summary="Skills, knowledge, interests, work styles and work values of O*NET occupations, each with its error.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),
        Dimension("domain", ONET_DOMAIN, "Part of the content model"),
        Dimension("element", ELEMENT, "Element"),
        Dimension("scale", SCALE, "Scale: IM importance, LV level, ..."),
    ),
    measures=(*onet.MEASURES,),
    sources=(
        onet.source("skills", "Skills", holds=(280_000, 340_000)),
        onet.source("knowledge", "Knowledge", holds=(220_000, 290_000)),
        onet.source("work_styles", "Work Styles", holds=(55_000, 70_000)),
        onet.source("interests", "Interests", holds=(8_000, 9_000)),
        onet.source("work_values", "Work Values", holds=(7_500, 8_500)),
    ),
    read=figures(LISTS),
    rows=(600_000, 900_000),
    history=(onet.EDITION,),
)
