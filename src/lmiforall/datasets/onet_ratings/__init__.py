"""How much of each skill, knowledge, interest, style and value each O*NET occupation asks for.

O*NET describes occupations of the United States; how they meet the UK's is another dataset.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension
from lmiforall.base.endpoint import Matches, Ranked, Ratings
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

# Levels first, for old clients take the first scale of skills; of interests they take the second.
LEVEL_FIRST = {"LV": "data_value", "IM": "data_value"}
INTEREST_SECOND = {"IH": "data_value", "OI": "data_value"}
NAMES = "onet_elements"


def ratings(key: str, scales: dict[str, str], title: str) -> Ratings:
    """Declare the ratings of one part of the content model."""
    return Ratings(
        path=f"o-net/{key}/{{onet}}",
        also=(f"onet/{key}/{{onet}}",),
        summary=title,
        example=f"o-net/{key}/11-1011.00",
        key=key,
        element="element",
        scales=scales,
        names=NAMES,
        where={"domain": key},
    )


def ranked(path: str, scale: str) -> Ranked:
    """Declare the ten foremost skills by a scale, as in 2013."""
    return Ranked(
        path=f"onet/{path}/{{soc}}",
        also=(f"o-net/{path}/{{soc}}",),
        summary=f"The ten foremost skills of an occupation by {path}, as in 2013",
        example=f"onet/{path}/4135",
        scale=scale,
        infotype=path,
        links="onet_at_soc2010",
        names=NAMES,
        most=10,
        where={"domain": "skills"},
    )


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
    endpoints=(
        ratings("skills", LEVEL_FIRST, "Level and importance of each skill in an O*NET occupation"),
        ratings("knowledge", LEVEL_FIRST, "Level and importance of each kind of knowledge in an O*NET occupation"),
        ratings("interests", INTEREST_SECOND, "How an O*NET occupation suits each kind of interest"),
        ranked("levels", "LV"),
        ranked("importance", "IM"),
        Matches(
            path="o-net/reversematch",
            also=("onet/reversematch",),
            summary="The occupations that ask most for the skills chosen",
            example="o-net/reversematch?weights=100,50&skills=2.A.1.a,2.B.1.a",
            scale="IM",
            # SOURCE: O*NET's scales reference: importance goes from 1 to 5.
            low=1.0,
            high=5.0,
            links="onet_at_soc2010",
            names=NAMES,
            most=20,
            part=0.8,
        ),
    ),
    history=(onet.EDITION,),
)
