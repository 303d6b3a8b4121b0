"""Linked cells -> between which bounds an intruder can find each withheld cell.

Two ways. Propagation: in each line, what the others leave for one cell; never too narrow, seldom too wide. Linear
programming: the least and the most that all lines together allow, which nobody can better.

# SOURCE: the intruder's problem of statistical disclosure control: Willenborg and de Waal, Elements of Statistical
# Disclosure Control (Springer, 2001), chapter 8.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

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


def solve(linked: Linked, aim: Array, within: Bounds) -> Array:
    """Give the table with the least ``aim`` among all that agree with what is published."""
    found = least(linked.matrix, linked.more, aim, np.column_stack([within.lower, within.upper]))
    if found is None:
        raise ContradictionError(f"{linked.title}: no table has all the figures that are published")
    return found


def least(matrix: csr_array, more: Array, aim: Array, between: Array) -> Array | None:
    """Give the numbers with the least ``aim`` that add up in each line of ``matrix``; None where none do.

    ``more`` are lines that need only come to nil or more. ``between`` has the bounds of each number (n x 2).
    """
    equal, other = matrix[~more], matrix[more]
    found = linprog(
        aim,
        A_eq=equal if equal.shape[0] else None, b_eq=np.zeros(equal.shape[0]) if equal.shape[0] else None,
        A_ub=-other if other.shape[0] else None, b_ub=np.zeros(other.shape[0]) if other.shape[0] else None,
        bounds=between, method="highs",
    )  # fmt: skip
    return found.x  # type: ignore[no-any-return]
