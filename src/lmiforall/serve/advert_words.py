"""What may be asked of a store of adverts under v2: paths and parameters; to know them no database is needed."""

from lmiforall.base.endpoint import Parameter

V2 = "/api/v2/adverts"
# SOURCE: contract, section 9: the old endpoint gave 50 at most, and so many where nobody said how many.
MOST = 50

PARAMETERS = (
    Parameter("words", "Words to look for in title, employer and description"),
    Parameter("place", "A postcode, a town, a local authority or a region"),
    Parameter("radius", "Miles around the place"),
    Parameter("soc", "A unit group of SOC2020", "code"),
    Parameter("kind", "job or apprenticeship"),
    Parameter("limit", f"How many at most, up to {MOST}"),
)
OF_COUNTS = (
    Parameter("soc", "A unit group of SOC2020", "code"),
    Parameter("area", "A local authority or a region, by its GSS code"),
    Parameter("from", "The first month, YYYY-MM"),
    Parameter("to", "The last month, YYYY-MM"),
)

# Path below V2, what it gives, its parameters.
ROUTES = (
    ("", "Adverts by words, place and occupation", PARAMETERS),
    ("/feed", "The same as a JSON Feed", PARAMETERS),
    ("/counts", "Adverts counted by month, beside the official series", OF_COUNTS),
)
