"""Margins -> where two of them can't both be true: sums that must be equal, because they are of the same cells.

Take two margins and tie two of their sums together wherever a cell belongs to both. Within each tied group the sums
of one margin and those of the other add up the same cells, so that their totals must agree. Where the cells of one
are only a part of the other's, its total may at most be as large.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from lmiforall.base.problem import Problem
from lmiforall.fit.margin import OUTSIDE, Floats, Ints, Margin, between

# How many contradictions of two margins are spelt out; the rest are counted.
SHOWN = 5


@dataclass(frozen=True, eq=False)
class Ties:
    """How two margins are tied: for each sum of either the number of its group, and whose cells are all in the other.

    ``one_within[g]`` says that every cell of group g that the first margin covers is covered by the second, too.
    """

    count: int
    one: Ints
    other: Ints
    one_within: NDArray[np.bool_]
    other_within: NDArray[np.bool_]

    def totals(self, one: Floats, other: Floats) -> tuple[Floats, Floats]:
        """Add up the sums of either margin by group."""
        return self._add_up(self.one, one), self._add_up(self.other, other)

    def _add_up(self, numbers: Ints, sums: Floats) -> Floats:
        return np.asarray(np.bincount(numbers, sums, self.count), np.float64)


def ties(support: NDArray[np.bool_], one: Margin, other: Margin) -> Ties:
    """Tie the sums of two margins through the cells that may hold anybody."""
    roots = np.arange(one.size + other.size, dtype=np.int64)
    one_outside, other_outside = np.zeros(other.size, np.bool_), np.zeros(one.size, np.bool_)
    _tie(support, one.groups, other.groups, one.size, roots, one_outside, other_outside)
    is_root = _flattened(roots) == np.arange(len(roots))
    places = (np.cumsum(is_root) - 1)[roots]
    count = int(is_root.sum())
    mine, theirs = places[: one.size], places[one.size :]
    one_within, other_within = np.ones(count, np.bool_), np.ones(count, np.bool_)
    one_within[mine[other_outside]] = False
    other_within[theirs[one_outside]] = False
    return Ties(count, mine, theirs, one_within, other_within)


def contradictions(
    support: NDArray[np.bool_], margins: Sequence[Margin], table: str, tolerance: float
) -> Iterator[Problem]:
    """Say of each two margins which of their sums can't both be true."""
    for one, other in combinations(margins, 2):
        tied = ties(support, one, other)
        low = tied.totals(one.lower, other.lower)
        high = tied.totals(one.upper, other.upper)
        slack = tolerance * np.maximum(1.0, np.maximum(*(np.where(np.isfinite(side), side, 0.0) for side in high)))
        too_much = tied.one_within & (low[0] - high[1] > slack)
        too_little = tied.other_within & (low[1] - high[0] > slack)
        found = np.flatnonzero(too_much | too_little)
        for group in found[:SHOWN]:
            yield _problem(tied, int(group), one, other, table)
        if len(found) > SHOWN:
            yield Problem(f"{len(found) - SHOWN} more such contradictions", f"{table}, {one.name} against {other.name}")


def _problem(tied: Ties, group: int, one: Margin, other: Margin, table: str) -> Problem:
    low, high = tied.totals(one.lower, other.lower), tied.totals(one.upper, other.upper)
    said = [between(low[side][group], high[side][group]) for side in (0, 1)]
    gaps = (low[0][group] - high[1][group], high[0][group] - low[1][group])
    return Problem(
        f"{one.name} has {said[0]} and {other.name} has {said[1]} for the same cells "
        f"(a difference of {gaps[0] if gaps[0] > 0 else gaps[1]:.6g})",
        f"{table}, {_some(one, tied.one, group)}; {_some(other, tied.other, group)}",
        "Reconcile the margins first, in the order in which they are trusted.",
    )


def _some(margin: Margin, numbers: Ints, group: int) -> str:
    """Name the sums of a group: the first one, and how many more."""
    sums = np.flatnonzero(numbers == group)
    more = f" and {len(sums) - 1} more" if len(sums) > 1 else ""
    return f"{margin.name} {margin.label(int(sums[0]))}{more}" if len(sums) else margin.name


@njit(cache=True)
def _root(roots: Ints, place: int) -> int:
    while roots[place] != place:
        roots[place] = roots[roots[place]]
        place = roots[place]
    return place


@njit(cache=True)
def _flattened(roots: Ints) -> Ints:
    """Give each place its root. PERF: in a loop of Python this took twice as long as the fit (bench/ras.py)."""
    for place in range(len(roots)):
        roots[place] = _root(roots, place)
    return roots


@njit(cache=True)
def _tie(  # noqa: PLR0917 - numba takes arguments by place
    support: NDArray[np.bool_],
    one: Ints,
    other: Ints,
    size: int,
    roots: Ints,
    one_outside: NDArray[np.bool_],
    other_outside: NDArray[np.bool_],
) -> None:
    """Join the sums of each cell; note the sums of either that have a cell outside of the other margin."""
    for i in range(len(support)):
        if not support[i]:
            continue
        if one[i] == OUTSIDE and other[i] == OUTSIDE:
            continue
        if one[i] == OUTSIDE:
            one_outside[other[i]] = True
            continue
        if other[i] == OUTSIDE:
            other_outside[one[i]] = True
            continue
        # PERF: most cells join what is joined already, which is seen here without a walk (bench/ras.py).
        if roots[one[i]] != roots[size + other[i]]:
            a, b = _root(roots, one[i]), _root(roots, size + other[i])
            if a != b:
                roots[max(a, b)] = min(a, b)
