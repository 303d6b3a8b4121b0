"""Figures of datasets -> linked cells: what is published of each cell, and the lines in which cells add up.

Rule 1: cells of the same statistic and codes are one cell, whichever dataset, basis or release gives them.
Rule 2: a line is a total and its parts; where a part isn't published at all, or the total is declared to hold
more, the total is only known to be no less than the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import SECONDARY, Adds, Dataset
from lmiforall.base.status import Status

Array = np.ndarray[Any, Any]
Codes = tuple[str, ...]


# How much dearer a figure is that is to be withheld last; more than any figure is beside another.
DEAR = 1e6

_NIL = {str(Status.NEGLIGIBLE), str(Status.NOT_APPLICABLE)}


@dataclass(frozen=True)
class Figure:
    """One published figure: its codes, what is known of it, and where it stands (``row`` of its frame).

    ``held`` is the figure that this service withheld itself, where it knows it.
    """

    codes: Codes
    lower: float
    upper: float
    withheld: bool
    held: float
    row: int


@dataclass(frozen=True, eq=False)
class Linked:
    """Cells that hang together.

    ``matrix`` has a line in each row: 1 at the total, -1 at its parts; ``more`` says which totals hold more than
    their parts. ``lower`` and ``upper`` are what is published of each cell, ``held`` its figure where it is withheld
    and known here (else NaN), ``cost`` what is lost if it is withheld. ``rows`` are the rows of each cell in the
    frame that it was made from.
    """

    title: str
    dims: Sequence[str]
    codes: Sequence[Codes]
    rows: Sequence[Sequence[int]]
    lower: Array
    upper: Array
    held: Array
    withheld: Array
    cost: Array
    matrix: csr_array
    more: Array

    def name(self, cell: int) -> str:
        """Write a cell as a person would look it up."""
        return f"{self.title}: {', '.join(map('='.join, zip(self.dims, self.codes[cell], strict=True)))}"


# A dataset, one of its rules, its frame, and the figures before any was withheld, where they are known.
Part = tuple[Dataset, Adds, pl.DataFrame, Array | None]


def linked(parts: Iterable[Part], mark: str = "") -> Iterator[Linked]:
    """Give the linked cells of datasets and their rules of adding up, a table for each combination of other codes.

    ``mark`` tells two editions of the same statistic apart.
    """
    tables: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    rules: dict[tuple[str, ...], tuple[Dataset, Adds, Sequence[str]]] = {}
    for dataset, rule, frame, held in parts:
        dims = _dims(dataset, rule)
        for key, figures in _figures(dataset, rule, dims, frame, held).items():
            tables[key] += figures
            rules.setdefault(key, (dataset, rule, dims))
    for key in sorted(tables):
        yield _link(" ".join([*key, mark]).strip(), *rules[key], tables[key])


def others(dataset: Dataset, rule: Adds) -> Sequence[str]:
    """Name the dimensions along which nothing adds up: each combination of their codes is a table of its own."""
    return [one.name for one in dataset.dimensions if one.name not in _dims(dataset, rule)]


def _dims(dataset: Dataset, rule: Adds) -> Sequence[str]:
    adding = {*rule.along, *(name for name, _, _ in rule.sums)}
    return [dimension.name for dimension in dataset.dimensions if dimension.name in adding]


def _figures(
    dataset: Dataset, rule: Adds, dims: Sequence[str], frame: pl.DataFrame, held: Array | None
) -> Mapping[tuple[str, ...], list[Figure]]:
    """Sort the figures of one rule into tables: by the codes of the dimensions along which nothing adds up."""
    fixed = others(dataset, rule)
    text = [pl.col(name).cast(pl.String) for name in (*dims, *fixed, "status")]
    kept = frame.with_row_index("place").with_columns(pl.Series("held", held if held is not None else frame["value"]))
    chosen = kept.filter(
        pl.col("measure").cast(pl.String) == rule.measure,
        *(pl.col(name).cast(pl.String).is_in(list(codes)) for name, codes in rule.where),
    )
    own = pl.col("withheld_by").cast(pl.String) if "withheld_by" in frame.columns else pl.lit("")
    rows = chosen.select(*text, own.alias("by"), "value", "held", "place")
    half, many, tables = rule.rounded_to / 2, len(dims), defaultdict(list)
    for *codes, status, by, value, figure, place in rows.iter_rows():
        key = _key(dataset, rule, dict(zip(fixed, codes[many:], strict=True)))
        lower, upper = _known(value, status, half)
        primary = status == Status.SUPPRESSED and by != SECONDARY
        truth = figure if primary and figure is not None else np.nan
        tables[key].append(Figure(tuple(codes[:many]), lower, upper, primary, truth, place))
    return tables


def _known(value: float | None, status: str, half: float) -> tuple[float, float]:
    if value is not None:
        return max(value - half, 0.0) if value >= 0 else value - half, value + half
    return 0.0, half if status in _NIL else np.inf


def _key(dataset: Dataset, rule: Adds, codes: dict[str, str]) -> tuple[str, ...]:
    for name, here, there in rule.read_as:
        if codes.get(name, "") == here:
            codes[name] = there
    return (rule.statistic or f"{dataset.name} {rule.measure}", *(codes[name] for name in sorted(codes)))


def _link(title: str, dataset: Dataset, rule: Adds, dims: Sequence[str], figures: Sequence[Figure]) -> Linked:
    by_codes: dict[Codes, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_codes[figure.codes].append(figure)
    codes = sorted(by_codes)
    several = [by_codes[one] for one in codes]
    lower = np.array([max(one.lower for one in same) for same in several])
    upper = np.array([min(one.upper for one in same) for same in several])
    held = np.array([next((one.held for one in same if not np.isnan(one.held)), np.nan) for same in several])
    lines = list(_lines(dataset, rule, dims, codes))
    return Linked(
        title, dims, codes, [[one.row for one in same] for same in several], lower, upper, held,
        np.array([any(one.withheld for one in same) for same in several]),
        _cost(rule, dims, codes, lower, upper), _matrix(lines, len(codes)),
        np.array([more for _, _, more in lines], bool),
    )  # fmt: skip


def _cost(rule: Adds, dims: Sequence[str], codes: Sequence[Codes], lower: Array, upper: Array) -> Array:
    """Value figures by their size, so that small groups go before wide ones."""
    size = np.where(np.isfinite(upper), (lower + np.where(np.isfinite(upper), upper, 0)) / 2, 0)
    dear = [(dims.index(name), code) for name, code in rule.last if name in dims]
    last = np.array([any(one[place] == code for place, code in dear) for one in codes], bool)
    cost: Array = np.sqrt(size + 1) * np.where(last, DEAR, 1)
    return cost


def _lines(
    dataset: Dataset, rule: Adds, dims: Sequence[str], codes: Sequence[Codes]
) -> Iterator[tuple[int, Sequence[int], bool]]:
    """Give every total with its parts, and whether it holds more than they do."""
    place_of = {one: place for place, one in enumerate(codes)}
    for name, family in _families(dataset, rule):
        at = dims.index(name)
        for one in codes:
            if one[at] not in family:
                continue
            parts, whole = _parts(family, one, at, place_of)
            if parts:
                yield place_of[one], parts, name in rule.more or not whole


def _parts(
    family: Mapping[str, Sequence[str]], total: Codes, at: int, place_of: Mapping[Codes, int]
) -> tuple[Sequence[int], bool]:
    """Give the cells that make up a total, and whether these are all: a part that isn't there is made up of its own."""
    found, whole = [], True
    for part in family.get(total[at], ()):
        one = (*total[:at], part, *total[at + 1 :])
        if one in place_of:
            found.append(place_of[one])
        else:
            below, all_of_it = _parts(family, one, at, place_of)
            found += below
            whole &= all_of_it and bool(below)
    return found, whole


def _families(dataset: Dataset, rule: Adds) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """Give for each dimension the parts of each code; the declared totals one by one."""
    for name in rule.along:
        codes = dataset.dimension(name).codes
        if not isinstance(codes, CodeList):
            raise TypeError(f"{dataset.name}: figures can't add up along {name}, which has no list of codes")
        children: dict[str, list[str]] = defaultdict(list)
        for entry in codes.codes:
            if parent := entry.parent or (codes.whole if entry.code != codes.whole else ""):
                children[parent].append(entry.code)
        yield name, children
    for name, total, parts in rule.sums:
        yield name, {total: parts}


def _matrix(lines: Sequence[tuple[int, Sequence[int], bool]], cells: int) -> csr_array:
    rows = [row for row, (_, parts, _) in enumerate(lines) for _ in range(len(parts) + 1)]
    columns = [place for total, parts, _ in lines for place in (total, *parts)]
    signs = [sign for _, parts, _ in lines for sign in (1.0, *[-1.0] * len(parts))]
    return csr_array((signs, (rows, columns)), shape=(len(lines), cells))
