"""Linked cells -> between which bounds an intruder can find each withheld cell.

Two ways. Propagation: in each line, what the others leave for one cell; never too narrow, seldom too wide. Linear
programming: the least and the most that all lines together allow, which nobody can better.

# SOURCE: the intruder's problem of statistical disclosure control: Willenborg and de Waal, Elements of Statistical
# Disclosure Control (Springer, 2001), chapter 8.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from lmiforall.guard.linked import Array, Linked

# A withheld cell is protected if it could be as much as a fifth more and a fifth less.
WITHIN = 0.2
# Bounds are narrowed until they move by less than this part of a figure.
STILL = 1e-9
SWEEPS = 500
# A withheld cell is held to be less than this many times all that is published: HiGHS wants a number.
OPEN = 10.0
# How far a solution of HiGHS may miss a line, as it is set up.
TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Bounds:
    """``lower`` and ``upper`` of each cell; ``solved`` says how many linear programs were solved for them."""

    lower: Array
    upper: Array
    solved: int = 0


class ContradictionError(ValueError):
    """The published figures contradict each other: no table has them all."""


def safe(linked: Linked, lower: Array, upper: Array) -> Array:
    """Say of each cell whether bounds leave it a fifth of room on either side, and aren't one number.

    Where the figure isn't known here, it is taken for the middle of its bounds.
    """
    finite = np.where(np.isfinite(upper), upper, np.nan_to_num(lower) * 4 + 4)
    figure = np.where(np.isnan(linked.held), (lower + finite) / 2, linked.held)
    slack = TOLERANCE * (1 + np.abs(figure))
    room = (lower <= figure * (1 - WITHIN) + slack) & (upper >= figure * (1 + WITHIN) - slack)
    return room & (upper - lower > 2 * slack)


def propagated(linked: Linked) -> Bounds:
    """Narrow bounds line by line until nothing moves."""
    matrix = linked.matrix.tocoo()
    row, column, sign = matrix.coords[0], matrix.coords[1], matrix.data
    lower, upper = linked.lower.copy(), np.where(np.isfinite(linked.upper), linked.upper, most(linked))
    total, more = sign > 0, linked.more[row]
    for _ in range(SWEEPS):
        least, largest = np.where(total, lower[column], -upper[column]), np.where(total, upper[column], -lower[column])
        others_least = np.bincount(row, least, len(linked.more))[row] - least
        others_most = np.bincount(row, largest, len(linked.more))[row] - largest
        # The line is nil: sign x cell = -(the others). Where the total holds more, the line is only no less than nil.
        at_least, at_most = -others_most, np.where(more, np.inf, -others_least)
        narrowed = lower.copy(), upper.copy()
        np.maximum.at(narrowed[0], column, np.where(total, at_least, -at_most))
        np.minimum.at(narrowed[1], column, np.where(total, at_most, -at_least))
        moved = max(np.max(narrowed[0] - lower, initial=0), np.max(upper - narrowed[1], initial=0))
        lower, upper = narrowed
        if moved <= STILL * (1 + most(linked)):
            break
    return Bounds(lower, upper)


def most(linked: Linked) -> float:
    """Give a number above which no cell can be."""
    known = linked.upper[np.isfinite(linked.upper)]
    return OPEN * (float(known.max(initial=0.0)) + 1)


def exact(linked: Linked, cells: Iterable[int], within: Bounds) -> Iterator[tuple[int, float, float]]:
    """Give the least and the most that each cell can be, by linear programming; ``within`` are bounds to begin from."""
    for cell in cells:
        aim = np.zeros(len(linked.codes))
        aim[cell] = 1.0
        yield cell, float(solve(linked, aim, within)[cell]), float(solve(linked, -aim, within)[cell])


def solve(linked: Linked, aim: Array, within: Bounds) -> Array:
    """Give the table with the least ``aim`` among all that agree with what is published."""
    equal, other = linked.matrix[~linked.more], linked.matrix[linked.more]
    found = linprog(
        aim,
        A_eq=equal if equal.shape[0] else None, b_eq=np.zeros(equal.shape[0]) if equal.shape[0] else None,
        A_ub=-other if other.shape[0] else None, b_ub=np.zeros(other.shape[0]) if other.shape[0] else None,
        bounds=np.column_stack([within.lower, within.upper]), method="highs",
    )  # fmt: skip
    if found.x is None:
        raise ContradictionError(f"{linked.title}: {found.message}")
    return found.x  # type: ignore[no-any-return]
