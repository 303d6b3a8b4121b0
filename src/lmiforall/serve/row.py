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

# The numbers of one row, as ``Opened.at`` gives them.
Numbers = tuple[Any, ...]


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
def maker(opened: Opened) -> Callable[[int], Any]:
    """Prepare what makes an entry of an answer from the number of a row, ready to be encoded."""
    return _figures(opened) if opened.dataset.of_figures else _records(opened)


def _figures(opened: Opened) -> Callable[[int], Any]:
    # PERF: all that is the same for every row is looked up once, and a Struct is encoded faster than a dict: 3 us
    # for a figure instead of 6 (bench/answers.py, v2 figure).
    at, keys = opened.at, [(opened.places[name], opened.words[name]) for name in opened.keys]
    units = {measure.name: measure.unit for measure in opened.dataset.measures}
    value, entry = opened.places["value"], _entry(opened)
    status, mark, rule = _word(opened, "status"), _word(opened, "mark"), _word(opened, "withheld_by")
    quality, interval, origin = _quality(opened), _interval(opened), _origin(opened)

    def make(row: int) -> Any:
        numbers = at(row)
        codes = [words[numbers[place]] for place, words in keys]
        measure = codes[-1]
        return entry(
            *codes, numbers[value], units[measure], status(numbers), mark(numbers), rule(numbers),
            quality(numbers, measure), interval(numbers), origin(numbers),
        )  # fmt: skip

    return make


def _entry(opened: Opened) -> type[msgspec.Struct]:
    """Declare the keys of a dataset's figures, in their order; NaN is encoded as null."""
    codes = [(name, str) for name in opened.keys]
    fixed = [("value", float), ("unit", str), ("status", str)]
    optional = [("mark", str, ""), ("withheld_by", str, ""), ("quality", Any, None), ("interval", Any, None)]
    return msgspec.defstruct("Figure", [*codes, *fixed, *optional, ("origin", Any, None)], omit_defaults=True)


def _word(opened: Opened, name: str) -> Callable[[Numbers], str]:
    """Prepare what gives the word of a coded column; nothing where there is no such column."""
    if name not in opened.places:
        return lambda _: ""
    place, words = opened.places[name], opened.words[name]
    return lambda numbers: words[numbers[place]]


def _quality(opened: Opened) -> Callable[[Numbers, str], _Quality | None]:
    if "quality" not in opened.places:
        return lambda _, __: None
    kinds = {measure.name: measure.quality for measure in opened.dataset.measures}
    place, mark = opened.places["quality"], _word(opened, "quality_mark")
    return lambda numbers, measure: _Quality(kinds[measure], numbers[place], mark(numbers)) if kinds[measure] else None


def _interval(opened: Opened) -> Callable[[Numbers], _Interval | None]:
    if "lower" not in opened.places:
        return lambda _: None
    lower, upper = opened.places["lower"], opened.places["upper"]
    return lambda numbers: _Interval(numbers[lower], numbers[upper])


def _origin(opened: Opened) -> Callable[[Numbers], Any]:
    """Prepare what says where a row stands: file, sheet and cell (or row); or the method and its inputs."""
    if "file" not in opened.places:
        method = {"method": opened.entry["method"], "inputs": opened.entry["inputs"]}
        return lambda _: method
    file, sheet, row = _word(opened, "file"), _word(opened, "sheet"), opened.places["row"]
    if "column" not in opened.places:
        return lambda numbers: _Line(file(numbers), sheet(numbers), numbers[row])
    column = opened.places["column"]
    return lambda numbers: _Cell(file(numbers), sheet(numbers), f"{letters(numbers[column] - 1)}{numbers[row]}")


def _records(opened: Opened) -> Callable[[int], Any]:
    names = opened.dimensions
    fields = {field.name: _field(opened, field.name, field.kind) for field in opened.dataset.fields}
    here: Mapping[str, Callable[[int], Any]] = {name: fields[name] for name in fields if name in opened.arrays}
    at, origin = opened.at, _origin(opened)

    def make(row: int) -> Any:
        codes = {name: opened.word(name, row) for name in names}
        given = {name: field(row) for name, field in here.items()}
        return {**codes, **given, "status": opened.word("status", row), "origin": origin(at(row))}

    return make


def _field(opened: Opened, name: str, kind: str) -> Callable[[int], Any]:
    if kind == "number":
        return lambda row: opened.number(name, row)
    if kind == "texts":
        return lambda row: json.loads(opened.text(name, row))
    return lambda row: opened.text(name, row)
