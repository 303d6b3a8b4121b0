"""What the occupations of SOC2020 are: titles, descriptions, entry routes, tasks and related job titles."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Download, Edition, Field, LeftOut, Source, Starter
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Book, Records, Sheet
from lmiforall.codes.soc2020 import LEVELS, SOC2020
from lmiforall.datasets.addresses import of_ons, on_github

PAGE = (
    "https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2020/"
    "soc2020volume1structureanddescriptionsofunitgroups"
)
FILE = "soc2020volume1structureanddescriptionofunitgroupsexcel{edition}.xlsx"
BLANK = "<blank>"
HEADING = {4: "SOC\n2020 \nGroup Title", 6: "Group  Description", 8: "Tasks", 9: "Related Job Titles"}


def read(book: Book) -> Iterable[Records]:
    """Give one record for each group at every level; its code stands in the column of its level."""
    sheet = book.sheet("SOC2020 descriptions")
    first = sheet.find_row(HEADING) + 1
    rows = [row for row in range(first, len(sheet.cells)) if any(_there(sheet, row, column) for column in range(5))]
    codes = [_code(sheet, row) for row in rows]
    yield Records(
        sheet,
        rows,
        {
            "soc": [code for code, _ in codes],
            "level": [level for _, level in codes],
            "title": [" ".join(sheet.text(row, 4).split()) for row in rows],
            "groups_within": [_there(sheet, row, 5) for row in rows],
            "description": [_there(sheet, row, 6) for row in rows],
            "entry_routes": [_there(sheet, row, 7) for row in rows],
            "tasks": [_items(_there(sheet, row, 8)) for row in rows],
            "related_titles": [_items(_there(sheet, row, 9)) for row in rows],
        },
    )


def _code(sheet: Sheet, row: int) -> tuple[str, str]:
    given = [(_there(sheet, row, column), LEVELS[column + 1]) for column in range(4) if _there(sheet, row, column)]
    if len(given) != 1:
        raise sheet.stop(f"a group has one code, this row has {len(given)}", row, 0)
    return given[0]


def _there(sheet: Sheet, row: int, column: int) -> str:
    text = sheet.text(row, column)
    return "" if text == BLANK else text


def _items(text: str) -> list[str]:
    """Take a list apart: each item begins with a tilde."""
    return [item for item in (" ".join(part.split()) for part in text.split("~")) if item]


DATASET = Dataset(
    name="soc2020_groups",
    title="Occupations (SOC2020)",
    summary="The 551 groups of SOC2020 with titles, descriptions, entry routes, tasks and related job titles.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("soc", SOC2020, "Occupation (SOC2020)"),),
    fields=(
        Field("level", "Level: major, submajor, minor, unit"),
        Field("title", "Title"),
        Field("groups_within", "How groups are classified within it", sentences=True),
        Field("description", "Description", sentences=True),
        Field("entry_routes", "Typical entry routes and qualifications", sentences=True),
        Field("tasks", "Tasks", kind="texts", sentences=True),
        Field("related_titles", "Related job titles", kind="texts", sentences=True),
    ),
    sources=(
        Source(
            name="volume_1",
            publisher="Office for National Statistics",
            title="SOC2020 Volume 1: structure and descriptions of unit groups",
            page=PAGE,
            licence=OGL3,
            files=r"soc2020volume1structureanddescriptionofunitgroupsexcel(?P<edition>\d{8})\.xlsx$",
            downloads=(
                Download(
                    (
                        of_ons(PAGE, FILE),
                        on_github(
                            "ONSdigital/soc-classification-vector-store",
                            "7b8cab0e5aea",
                            f"src/soc_classification_vector_store/data/soc_index/{FILE}",
                        ),
                    ),
                    f"soc2020/{FILE}",
                ),
            ),
            editions=({"edition": "16042025"},),
            count=(1, 1),
            holds=(520, 720),
        ),
    ),
    read=read,
    rows=(551, 551),
    left_out=(
        LeftOut("a code of the classification, not a figure", sheet="SOC2020 descriptions", columns=(1, 4)),
        LeftOut("a code of the classification, repeated from the first sheet", sheet="SOC2020 Framework"),
    ),
    history=(Edition("16 April 2025", "2025-04-16", "Descriptions revised in places since 2020."),),
    starter=Starter(keep={}, drop=("groups_within", "description", "entry_routes", "tasks", "related_titles")),
)
