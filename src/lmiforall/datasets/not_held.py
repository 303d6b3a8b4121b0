"""The endpoints of the old API that no dataset answers: each says why, and gives no figure."""

from lmiforall.base.endpoint import Endpoint, NoData, Parameter, Regions
from lmiforall.codes.lmi_v1 import REGION

DISTANCE = (
    "How far people around a place travel to work isn't told here: what the old service answered has not been seen. "
    "For Greater Manchester's local authorities it is under /api/v2/datasets/census2021_work."
)
VACANCIES = (
    "This server has no store of adverts (`lmi serve --adverts` answers from one, with radius); how many are online is "
    "under /api/v2/datasets/job_adverts."
)
COURSES = "There is no directory of courses among the sources."

AREA = Parameter("area", "A postcode, or latitude and longitude joined by a comma", required=True)

ENDPOINTS: tuple[Endpoint, ...] = (
    Regions(path="ess/regions", summary="The number of each region, by its name", example="ess/regions", wire=REGION),
    NoData(
        path="census/distance",
        summary="How far people around a place travel to work",
        example="census/distance?area=SW1A1AA",
        parameters=(AREA,),
        why=DISTANCE,
    ),
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
