"""The United Kingdom, its nations and the regions of England, by their official (GSS) codes."""

from lmiforall.base.code_list import Code, CodeList

_NATIONS = (
    ("E92000001", "England"),
    ("W92000004", "Wales"),
    ("S92000003", "Scotland"),
    ("N92000002", "Northern Ireland"),
)
_REGIONS = (
    ("E12000001", "North East"),
    ("E12000002", "North West"),
    ("E12000003", "Yorkshire and The Humber"),
    ("E12000004", "East Midlands"),
    ("E12000005", "West Midlands"),
    ("E12000006", "East of England"),
    ("E12000007", "London"),
    ("E12000008", "South East"),
    ("E12000009", "South West"),
)

REGION = CodeList(
    "region",
    "Nations, and regions of England",
    (
        Code("K02000001", "United Kingdom"),
        *(Code(code, title, 1, "K02000001") for code, title in _NATIONS),
        *(Code(code, title, 2, "E92000001") for code, title in _REGIONS),
    ),
    ("uk", "nation", "region"),
    whole="K02000001",
)

# Great Britain is a sum of nations and has no place of its own in the tree.
REGION_AND_BRITAIN = CodeList(
    "region_and_britain",
    "Nations, regions of England, and Great Britain",
    (*REGION.codes, Code("K03000001", "Great Britain", 1, "K02000001")),
    REGION.levels,
    whole=REGION.whole,
)
