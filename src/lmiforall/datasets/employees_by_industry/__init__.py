"""How many employees are on payrolls, by industry, every month since 2014."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Total
from lmiforall.base.sheet import Block, Book
from lmiforall.codes.calendar import MONTH
from lmiforall.codes.sic2007 import SIC2007_GROUPING
from lmiforall.datasets import lm_statistics

SHEET = lm_statistics.EMPLOYEES


def read(book: Book) -> Iterable[Block]:
    """Give the months below the headings; the last column is all industries."""
    sheet = book.sheet(SHEET)
    heading = sheet.find_row({0: "Date", 21: "UK"})
    columns = {column: {"industry": sheet.text(heading - 1, column) or "all"} for column in range(1, 22)}
    yield Block(
        sheet,
        rows=lm_statistics.monthly(sheet, heading + 1),
        columns=columns,
        fixed={"measure": "employees"},
    )


DATASET = Dataset(
    name="employees_by_industry",
    title="Payrolled employees by industry",
    summary="Employees on payrolls in the UK by industry, monthly since July 2014 (PAYE real-time information).",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("industry", SIC2007_GROUPING, "Industry (SIC 2007 section)"),
        Dimension("month", MONTH, "Month"),
    ),
    measures=(Measure("employees", "Employees on payrolls", "people"),),
    sources=(lm_statistics.source("employees", "table 23, payrolled employees by industry", (2_900, 4_500)),),
    read=read,
    rows=(2_900, 4_500),
    totals=(
        Total({"industry": "all", "month": "2014-07"}, "employees", 26761380, because="the first month of the table"),
    ),
    left_out=(
        LeftOut(
            "changes and ranks above the table, computed by those who assembled the workbook", sheet=SHEET, rows=(1, 4)
        ),
        lm_statistics.OTHER_SHEETS,
    ),
    history=(Edition("July 2014 to January 2026", "2026-02-17", "The newest month is a flash estimate."),),
)
