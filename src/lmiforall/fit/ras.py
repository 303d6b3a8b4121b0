"""Seed and margins -> the table nearest to the seed that meets the margins: RAS, or iterative proportional fitting.

Rule 1: it meets every margin to the tolerance, or it stops and says which it can't meet, where and why.
Rule 2: a cell that is nil stays nil. No cell becomes negative.
Rule 3: the plain version (``ras_plain.py``) is what this one must give; property tests hold them equal.

The method is that of Deming and Stephan (1940); with bounds, that of Censor and Lent (1981): each sum is scaled to the
nearest value that it may have, and what was taken earlier may be given back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from lmiforall.base.problem import Stop
from lmiforall.fit import agree, infeasible
from lmiforall.fit.margin import Floats, Ints, Label, Margin
from lmiforall.fit.refused import problems

# Relative, because sums of a million cells in double precision are good to 1e-12 or so.
TOLERANCE = 1e-9
# The hardest real table takes some hundred sweeps; one that takes more than these doesn't converge.
SWEEPS = 5000
# After so many sweeps without coming nearer, it is looked for what can't be met.
PATIENCE = 200
# What counts as nearer: a hundredth, because a fit that gains less than that in 200 sweeps wouldn't end in any time.
NEARER = 0.99


@dataclass(frozen=True, eq=False)
class Fit:
    """A table that meets its margins. ``worst`` is the largest relative deviation of any sum, by margin."""

    values: Floats
    sweeps: int
    worst: dict[str, float]


def fit(
    seed: Floats,
    margins: Sequence[Margin],
    *,
    table: str = "table",
    cell: Label = str,
    tolerance: float = TOLERANCE,
    sweeps: int = SWEEPS,
) -> Fit:
    """Scale a seed (one value for each cell) until it meets the margins; stops where it can't."""
    if wrong := list(problems(seed, margins, table, cell)):
        raise Stop(*wrong)
    if wrong := list(agree.contradictions(seed > 0, margins, table, tolerance)):
        raise Stop(*wrong)
    values = seed.astype(np.float64)
    taken = _scale(values, [_part(margin) for margin in margins], tolerance, sweeps)
    worst = {margin.name: deviation(values, margin) for margin in margins}
    if max(worst.values()) > tolerance:
        raise Stop(*infeasible.reasons(values, seed, margins, worst, table=table, sweeps=taken))
    return Fit(values, taken, worst)


def deviation(values: Floats, margin: Margin) -> float:
    """Give the largest relative deviation of a margin's sums from what they may be."""
    sums = sums_of(values, margin)
    off = np.maximum(np.maximum(margin.lower - sums, sums - margin.upper), 0.0)
    wanted = np.maximum(np.where(np.isfinite(margin.upper), margin.upper, margin.lower), 0.0)
    relative = np.divide(off, wanted, out=off.copy(), where=wanted > 0)
    return float(relative.max(initial=0.0))


def sums_of(values: Floats, margin: Margin) -> Floats:
    """Add up the cells of each sum of a margin."""
    sums = np.zeros(margin.size)
    _add_up(values, margin.groups, sums)
    return sums


@dataclass(frozen=True, eq=False)
class _Part:
    """A margin while it is fitted: its sums, what its cells are multiplied by now, and by what in all."""

    groups: Ints
    lower: Floats
    upper: Floats
    sums: Floats
    factors: Floats
    given: Floats


def _part(margin: Margin) -> _Part:
    """Lay a margin out for the sweeps; its groups aren't copied where they are four bytes each already."""
    groups = np.ascontiguousarray(margin.groups, np.int32)
    lower, upper = np.maximum(margin.lower, 0.0), np.asarray(margin.upper, np.float64)
    return _Part(groups, lower, upper, np.zeros(margin.size), np.ones(margin.size), np.ones(margin.size))


def _scale(values: Floats, parts: Sequence[_Part], tolerance: float, most: int) -> int:
    """Sweep until every sum is met to half of the tolerance, or nothing comes nearer; give the sweeps taken.

    PERF: one pass over the cells for each margin: what is scaled by one is added up for the next in the same pass
    (with bincount and a pass for each step it took 0.21 s in place of 0.056). The margins' groups stay where they
    are: laid out one after another, they took 1.6 GB more at 10^8 cells.
    """
    best, since = np.inf, 0
    _add_up(values, parts[0].groups, parts[0].sums)
    for sweep in range(1, most + 1):
        worst = 0.0
        for part, then in zip(parts, [*parts[1:], parts[0]], strict=True):
            worst = max(worst, _factors(part.sums, part.lower, part.upper, part.given, part.factors))
            _scale_and_add(values, part.groups, part.factors, then.groups, then.sums)
        if worst <= tolerance / 2.0:
            return sweep
        best, since = (worst, 0) if worst < best * NEARER else (best, since + 1)
        if since >= PATIENCE:
            return sweep
    return most


@njit(cache=True, boundscheck=False)
def _factors(sums: Floats, lower: Floats, upper: Floats, given: Floats, factors: Floats) -> float:
    """Give for each sum what its cells are multiplied by, and the largest relative deviation.

    ``given`` is what its cells have been multiplied by in all; with a bound, only as much is given back as was taken.
    """
    worst = 0.0
    for j in range(len(sums)):
        total = sums[j]
        if total <= 0.0:
            factors[j] = 1.0
            continue
        if lower[j] == upper[j]:
            factor = lower[j] / total
            off = abs(factor - 1.0) if lower[j] > 0.0 else total
        else:
            factor = 1.0 / given[j]
            factor = min(max(factor, lower[j] / total), upper[j] / total)
            given[j] *= factor
            off = max(lower[j] - total, total - upper[j], 0.0) / total
        factors[j] = factor
        worst = max(worst, off)
    return worst


@njit(cache=True, boundscheck=False)
def _add_up(values: Floats, groups: Ints, sums: Floats) -> None:
    sums[:] = 0.0
    for i in range(len(values)):
        if groups[i] >= 0:
            sums[groups[i]] += values[i]


@njit(cache=True, boundscheck=False)
def _scale_and_add(values: Floats, groups: Ints, factors: Floats, then: Ints, sums: Floats) -> None:
    """Scale the cells by one margin's factors, and add up the next one's sums from what they are now.

    PERF: an unsigned number needs no look at whether it counts from the end, and OUTSIDE is then larger than any: 1.0
    ns a cell became 0.9. Adding up a run of cells of one sum outside of memory was tried: long runs gain, short ones
    (which are more) lose three times as much.
    """
    sums[:] = 0.0
    many, many_then = np.uint32(len(factors)), np.uint32(len(sums))
    for i in range(len(values)):
        group, into = np.uint32(groups[i]), np.uint32(then[i])
        if group < many:
            values[i] *= factors[group]
        if into < many_then:
            sums[into] += values[i]
