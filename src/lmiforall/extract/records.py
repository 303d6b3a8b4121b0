"""The lines of a CSV -> its records, each with its line; a broken one breaks no other."""

import csv
import io
from collections import deque
from collections.abc import Iterable, Sequence

# A field may be as long as this; a longer one is a fault of the file.
LONGEST_FIELD = 1 << 28
# A cell may go over so many lines; a quote that isn't closed by then is a fault of its line.
MOST_LINES = 1000
# Stands for the cells of a line whose quote is never closed; the sign is in no cell that is read.
BROKEN = "\0"

Record = tuple[int, list[str]]


class Lines:
    """Puts lines together to records: a quote that is never closed breaks its own line, not the rest of the file."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._stream = iter(stream)
        self._ahead: deque[str] = deque()
        self._number = 0

    def record(self, wanted: int) -> Record | None:
        """Give the next record and its line; of several lines only where it then has the wanted number of cells."""
        first = self._next()
        if first is None:
            return None
        number, pieces, open_quote = self._number, [first], first.count('"') % 2
        while open_quote and len(pieces) < MOST_LINES and (more := self._next()) is not None:
            pieces.append(more)
            open_quote ^= more.count('"') % 2
        cells = _cells("".join(pieces))
        if open_quote or (len(pieces) > 1 and wanted and len(cells) != wanted):
            self._ahead.extendleft(reversed(pieces[1:]))
            self._number = number
            return number, [BROKEN]
        return number, cells

    def _next(self) -> str | None:
        line = self._ahead.popleft() if self._ahead else next(self._stream, None)
        self._number += line is not None
        # No title has a NUL sign, and the csv module takes none.
        return line.replace("\0", "") if line is not None else None


def _cells(record: str) -> list[str]:
    csv.field_size_limit(LONGEST_FIELD)
    return next(csv.reader(io.StringIO(record, newline="")), [])


def fault_of(cells: Sequence[str], wanted: int) -> str:
    """Say what is wrong with a record that hasn't the cells that it should have."""
    if cells and cells[0] == BROKEN:
        return "a quote is opened and never closed"
    return f"the row has {len(cells)} cells, the heading {wanted}"
