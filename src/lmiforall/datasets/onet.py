"""The shape of the O*NET database's tables: one workbook a table, one row a rating, with its error if there is one."""

from urllib.parse import quote

from lmiforall.base.code_list import Pattern
from lmiforall.base.dataset import Address, Download, Edition, Measure, Source
from lmiforall.base.licence import ONET_CC_BY4
from lmiforall.base.status import Mark, Status

PAGE = "https://www.onetcenter.org/database.html"
EDITION = Edition("29.x", "2024", "The point release isn't stated in the files.")

TASK = Pattern("onet_task", "O*NET task", r"\d{1,6}")
CATEGORY = Pattern("onet_category", "Category of an O*NET scale", r"\d{1,2}|none")
ABILITY = Pattern("onet_ability", "Ability, by its title", r"[A-Z][A-Za-z ,&/-]+")

# Heading -> dimension or measure of the rating tables.
RATED = {"O*NET-SOC Code": "onet", "Element ID": "element", "Scale ID": "scale"}
VALUE = {"Data Value": "data_value"}
WITH_ERRORS = VALUE | {
    "N": "n",
    "Standard Error": "standard_error",
    "Lower CI Bound": "lower_bound",
    "Upper CI Bound": "upper_bound",
}
NAMES_AND_DATES = ("Title", "Element Name", "Scale Name", "Date", "Domain Source")
SUPPRESSED = {("Recommend Suppress", "Y"): Status.UNRELIABLE}
WARNED = SUPPRESSED | {("Not Relevant", "Y"): Status.UNRELIABLE}

MEASURES = (
    Measure("data_value", "Rating", "points of the scale"),
    Measure("n", "People who answered", "people"),
    Measure("standard_error", "Standard error of the rating", "points of the scale"),
    Measure("lower_bound", "Lower bound of the 95% interval", "points of the scale"),
    Measure("upper_bound", "Upper bound of the 95% interval", "points of the scale"),
)

# SOURCE: O*NET's data dictionary; some editions print n/a where a cell has no number.
MARKS = (Mark("n/a", Status.NOT_APPLICABLE, "Not applicable, as O*NET says."),)


def source(name: str, table: str, holds: tuple[int, int]) -> Source:
    """Declare one table of the database; the edition's folder is in the file's path."""
    return Source(
        name=name,
        publisher="U.S. Department of Labor, Employment and Training Administration",
        title=f"O*NET 29 database: {table}",
        page=PAGE,
        licence=ONET_CC_BY4,
        files=rf"db_(?P<release>\w+?)_(?:xlsx|excel)/{table}\.xlsx$",
        marks=MARKS,
        downloads=(
            Download(
                (Address(f"https://www.onetcenter.org/dl_files/database/db_{{release}}_excel/{quote(table)}.xlsx"),),
                f"onet/db_{{release}}_excel/{table}.xlsx",
            ),
        ),
        editions=({"release": "29_3"},),
        count=(1, 1),
        holds=holds,
    )


def derived(name: str, title: str, files: str, holds: tuple[int, int], by_hand: str) -> Source:
    """Declare a file that somebody made from an edition of the database; ``by_hand`` says how."""
    return Source(
        name=name,
        publisher="U.S. Department of Labor, Employment and Training Administration",
        title=f"O*NET database, {title}",
        page=PAGE,
        licence=ONET_CC_BY4,
        files=files,
        dialect="csv",
        marks=MARKS,
        count=(1, 1),
        holds=holds,
        derived=True,
        by_hand=by_hand,
    )


def sheet(table: str) -> str:
    """Give the name of a table's one sheet: a spreadsheet cuts it at 31 characters."""
    return table[:31]


def category(text: str) -> str:
    """Give the number of a category; some scales have none."""
    return text if text.isdigit() else "none"
