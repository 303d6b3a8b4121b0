"""Bytes -> cells, one function for each kind of file that publishers use."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast
from zipfile import BadZipFile

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.sheet import Book, Cell, Sheet
from lmiforall.base.table import File
from lmiforall.extract import compound

# SOURCE: the ways in which Excel draws a grey over a cell; a solid fill is a background and says nothing.
SHADES = {"lightGray", "mediumGray", "darkGray", "gray125", "gray0625"}


def books(root: Path, dataset: Dataset, files: Sequence[File]) -> Iterator[Book]:
    """Open a dataset's files one after another; files that give a quality come inside of their partner."""
    qualities = {source.name for source in dataset.sources if source.quality_of}
    for file in files:
        if file.source not in qualities:
            quality = _book(root, dataset, file, file.quality_path) if file.quality_path else None
            yield _book(root, dataset, file, file.path, quality)


def _book(root: Path, dataset: Dataset, file: File, path: str, quality: Book | None = None) -> Book:
    read = DIALECTS[dataset.source(file.source).dialect]
    try:
        sheets = read(root / path, path)
    except (OSError, ValueError, csv.Error, BadZipFile, CalamineError, pl.exceptions.PolarsError) as error:
        raise Stop(
            Problem(
                f"it can't be read: {error}",
                f"dataset {dataset.name}, file {path}",
                "Is the transfer cut short? Fetch it again.",
            )
        ) from error
    return Book(file.source, path, sheets, file.edition, quality)


def _workbook(path: Path, name: str) -> Mapping[str, Sheet]:
    # calamine panics on an old workbook that was cut short, in a way that nothing here could catch.
    if compound.is_compound(path) and compound.cut_short(path):
        raise ValueError("it is cut short")
    book = CalamineWorkbook.from_path(path)
    sheets = {}
    for about in book.sheets_metadata:
        visible = about.visible == SheetVisibleEnum.Visible
        # PERF: a hidden sheet is never read, so it isn't parsed: a sixth of a projections workbook (bench/build.py).
        cells = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False) if visible else ()
        sheets[about.name] = Sheet(name, about.name, cast(Sequence[Sequence[Cell]], cells), visible)
    return sheets


def _shaded_workbook(path: Path, name: str) -> Mapping[str, Sheet]:
    """Read a workbook with the places of its shaded cells, which only openpyxl can tell."""
    book = openpyxl.load_workbook(path)
    return {
        title: replace(sheet, shaded=frozenset(_shaded(book[title]))) for title, sheet in _workbook(path, name).items()
    }


def _shaded(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(sheet.iter_rows()):
        yield from ((row, column) for column, cell in enumerate(cells) if cell.fill.fill_type in SHADES)


def _csv(path: Path, name: str) -> Mapping[str, Sheet]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = list(csv.reader(stream, strict=True))
    for place, row in enumerate(cells):
        if len(row) != len(cells[0]):
            raise ValueError(f"line {place + 1} has {len(row)} cells where the first has {len(cells[0])}")
    return {path.stem: Sheet(name, path.stem, cells)}


def _json(path: Path, name: str) -> Mapping[str, Sheet]:
    """Lay a list of flat objects out as a table under its keys; anything nested stays JSON text in a cell."""
    found = json.loads(path.read_text("utf-8"))
    objects = found if isinstance(found, list) else [found]
    keys = list(dict.fromkeys(key for entry in objects for key in entry))
    rows: list[list[Cell]] = [list(keys)]
    rows += [[_flat(entry.get(key)) for key in keys] for entry in objects]
    return {path.stem: Sheet(name, path.stem, rows)}


def _nested_json(path: Path, name: str) -> Mapping[str, Sheet]:
    """Lay lists of flat objects below nested keys out as one table: the keys on the way, then the object's own."""
    found = list(_lists(json.loads(path.read_text("utf-8")), ()))
    depth = max((len(way) for way, _ in found), default=0)
    keys = list(dict.fromkeys(key for _, entry in found for key in entry))
    rows: list[list[Cell]] = [[*(f"key {place + 1}" for place in range(depth)), *keys]]
    for way, entry in found:
        rows.append([*way, *[""] * (depth - len(way)), *(_flat(entry.get(key)) for key in keys)])
    return {path.stem: Sheet(name, path.stem, rows)}


def _lists(found: object, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, object]]]:
    """Walk down the keys to the lists; anything else than an object in a list is refused."""
    if isinstance(found, dict):
        for key, below in found.items():
            yield from _lists(below, (*way, key))
    elif isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
        yield from ((way, entry) for entry in found)
    else:
        raise ValueError(f"no list of objects stands at {'/'.join(way)}")


def _flat(value: object) -> Cell:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return cast(Cell, value)


def _parquet(path: Path, name: str) -> Mapping[str, Sheet]:
    frame = pl.read_parquet(path)
    cells = [list(frame.columns), *map(list, frame.rows())]
    return {path.stem: Sheet(name, path.stem, cast(Sequence[Sequence[Cell]], cells))}


DIALECTS: Mapping[str, Callable[[Path, str], Mapping[str, Sheet]]] = {
    "workbook": _workbook,
    "shaded_workbook": _shaded_workbook,
    "csv": _csv,
    "json": _json,
    "nested_json": _nested_json,
    "parquet": _parquet,
}
