"""The shape of a table of the 2011 Census as Nomis gives it: one row an area, one column an occupation.

SOURCE: Nomis, 2011 Census bulk data: ``date``, ``geography``, ``geography code``, and then for each answer
``<question>: <answer>; measures: Value``.
"""

import re
from collections.abc import Iterable

from lmiforall.base.code_list import Code, CodeList, Pattern
from lmiforall.base.dataset import Reader
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.soc2010 import SOC2010

ALL = "all"
PAGE = "https://www.nomisweb.co.uk/census/2011"
LICENCE = OGL3
WHY = "Census occupations by small area for the whole country were not to be had."

# Everybody, and SOC2010 without its unit groups, which the Census doesn't give by small area.
GROUP = CodeList(
    "soc2010_group",
    "Everybody, or a wider group of SOC2010",
    (Code(ALL, "All occupations"), *(entry for entry in SOC2010.codes if entry.code.isdigit() and len(entry.code) < 4)),
    ("all", "major group", "sub-major group", "minor group"),
    whole=ALL,
)
ZONE = Pattern("census2011_zone", "Small area of the 2011 Census", r"[EW]\d{8}")

_HEADING = {0: "date", 1: "geography", 2: "geography code"}
_IGNORED = ("Rural Urban",)
_ANSWER = re.compile(r"(?:.*: )?(?:(?P<code>\d{1,3})\.? |All categories:).*; measures: Value")


def table(digits: int) -> Reader:
    """Make the reader of everybody and of the groups with so many digits; the wider and the narrower are left out."""

    def read(book: Book) -> Iterable[Block]:
        sheet = book.only
        heading = sheet.find_row(_HEADING)
        columns = {
            column: {"soc2010": code}
            for column in range(len(_HEADING), len(sheet.cells[heading]))
            if (code := _code(sheet, heading, column)) == ALL or len(code) == digits
        }
        zones = {row: {"zone": sheet.text(row, 2)} for row in range(heading + 1, len(sheet.cells))}
        yield Block(sheet, zones, columns, {"measure": "people"})

    return read


def _code(sheet: Sheet, row: int, column: int) -> str:
    """Give the group of a column; empty where it is known not to be one."""
    text = sheet.text(row, column)
    if text in _IGNORED:
        return ""
    found = _ANSWER.fullmatch(text)
    if found is None:
        raise sheet.stop(f"{text!r} is a column that nobody knows", row, column, "Read it, or name it as ignored.")
    return found["code"] or ALL
