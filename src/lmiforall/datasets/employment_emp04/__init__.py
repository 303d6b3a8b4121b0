"""How many people work in each SOC2010 occupation, by sex and by how they are employed, in mid-2018."""

import re
from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import QUARTER
from lmiforall.codes.employment_status import EMPLOYMENT_STATUS
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.working_pattern import WORKING_PATTERN

PAGE = (
    "https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/employmentandemployeetypes/datasets/"
    "employmentbyoccupationemp04"
)
SHEETS = {"People": "all", "Men": "male", "Women": "female"}
HEADING = {3: "Full-time", 4: "Part-time", 7: "Full-time", 8: "Part-time"}

# Column -> whom it counts.
COLUMNS = {
    1: {"employment_status": "all", "pattern": "all"},
    3: {"employment_status": "employees", "pattern": "full_time"},
    4: {"employment_status": "employees", "pattern": "part_time"},
    5: {"employment_status": "employees", "pattern": "all"},
    7: {"employment_status": "self_employed", "pattern": "full_time"},
    8: {"employment_status": "self_employed", "pattern": "part_time"},
    9: {"employment_status": "self_employed", "pattern": "all"},
}
_CODE = re.compile(r"(\d{1,4})\s")


def read(book: Book) -> Iterable[Block]:
    """Give a block for each sheet: people, men, women."""
    for name, sex in SHEETS.items():
        sheet = book.sheet(name)
        quarter = sheet.text(1, 0)
        if "Apr-Jun 2018" not in quarter:
            raise sheet.stop(f"{quarter!r} is another quarter than the one that is known", 1, 0)
        yield Block(
            sheet,
            rows=_occupations(sheet),
            columns=COLUMNS,
            fixed={"sex": sex, "quarter": "2018-Q2", "measure": "employment"},
        )


def _occupations(sheet: Sheet) -> dict[int, dict[str, str]]:
    heading = sheet.find_row(HEADING)
    rows: dict[int, dict[str, str]] = {}
    for row in range(heading + 1, len(sheet.cells)):
        text = sheet.text(row, 0)
        match = _CODE.match(text)
        if text == "Total2":
            rows[row] = {"soc2010": "all"}
        elif match and sheet.text(row, 1):
            rows[row] = {"soc2010": match.group(1)}
    return rows


DATASET = Dataset(
    name="employment_emp04",
    title="Employment by occupation (SOC2010), 2018",
    summary="People in work by SOC2010 group, sex, full-time or part-time, employee or not, April to June 2018.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)", default="all"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("employment_status", EMPLOYMENT_STATUS, "Employment status", default="all"),
        Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
        Dimension("quarter", QUARTER, "Quarter"),
    ),
    measures=(Measure("employment", "People in work, main job", "people"),),
    sources=(
        Source(
            name="emp04",
            publisher="Office for National Statistics",
            title="EMP04: Employment by occupation, Labour Force Survey",
            page=PAGE,
            licence=OGL3,
            files=r"EMP04_(?P<edition>\w+?)_employment_by_occupation_soc2010\.xls$",
            marks=(Mark("*", Status.UNRELIABLE, "Withheld by ONS: a sample too small for a reliable estimate."),),
            by_hand="The page's current table is by SOC2020; the one of September 2018 (April to June 2018) is among "
            "its previous versions. Save it as `employment/EMP04_sept2018_employment_by_occupation_soc2010.xls`.",
            count=(1, 1),
            holds=(5_000, 6_500),
        ),
    ),
    read=read,
    rows=(9_500, 10_800),
    totals=(
        Total(
            {"soc2010": "all", "sex": "all", "employment_status": "all", "pattern": "all"},
            "employment",
            32318968,
            because="headline of the table",
        ),
    ),
    history=(Edition("April to June 2018", "2018-09-11"),),
)
