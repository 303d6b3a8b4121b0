"""Jobs by industry in local areas, counted where people work, from the Business Register and Employment Survey."""

import re
from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.code_list import Pattern, listed
from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Source, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sic2007_section import SIC2007_SECTION

KIND = listed(
    "bres_area_kind",
    "Kind of area",
    (
        ("country", "Nation"),
        ("lep", "Local enterprise partnership"),
        ("nuts316", "NUTS 3 area of 2016"),
    ),
)

# Of the survey's own groups those that no single section is.
GROUPS = {
    "2 : Mining, quarrying & utilities (B,D and E)": ("B,D,E", "Mining, quarrying and utilities"),
    "5 : Motor trades (Part G)": ("45", "Motor trades"),
    "6 : Wholesale (Part G)": ("46", "Wholesale"),
    "7 : Retail (Part G)": ("47", "Retail"),
    "18 : Arts, entertainment, recreation & other services (R,S,T and U)": ("R-U", "Arts and other services"),
}
INDUSTRY = listed(
    "bres_industry",
    "Industry (SIC 2007 section, division or group of sections)",
    (
        *((entry.code, entry.title) for entry in SIC2007_SECTION.codes if entry.code != SIC2007_SECTION.whole),
        *GROUPS.values(),
    ),
)

_SECTION = re.compile(r"(?P<code>[A-U]) : .+")
_SAME = r"(1|3|4|8|9|1[0-7]) : .+ \([A-U]\)"


def read(book: Book) -> Iterable[Block]:
    """Give the sections and the groups that no section is; beside each column of numbers is one of flags."""
    sheet = book.only
    headings = {column: sheet.text(0, column) for column in range(1, len(sheet.cells[0]), 2)}
    columns = {column: {"industry": code} for column, text in headings.items() if (code := _industry(sheet, text))}
    for column in headings:
        if (sheet.text(1, column), sheet.text(1, column + 1)) != ("number", "Flags"):
            raise sheet.stop("a column of numbers and one of flags are not where they were", 1, column)
    yield Block(sheet, _areas(sheet), columns, {"year": book.edition["year"], "measure": "jobs"})


def _industry(sheet: Sheet, heading: str) -> str:
    """Give the code that a heading stands for; empty where it is a section's once more."""
    if heading in GROUPS:
        return GROUPS[heading][0]
    if found := _SECTION.fullmatch(heading):
        return found["code"]
    if re.fullmatch(_SAME, heading):
        return ""
    raise sheet.stop(f"nobody knows what {heading!r} stands for", 0)


def _areas(sheet: Sheet) -> dict[int, dict[str, str]]:
    rows = {}
    for row in range(2, len(sheet.cells)):
        kind, colon, name = sheet.text(row, 0).partition(":")
        if not colon or kind not in KIND:
            raise sheet.stop(f"{kind!r} is no kind of area that is known", row, 0)
        rows[row] = {"kind": kind, "area": name}
    return rows


DATASET = Dataset(
    name="local_jobs",
    title="Jobs by industry and local area",
    summary="Jobs by SIC2007 section and LEP or NUTS 3 area of Great Britain, counted at the workplace (BRES).",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("industry", INDUSTRY, "Industry (SIC 2007 section, division or group of sections)"),
        Dimension("area", Pattern("bres_area", "Area, by its name", ".+"), "Area, by its name"),
        Dimension("kind", KIND, "Kind of area"),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("jobs", "Jobs at workplaces in the area", "jobs"),),
    sources=(
        Source(
            name="nomis",
            publisher="Office for National Statistics",
            title="Business Register and Employment Survey, open access, from Nomis",
            page="https://www.nomisweb.co.uk/sources/bres",
            licence=OGL3,
            files=r"BRES_industry_section_by_LEP_(?P<year>\d{4})\.csv$",
            dialect="csv",
            count=(2, 11),
            holds=(5_000, 6_000),
            by_hand="Nomis gives the table for local enterprise partnerships and NUTS 3 areas, by section and by broad "
            "industrial group. (The files that were read first are from the history of "
            "dfe-analytical-services/lsip_dashboard on GitHub.) "
            "Save each as `employment/BRES_industry_section_by_LEP_2019.csv`, with its own year.",
        ),
    ),
    read=read,
    rows=(10_000, 60_000),
    totals=(
        Total(
            {"area": "England", "kind": "country", "industry": "Q", "year": "2019"},
            "jobs",
            3368000,
            because="health and social work in England, the second largest of its row",
        ),
    ),
    left_out=(
        LeftOut("a section once more, as one of the survey's broad industrial groups", column_text=f"^{_SAME}$"),
    ),
    history=(
        Edition("2015", "2016"),
        Edition("2019", "2020"),
    ),
)
