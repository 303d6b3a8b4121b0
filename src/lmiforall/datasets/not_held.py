"""The endpoints of the old API for which no publisher's file is to be had: each says why, and gives no figure."""

from lmiforall.base.endpoint import COARSE, SOC_IN_PATH, Endpoint, NoData, Parameter, Regions
from lmiforall.codes.lmi_v1 import REGION

HESA = "HESA's graduate destinations by occupation are not among the sources: there is no public file of them."
CENSUS = "Census occupations by small area for the whole country are not among the sources."
ESS = (
    "The Employer Skills Survey isn't published by occupation in the sources; "
    "by local area it is, under /api/v2/datasets/skills_shortages_by_area."
)
VACANCIES = "There are no live vacancies here; how many adverts are online is under /api/v2/datasets/job_adverts."
COURSES = "There is no directory of courses among the sources."

REGION_IN_PATH = Parameter(
    "region", "A number from 1 to 12, as ess/regions lists them", "region", required=True, in_path=True
)
YEAR = Parameter("year", "The year of the survey", "year")
AREA = Parameter("area", "A postcode, or latitude and longitude joined by a comma", required=True)

ESS_ENDPOINTS = (
    NoData(
        path="ess/uk/{soc}",
        summary="Hard-to-fill and skill-shortage vacancies of an occupation",
        example="ess/uk/4135?coarse=true",
        parameters=(SOC_IN_PATH, YEAR, COARSE),
        why=ESS,
        refuses_fine=True,
    ),
    NoData(
        path="ess/region/{region}/{soc}",
        summary="The same in a region",
        example="ess/region/1/4135?coarse=true",
        parameters=(REGION_IN_PATH, SOC_IN_PATH, YEAR, COARSE),
        why=ESS,
        refuses_fine=True,
    ),
    Regions(path="ess/regions", summary="The number of each region, by its name", example="ess/regions", wire=REGION),
    NoData(
        path="ess/regions/ranksocs/{region}",
        summary="Occupations by how hard they are to fill in a region",
        example="ess/regions/ranksocs/1",
        parameters=(REGION_IN_PATH,),
        why=ESS,
        empty="list",
    ),
)

HESA_ENDPOINTS = (
    # SOURCE: contract, section 0.6: a client takes the last of the years, so an empty list of them would break it.
    NoData(
        path="hesa/courses/{soc}",
        summary="What graduates in an occupation had studied",
        example="hesa/courses/3113",
        parameters=(SOC_IN_PATH,),
        why=HESA,
        status=404,
    ),
    NoData(
        path="hesa/list-courses",
        summary="The subjects of courses",
        example="hesa/list-courses",
        why=HESA,
        empty="list",
    ),
    NoData(
        path="hesa/occupations",
        summary="The occupations of graduates of courses",
        example="hesa/occupations?courses=A1",
        parameters=(Parameter("courses", "Codes of subjects, joined by commas", required=True),),
        why=HESA,
        empty="list",
    ),
)

CENSUS_ENDPOINTS = tuple(
    NoData(
        path=f"census/{path}", summary=summary, example=f"census/{path}?area=SW1A1AA", parameters=(AREA,), why=CENSUS
    )
    for path, summary in (
        ("jobs_breakdown", "Jobs around a place, by minor group"),
        ("resident_occupations", "People who live around a place, by sub-major group"),
        ("distance", "How far people around a place travel to work"),
    )
)

OTHERS = (
    NoData(
        path="vacancies/search",
        summary="Vacancies by words and place",
        example="vacancies/search?keywords=plumber&location=BR13NN",
        parameters=(
            Parameter("keywords", "Words to look for"),
            Parameter("location", "A postcode or a place", alias="postcode"),
            Parameter("radius", "Miles around the place"),
            Parameter("limit", "How many at most"),
        ),
        why=VACANCIES,
        empty="list",
    ),
    NoData(
        path="courses/courses",
        summary="Courses by subject and place",
        example="courses/courses?subject=plumbing",
        parameters=tuple(
            Parameter(name, about)
            for name, about in (
                ("subject", "Subject"),
                ("postcode", "A postcode"),
                ("distance", "Miles around it"),
                ("providers", "Who gives them"),
                ("starting_after", "The first day of starting"),
                ("starting_before", "The last day of starting"),
            )
        ),
        why=COURSES,
        empty="list",
    ),
)

ENDPOINTS: tuple[Endpoint, ...] = (*ESS_ENDPOINTS, *HESA_ENDPOINTS, *CENSUS_ENDPOINTS, *OTHERS)
