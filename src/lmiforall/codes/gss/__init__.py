"""Official (GSS) codes of areas, open at the end: areas come and go every year."""

from lmiforall.base.code_list import Pattern, listed

AREA = Pattern("gss", "GSS code of an area", r"[EWSNK]\d{8}")

AREA_OR_DISTRICT = Pattern("area_or_district", "GSS code, or postcode district", r"[EWSNK]\d{8}|[A-Z]{1,2}\d[A-Z\d]?")

LOOKUP = listed(
    "area_lookup",
    "What is looked up",
    (
        ("ward_2024", "Ward of 2024"),
        ("ltla_2022", "Local authority of 2022"),
        ("ltla_2024", "Local authority of 2024"),
        ("postcode_district", "Postcode district"),
    ),
)

AREA_LEVEL = listed(
    "area_level",
    "Level of area",
    (
        ("uk", "United Kingdom"),
        ("ctry", "Nations"),
        ("rgn", "Regions of England, and nations"),
        ("cauth", "Combined authorities"),
        ("cty", "Counties"),
        ("mcty", "Metropolitan counties"),
        ("utla", "Upper tier and unitary authorities"),
        ("ltla", "Lower tier and unitary authorities"),
    ),
)
