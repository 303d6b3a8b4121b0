"""ONS's monthly labour market tables, assembled by somebody in one workbook: its periods, and who reads which sheet."""

import re
from calendar import month_abbr
from datetime import datetime

from lmiforall.base.dataset import Download, LeftOut, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Sheet
from lmiforall.base.status import Mark, Status
from lmiforall.datasets.addresses import on_github

VACANCIES, REGIONS, EMPLOYEES = "21", "22", "23. Employees Industry"
SHEETS = (VACANCIES, REGIONS, EMPLOYEES)
MONTHS = {name: place for place, name in enumerate(month_abbr) if name}
_ROLLING = re.compile(r"([A-Z][a-z]{2})-\s*([A-Z][a-z]{2})\s+(\d{4})")
_MONTHS_IN_A_PERIOD = 3


def source(name: str, title: str, holds: tuple[int, int]) -> Source:
    """Declare the workbook, for the sheet that a dataset reads."""
    return Source(
        name=name,
        publisher="Office for National Statistics",
        title=f"Labour market statistics: {title}",
        page="https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/employmentandemployeetypes/bulletins/"
        "uklabourmarket/latest",
        licence=OGL3,
        files=r"(?P<month>[A-Z][a-z]+)_(?P<year>\d\d)_LM_Stats\.xlsx$",
        marks=(
            Mark("..", Status.NOT_COLLECTED, "Not available."),
            Mark("-", Status.NOT_COLLECTED, "Not available."),
            Mark("*", Status.SUPPRESSED, "Withheld by ONS: a sample too small for a reliable estimate."),
        ),
        downloads=(
            Download(
                (
                    on_github(
                        "islammarjan2005-star/labour-market-briefing", "9b006258c3ae", "{month} {year} LM Stats.xlsx"
                    ),
                ),
                "labour_market_series/{month}_{year}_LM_Stats.xlsx",
            ),
        ),
        editions=({"month": "February", "year": "26"},),
        closed="each month's workbook is somebody's own work; who wants a newer one has to look for it",
        count=(1, 1),
        holds=holds,
        derived=True,
    )


# What the datasets that read this workbook leave out of it.
OTHER_SHEETS = LeftOut(
    "a series or chart that no dataset of this service serves",
    sheet=rf"(?!(?:{'|'.join(re.escape(sheet) for sheet in SHEETS)})$).*",
)


def rolling(sheet: Sheet, first: int) -> dict[int, dict[str, str]]:
    """Find rows of three months, ``Nov-Jan 2026``: the year is that of the last month."""
    rows: dict[int, dict[str, str]] = {}
    for row in range(first, len(sheet.cells)):
        match = _ROLLING.fullmatch(sheet.text(row, 0))
        if match:
            start, end, year = MONTHS[match[1]], MONTHS[match[2]], int(match[3])
            if (end - start) % 12 != _MONTHS_IN_A_PERIOD - 1:
                raise sheet.stop(f"{match[0]!r} isn't three months", row, 0)
            rows[row] = {"period": f"{year - (start > end)}-{start:02}/{year}-{end:02}"}
    return rows


def monthly(sheet: Sheet, first: int) -> dict[int, dict[str, str]]:
    """Find rows of months, ``July 2014``."""
    rows: dict[int, dict[str, str]] = {}
    for row in range(first, len(sheet.cells)):
        text = sheet.text(row, 0)
        if not text:
            break
        try:
            month = datetime.strptime(text, "%B %Y")  # noqa: DTZ007 - a month has no time zone
        except ValueError:
            raise sheet.stop(f"{text!r} is no month", row, 0) from None
        rows[row] = {"month": f"{month:%Y-%m}"}
    return rows
