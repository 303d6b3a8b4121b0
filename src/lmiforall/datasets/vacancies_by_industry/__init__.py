"""How many vacancies employers have, by industry, every three months since 2001."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Total
from lmiforall.base.sheet import Block, Book
from lmiforall.codes.calendar import THREE_MONTHS
from lmiforall.codes.sic2007 import SIC2007_GROUPING
from lmiforall.datasets import lm_statistics

SHEET = lm_statistics.VACANCIES


def read(book: Book) -> Iterable[Block]:
    """Give the levels below the row of section letters, to the first row that is no period."""
    sheet = book.sheet(SHEET)
    letters = sheet.find_row({2: "B-S", 3: "B", 4: "C"})
    columns = {column: {"industry": sheet.text(letters, column)} for column in range(2, len(sheet.cells[letters]))}
    yield Block(
        sheet,
        rows=lm_statistics.rolling(sheet, letters + 1),
        columns=columns,
        fixed={"measure": "vacancies_thousand"},
    )


DATASET = Dataset(
    name="vacancies_by_industry",
    title="Vacancies by industry",
    summary="Vacancies in the UK by industry, averages of three months, since 2001 (ONS VACS02).",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("industry", SIC2007_GROUPING, "Industry (SIC 2007 section, or a group of them)"),
        Dimension("period", THREE_MONTHS, "Three months, by the first and the last"),
    ),
    measures=(Measure("vacancies_thousand", "Vacancies, average of three months", "thousand vacancies"),),
    sources=(lm_statistics.source("vacancies", "table 21 (VACS02), vacancies by industry", (6_500, 9_000)),),
    read=read,
    rows=(6_500, 9_000),
    totals=(
        Total(
            {"industry": "B-S", "period": "2025-11/2026-01"},
            "vacancies_thousand",
            726,
            because="headline of the release",
        ),
    ),
    left_out=(
        LeftOut(
            "summary lines above the table, computed from it by those who assembled the workbook",
            sheet=SHEET,
            rows=(1, 12),
        ),
        LeftOut("the number of a SIC division in the heading", sheet=SHEET, rows=(15, 15)),
        lm_statistics.OTHER_SHEETS,
    ),
    history=(Edition("November 2025 to January 2026", "2026-02-17"),),
)
