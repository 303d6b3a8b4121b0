"""A row of a dataset -> what v2 gives for it: a figure with its unit, status, quality and origin; or a record.

Rule 1: a key that has nothing to say is left out (no mark, no rule, no quality, no interval).
Rule 2: a missing value is ``null``; its status says why.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import msgspec

from lmiforall.base.sheet import letters
from lmiforall.release.opened import Opened

# The numbers of one row, as ``Opened.at`` gives them.
Numbers = tuple[Any, ...]


# What is left out of a figure where it is this.
_NOTHING = {"mark": "", "withheld_by": "", "quality": None, "interval": None, "origin": None}
# What an entry says for which it stands in, if it does (see `coarser`).
INSTEAD_OF = "instead_of"


class Entry(Protocol):
    """One figure or record: a Struct whose class, one for each dataset, has the keys in their order."""

    @property
    def status(self) -> str: ...


Maker = Callable[[int], Entry]


class _Quality(msgspec.Struct, omit_defaults=True):
    kind: str
    value: float
    mark: str = ""


class _Interval(msgspec.Struct):
    lower: float
    upper: float
    level: float


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
    # PERF: all that is the same for every row is looked up once: 1.6 us for a figure where it took 3.7
    # (bench/answers.py, v2 figure).
    at, value = opened.at, opened.places["value"]
    codes = [(opened.places[name], opened.words[name]) for name in opened.keys]
    units = {measure.name: measure.unit for measure in opened.dataset.measures}
    said = {"status": _word(opened, "status"), **_if_any(opened), "origin": _origin(opened)}
    keys = [(name, Any) for name in (*opened.keys, "value", "unit", "status")]
    optional = [(name, Any, _NOTHING[name]) for name in said if name in _NOTHING]
    optional.append((INSTEAD_OF, Any, None))
    entry: Any = msgspec.defstruct("Figure", [*keys, *optional], omit_defaults=True)
    parts = list(said.values())

    def make(row: int) -> Entry:
        numbers = at(row)
        given = [words[numbers[place]] for place, words in codes]
        made: Entry = entry(*given, numbers[value], units[given[-1]], *[part(numbers) for part in parts])
        return made

    return make


def _if_any(opened: Opened) -> dict[str, Callable[[Numbers], Any]]:
    """Prepare what some datasets have: the publisher's mark, the rule that withheld, quality, interval."""
    found: dict[str, Callable[[Numbers], Any]] = {"mark": _word(opened, "mark")}
    if "withheld_by" in opened.places:
        found["withheld_by"] = _word(opened, "withheld_by")
    if "quality" in opened.places:
        found["quality"] = _quality(opened)
    if "lower" in opened.places:
        found["interval"] = _interval(opened)
    return found


def _interval(opened: Opened) -> Callable[[Numbers], _Interval | None]:
    """Prepare what gives the interval of a figure, where it has one."""
    lower, upper, level = opened.places["lower"], opened.places["upper"], opened.dataset.interval_level
    return lambda numbers: _Interval(low, numbers[upper], level) if (low := numbers[lower]) == low else None


def _word(opened: Opened, name: str) -> Callable[[Numbers], str]:
    place, words = opened.places[name], opened.words[name]
    return lambda numbers: words[numbers[place]]


def _quality(opened: Opened) -> Callable[[Numbers], _Quality | None]:
    """Prepare what gives the quality of a figure, where its measure has one."""
    kinds = {measure.name: measure.quality for measure in opened.dataset.measures}
    by_number = [kinds[name] for name in opened.words["measure"]]
    measure, value, mark = opened.places["measure"], opened.places["quality"], _word(opened, "quality_mark")
    return lambda numbers: (
        _Quality(by_number[numbers[measure]], numbers[value], mark(numbers)) if by_number[numbers[measure]] else None
    )


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


def _records(opened: Opened) -> Maker:
    fields = [field for field in opened.dataset.fields if field.name in opened.arrays]
    parts = [_field(opened, field.name, field.kind) for field in fields]
    keys = [*opened.dimensions, *(field.name for field in fields), "status", "origin"]
    entry: Any = msgspec.defstruct("Record", keys)
    codes = [(opened.places[name], opened.words[name]) for name in (*opened.dimensions, "status")]
    at, origin = opened.at, _origin(opened)

    def make(row: int) -> Entry:
        numbers = at(row)
        *given, status = [words[numbers[place]] for place, words in codes]
        made: Entry = entry(*given, *[part(row) for part in parts], status, origin(numbers))
        return made

    return make


def _field(opened: Opened, name: str, kind: str) -> Callable[[int], Any]:
    if kind == "number":
        return lambda row: opened.number(name, row)
    if kind == "texts":
        return lambda row: json.loads(opened.text(name, row))
    return lambda row: opened.text(name, row)
