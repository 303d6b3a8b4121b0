"""A Skills Imperative workbook -> blocks of figures: each visible sheet by its layout, and none left unread.

Rule 1: a sheet that nobody knows, or one of another area, stops the build.
Rule 2: so does a number that nobody read and no declaration leaves out.
"""

import re
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from lmiforall.base.dataset import LeftOut
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.area_si2035 import AREA_SI2035
from lmiforall.datasets.panels import Codes, blocks, column_of
from lmiforall.datasets.projections.layout import LEFT_OUT, NO_FIGURES, panels
from lmiforall.datasets.projections.words import (
    EMPLOYMENT,
    GROUPS,
    INDUSTRIES,
    OCCUPATIONS,
    WORDS,
    heading,
    plain,
)

LAYOUTS = {"england": panels(INDUSTRIES), "local": panels(GROUPS)}


def read(book: Book) -> Iterable[Block]:
    """Read every visible sheet of one area's workbook."""
    area = book.edition["area"]
    name = _area_name(book.sheet("Info"), area)
    layout = LAYOUTS[book.source]
    for sheet in _sheets(book, {*layout, *OWN_LAYOUT}):
        if name not in sheet.text(0, 0):
            raise sheet.stop(f"its title doesn't name the area {name!r}", 0, 0, "Is it a sheet of another area?")
        if own := OWN_LAYOUT.get(sheet.name):
            found = own(sheet)
        else:
            found = [block for panel in layout[sheet.name] for block in blocks(sheet, panel, WORDS)]
        _expect_all_read(sheet, found)
        yield from (Block(sheet, block.rows, block.columns, {**block.fixed, "area": area}) for block in found)


def _sheets(book: Book, wanted: set[str]) -> list[Sheet]:
    """Give the visible sheets that hold figures, if they are those that are wanted."""
    for name in sorted(wanted):
        if not book.sheet(name).visible:
            raise book.sheet(name).stop("it is hidden, and hidden sheets are never read")
    sheets = [sheet for sheet in book.visible() if sheet.name not in NO_FIGURES]
    for sheet in sheets:
        if sheet.name not in wanted:
            raise sheet.stop("nobody knows this sheet", do="Say in layout.py where its figures stand.")
    return sheets


def _area_name(info: Sheet, area: str) -> str:
    """Give the area's name as the book prints it, if that is the area which the file's name says."""
    kind, name = info.text(0, 0), info.text(4, 1)
    title = name if kind == "Country" else f"{name} ({kind})"
    if area in AREA_SI2035 and AREA_SI2035.title_of(area) != title:
        raise info.stop(f"it is of {title!r}, and the file's name says {AREA_SI2035.title_of(area)!r}", 4, 1)
    return name


def _expect_all_read(sheet: Sheet, found: Iterable[Block]) -> None:
    unread = np.array([[type(cell) in (float, int) for cell in line] for line in sheet.cells])
    for block in found:
        unread[np.ix_(list(block.rows), list(block.columns))] = False
    declared = [one for one in LEFT_OUT if re.fullmatch(one.sheet, sheet.name)]
    for row, column in np.argwhere(unread).tolist():
        if not any(_left_out(one, sheet, row, column) for one in declared):
            number = sheet.text(row, column)
            raise sheet.stop(f"nobody reads the number {number}", row, column, "Has a row or a column come in?")


def _left_out(one: LeftOut, sheet: Sheet, row: int, column: int) -> bool:
    if one.years:
        return "period" in (heading(sheet.text(row, column)) or {})
    low, high = one.rows or (1, 0)
    left, right = one.columns or (1, 0)
    return low <= row + 1 <= high and left <= column + 1 <= right


# The columns of levels and of changes in Ind T5, and what stands above them.
_LEVELS = {"B": "Full time", "D": "Part time", "F": "Self employed", "H": "Total"}
_CHANGES = {"K": "FT", "L": "PT", "M": "SE", "N": "Total"}


