"""The shape of the two coding indexes: one row a job title, with the code that it has in each classification."""

from collections.abc import Iterable, Mapping, Sequence

from lmiforall.base.dataset import Reader
from lmiforall.base.sheet import Book, Records, Sheet

# SOURCE: the FILE SPEC sheets; braces stand for a title that can't be coded without more information.
UNCODED = "}"


def reader(name: str, key: Sequence[str], columns: Mapping[str, str], ignored: Sequence[str]) -> Reader:
    """Make the reader of an index.

    ``name`` is the sheet's, ``key`` the headings that together tell a row from the others, ``columns`` maps headings
    to fields, ``ignored`` are the other headings.
    """

    def read(book: Book) -> Iterable[Records]:
        sheet = book.sheet(name)
        places = _places(sheet, [*key, *columns, *ignored])
        rows = range(1, len(sheet.cells))
        fields = {
            field: [_code_or_text(sheet.text(row, places[heading])) for row in rows]
            for heading, field in columns.items()
        }
        entries = [".".join(sheet.text(row, places[heading]) for heading in key) for row in rows]
        yield Records(sheet, rows, {"entry": entries, **fields})

    return read


def _places(sheet: Sheet, known: Sequence[str]) -> dict[str, int]:
    """Find the column of each heading; one that is missing or new stops the build."""
    headings = [" ".join(sheet.text(0, column).split()) for column in range(len(sheet.cells[0]))]
    if odd := sorted(set(headings) ^ set(known)):
        where = headings.index(odd[0]) if odd[0] in headings else None
        what = "is a column that nobody knows" if where is not None else "is a column that isn't there"
        raise sheet.stop(f"{odd[0]!r} {what}", 0, where, f"The sheet has {', '.join(headings)}")
    return {heading: headings.index(heading) for heading in known}


def _code_or_text(text: str) -> str:
    return "" if text.startswith(UNCODED) else text
