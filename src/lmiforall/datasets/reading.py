"""Cells -> a Table: runs a dataset's reader over its books and holds the result against the declaration.

Nothing is guessed. An unknown code, a sign that the source doesn't declare, a figure that stands twice or
a file with too few cells stops the build, naming file, sheet and cell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Dataset, Dimension
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.sheet import Block, Book, Cell, Records, Sheet, a1, as_text
from lmiforall.base.status import SHADED, Mark, Status
from lmiforall.base.table import File, Table

STATUSES = tuple(Status)
DIRECT = STATUSES.index(Status.DIRECT)


def read(dataset: Dataset, books: Iterable[Book], files: Sequence[File]) -> Table:
    """Read every book of a dataset; ``files`` describes the same books, in any order."""
    if dataset.read is None:
        raise ValueError(f"dataset {dataset.name} is modelled, it has no reader")
    gather = _Figures(dataset) if dataset.of_figures else _Rows(dataset)
    places: dict[str, dict[str, int]] = {}
    for book in books:
        before = gather.held
        try:
            for part in dataset.read(book):
                gather.add(book, part)
                if isinstance(part, Records):
                    places.setdefault(book.path, {}).update({name: at + 1 for name, at in part.places.items()})
        except Stop as stop:
            raise Stop(*(_in(dataset, problem) for problem in stop.problems)) from stop
        _expect_size(dataset, book, gather.held - before)
    known = tuple(replace(file, places=places.get(file.path, {})) for file in files)
    table = Table(dataset, gather.frame(), known)
    expect(table)
    return table


def expect(table: Table) -> None:
    """Hold a table, read or modelled, against the rows and totals that its dataset declares."""
    dataset, height = table.dataset, table.frame.height
    low, high = dataset.rows
    if not low <= height <= high:
        raise Stop(
            Problem(
                f"{height:,} rows where {low:,} to {high:,} are expected",
                f"dataset {dataset.name}",
                "Is a source halved, doubled or of another shape? If it is right, change `rows` in the declaration.",
            )
        )
    if dataset.of_figures:
        _expect_no_doubles(table)
        for total in dataset.totals:
            chosen = table.frame.filter(
                pl.col("measure").cast(pl.String) == total.measure,
                *(pl.col(name).cast(pl.String) == code for name, code in total.where.items()),
            )
            values = chosen["value"].to_list()
            if values and not (len(values) == 1 and abs((values[0] or 0.0) - total.value) <= total.within):
                where = ", ".join(f"{name}={code}" for name, code in total.where.items())
                raise Stop(
                    Problem(
                        f"{total.measure} for {where} is {values}, and {total.value} was published ({total.because})",
                        f"dataset {dataset.name}",
                        "A shifted row or column, or a revised edition: look before you change the declaration.",
                    )
                )


def _in(dataset: Dataset, problem: Problem) -> Problem:
    if problem.where.startswith("dataset "):
        return problem
    return replace(problem, where=f"dataset {dataset.name}, {problem.where}".rstrip(", "))


def _expect_size(dataset: Dataset, book: Book, held: int) -> None:
    low, high = dataset.source(book.source).holds
    if not low <= held <= high:
        what = "numbers" if dataset.of_figures else "records"
        raise Stop(
            Problem(
                f"{held:,} {what} were read where {low:,} to {high:,} are expected",
                f"dataset {dataset.name}, file {book.path}",
                "Is the file cut short, doubled or of another shape? If it is right, change `holds` of its source.",
            )
        )


def _expect_no_doubles(table: Table) -> None:
    keys = [*(dimension.name for dimension in table.dataset.dimensions), "measure"]
    twice = table.frame.filter(table.frame.select(keys).is_duplicated())
    if twice.height:
        first = twice.row(0, named=True)
        same = twice.filter(*(pl.col(key) == first[key] for key in keys))
        places = [
            f"{row.get('file')}!{row.get('sheet')}!{a1((row.get('row') or 1) - 1, (row.get('column') or 1) - 1)}"
            for row in same.head(3).iter_rows(named=True)
        ]
        raise Stop(
            Problem(
                f"{', '.join(f'{key}={first[key]}' for key in keys)} stands {same.height} times: {'; '.join(places)}",
                f"dataset {table.dataset.name}",
                "Is a file there twice, or does a dimension miss that tells these cells apart?",
            )
        )


@dataclass
class _Codes:
    """Numbers the codes of one dimension as they are met, and refuses those that its list doesn't hold."""

    dimension: Dimension
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, code: str) -> int:
        found = self.numbers.get(code)
        if found is None:
            if code not in self.dimension.codes:
                raise KeyError(code)
            found = self.numbers[code] = len(self.numbers)
        return found

    def series(self, numbers: np.ndarray) -> pl.Series:
        """Turn the numbers into an enumeration in the order of the code list (an open list: sorted)."""
        codes = self.dimension.codes
        met = list(self.numbers)
        ordered = (
            [entry.code for entry in codes.codes if entry.code in self.numbers]
            if isinstance(codes, CodeList)
            else sorted(met)
        )
        place = {code: index for index, code in enumerate(ordered)}
        translate = np.array([place[code] for code in met], dtype=np.uint32)
        return enumeration(self.dimension.name, translate[numbers] if met else numbers, ordered)