def _by_status(sheet: Sheet) -> list[Block]:
    """Read Ind T5: an industry's name above, a year beside the levels, a span above their changes."""
    levels: dict[int, Codes] = {}
    changes: dict[int, Codes] = {}
    industry: Codes = {}
    year: Codes = {}
    span: Codes = {}
    for row in range(len(sheet.cells)):
        label = plain(sheet.text(row, 0))
        if plain(sheet.text(row, column_of("B"))) == "employment status":
            industry = _industry(sheet, row, column_of("F"))
        elif label == "employment by gender":
            sheet.find_row({column_of(letter): word for letter, word in (_LEVELS | _CHANGES).items()}, row, row + 1)
        elif said := heading(label):
            year, span = said, heading(sheet.text(row, column_of("K"))) or {}
        elif label in EMPLOYMENT:
            levels[row] = {**EMPLOYMENT[label], **industry, **year}
            changes[row] = {**EMPLOYMENT[label], **industry, **span}
    fixed = {"table": "ind_t5"}
    return [
        Block(sheet, levels, _statuses(_LEVELS), {**fixed, "measure": "employment_thousand"}),
        Block(sheet, changes, _statuses(_CHANGES), {**fixed, "measure": "change_thousand"}),
    ]


def _industry(sheet: Sheet, row: int, column: int) -> Codes:
    name = sheet.text(row, column)
    if plain(name) not in GROUPS:
        raise sheet.stop(f"nobody knows the industry {name!r}", row, column)
    return GROUPS[plain(name)]


def _statuses(words: Mapping[str, str]) -> dict[int, Codes]:
    return {column_of(letter): {"employment_status": "all", **(heading(word) or {})} for letter, word in words.items()}


# Of each half of a shift-share table: the measures in thousands and in per cent, by what stands above them.
_SHIFT_SHARE = {
    "B": ("Base year", "employment_thousand", "share_of_occupations_pct"),
    "E": ("Target year", "employment_thousand", "share_of_occupations_pct"),
    "H": ("Change", "change_thousand", "change_pct"),
    "K": ("Scale effect", "scale_effect_thousand", "scale_effect_pct"),
    "N": ("Occupation effect", "occupation_effect_thousand", "occupation_effect_pct"),
    "Q": ("Industry mix effect", "industry_mix_effect_thousand", "industry_mix_effect_pct"),
}


def _shift_share(sheet: Sheet) -> list[Block]:
    """Read ShiftShare T1: the same table twice, before and after the base year of the projection."""
    words = {column_of(letter): word for letter, (word, _, _) in _SHIFT_SHARE.items()}
    found = []
    first = 0
    for table in ("shift_share_t1", "shift_share_t1_1"):
        head = sheet.find_row(words, first, first + 40)
        labels = {row: plain(sheet.text(row, 0)) for row in range(head, len(sheet.cells))}
        first = next((row + 1 for row, label in labels.items() if label == "all occupations"), len(sheet.cells))
        rows = {row: OCCUPATIONS[label] for row, label in labels.items() if row < first and label in OCCUPATIONS}
        found.append(Block(sheet, rows, _effects(sheet, head), {"table": table}))
    return found


def _effects(sheet: Sheet, head: int) -> dict[int, Codes]:
    """Name the columns: the years stand beside their words, the span of all changes beside the word Change."""
    columns: dict[int, Codes] = {}
    for letter, (_, thousand, relative) in _SHIFT_SHARE.items():
        place = column_of(letter)
        period = heading(sheet.text(head, place + 1 if letter in "BE" else column_of("I"))) or {}
        columns[place] = {"measure": thousand, **period}
        columns[place + 1] = {"measure": relative, **period}
    return columns


OWN_LAYOUT: Mapping[str, Callable[[Sheet], list[Block]]] = {"Ind T5": _by_status, "ShiftShare T1": _shift_share}
