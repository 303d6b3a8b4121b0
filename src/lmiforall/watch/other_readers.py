"""A publisher's file -> its numeric cells, read by other programs than the build's: openpyxl, xlrd, csv, pyarrow, json.

Only what a person sees: hidden sheets are not read. Dates and yes/no are no numbers.
"""

import csv
import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlrd
from pyarrow import parquet

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, eq=False)
class Page:
    """One visible sheet: its name and its rows, a cell as the reader gives it."""

    name: str
    rows: Rows


def pages(path: Path, dialect: str) -> tuple[Page, ...]:
    """Read the visible sheets of a file."""
    return tuple(_READERS[dialect](path))


def number(cell: object, dialect: str) -> float | None:
    """Give a cell as a number, or None: the cells of a CSV are texts, and a number there is what reads as one."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if cell == cell and abs(cell) != float("inf") else None  # noqa: PLR0124 - NaN
    if dialect == "csv" and isinstance(cell, str):
        return _from_text(cell)
    return None


def _from_text(text: str) -> float | None:
    # PERF: most texts of a CSV begin with a letter; float() would raise for each of them.
    if not text or text[0].isalpha():
        return None
    try:
        found = float(text)
    except ValueError:
        return None
    return number(found, "")


def _workbook(path: Path) -> Iterator[Page]:
    if path.suffix == ".xls":
        yield from _old_workbook(path)
        return
    with warnings.catch_warnings():
        # It warns of print areas and page footers, which hold no cells.
        warnings.filterwarnings("ignore", module="openpyxl")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                # SOURCE: Nomis writes into a workbook that its sheet is one cell large, whatever it holds.
                if (sheet.max_row, sheet.max_column) == (1, 1):
                    sheet.reset_dimensions()
                yield Page(sheet.title, list(sheet.iter_rows(values_only=True)))
        book.close()


def _old_workbook(path: Path) -> Iterator[Page]:
    book = xlrd.open_workbook(path)
    kinds = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT)
    for sheet in book.sheets():
        if sheet.visibility == 0:
            yield Page(
                sheet.name,
                [
                    [value if kind in kinds else None for value, kind in zip(*pair, strict=True)]
                    for pair in ((sheet.row_values(row), sheet.row_types(row)) for row in range(sheet.nrows))
                ],
            )


def _csv(path: Path) -> Iterator[Page]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield Page(path.stem, list(csv.reader(stream)))


def _json(path: Path) -> Iterator[Page]:
    found = json.loads(path.read_bytes())
    entries: Sequence[Mapping[str, Any]] = found if isinstance(found, list) else [found]
    keys = list(dict.fromkeys(key for entry in entries for key in entry))
    yield Page(path.stem, [keys, *([entry.get(key) for key in keys] for entry in entries)])


def _nested_json(path: Path) -> Iterator[Page]:
    """Take nested keys apart with a stack, deepest first turned round, so that rows come in the file's order."""
    rows: list[tuple[list[str], Mapping[str, Any]]] = []
    waiting: list[tuple[list[str], Any]] = [([], json.loads(path.read_bytes()))]
    while waiting:
        way, here = waiting.pop()
        if isinstance(here, list):
            rows += [(way, entry) for entry in here]
        else:
            waiting += [([*way, key], below) for key, below in reversed(here.items())]
    depth = max(len(way) for way, _ in rows)
    keys = list(dict.fromkeys(key for _, entry in rows for key in entry))
    lines = [[*way, *[""] * (depth - len(way)), *(entry.get(key) for key in keys)] for way, entry in rows]
    yield Page(path.stem, [[f"key {place + 1}" for place in range(depth)] + keys, *lines])


def _parquet(path: Path) -> Iterator[Page]:
    table = parquet.read_table(path)
    columns = [column.to_pylist() for column in table.columns]
    yield Page(path.stem, [table.column_names, *zip(*columns, strict=True)])


_READERS: Mapping[str, Callable[[Path], Iterator[Page]]] = {
    "workbook": _workbook,
    "shaded_workbook": _workbook,
    "csv": _csv,
    "json": _json,
    "nested_json": _nested_json,
    "parquet": _parquet,
}
