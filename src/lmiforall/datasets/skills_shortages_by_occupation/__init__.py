"""How many vacancies in each occupation are hard to fill, and how many for want of skills."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.endpoint import COARSE, SOC_IN_PATH, Parameter, RankedShortages, Shortages
from lmiforall.base.licence import OGL3
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.lmi_v1 import REGION as WIRE
from lmiforall.codes.region import REGION
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.flat import Flat, figures

# Keys of the old API, and the measures that they show, in the order of its answers.
FIGURES = {
    "percentSSV": "ssv_pct",
    "percentHTF": "htf_pct",
    "percentHTFisSSV": "htf_is_ssv_pct",
    "reliability": "reliability",
}
REGION_IN_PATH = Parameter(
    "region", "A number from 1 to 12, as ess/regions lists them", "region", required=True, in_path=True
)
YEAR_OF_SURVEY = Parameter("year", "The year of the survey; the newest where it isn't said", "year")

DATASET = Dataset(
    name="skills_shortages_by_occupation",
    title="Skills shortages by occupation",
    summary="Hard-to-fill and skill-shortage vacancies by occupation and region, from the Employer Skills Survey.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("region", REGION, "Nation or region", default=REGION.whole),
        Dimension("year", YEAR, "Year of the survey"),
    ),
    measures=(
        Measure("ssv_pct", "Skill-shortage vacancies, of all vacancies", "per cent"),
        Measure("htf_pct", "Hard-to-fill vacancies, of all vacancies", "per cent"),
        Measure("htf_is_ssv_pct", "Skill-shortage vacancies, of hard-to-fill ones", "per cent"),
        Measure("reliability", "How reliable the figures are, from 0 (not) to 3", "grade"),
    ),
    sources=(
        Source(
            name="survey",
            publisher="Department for Education",
            title="Employer Skills Survey, vacancies by SOC2010 and region",
            page="https://www.gov.uk/government/collections/employer-skills-survey",
            licence=OGL3,
            files=r"ess_vacancies_soc2010_region\.csv$",
            dialect="csv",
            count=(1, 1),
            marks=(Mark("*", Status.SUPPRESSED, "Too few establishments answered."),),
            by_hand="It is made to order. Ask for vacancies, hard-to-fill and skill-shortage vacancies by SOC2010 and "
            "region as a list. Save it as `ess/ess_vacancies_soc2010_region.csv`.",
        ),
    ),
    read=figures(
        {
            "survey": Flat(
                keys={"year": "year", "region": "region", "soc": "soc2010"},
                values=FIGURES,
            )
        }
    ),
    rows=(1, 1_000_000),
    endpoints=(
        Shortages(
            path="ess/uk/{soc}",
            summary="Hard-to-fill and skill-shortage vacancies of an occupation",
            example="ess/uk/4135?coarse=true",
            parameters=(SOC_IN_PATH, YEAR_OF_SURVEY, COARSE),
            figures=FIGURES,
            wire=WIRE,
            refuses_fine=True,
        ),
        Shortages(
            path="ess/region/{region}/{soc}",
            summary="Hard-to-fill and skill-shortage vacancies of an occupation in a region",
            example="ess/region/1/4135?coarse=true",
            parameters=(REGION_IN_PATH, SOC_IN_PATH, YEAR_OF_SURVEY, COARSE),
            figures=FIGURES,
            wire=WIRE,
            refuses_fine=True,
        ),
        RankedShortages(
            path="ess/regions/ranksocs/{region}",
            summary="Occupations by how hard they are to fill in a region",
            example="ess/regions/ranksocs/1",
            parameters=(REGION_IN_PATH,),
            figures=FIGURES,
            wire=WIRE,
            by="percentHTF",
            empty="list",
        ),
    ),
    history=(Edition("surveys of 2011 and 2013, as the old service had them", "2014"),),
    not_held=(
        "The Employer Skills Survey isn't published by occupation in the sources; "
        "by local area it is, under /api/v2/datasets/skills_shortages_by_area."
    ),
)
