"""Which declaration leaves a cell out, if any: the rules of ``LeftOut``, interpreted over a page."""

import re
from collections.abc import Mapping, Sequence

from lmiforall.base.dataset import LeftOut
from lmiforall.watch.other_readers import Page

# The years that can stand in a heading.
YEARS = range(1990, 2061)


class Excuses:
    """The rules of a dataset that may hold for one of its sources."""

    def __init__(self, rules: Sequence[LeftOut], source: str) -> None:
        self._rules = [rule for rule in rules if re.fullmatch(rule.source, source)]
        self._pages: dict[str, _Texts] = {}

    def because(self, page: Page, row: int, column: int, value: float) -> str | None:
        """Say why a cell (counted from 0) is left out; None where no rule says so."""
        texts = self._pages.get(page.name) or self._pages.setdefault(page.name, _Texts(page))
        return next((rule.because for rule in self._rules if _holds(rule, texts, row, column, value)), None)


class _Texts:
    """The texts of a page by row and by column, each on a line; gathered when a rule first asks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._rows: dict[int, str] = {}
        self._columns: Mapping[int, list[tuple[int, str]]] | None = None

    def of_row(self, row: int) -> str:
        if row not in self._rows:
            self._rows[row] = "\n".join(cell.strip() for cell in self.page.rows[row] if isinstance(cell, str))
        return self._rows[row]

    def above(self, row: int, column: int) -> str:
        if self._columns is None:
            self._columns = self._by_column()
        return "\n".join(text for place, text in self._columns.get(column, ()) if place < row)

    def _by_column(self) -> Mapping[int, list[tuple[int, str]]]:
        found: dict[int, list[tuple[int, str]]] = {}
        for row, cells in enumerate(self.page.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    found.setdefault(column, []).append((row, cell.strip()))
        return found


def _holds(rule: LeftOut, texts: _Texts, row: int, column: int, value: float) -> bool:
    """Say whether all that a rule asks for is so; the cheapest is asked first."""
    if not re.fullmatch(rule.sheet, texts.page.name):
        return False
    if rule.rows and not rule.rows[0] <= row + 1 <= rule.rows[1]:
        return False
    if rule.columns and not rule.columns[0] <= column + 1 <= rule.columns[1]:
        return False
    if rule.years and not (value.is_integer() and int(value) in YEARS):
        return False
    if rule.row_text and not re.search(rule.row_text, texts.of_row(row), re.MULTILINE):
        return False
    return not rule.column_text or re.search(rule.column_text, texts.above(row, column), re.MULTILINE) is not None
