"""Codes -> the rows that hold them, looked up among rows that are sorted by their codes.

A row's rank is its place among all combinations of codes. Codes of the first keys, one each, leave a range of
ranks and so a range of rows. Where a few combinations of later keys are all that is asked, each is looked up in
the same way; else what is asked of them is looked at row by row.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from lmiforall.release.columns import Array, mapped

Rows = Array | Sequence[int]

# PERF: up to so many rows a Python loop beats NumPy's masks (bench/answers.py, v1 series).
FEW = 200

# PERF: up to so many look-ups, 0.5 us each, beat going through the rows: the five years of one group of people take
# 4 us in place of 7 (bench/answers.py, v1 series).
LOOKED_UP = 12

# Ranks are counted in groups, so few that the table of where each begins has at most so many entries for a row.
ENTRIES = 1.5


@dataclass(frozen=True)
class _Step:
    """One key: its codes' numbers, and how many combinations of the keys after it follow each of them."""

    name: str
    numbers: Mapping[str, int]
    width: int


def save(index: "Index", folder: Path) -> None:
    """Write beside the rows what is looked up, so that a server needn't read every row to work it out."""
    np.save(folder / "begins.npy", index.begins())
    np.save(folder / "inside.npy", index.inside())


def load(folder: Path) -> Mapping[str, Array]:
    """Map what was saved."""
    return {name: mapped(folder / f"{name}.npy") for name in ("begins", "inside")}


@dataclass(frozen=True, eq=False)
class Index:
    """``keys`` name columns of ``table``, whose rows are sorted by them; ``words`` has the codes behind the numbers.

    ``kept`` is what ``load`` gives; without it that is worked out from the rows.
    """

    keys: Sequence[str]
    table: Array
    words: Mapping[str, Sequence[str]]
    kept: Mapping[str, Array] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """For each key: the number behind each code."""
        return {name: {code: place for place, code in enumerate(self.words[name])} for name in self.keys}

    def find(self, wanted: Mapping[str, Sequence[str]]) -> Rows:
        """Give the rows whose codes are among the wanted ones, in their order; a key that isn't named takes any.

        KeyError for a code that stands nowhere.
        """
        least, width, leading = 0, self._combinations, 0
        for step in self._steps:
            codes = wanted.get(step.name)
            if codes is None and len(step.numbers) == 1:
                codes = (*step.numbers,)
            if codes is None or len(codes) != 1:
                break
            width = step.width
            least += step.numbers[codes[0]] * width
            leading += 1
        later = self._steps[leading:]
        rest = [step for step in later if step.name in wanted]
        if not rest:
            return range(*self._between(least, width))
        if ranks := self._few(later[: later.index(rest[-1]) + 1], wanted, least):
            found: list[int] = []
            for rank in ranks:
                found += range(*self._between(rank, rest[-1].width))
            return found
        return self._masked(rest, wanted, *self._between(least, width))

    def _few(self, steps: Sequence[_Step], wanted: Mapping[str, Sequence[str]], least: int) -> Sequence[int]:
        """Give the rank of each combination of codes that is asked for; none where they are too many to look up."""
        ranks: Sequence[int] = (least,)
        for step in steps:
            codes = wanted.get(step.name)
            if codes is not None and len(codes) == 1:
                shift = step.numbers[codes[0]] * step.width
                ranks = [rank + shift for rank in ranks]
                continue
            places = range(len(step.numbers)) if codes is None else sorted({step.numbers[code] for code in codes})
            if len(ranks) * len(places) > LOOKED_UP:
                return ()
            ranks = [rank + place * step.width for rank in ranks for place in places]
        return ranks

    def _between(self, least: int, width: int) -> tuple[int, int]:
        """Give the rows whose ranks lie between ``least`` and ``least + width``, a multiple of it."""
        # PERF: two look-ups, and at most a search within one group: 0.4 us where a search for each key takes 2.5
        # (bench/answers.py, v2 figure).
        group, inside = divmod(least, self._group)
        low, high = self._begins[group], self._begins[group + max(1, width // self._group)]
        if width < self._group:
            low = bisect_left(self._inside, inside, low, high)
            high = bisect_left(self._inside, inside + width, low, high)
        return low, high

    def _masked(self, steps: Sequence[_Step], wanted: Mapping[str, Sequence[str]], low: int, high: int) -> Rows:
        """Keep of some rows those that hold one of the wanted codes of each key."""
        masks = [(self._columns[step.name], [step.numbers[code] for code in wanted[step.name]]) for step in steps]
        if high - low <= FEW:
            kept: Sequence[int] = range(high - low)
            for column, numbers in masks:
                part = column[low:high].tolist()
                kept = [place for place in kept if part[place] in numbers]
            return [low + place for place in kept]
        keep = np.ones(high - low, bool)
        for step, (column, numbers) in zip(steps, masks, strict=True):
            among = np.zeros(len(step.numbers), bool)
            among[numbers] = True
            keep &= among[column[low:high]]
        return np.flatnonzero(keep) + low

    @cached_property
    def _columns(self) -> Mapping[str, Array]:
        return {name: self.table[name] for name in self.keys}

    @cached_property
    def _combinations(self) -> int:
        """How many combinations of codes there are; most have no row."""
        return math.prod(len(self.words[name]) for name in self.keys)

    @cached_property
    def _steps(self) -> Sequence[_Step]:
        """The keys in the order of the search: a key of one code sorts nothing, and so may come first."""
        steps, width = [], self._combinations
        for name in sorted(self.keys, key=lambda name: len(self.words[name]) > 1):
            width //= len(self.words[name])
            steps.append(_Step(name, self.numbers[name], width))
        return steps

    @cached_property
    def _group(self) -> int:
        """How many ranks go into a group: all that share the codes of as many first keys as there is room for."""
        most = ENTRIES * len(self.table)
        widths = [self._combinations, *(step.width for step in self._steps)]
        return min(width for width in widths if self._combinations // width <= max(most, 1))

    @cached_property
    def _begins(self) -> memoryview:
        return (self.kept["begins"] if self.kept else self.begins()).data

    @cached_property
    def _inside(self) -> memoryview:
        return (self.kept["inside"] if self.kept else self.inside()).data

    def begins(self) -> Array:
        """Give for each group the first row of it or of a later one; and the number of rows at the end."""
        groups = np.arange(self._combinations // self._group + 1)
        return np.searchsorted(self._ranks() // self._group, groups).astype(np.uint32)

    def inside(self) -> Array:
        """Give for each row its rank within its group: ascending there."""
        return (self._ranks() % self._group).astype(np.min_scalar_type(self._group))

    def _ranks(self) -> Array:
        ranks = np.zeros(len(self.table), np.uint64)
        for step in self._steps:
            ranks += self._columns[step.name].astype(np.uint64) * np.uint64(step.width)
        return ranks
