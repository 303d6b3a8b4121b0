"""Cells as a publisher laid them out, and the words in which a reader says which of them are figures.

``extract`` turns bytes into a ``Book``; a dataset's reader takes a Book and gives Blocks (figures) or
Records (texts). Rows and columns count from 0 here; an origin that a person sees counts as the sheet does.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime

from lmiforall.base.problem import Problem, Stop
from lmiforall.base.status import Status

Cell = float | int | str | bool | date | datetime | None


@dataclass(frozen=True, eq=False)
class Sheet:
    """A rectangle of cells; an empty cell is ``""`` or ``None``, a CSV's cells are all text.

    ``shaded`` are the places (row, column) of cells that the publisher shaded, where that says something.
    """

    book: str
    name: str
    cells: Sequence[Sequence[Cell]]
    visible: bool = True
    shaded: Set[tuple[int, int]] = frozenset()

    def text(self, row: int, column: int) -> str:
        """Give a cell as trimmed text, whole numbers without ``.0``; empty outside of the sheet."""
        if not (0 <= row < len(self.cells) and 0 <= column < len(self.cells[row])):
            return ""
        return as_text(self.cells[row][column])

    def stop(self, what: str, row: int | None = None, column: int | None = None, do: str = "") -> Stop:
        """Build the refusal that names this file, sheet and cell: ``raise sheet.stop(...)``."""
        where = f"file {self.book}, sheet {self.name}"
        if row is not None:
            where += f", cell {a1(row, column)}" if column is not None else f", row {row + 1}"
        return Stop(Problem(what, where, do))

    def find_row(self, words: Mapping[int, str], first: int = 0, last: int = 40) -> int:
        """Find the heading row: the first whose cells at these columns are these words, or stop."""
        for row in range(first, min(last, len(self.cells))):
            if all(self.text(row, column).casefold() == word.casefold() for column, word in words.items()):
                return row
        wanted = ", ".join(f"{a1(0, column)[:-1]}={word!r}" for column, word in words.items())
        raise self.stop(
            f"no heading row with {wanted} between rows {first + 1} and {last}",
            do="The publisher's layout has changed: look at the sheet and bring the reader up to date.",
        )


@dataclass(frozen=True, eq=False)
class Book:
    """One file of a source. ``edition`` holds what the file's name says, such as ``{"year": "2024"}``.

    ``quality`` is the book whose cells give the quality of this book's cells, place by place.
    """

    source: str
    path: str
    sheets: Mapping[str, Sheet]
    edition: Mapping[str, str] = field(default_factory=dict)
    quality: "Book | None" = None

    def sheet(self, name: str) -> Sheet:
        """Give a sheet by name, or stop and list those that are there."""
        if name not in self.sheets:
            raise Stop(
                Problem(
                    f"there is no sheet {name!r}; it has {', '.join(map(repr, self.sheets))}",
                    f"file {self.path}",
                    "Was a sheet renamed? Then bring the reader up to date.",
                )
            )
        return self.sheets[name]

    def visible(self) -> Iterator[Sheet]:
        """Give the sheets that a person sees; hidden ones are never read."""
        return (sheet for sheet in self.sheets.values() if sheet.visible)

    @property
    def only(self) -> Sheet:
        """The one sheet of a CSV, JSON or Parquet file."""
        (sheet,) = self.sheets.values()
        return sheet


@dataclass(frozen=True, eq=False)
class Block:
    """A rectangle of figures: every named row crossed with every named column is one observation.

    ``rows`` and ``columns`` map a place to the codes that it stands for, ``fixed`` holds for all;
    together they name every dimension of the dataset and ``measure`` once. Empty cells are no observations.
    ``quality`` is a sheet whose cell at the same place is the quality of the figure (a CV, for instance).
    ``statuses`` names the rows whose numbers the publisher gives with a warning, and what it amounts to.
    """

    sheet: Sheet
    rows: Mapping[int, Mapping[str, str]]
    columns: Mapping[int, Mapping[str, str]]
    fixed: Mapping[str, str] = field(default_factory=dict)
    quality: Sheet | None = None
    statuses: Mapping[int, Status] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Records:
    """Rows of texts (and perhaps numbers): descriptions, job titles, links.

    ``columns`` maps a dimension or field to one value for each row in ``rows``;
    ``places`` says in which column of the sheet each *number* field stands, so that it can be audited.
    """

    sheet: Sheet
    rows: Sequence[int]
    columns: Mapping[str, Sequence[object]]
    places: Mapping[str, int] = field(default_factory=dict)


def as_text(cell: Cell) -> str:
    """Give any cell as trimmed text; a whole number without its ``.0``, empty for None."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def a1(row: int, column: int | None) -> str:
    """Name a cell as a spreadsheet does: ``a1(8, 3)`` is ``D9``."""
    letters, rest = "", (column or 0) + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"
