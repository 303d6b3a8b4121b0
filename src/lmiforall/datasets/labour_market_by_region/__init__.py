"""Who is in work, unemployed or neither in each region, from the Labour Force Survey's regional summary."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Total
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.calendar import THREE_MONTHS
from lmiforall.codes.lfs_change import LFS_CHANGE
from lmiforall.codes.region import REGION_AND_BRITAIN
from lmiforall.datasets import lm_statistics

SHEET = lm_statistics.REGIONS

# The three parts of the table, by what stands at the beginning of the line above each.
PARTS = {"Headline estimates": "level", "Change on quarter": "quarter", "Change on year": "year"}

COLUMNS = {
    2: "active_thousand",
    3: "active_rate_pct",
    5: "employed_thousand",
    6: "employment_rate_pct",
    8: "unemployed_thousand",
    9: "unemployment_rate_pct",
    11: "inactive_thousand",
    12: "inactivity_rate_pct",
}
HEADING = {0: "Area Codes", 1: "Area Names", 2: "Level", 3: "Rate (%)2", 8: "Level", 9: "Rate (%)3"}


def read(book: Book) -> Iterable[Block]:
    """Give the three parts: levels, changes on the quarter, changes on the year."""
    sheet = book.sheet(SHEET)
    for opening, change in PARTS.items():
        start = _opening(sheet, opening)
        heading = sheet.find_row(HEADING, start, start + 8)
        # SOURCE: the title on sheet 2 of the workbook; the small labels on this sheet are of an earlier quarter.
        yield Block(
            sheet,
            rows=_areas(sheet, heading + 1),
            columns={column: {"measure": measure} for column, measure in COLUMNS.items()},
            fixed={"change": change, "period": "2025-10/2025-12"},
        )


def _opening(sheet: Sheet, words: str) -> int:
    for row in range(len(sheet.cells)):
        if sheet.text(row, 0).startswith(words):
            return row
    raise sheet.stop(f"no line begins with {words!r}")


def _areas(sheet: Sheet, first: int) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for row in range(first, len(sheet.cells)):
        code = sheet.text(row, 0)
        if code in REGION_AND_BRITAIN:
            rows[row] = {"region": code}
        elif rows:
            break
    return rows


DATASET = Dataset(
    name="labour_market_by_region",
    title="Labour market by region",
    summary="Economically active, employed, unemployed and inactive people by region, with changes (LFS summary).",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("region", REGION_AND_BRITAIN, "Nation, or region of England"),
        Dimension("change", LFS_CHANGE, "Level, or change"),
        Dimension("period", THREE_MONTHS, "Three months, by the first and the last"),
    ),
    measures=(
        Measure("active_thousand", "Economically active, 16 and over", "thousand people"),
        Measure("active_rate_pct", "Economically active, 16 to 64", "per cent"),
        Measure("employed_thousand", "In work, 16 and over", "thousand people"),
        Measure("employment_rate_pct", "In work, 16 to 64", "per cent"),
        Measure("unemployed_thousand", "Unemployed, 16 and over", "thousand people"),
        Measure("unemployment_rate_pct", "Unemployed, 16 and over", "per cent of the economically active"),
        Measure("inactive_thousand", "Economically inactive, 16 to 64", "thousand people"),
        Measure("inactivity_rate_pct", "Economically inactive, 16 to 64", "per cent"),
    ),
    sources=(lm_statistics.source("regional_summary", "table 22, regional labour market summary", (355, 365)),),
    read=read,
    rows=(355, 365),
    totals=(
        Total(
            {"region": "K02000001", "change": "level"}, "unemployed_thousand", 1883, because="headline of the release"
        ),
    ),
    left_out=(lm_statistics.OTHER_SHEETS,),
    history=(Edition("October to December 2025", "2026-02-17", "The sheet's small labels name earlier periods."),),
)