def enumeration(name: str, numbers: np.ndarray, words: Sequence[str]) -> pl.Series:
    """Build a column of words from their places in a list."""
    return pl.Series(name, numbers.astype(np.uint32)).cat.to(pl.Enum([str(word) for word in words]))


@dataclass
class _Words:
    """Numbers any words as they are met: file names, sheet names, marks."""

    name: str
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        return self.numbers.setdefault(word, len(self.numbers))

    def series(self, numbers: np.ndarray) -> pl.Series:
        return enumeration(self.name, numbers, list(self.numbers))


@dataclass(frozen=True)
class _Cells:
    """A rectangle as read: values (NaN where none), statuses (-1 where the cell is empty), marks by their numbers."""

    values: np.ndarray
    statuses: np.ndarray
    marks: np.ndarray

    @staticmethod
    def empty(shape: tuple[int, int]) -> "_Cells":
        """Give a rectangle in which nothing stands."""
        return _Cells(np.full(shape, np.nan), np.full(shape, -1, np.int16), np.zeros(shape, np.int64))


class _Figures:
    """Collects Blocks into long columns, one row an observation; ``held`` counts the numbers among them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.held = 0
        self.codes = [_Codes(dimension) for dimension in dataset.dimensions]
        self.measures = tuple(measure.name for measure in dataset.measures)
        self.words = {name: _Words(name) for name in ("mark", "quality_mark", "file", "sheet")}
        self.words["mark"].number("")
        self.words["quality_mark"].number("")
        self.parts: dict[str, list[np.ndarray]] = {}

    def add(self, book: Book, block: Block | Records) -> None:
        if not isinstance(block, Block):
            raise TypeError(f"the reader of {self.dataset.name} gave records for a dataset of figures")
        rows, columns = list(block.rows), list(block.columns)
        if not rows or not columns:
            return
        signs = {mark.sign: mark for mark in self.dataset.source(book.source).marks}
        cells = self._cells(block, block.sheet, rows, columns, signs)
        there = cells.statuses >= 0
        _warn(block, rows, cells)
        if block.sheet.shaded:
            self._shade(block.sheet, rows, columns, signs[SHADED], cells)
        part = {"value": cells.values, "mark": cells.marks}
        if self.dataset.has_quality:
            quality = (
                self._cells(block, block.quality, rows, columns, signs)
                if block.quality
                else _Cells.empty((len(rows), len(columns)))
            )
            part |= {"quality": quality.values, "quality_mark": quality.marks}
            there |= quality.statuses >= 0
            self.held += int(np.isfinite(quality.values).sum())
        self.held += int(np.isfinite(cells.values).sum())
        part["status"] = np.where(cells.statuses < 0, STATUSES.index(Status.NOT_COLLECTED), cells.statuses)
        for codes in self.codes:
            part[codes.dimension.name] = self._along(block, codes, rows, columns)
        part["measure"] = self._measures(block, rows, columns)
        shape = cells.values.shape
        part["row"] = np.broadcast_to(np.array(rows)[:, None] + 1, shape)
        part["column"] = np.broadcast_to(np.array(columns)[None, :] + 1, shape)
        part["file"] = np.full(shape, self.words["file"].number(book.path))
        part["sheet"] = np.full(shape, self.words["sheet"].number(block.sheet.name))
        for name, matrix in part.items():
            self.parts.setdefault(name, []).append(matrix[there])

    def _cells(
        self, block: Block, sheet: Sheet, rows: list[int], columns: list[int], signs: Mapping[str, Mark]
    ) -> "_Cells":
        """Read a rectangle of a block's sheet, or of the sheet of its quality."""
        read = _Cells.empty((len(rows), len(columns)))
        words = self.words["mark" if sheet is block.sheet else "quality_mark"]
        # A blank is no observation, unless its source says what a blank stands for.
        blank = STATUSES.index(signs[""].status) if "" in signs else -1
        for i, row in enumerate(rows):
            line = sheet.cells[row] if row < len(sheet.cells) else ()
            for j, column in enumerate(columns):
                cell = line[column] if column < len(line) else None
                # Most of 4.5 million cells are floats, and so are asked about first.
                if type(cell) is float:
                    read.values[i, j], read.statuses[i, j] = cell, DIRECT
                elif cell is None or cell == "":
                    read.statuses[i, j] = blank
                elif (number := _number(cell)) is not None:
                    read.values[i, j], read.statuses[i, j] = number, DIRECT
                elif (sign := as_text(cell)) in signs:
                    read.statuses[i, j] = STATUSES.index(signs[sign].status)
                    read.marks[i, j] = words.number(sign)
                elif sign:
                    raise _unknown_sign(sheet, row, column, sign, signs)
        return read

    def _shade(self, sheet: Sheet, rows: list[int], columns: list[int], mark: Mark, cells: "_Cells") -> None:
        """Give the numbers in shaded cells the mark and the status that their source says."""
        shaded = np.array([[(row, column) in sheet.shaded for column in columns] for row in rows])
        there = shaded & np.isfinite(cells.values)
        cells.statuses[there] = STATUSES.index(mark.status)
        cells.marks[there] = self.words["mark"].number(mark.sign)

    def _along(self, block: Block, codes: _Codes, rows: list[int], columns: list[int]) -> np.ndarray:
        """Give the numbers of a dimension's codes over a rectangle: down its rows, across its columns, or fixed."""
        name, shape = codes.dimension.name, (len(rows), len(columns))
        if name in block.rows[rows[0]]:
            down = [_number_of(codes, block.rows[row][name], block.sheet, row=row) for row in rows]
            return np.broadcast_to(np.array(down)[:, None], shape)
        if name in block.columns[columns[0]]:
            across = [_number_of(codes, block.columns[column][name], block.sheet, column=column) for column in columns]
            return np.broadcast_to(np.array(across)[None, :], shape)
        fixed = block.fixed.get(name) or codes.dimension.default
        if not fixed:
            raise block.sheet.stop(f"the reader names no {name} for this block", rows[0], columns[0])
        return np.full(shape, _number_of(codes, fixed, block.sheet))

    def _measures(self, block: Block, rows: list[int], columns: list[int]) -> np.ndarray:
        shape = (len(rows), len(columns))
        if "measure" in block.columns[columns[0]]:
            across = [self.measures.index(block.columns[column]["measure"]) for column in columns]
            return np.broadcast_to(np.array(across)[None, :], shape)
        if "measure" in block.rows[rows[0]]:
            down = [self.measures.index(block.rows[row]["measure"]) for row in rows]
            return np.broadcast_to(np.array(down)[:, None], shape)
        return np.full(shape, self.measures.index(block.fixed["measure"]))

    def frame(self) -> pl.DataFrame:
        if not self.parts:
            raise Stop(Problem("its reader found no figure at all", f"dataset {self.dataset.name}"))
        joined = {name: np.concatenate(parts) for name, parts in self.parts.items()}
        columns = [codes.series(joined[codes.dimension.name]) for codes in self.codes]
        columns.append(enumeration("measure", joined["measure"], self.measures))
        columns.append(_floats("value", joined["value"]))
        columns.append(enumeration("status", joined["status"], STATUSES))
        columns.append(self.words["mark"].series(joined["mark"]))
        if self.dataset.has_quality:
            columns.append(_floats("quality", joined["quality"]))
            columns.append(self.words["quality_mark"].series(joined["quality_mark"]))
        columns += [self.words[name].series(joined[name]) for name in ("file", "sheet")]
        columns += [pl.Series(name, joined[name].astype(np.uint32)) for name in ("row", "column")]
        keys = [*(dimension.name for dimension in self.dataset.dimensions), "measure"]
        return pl.DataFrame(columns).sort(keys, maintain_order=True)


