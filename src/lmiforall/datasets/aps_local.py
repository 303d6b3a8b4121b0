"""The shape of a local table of the Annual Population Survey as Nomis gives it: a block a year, a row an area.

Each column of numbers has one of flags beside it and one of confidence intervals.
"""

import re
from collections.abc import Callable, Iterable

from lmiforall.base.code_list import Pattern, listed
from lmiforall.base.dataset import Dimension, Edition, Measure, Reader, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR

KIND = listed(
    "aps_area_kind",
    "Kind of area",
    (
        ("country", "Nation"),
        ("ladu", "Local authority"),
        ("lep", "Local enterprise partnership"),
        ("lsip_mca", "Area of a local skills improvement plan, or combined authority"),
    ),
)
AREAS = (
    Dimension("area", Pattern("aps_area", "Area, by its name", ".+"), "Area, by its name"),
    Dimension("kind", KIND, "Kind of area"),
    Dimension("year", YEAR, "Year (January to December)"),
)
MEASURES = (
    Measure("people", "People", "people"),
    Measure("interval_95", "Half of the 95% confidence interval of the number of people", "people"),
)
HISTORY = Edition("taken from Nomis on 24 April 2023", "2023-04-24", "Some periods are weighted anew in later tables.")

_KINDS = {"country": "country", "ladu": "ladu", "lep": "lep", "User Defined Geography": "lsip_mca"}
# SOURCE: Nomis puts the number of the user's own list behind the names of areas, of which it prints 40 letters.
_LIST = re.compile(r" - from dn\d+$")
_YEAR = re.compile(r"Jan (\d{4})-Dec \1")
_PARTS = {0: ("number", "people"), 1: ("Flags", ""), 2: ("conf", "interval_95")}


def source(name: str, title: str, files: str, save_as: str, holds: tuple[int, int]) -> Source:
    """Declare the workbook of one table."""
    return Source(
        name=name,
        publisher="Office for National Statistics",
        title=f"Annual Population Survey, {title}, from Nomis",
        page="https://www.nomisweb.co.uk/sources/aps",
        licence=OGL3,
        files=files,
        count=(1, 1),
        holds=holds,
        marks=(
            Mark(
                "!", Status.SUPPRESSED, "Not available: a sample of nobody, or of so few that it could disclose them."
            ),
            Mark("*", Status.UNRELIABLE, "Not given: the sample is small (3 to 9)."),
            Mark("~", Status.NEGLIGIBLE, "Less than 500."),
            Mark("-", Status.NOT_COLLECTED, "Missing."),
        ),
        by_hand="Nomis gives the table for local authorities, local enterprise partnerships and areas of one's own. "
        "(The file that was read first is from the history of dfe-analytical-services/lsip_dashboard on GitHub.) "
        f"Save it as `employment/{save_as}`.",
    )


def table(dimension: str, code: Callable[[str], str]) -> Reader:
    """Make the reader; ``code`` turns a heading into the code of ``dimension`` (KeyError where it can't)."""

    def read(book: Book) -> Iterable[Block]:
        sheet = book.sheet("Data")
        found = [row for row in range(len(sheet.cells)) if sheet.text(row, 0) == "Area"]
        if not found:
            raise sheet.stop("no row begins with 'Area'", do="Is this Nomis's layout?")
        for heading in found:
            yield Block(
                sheet,
                rows=_areas(sheet, heading + 2),
                columns=_columns(sheet, heading, dimension, code),
                fixed={"year": _year(sheet, heading)},
            )

    return read


def _year(sheet: Sheet, heading: int) -> str:
    for row in range(heading - 1, max(heading - 7, -1), -1):
        if sheet.text(row, 0) == "date" and (found := _YEAR.fullmatch(sheet.text(row, 1))):
            return found[1]
    raise sheet.stop("no date of a whole year stands above the areas", heading)


def _areas(sheet: Sheet, first: int) -> dict[int, dict[str, str]]:
    """Find the areas, which end with an empty row; the signs are explained below it."""
    rows: dict[int, dict[str, str]] = {}
    for row in range(first, len(sheet.cells)):
        text = sheet.text(row, 0)
        if not text:
            return rows
        kind, colon, name = text.partition(":")
        if not colon or kind not in _KINDS:
            raise sheet.stop(f"{text!r} is no kind of area that is known", row, 0)
        rows[row] = {"kind": _KINDS[kind], "area": _LIST.sub("", name)}
    return rows


def _columns(sheet: Sheet, heading: int, dimension: str, code: Callable[[str], str]) -> dict[int, dict[str, str]]:
    columns: dict[int, dict[str, str]] = {}
    title = ""
    for column in range(1, len(sheet.cells[heading])):
        title = sheet.text(heading, column) or title
        word, measure = _PARTS[(column - 1) % len(_PARTS)]
        if sheet.text(heading + 1, column) != word:
            raise sheet.stop(f"{word!r} is not where it was", heading + 1, column)
        if measure:
            try:
                columns[column] = {dimension: code(title), "measure": measure}
            except KeyError:
                raise sheet.stop(f"nobody knows what {title!r} stands for", heading, column) from None
    return columns
