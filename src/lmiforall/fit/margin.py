"""The words of a fit: cells, and what their sums must be.

A table of any number of dimensions is a list of cells (those that may hold anybody); a margin numbers, for each
cell, the sum that it belongs to. Overlapping margins, of different detail, for a part of the cells, exact or only
bounded, are then all of one kind.
"""

from collections.abc import Callable, Sequence
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


def between(low: float, high: float) -> str:
    """Say what a sum may be: ``12``, ``at least 12``, ``at most 12`` or ``12 to 15``."""
    if low == high:
        return f"{low:.12g}"
    if not low > 0:
        return f"at most {high:.12g}"
    return f"{low:.12g} to {high:.12g}" if np.isfinite(high) else f"at least {low:.12g}"


@dataclass(frozen=True, eq=False)
class Margin:
    """What sums of cells must be: between ``lower`` and ``upper``, which are equal where the margin is exact.

    ``groups`` (one for each cell) numbers the sum that a cell belongs to, or is OUTSIDE. ``label`` names a sum in a
    complaint. ``trust`` orders margins that contradict each other: of two, the one with more stands; of two with as
    much, each gives way, the one with less ``weight`` by more.
    """

    name: str
    groups: Ints
    lower: Floats
    upper: Floats
    label: Label = field(default=str, repr=False)
    trust: float = 1.0
    weight: float = 1.0

    @property
    def size(self) -> int:
        """How many sums it has."""
        return len(self.lower)

    @property
    def is_exact(self) -> bool:
        """Whether every sum has one value."""
        return bool(np.array_equal(self.lower, self.upper))

    def wanted(self, number: int) -> str:
        """Say what a sum must be, in words."""
        return between(float(self.lower[number]), float(self.upper[number]))


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
        return Margin(name, self.numbered(axes), lower.ravel(), upper.ravel(), label, trust)

    def numbered(self, axes: Sequence[int]) -> Ints:
        """Number, for each cell, the sum of these axes that it belongs to.

        PERF: four bytes a cell throughout, also on the way (bench/ras.py).
        """
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


def laid_out(places: Ints, shape: tuple[int, ...]) -> tuple[Ints, ...]:
    """Give for each dimension where the cells lie that have these places in the ravelled table.

    PERF: numbers of four bytes are divided six times as fast as those of eight (bench/ras.py).
    """
    at = []
    if np.prod(shape, dtype=np.float64) <= np.iinfo(np.int32).max:
        places = places.astype(np.int32, copy=False)
    for length in reversed(shape):
        above = places // length
        at.append((places - above * length).astype(np.int32, copy=False))
        places = above
    return tuple(reversed(at))


def dense(shape: tuple[int, ...], names: tuple[str, ...] = (), codes: tuple[Sequence[str], ...] = ()) -> Cells:
    """Give all cells of a table, in the order of its ravelled array."""
    at = tuple(grid.ravel().astype(np.int32) for grid in np.indices(shape))
    return Cells(shape, at, names, codes)


def positive(seed: Floats, names: tuple[str, ...] = (), codes: tuple[Sequence[str], ...] = ()) -> tuple[Cells, Floats]:
    """Take the cells of a dense seed that aren't nil, and their values; the others are structural zeros."""
    # PERF: of 3.7 million numbers np.nonzero takes 60 ms, and of whether they are nil 2 ms (bench/ras.py).
    places = np.flatnonzero(seed != 0.0)
    values = np.asarray(seed.ravel()[places], np.float64)
    at = laid_out(places, seed.shape)
    return Cells(seed.shape, at, names, codes), values
