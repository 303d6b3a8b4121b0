"""Codes -> the rows that hold them, by one search among rows that are sorted by their codes.

A row's rank is its place among all combinations of codes. Codes of the first keys, one each, leave a range of
ranks and so a range of rows; what is asked of later keys is then looked at row by row.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lmiforall.release.columns import Array

Rows = Array | Sequence[int]

# PERF: up to so many rows a Python loop beats NumPy's masks (bench/answers.py, v1 series).
FEW = 200


@dataclass(frozen=True)
class _Step:
    """One key: its codes' numbers, and how many combinations of the keys after it follow each of them."""

    name: str
    numbers: Mapping[str, int]
    width: int


@dataclass(frozen=True, eq=False)
class Index:
    """``keys`` name columns of ``table``, whose rows are sorted by them; ``words`` holds the codes behind the numbers.

    ``unique`` says that no two rows have the same codes.
    """

    keys: Sequence[str]
    table: Array
    words: Mapping[str, Sequence[str]]
    unique: bool

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
            if codes is None or len(codes) != 1:
                break
            width = step.width
            least += step.numbers[codes[0]] * width
            leading += 1
        # PERF: one search in one column, whatever the number of keys (bench/answers.py, v2 figure).
        low = bisect_left(self._ranks, least)
        most = min(low + width, len(self._ranks)) if self.unique else len(self._ranks)
        high = bisect_left(self._ranks, least + width, low, most)
        rest = [step for step in self._steps[leading:] if step.name in wanted]
        return self._masked(rest, wanted, low, high) if rest else range(low, high)

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
    def _ranks(self) -> memoryview:
        ranks = np.zeros(len(self.table), np.min_scalar_type(self._combinations))
        for step in self._steps:
            ranks += self._columns[step.name].astype(ranks.dtype) * ranks.dtype.type(step.width)
        return ranks.data
