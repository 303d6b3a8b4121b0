"""Which declaration leaves a cell out, if any: the rules of ``LeftOut``, interpreted over a page."""

import re
from collections.abc import Sequence
from functools import cached_property

from lmiforall.base.dataset import LeftOut
from lmiforall.watch.other_readers import Page

# The years that can stand in a heading.
YEARS = range(1990, 2061)


class Excuses:
    """The rules of a dataset that may hold on one page of one source."""

    def __init__(self, rules: Sequence[LeftOut], source: str, page: Page) -> None:
        self._rules = [
            rule for rule in rules if re.fullmatch(rule.source, source) and re.fullmatch(rule.sheet, page.name)
        ]
        self._page = page
        self._row_texts: dict[int, str] = {}

    def because(self, row: int, column: int, value: float) -> str | None:
        """Say why a cell (counted from 0) is left out; None where no rule says so."""
        return next((rule.because for rule in self._rules if self._holds(rule, row, column, value)), None)

    def _holds(self, rule: LeftOut, row: int, column: int, value: float) -> bool:
        if rule.rows and not rule.rows[0] <= row + 1 <= rule.rows[1]:
            return False
        if rule.columns and not rule.columns[0] <= column + 1 <= rule.columns[1]:
            return False
        if rule.years and not (value.is_integer() and int(value) in YEARS):
            return False
        if rule.row_text and not re.search(rule.row_text, self._row_text(row), re.MULTILINE):
            return False
        return (
            not rule.column_text
            or re.search(rule.column_text, self._column_text(row, column), re.MULTILINE) is not None
        )

    def _row_text(self, row: int) -> str:
        """Give the texts of a row, each on a line."""
        if row not in self._row_texts:
            self._row_texts[row] = "\n".join(
                str(cell).strip() for cell in self._page.rows[row] if isinstance(cell, str)
            )
        return self._row_texts[row]

    def _column_text(self, row: int, column: int) -> str:
        """Give the texts above a cell, each on a line."""
        return "\n".join(text for place, text in self._texts_by_column.get(column, ()) if place < row)

    @cached_property
    def _texts_by_column(self) -> dict[int, list[tuple[int, str]]]:
        found: dict[int, list[tuple[int, str]]] = {}
        for row, cells in enumerate(self._page.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    found.setdefault(column, []).append((row, cell.strip()))
        return found
