"""The words of a fit: cells, what their sums must be, and what is wrong with a question before anything is fitted.

A table of any number of dimensions is a list of cells (those that may hold anybody); a margin numbers, for each
cell, the sum that it belongs to. Overlapping margins, of different detail, for a part of the cells, exact or only
bounded, are then all of one kind.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lmiforall.base.problem import Problem, Stop

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Label = Callable[[int], str]

# The number of a cell that belongs to none of a margin's sums.
OUTSIDE = -1


@dataclass(frozen=True, eq=False)
class Margin:
    """What sums of cells must be: between ``lower`` and ``upper``, which are equal where the margin is exact.

    ``groups`` (one for each cell) numbers the sum that a cell belongs to, or is OUTSIDE. ``label`` names a sum in a
    complaint. ``trust`` orders margins that contradict each other: of two, the one with more stands.
    """

    name: str
    groups: Ints
    lower: Floats
    upper: Floats
    label: Label = field(default=str, repr=False)
    trust: float = 1.0

    @property
    def size(self) -> int:
        """How many sums it has."""
        return len(self.lower)

    @property
    def is_exact(self) -> bool:
        """Whether every sum has one value."""
        return bool(np.array_equal(self.lower, self.upper))


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a sparse table: ``shape``, and for each dimension where each cell lies in it.

    ``names`` are the dimensions', ``codes`` (optional) what stands at each place of each.
    """

    shape: tuple[int, ...]
    at: tuple[Ints, ...]
    names: tuple[str, ...] = ()
    codes: tuple[Sequence[str], ...] = ()

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.at[0])

    def along(self, name: str, axes: Sequence[int], target: Floats, *, trust: float = 1.0) -> Margin:
        """Declare an exact margin: ``target`` has the dimensions ``axes`` of the table, in that order."""
        return self.between(name, axes, target, target, trust=trust)

    def between(self, name: str, axes: Sequence[int], lower: Floats, upper: Floats, *, trust: float = 1.0) -> Margin:
        """Declare a margin with bounds (``-inf`` and ``inf`` for none), laid out as in ``along``."""
        shape = tuple(self.shape[axis] for axis in axes)
        for bound in (lower, upper):
            if bound.shape != shape:
                what = f"its figures are laid out as {bound.shape}, and the table as {shape}"
                raise Stop(Problem(what, f"margin {name}"))
        label = self._label(tuple(axes), shape)
        return Margin(name, self._numbered(axes), lower.ravel(), upper.ravel(), label, trust)

    def _numbered(self, axes: Sequence[int]) -> Ints:
        """Number the sums that cells belong to. PERF: four bytes a cell throughout, also on the way (bench/ras.py)."""
        groups = np.zeros(self.count, np.int32)
        for axis in axes:
            groups *= np.int32(self.shape[axis])
            groups += self.at[axis].astype(np.int32, copy=False)
        return groups

    def _label(self, axes: tuple[int, ...], shape: tuple[int, ...]) -> Label:
        def label(number: int) -> str:
            places = np.unravel_index(number, shape) if shape else ()
            return ", ".join(self.place(axis, int(place)) for axis, place in zip(axes, places, strict=True)) or "all"

        return label

    def place(self, axis: int, place: int) -> str:
        """Name a place of a dimension: ``region=E12000007``."""
        name = self.names[axis] if self.names else f"axis {axis}"
        return f"{name}={self.codes[axis][place] if self.codes else place}"

    def cell(self, number: int) -> str:
        """Name a cell by its places."""
        return ", ".join(self.place(axis, int(places[number])) for axis, places in enumerate(self.at))


def dense(shape: tuple[int, ...], names: tuple[str, ...] = (), codes: tuple[Sequence[str], ...] = ()) -> Cells:
    """Give all cells of a table, in the order of its ravelled array."""
    at = tuple(grid.ravel().astype(np.int32) for grid in np.indices(shape))
    return Cells(shape, at, names, codes)


def positive(seed: Floats, names: tuple[str, ...] = (), codes: tuple[Sequence[str], ...] = ()) -> tuple[Cells, Floats]:
    """Take the cells of a dense seed that aren't nil, and their values; the others are structural zeros."""
    at = tuple(places.astype(np.int32) for places in np.nonzero(seed))
    return Cells(seed.shape, at, names, codes), np.asarray(seed[at], np.float64)


def problems(seed: Floats, margins: Sequence[Margin], table: str, cell: Label = str) -> Iterator[Problem]:
    """Say what is wrong with a question: what is no number, negative, empty, or asked of cells that are all nil."""
    for number in np.flatnonzero(~(seed >= 0) | np.isinf(seed))[:1]:
        yield Problem(f"the seed is {seed[number]}, where it can only be nil or more", f"{table}, cell {cell(number)}")
    if not len(seed) or not np.nansum(seed) > 0:
        yield Problem("there is nobody in it: every cell of the seed is nil", table)
    for margin in margins:
        yield from _of_margin(seed, margin, table)


def _of_margin(seed: Floats, margin: Margin, table: str) -> Iterator[Problem]:
    where = f"{table}, margin {margin.name}"
    if len(margin.groups) != len(seed):
        yield Problem(f"it numbers {len(margin.groups):,} cells, and the table has {len(seed):,}", where)
        return
    if not margin.size:
        yield Problem("it has no sums", where)
        return
    outside = (margin.groups < OUTSIDE) | (margin.groups >= margin.size)
    for number in np.flatnonzero(outside)[:1]:
        yield Problem(f"it numbers a sum {margin.groups[number]}, and has {margin.size}", where, "Is a code unknown?")
        return
    bad = np.isnan(margin.lower) | np.isnan(margin.upper) | (margin.upper < 0) | (margin.lower > margin.upper)
    for number in np.flatnonzero(bad)[:1]:
        asked = f"{margin.lower[number]} to {margin.upper[number]}"
        yield Problem(f"{asked} is nothing that a sum of people can be", f"{where}, {margin.label(number)}")
    support = np.zeros(margin.size)
    inside = margin.groups >= 0
    np.add.at(support, margin.groups[inside & (seed > 0)], 1.0)
    for number in np.flatnonzero((support == 0) & (margin.lower > 0))[:1]:
        yield Problem(
            f"{margin.lower[number]} people are wanted where every cell of the seed is nil",
            f"{where}, {margin.label(number)}",
            "Give those cells a small seed, or correct the margin.",
        )
