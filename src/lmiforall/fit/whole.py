"""A table of parts of people, and whole totals -> whole people: every cell within one of what it was, every total kept.

This is controlled rounding (Cox 1987): each cell goes to the whole number below or above it, so that the margins
add up to the totals that are given, and the changes together are as small as they can be. For a table of two
dimensions the linear program has a whole solution; for more, a whole one is looked for (HiGHS, branch and bound).

SOURCE: L. H. Cox, "A Constructive Procedure for Unbiased Controlled Rounding", JASA 82 (1987).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from lmiforall.base.problem import Problem, Stop
from lmiforall.fit.margin import OUTSIDE, Floats, Margin

Whole = NDArray[np.int64]

# A part of a person smaller than this is what double precision leaves of a whole number.
NOBODY = 1e-6


def whole(values: Floats, margins: Sequence[Margin], *, table: str = "table") -> Whole:
    """Round a table (one value for each cell) so that each margin's sums are its whole numbers, or between them.

    Stops where a margin isn't whole, or where no such table exists.
    """
    for margin in margins:
        _expect_whole(margin, table)
    floor = np.floor(values + NOBODY)
    part = np.clip(values - floor, 0.0, 1.0)
    free = np.flatnonzero(part > NOBODY)
    sums = [_sums(margin, len(values)) for margin in margins]
    left = [
        np.concatenate([getattr(margin, side) - each @ floor for margin, each in zip(margins, sums, strict=True)])
        for side in ("lower", "upper")
    ]
    chosen = _chosen(part[free], csr_array(vstack(sums, format="csc")[:, free]), *left)
    if chosen is None:
        raise Stop(*_reasons(values, floor, margins, sums, table))
    rounded = floor.astype(np.int64)
    rounded[free] += chosen
    return rounded


def nearest(margin: Margin) -> Margin:
    """Widen a margin to the whole numbers just below and above its sums."""
    return replace(margin, lower=np.floor(margin.lower + NOBODY), upper=np.ceil(margin.upper - NOBODY))


def shared(values: Floats, total: int) -> Whole:
    """Round a row of values to whole numbers that add up to a total: the largest parts of a person go up."""
    floor = np.floor(values + NOBODY)
    up = int(total - floor.sum())
    rounded = floor.astype(np.int64)
    rounded[np.argsort(-(values - floor), kind="stable")[:up]] += 1
    return rounded


def _expect_whole(margin: Margin, table: str) -> None:
    for number in np.flatnonzero((margin.lower % 1.0 != 0.0) | (margin.upper % 1.0 != 0.0))[:1]:
        what = f"{margin.lower[number]} isn't a whole number of people"
        raise Stop(Problem(what, f"{table}, margin {margin.name}, {margin.label(number)}"))


def _sums(margin: Margin, cells: int) -> csr_array:
    inside = np.flatnonzero(margin.groups != OUTSIDE)
    ones = np.ones(len(inside))
    return csr_array(coo_array((ones, (margin.groups[inside], inside)), shape=(margin.size, cells)))


def _chosen(part: Floats, sums: csr_array, low: Floats, high: Floats) -> Whole | None:
    """Choose which cells go up (1 for each): the nearest choice that leaves nobody over; None where there is none."""
    if not len(part):
        kept = (low < NOBODY).all() and (high > -NOBODY).all()
        return np.zeros(0, np.int64) if kept else None
    cost, wanted, each = 1.0 - 2.0 * part, LinearConstraint(sums, low, high), Bounds(0, 1)
    # Without being told to be whole, the answer is a corner of what is possible; where sums nest, that is whole.
    solved = milp(cost, constraints=wanted, bounds=each)
    if solved.x is not None and np.abs(solved.x - np.round(solved.x)).max(initial=0.0) > NOBODY:
        solved = milp(cost, integrality=np.ones(len(part)), constraints=wanted, bounds=each)
    return None if solved.x is None else np.round(solved.x).astype(np.int64)


def _reasons(
    values: Floats, floor: Floats, margins: Sequence[Margin], sums: Sequence[csr_array], table: str
) -> list[Problem]:
    """Name the sums that no rounding can reach; where each alone can be reached, say that they can't be together."""
    found = []
    ceiling = np.ceil(values - NOBODY)
    for margin, each in zip(margins, sums, strict=True):
        low, high = each @ floor, each @ ceiling
        for number in np.flatnonzero((margin.upper < low) | (margin.lower > high)):
            what = f"{margin.lower[number]:.0f} people are wanted where cells can be rounded to {low[number]:.0f}"
            where = f"{table}, margin {margin.name}, {margin.label(int(number))}"
            found.append(Problem(f"{what} to {high[number]:.0f}", where))
    return found[:10] or [Problem("its whole totals can't all be met by rounding each cell up or down", table)]
