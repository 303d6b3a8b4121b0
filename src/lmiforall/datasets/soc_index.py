"""The shape of the two coding indexes: one row a job title, with the code that it has in each classification."""

from collections.abc import Callable, Iterable, Mapping

from lmiforall.base.dataset import Reader
from lmiforall.base.sheet import Book, Records, Sheet

# SOURCE: the FILE SPEC sheets; braces stand for a title that can't be coded without more information.
UNCODED = "}"


def reader(name: str, columns: Mapping[str, str], key: Callable[[Sheet, int], str]) -> Reader:
    """Make the reader of an index: the sheet's name, heading -> field, and how a row is told from the others."""

    def read(book: Book) -> Iterable[Records]:
        sheet = book.sheet(name)
        headings = [" ".join(sheet.text(0, column).split()) for column in range(len(sheet.cells[0]))]
        for heading in columns:
            if heading not in headings:
                raise sheet.stop(f"there is no column {heading!r}", 0, do=f"It has: {', '.join(headings)}")
        places = {field: headings.index(heading) for heading, field in columns.items()}
        rows = list(range(1, len(sheet.cells)))
        fields = {field: [_code_or_text(sheet.text(row, at)) for row in rows] for field, at in places.items()}
        yield Records(sheet, rows, {"entry": [key(sheet, row) for row in rows], **fields})

    return read


def _code_or_text(text: str) -> str:
    return "" if text.startswith(UNCODED) else text
