"""A row of a dataset -> what v2 gives for it: a figure with its unit, status, quality and origin; or a record.

Rule 1: a key that has nothing to say is left out (no mark, no rule, no quality, no interval).
Rule 2: a missing value is ``null``; its status says why.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from lmiforall.base.sheet import letters
from lmiforall.release.opened import Opened

Maker = Callable[[int], Any]


class _Quality(msgspec.Struct, omit_defaults=True):
    kind: str
    value: float
    mark: str = ""


class _Interval(msgspec.Struct):
    lower: float
    upper: float
    level: float = 0.95


class _Cell(msgspec.Struct):
    file: str
    sheet: str
    cell: str


class _Line(msgspec.Struct):
    file: str
    sheet: str
    row: int


@cache
def maker(opened: Opened) -> Maker:
    """Prepare what makes an entry of an answer from the number of a row, ready to be encoded."""
    return _figures(opened) if opened.dataset.of_figures else _records(opened)


def _figures(opened: Opened) -> Maker:
    # PERF: all that is the same for every row is looked up once, and a Struct is encoded faster than a dict: 4 us
    # for a figure instead of 6 (bench/answers.py, v2 figure).
    keys = [(opened.views[name], opened.words[name]) for name in opened.keys]
    units = {measure.name: measure.unit for measure in opened.dataset.measures}
    values, entry = opened.views["value"], _entry(opened)
    status, mark, rule = _word(opened, "status"), _word(opened, "mark"), _word(opened, "withheld_by")
    quality, interval, origin = _quality(opened), _interval(opened), _origin(opened)

    def make(row: int) -> Any:
        codes = [words[view[row]] for view, words in keys]
        measure = codes[-1]
        return entry(
            *codes, values[row], units[measure], status(row), mark(row), rule(row),
            quality(row, measure), interval(row), origin(row),
        )  # fmt: skip

    return make


def _entry(opened: Opened) -> type[msgspec.Struct]:
    """Declare the keys of a dataset's figures, in their order; NaN is encoded as null."""
    codes = [(name, str) for name in opened.keys]
    fixed = [("value", float), ("unit", str), ("status", str)]
    optional = [("mark", str, ""), ("withheld_by", str, ""), ("quality", Any, None), ("interval", Any, None)]
    return msgspec.defstruct("Figure", [*codes, *fixed, *optional, ("origin", Any, None)], omit_defaults=True)


def _word(opened: Opened, name: str) -> Callable[[int], str]:
    """Prepare what gives the word of a coded column; nothing where there is no such column."""
    if name not in opened.arrays:
        return lambda _: ""
    view, words = opened.views[name], opened.words[name]
    return lambda row: words[view[row]]


def _quality(opened: Opened) -> Callable[[int, str], _Quality | None]:
    kinds = {measure.name: measure.quality for measure in opened.dataset.measures}
    if "quality" not in opened.arrays:
        return lambda _, __: None
    values, mark = opened.views["quality"], _word(opened, "quality_mark")
    return lambda row, measure: _Quality(kinds[measure], values[row], mark(row)) if kinds[measure] else None


def _interval(opened: Opened) -> Callable[[int], _Interval | None]:
    if "lower" not in opened.arrays:
        return lambda _: None
    lower, upper = opened.views["lower"], opened.views["upper"]
    return lambda row: _Interval(lower[row], upper[row])


def _origin(opened: Opened) -> Maker:
    """Prepare what says where a row stands: file, sheet and cell (or row); or the method and its inputs."""
    if "file" not in opened.arrays:
        method = {"method": opened.entry["method"], "inputs": opened.entry["inputs"]}
        return lambda _: method
    file, sheet, rows = _word(opened, "file"), _word(opened, "sheet"), opened.views["row"]
    if "column" not in opened.arrays:
        return lambda row: _Line(file(row), sheet(row), rows[row])
    columns = opened.views["column"]
    return lambda row: _Cell(file(row), sheet(row), f"{letters(columns[row] - 1)}{rows[row]}")


def _records(opened: Opened) -> Maker:
    names = opened.dimensions
    fields = {field.name: _field(opened, field.name, field.kind) for field in opened.dataset.fields}
    here: Mapping[str, Maker] = {name: field for name, field in fields.items() if name in opened.arrays}
    origin = _origin(opened)

    def make(row: int) -> Any:
        codes = {name: opened.word(name, row) for name in names}
        texts = {name: field(row) for name, field in here.items()}
        return {**codes, **texts, "status": opened.word("status", row), "origin": origin(row)}

    return make


def _field(opened: Opened, name: str, kind: str) -> Maker:
    if kind == "number":
        return lambda row: opened.number(name, row)
    if kind == "texts":
        return lambda row: json.loads(opened.text(name, row))
    return lambda row: opened.text(name, row)
