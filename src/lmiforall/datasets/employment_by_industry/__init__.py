"""How many people work in each occupation and industry, from the Annual Population Survey.

It is a survey of people: small cells are kept back by ONS (``*``), so that cells add to less than everybody.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Adds, Dataset, Dimension, Edition, Measure, Source, Starter, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import SHADED, Mark, Status
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.codes.soc2020 import SOC2020

# SOURCE: the number that ONS put before the table's own address isn't known; its subject's page lists such tables.
PAGE = "https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/employmentandemployeetypes"
HEADING_ROW = 7
FIRST_COLUMN = 2
_SECTION = re.compile(r"\d+\s+([A-U])\s")
_UNIT_GROUP = re.compile(r"(\d{4})\s")


def read(book: Book) -> Iterable[Block]:
    """Give a block for each year, which is the name of its sheet."""
    for sheet in book.visible():
        if sheet.name not in YEAR:
            raise sheet.stop("a sheet is named by its year", do="Was a sheet renamed or added?")
        if not sheet.text(HEADING_ROW - 1, FIRST_COLUMN).startswith("INDS07M Industry section"):
            raise sheet.stop("the heading of the industries is not where it was", HEADING_ROW - 1, FIRST_COLUMN)
        yield Block(
            sheet,
            rows=_occupations(sheet),
            columns=_sections(sheet),
            fixed={"year": sheet.name, "measure": "employment"},
        )


def _sections(sheet: Sheet) -> dict[int, dict[str, str]]:
    columns = {}
    for column in range(FIRST_COLUMN, len(sheet.cells[HEADING_ROW])):
        match = _SECTION.match(sheet.text(HEADING_ROW, column))
        if not match:
            raise sheet.stop(f"{sheet.text(HEADING_ROW, column)!r} names no section", HEADING_ROW, column)
        columns[column] = {"industry": match.group(1)}
    return columns


def _occupations(sheet: Sheet) -> dict[int, dict[str, str]]:
    """Find the rows of unit groups, which follow the heading without a gap, and the total that closes them."""
    rows: dict[int, dict[str, str]] = {}
    for row in range(HEADING_ROW + 1, len(sheet.cells)):
        text = sheet.text(row, 1)
        if text == "Total":
            return rows | {row: {"soc": "all"}}
        match = _UNIT_GROUP.match(text)
        if not match:
            raise sheet.stop(f"{text!r} is no unit group", row, 1)
        rows[row] = {"soc": match.group(1)}
    raise sheet.stop("the table doesn't end with 'Total'", do="Is the file cut short?")


DATASET = Dataset(
    name="employment_by_industry",
    title="Employment by occupation and industry",
    summary="People in work by SOC2020 unit group and SIC2007 section, UK, from the Annual Population Survey.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020 unit group)", default="all"),
        Dimension("industry", SIC2007_SECTION, "Industry (SIC 2007 section)"),
        Dimension("year", YEAR, "Year (January to December)"),
    ),
    measures=(Measure("employment", "People in work, main job", "people"),),
    sources=(
        Source(
            name="aps",
            publisher="Office for National Statistics",
            title="Employment by four-digit SOC and one-digit industry, UK (Annual Population Survey, user-requested)",
            page=PAGE,
            licence=OGL3,
            files=r"employmentby4digitsoc1digitindustryatosuk(?P<first>\d{4})(?P<last>\d{4})\w*\.xlsx$",
            dialect="shaded_workbook",
            marks=(
                Mark(SHADED, Status.DIRECT, "Rests on a small sample: less precise, to be used with caution (ONS)."),
                Mark(
                    "*",
                    Status.SUPPRESSED,
                    "Withheld by ONS: a sample too small for a reliable estimate. Held to be disclosive here.",
                ),
                Mark("-", Status.NEGLIGIBLE, "Nobody in the sample; it doesn't say that there is nobody."),
            ),
            by_hand="ONS made the table for somebody who asked: search its user requested data for employment by four "
            "digit SOC and one digit industry. Save it as "
            "`employment/employmentby4digitsoc1digitindustryatosuk20212024final.xlsx`.",
            count=(1, 1),
            holds=(10_000, 40_000),
        ),
    ),
    read=read,
    # SOURCE: ONS's note says only that the sample is too small; so few people are better not made out.
    adds=(Adds("employment", ("soc",)),),
    rows=(31_000, 100_000),
    totals=(
        Total(
            {"soc": "1121", "industry": "C", "year": "2024"},
            "employment",
            135065,
            because="the cell of the sheet 2024",
        ),
    ),
    history=(Edition("2021 to 2024", "2025", "Weighted to 2022 populations; each year is a sheet."),),
    starter=Starter(keep={}),
)
