"""A seed and margins -> what is wrong with them, before anything is fitted: table, cell or sum, and figure.

Refused are a seed that is no count, a table or a sum of people whose cells are all nil, and a sum that nobody can be.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from lmiforall.base.problem import Problem
from lmiforall.fit.margin import OUTSIDE, Floats, Label, Margin
from lmiforall.fit.sums import sums_of


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
    # PERF: of all cells the least and the largest number are looked at, without an array on the way (bench/ras.py).
    for number in (int(margin.groups.min()), int(margin.groups.max())):
        if not OUTSIDE <= number < margin.size:
            yield Problem(f"it numbers a sum {number}, and has {margin.size}", where, "Is a code unknown?")
            return
    bad = np.isnan(margin.lower) | np.isnan(margin.upper) | (margin.upper < 0) | (margin.lower > margin.upper)
    bad |= np.isposinf(margin.lower)
    for number in np.flatnonzero(bad)[:1]:
        low, high = margin.lower[number], margin.upper[number]
        asked = str(low) if low == high or np.isnan(low) else f"{low} to {high}"
        yield Problem(f"{asked} is nothing that a sum of people can be", f"{where}, {margin.label(number)}")
    nobody = ~(sums_of(seed, margin) > 0)
    for number in np.flatnonzero(nobody & (margin.lower > 0))[:1]:
        yield Problem(
            f"{margin.wanted(int(number))} people are wanted where every cell of the seed is nil",
            f"{where}, {margin.label(number)}",
            "Give those cells a small seed, or correct the margin.",
        )