class _Rows:
    """Collects Records, one row a record; ``held`` counts them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.held = 0
        self.frames: list[pl.DataFrame] = []

    def add(self, book: Book, records: Block | Records) -> None:
        if not isinstance(records, Records):
            raise TypeError(f"the reader of {self.dataset.name} gave a block for a dataset of records")
        columns = []
        for dimension in self.dataset.dimensions:
            given = [str(code) for code in records.columns[dimension.name]]
            for row, code in zip(records.rows, given, strict=True):
                if code not in dimension.codes:
                    what = f"{code!r} is not a code of {dimension.name} ({dimension.codes.title})"
                    raise records.sheet.stop(what, *_written(records.sheet, code, row, None))
            columns.append(pl.Series(dimension.name, given, dtype=pl.String))
        kinds: dict[str, pl.DataType] = {
            "text": pl.String(),
            "number": pl.Float64(),
            "texts": pl.List(pl.String),
        }
        for name in self.dataset.fields:
            given_values = list(records.columns[name.name])
            if name.kind == "number":
                given_values = [None if value in ("", None) else float(value) for value in given_values]  # type: ignore[arg-type]
            columns.append(pl.Series(name.name, given_values, dtype=kinds[name.kind]))
        height = len(records.rows)
        self.held += height
        columns.append(enumeration("status", np.full(height, DIRECT), STATUSES))
        columns.append(pl.Series("file", [book.path] * height, dtype=pl.String))
        columns.append(pl.Series("sheet", [records.sheet.name] * height, dtype=pl.String))
        columns.append(pl.Series("row", [row + 1 for row in records.rows], dtype=pl.UInt32))
        self.frames.append(pl.DataFrame(columns))

    def frame(self) -> pl.DataFrame:
        if not self.frames:
            raise Stop(Problem("its reader found no record at all", f"dataset {self.dataset.name}"))
        keys = [dimension.name for dimension in self.dataset.dimensions]
        return pl.concat(self.frames).sort(keys, maintain_order=True)


def _number_of(codes: _Codes, code: str, sheet: Sheet, row: int | None = None, column: int | None = None) -> int:
    """Give the number of a code, or stop and name the cell in which it is written."""
    try:
        return codes.number(code)
    except KeyError:
        raise sheet.stop(
            f"{code!r} is not a code of {codes.dimension.name} ({codes.dimension.codes.title})",
            *_written(sheet, code, row, column),
            "Is the code new, or the column another one? A code is never mapped silently.",
        ) from None


def _written(sheet: Sheet, code: str, row: int | None, column: int | None) -> tuple[int | None, int | None]:
    """Find the cell of a row (or column) that a code was read from; a reader may have made it of something else."""
    rows = range(len(sheet.cells)) if row is None else (row,)
    for at in rows if (row, column) != (None, None) else ():
        for place in range(len(sheet.cells[at])) if column is None else (column,):
            if code in sheet.text(at, place):
                return at, place
    return row, None


def _unknown_sign(sheet: Sheet, row: int, column: int, sign: str, signs: Mapping[str, Mark]) -> Stop:
    known = ", ".join(repr(known) for known in signs if known) or "none"
    return sheet.stop(
        f"{sign!r} is neither a number nor a sign that its source declares",
        row,
        column,
        f"Known signs: {known}. Has a column come in or moved?",
    )


def _warn(block: Block, rows: list[int], cells: _Cells) -> None:
    """Give the numbers of the rows that come with a warning its status."""
    for place, row in enumerate(rows) if block.statuses else ():
        if row in block.statuses:
            cells.statuses[place, np.isfinite(cells.values[place])] = STATUSES.index(block.statuses[row])


def _number(cell: Cell) -> float | None:
    """Give a cell as a number, a CSV's text included; None where it is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return float(cell)
    if isinstance(cell, str):
        try:
            number = float(cell)
        except ValueError:
            return None
        return number if np.isfinite(number) else None
    return None


def _floats(name: str, values: np.ndarray) -> pl.Series:
    return pl.Series(name, values.astype(np.float64)).fill_nan(None)
