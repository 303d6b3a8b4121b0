"""How many self-employment jobs each industry has, by sex and working pattern, every quarter since 1996."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Source, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.calendar import MONTH
from lmiforall.codes.region import REGION_AND_BRITAIN
from lmiforall.codes.sex import SEX
from lmiforall.codes.sic2007 import SIC2007_GROUPING
from lmiforall.codes.working_pattern import AS_THEY_SAY

CONTENTS = "Introduction"
AREAS = {"uk": "K02000001", "gb": "K03000001"}
SEXES = {"totals": "all", "male": "male", "female": "female"}
PATTERNS = {"": "all", " full-time": "full_time", " part-time": "part_time"}

# Division -> the pair that it is half of.
# SOURCE: ONS publishes these divisions in pairs; in the copy that was to be had somebody has put each of them, as
# half of its pair, before it on the first sheet.
PUT_IN = {half: pair for pair in ("05-06", "07-08", "11-12", "38-39", "97-98") for half in pair.split("-")}

_TITLE = re.compile(r"\((uk|gb) (totals|male|female)( full-time| part-time)?\)")
_MONTH = re.compile(r"([A-Z][a-z]{2}) (\d\d)\b")


def read(book: Book) -> Iterable[Block]:
    """Give a block for each sheet: its title says whom it counts, a row is a quarter, a column an industry."""
    for sheet in book.visible():
        if sheet.name != CONTENTS:
            heading = sheet.find_row({0: "SIC 2007 division"})
            rows = _quarters(sheet, heading + 1)
            industries = _industries(sheet, heading)
            _expect_halves(sheet, industries, rows)
            columns = {column: {"industry": code} for column, code in industries.items() if code not in PUT_IN}
            yield Block(sheet, rows, columns, {**_whom(sheet), "measure": "jobs_thousand"})


def _whom(sheet: Sheet) -> dict[str, str]:
    title = _TITLE.search(sheet.text(0, 0).casefold())
    if not title:
        raise sheet.stop(f"the title {sheet.text(0, 0)!r} doesn't say whom it counts", 0, 0)
    return {"region": AREAS[title[1]], "sex": SEXES[title[2]], "pattern": PATTERNS[title[3] or ""]}


def _industries(sheet: Sheet, heading: int) -> dict[int, str]:
    """Name each column by its division; totals of sections have a heading one line higher."""
    named = {
        column: sheet.text(heading, column) or sheet.text(heading - 1, column)
        for column in range(1, len(sheet.cells[heading]))
    }
    return {column: code for column, code in named.items() if code}


def _quarters(sheet: Sheet, first: int) -> dict[int, dict[str, str]]:
    """Find the rows of quarters, down to the first empty line; one that is missing or there twice stops the build."""
    rows: dict[int, dict[str, str]] = {}
    before = None
    for row in range(first, len(sheet.cells)):
        if not sheet.text(row, 0):
            break
        month = _month(sheet, row)
        if before and 12 * (month.year - before.year) + month.month - before.month != 3:
            raise sheet.stop(f"{month:%B %Y} doesn't follow {before:%B %Y} by a quarter", row, 0)
        rows[row] = {"month": f"{month:%Y-%m}"}
        before = month
    return rows


def _month(sheet: Sheet, row: int) -> date:
    """Read ``Mar 24 (r)``, ``Mar 20 2`` with the number of a footnote, or a date."""
    cell = sheet.cells[row][0]
    if isinstance(cell, date):
        return cell
    words = _MONTH.match(sheet.text(row, 0))
    if not words:
        raise sheet.stop(f"{sheet.text(row, 0)!r} is no quarter", row, 0)
    return datetime.strptime(" ".join(words.groups()), "%b %y")  # noqa: DTZ007 - a month has no time zone


def _expect_halves(sheet: Sheet, industries: dict[int, str], rows: Iterable[int]) -> None:
    """See that what is left out is what we take it for; ONS could one day publish these divisions itself."""
    places = {code: column for column, code in industries.items()}
    for half, pair in PUT_IN.items():
        for row in rows if half in places else ():
            if sheet.cells[row][places[half]] != sheet.cells[row][places[pair]] / 2:  # type: ignore[operator]
                raise sheet.stop(f"division {half} isn't half of {pair}: is it the publisher's?", row, places[half])


DATASET = Dataset(
    name="self_employment_jobs",
    title="Self-employment jobs by industry",
    summary="Jobs of the self-employed by industry, sex and working pattern, UK and Britain, quarterly since 1996.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("region", REGION_AND_BRITAIN, "United Kingdom, or Great Britain"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("pattern", AS_THEY_SAY, "Full-time or part-time", default="all"),
        Dimension("industry", SIC2007_GROUPING, "Industry (SIC 2007 division, or several)"),
        Dimension("month", MONTH, "Quarter, by the month that ONS names"),
    ),
    measures=(Measure("jobs_thousand", "Self-employment jobs", "thousand jobs"),),
    sources=(
        Source(
            name="jobs04",
            publisher="Office for National Statistics",
            title="JOBS04: Self-employment jobs by industry",
            page="https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/employmentandemployeetypes/datasets/"
            "selfemploymentjobsbyindustryjobs04",
            licence=OGL3,
            files=r"jobs04(?P<edition>[a-z]{3}\d{4})\.xlsx?$",
            count=(1, 1),
            holds=(134_000, 160_000),
            by_hand="ONS's page has each edition as a workbook. The one that was read first went through "
            "vmaguirerajpaul/mathsci-econ-contrib on GitHub (commit 403b5b6f2dab, data/raw). "
            "Save it as `self_employment/SE_jobs04sep2024.xls`, with the month of the edition.",
            derived=True,
        ),
    ),
    read=read,
    rows=(134_000, 160_000),
    totals=(
        Total(
            {"region": "K02000001", "sex": "all", "pattern": "all", "industry": "A-T", "month": "2024-06"},
            "jobs_thousand",
            4198,
            because="all industries in the last quarter of the first sheet",
        ),
    ),
    left_out=(
        LeftOut(
            "half of a pair of divisions, put in by those who passed the workbook on",
            sheet=r"1\. UK totals",
            column_text=rf"^({'|'.join(sorted(PUT_IN))})$",
        ),
        LeftOut("the number of a SIC division in the heading", sheet=r"\d+\. .*", rows=(6, 6)),
        LeftOut("the number of a table in the list of contents", sheet=CONTENTS),
    ),
    history=(
        Edition(
            "March 1996 to June 2024",
            "2024-09-10",
            "June 2024 is provisional, March 2024 revised; since September 2022 with the reweighted survey.",
        ),
    ),
)
