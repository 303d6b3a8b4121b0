"""The shape of a plain list, which many publishers share: one row of headings, then a row for each entry.

A dataset says which heading is which dimension, measure or field; a heading that isn't there stops the build,
and so does one that nobody named: a new column is looked at before it is left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lmiforall.base.dataset import Reader
from lmiforall.base.sheet import Block, Book, Records, Sheet
from lmiforall.base.status import Status

Clean = Callable[[str], str]
ReaderOfRecords = Callable[[Book], Iterable[Records]]


def plain(text: str) -> str:
    """Leave a text as it is."""
    return text


@dataclass(frozen=True)
class Flat:
    """A list of one source: ``keys`` maps headings to dimensions, ``values`` to measures or fields.

    ``ignored`` are headings that are known and not read. ``clean`` brings a dimension's text into the form of its
    code (KeyError or ValueError where it can't), ``fixed`` holds for every row, ``sheet`` is the sheet's name (the
    only one of a file where it isn't said).
    ``numbers`` are fields that hold numbers, ``lists`` those that hold texts, with what separates them.
    ``warned`` maps a heading and a text in it to the status that the row's numbers then have.
    A measure may also stand in a row's cells: then ``measure`` is among the keys, and ``values`` names one heading.
    ``once`` takes of the rows with the same codes only the first. ``preamble`` says that lines stand above the
    headings, whose row the first key then begins.
    """

    keys: Mapping[str, str]
    values: Mapping[str, str]
    ignored: Sequence[str] = ()
    clean: Mapping[str, Clean] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    numbers: Sequence[str] = ()
    lists: Mapping[str, str] = field(default_factory=dict)
    warned: Mapping[tuple[str, str], Status] = field(default_factory=dict)
    once: bool = False
    preamble: bool = False


def figures(lists: Mapping[str, Flat]) -> Reader:
    """Make the reader of figures: by source, the list that its files hold."""

    def read(book: Book) -> Iterable[Block]:
        flat = lists[book.source]
        sheet = _sheet(book, flat)
        places = _places(sheet, flat)
        edition = {name: code for name, code in book.edition.items() if name not in flat.keys.values()}
        yield Block(
            sheet,
            rows={row: _codes(sheet, row, flat, places) for row in _rows(sheet, flat)},
            columns={
                places[heading]: {"measure": measure} if measure else {} for heading, measure in flat.values.items()
            },
            fixed={**edition, **flat.fixed},
            statuses={
                row: status
                for (heading, text), status in flat.warned.items()
                for row in _rows(sheet, flat)
                if sheet.text(row, places[heading]) == text
            },
        )

    return read


def records(lists: Mapping[str, Flat]) -> ReaderOfRecords:
    """Make the reader of records: by source, the list that its files hold."""

    def read(book: Book) -> Iterable[Records]:
        flat = lists[book.source]
        sheet = _sheet(book, flat)
        places = _places(sheet, flat)
        found = {row: _codes(sheet, row, flat, places) for row in _rows(sheet, flat)}
        if flat.once:
            found = _first(found)
        rows, codes = list(found), list(found.values())
        columns: dict[str, Sequence[object]] = {
            name: [code[name] for code in codes] for name in (codes[0] if codes else {})
        }
        for heading, name in flat.values.items():
            texts = [sheet.text(row, places[heading]) for row in rows]
            columns[name] = [_items(text, flat.lists[name]) for text in texts] if name in flat.lists else texts
        columns |= {name: [text] * len(rows) for name, text in flat.fixed.items()}
        numbers = {name: places[heading] for heading, name in flat.values.items() if name in flat.numbers}
        yield Records(sheet, rows, columns, numbers)

    return read


def _sheet(book: Book, flat: Flat) -> Sheet:
    return book.sheet(flat.sheet) if flat.sheet else book.only


def _heading(sheet: Sheet, flat: Flat) -> int:
    return sheet.find_row({0: next(iter(flat.keys))}) if flat.preamble else 0


def _places(sheet: Sheet, flat: Flat) -> dict[str, int]:
    """Find the column of each heading; one that is missing, new or there twice stops the build."""
    row = _heading(sheet, flat)
    headings = [sheet.text(row, column) for column in range(len(sheet.cells[row]))]
    known = [*flat.keys, *flat.values, *flat.ignored, *(heading for heading, _ in flat.warned)]
    for heading in known:
        if headings.count(heading) != 1:
            where = "twice" if heading in headings else "not there"
            raise sheet.stop(f"the column {heading!r} is {where}", row, do=f"The sheet has {', '.join(headings)}")
    for column, heading in enumerate(headings):
        if heading not in known:
            raise sheet.stop(
                f"{heading!r} is a column that nobody knows", row, column, "Read it, or name it as ignored."
            )
    return {heading: headings.index(heading) for heading in known}


def _rows(sheet: Sheet, flat: Flat) -> list[int]:
    below = range(_heading(sheet, flat) + 1, len(sheet.cells))
    return [row for row in below if any(cell not in ("", None) for cell in sheet.cells[row])]


def _codes(sheet: Sheet, row: int, flat: Flat, places: Mapping[str, int]) -> dict[str, str]:
    return {
        name: _clean(sheet, row, places[heading], flat.clean.get(name, plain)) for heading, name in flat.keys.items()
    }


def _clean(sheet: Sheet, row: int, column: int, clean: Clean) -> str:
    text = sheet.text(row, column)
    try:
        return clean(text)
    except (KeyError, ValueError):
        raise sheet.stop(f"nobody knows what {text!r} stands for", row, column, "Is the file cut short?") from None


def _first(found: Mapping[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    """Keep the first of the rows that have the same codes."""
    rows: dict[tuple[str, ...], int] = {}
    for row, codes in found.items():
        rows.setdefault(tuple(codes.values()), row)
    return {row: found[row] for row in rows.values()}


def _items(text: str, separator: str) -> list[str]:
    return [item for item in (" ".join(part.split()) for part in text.split(separator)) if item]
