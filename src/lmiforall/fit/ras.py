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
from lmiforall.fit.ahead import Ahead
from lmiforall.fit.margin import Floats, Ints, Label, Margin
from lmiforall.fit.refused import problems
from lmiforall.fit.sums import add_up, sums_of

# Relative, because sums of a million cells in double precision are good to 1e-12 or so.
TOLERANCE = 1e-9
# The hardest real table takes some hundred sweeps; one that takes more than these doesn't converge.
SWEEPS = 5000
# After so many sweeps without coming nearer, it is looked for what can't be met.
PATIENCE = 200
# Easy tables have met their margins by then, so that whether two contradict each other needs no look.
EASY = 60
# Where so many sweeps brought it no nearer, it goes on without looking ahead: plain sweeps can't get worse for ever.
LOST = 20
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
    values = seed.astype(np.float64)
    # The one with most sums comes first: what is looked ahead for are the others'.
    parts = sorted(map(_part, margins), key=lambda part: -len(part.sums))
    taken = _scale(values, parts, tolerance, min(EASY, sweeps))
    worst = {margin.name: deviation(values, margin) for margin in margins}
    if max(worst.values()) > tolerance:
        if wrong := list(agree.contradictions(seed > 0, margins, table, tolerance)):
            raise Stop(*wrong)
        taken += _scale(values, parts, tolerance, sweeps - taken)
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
    ahead = _ahead(parts)
    add_up(values, parts[0].groups, parts[0].sums)
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
        if ahead is not None and since < LOST:
            _go_ahead(values, parts, ahead.swept(_logarithms(parts[1:]), sweep))
    return most


def _ahead(parts: Sequence[_Part]) -> Ahead | None:
    """Make ready to look ahead; not where there are bounds (what may be given back isn't seen from the factors)."""
    if len(parts) == 1 or not all(np.array_equal(part.lower, part.upper) for part in parts):
        return None
    return Ahead(np.sqrt(np.concatenate([part.lower for part in parts[1:]])))


def _logarithms(parts: Sequence[_Part]) -> Floats:
    """Give the logarithms of what the last sweep multiplied by; a sum of nil has none to be looked at any more."""
    factors = np.concatenate([part.factors for part in parts])
    logarithms: Floats = np.log(factors, out=np.zeros_like(factors), where=factors > 0.0)
    return logarithms


def _go_ahead(values: Floats, parts: Sequence[_Part], step: Floats | None) -> None:
    """Multiply the cells by what was seen ahead for all margins but the first, and add up the first one's sums."""
    if step is None:
        return
    ends = np.cumsum([len(part.sums) for part in parts[1:]])
    for part, logarithms in zip(parts[1:], np.split(step, ends[:-1]), strict=True):
        then = part if part is not parts[-1] else parts[0]
        _scale_and_add(values, part.groups, np.exp(logarithms), then.groups, then.sums)


@njit(cache=True, boundscheck=False)
def _factors(sums: Floats, lower: Floats, upper: Floats, given: Floats, factors: Floats) -> float:
    """Give for each sum what its cells are multiplied by, and the furthest that this is from one.

    ``given`` is what its cells have been multiplied by in all; with a bound, only as much is given back as was taken.
    While something is given back the nearest table isn't found yet, even if every bound is kept.
    """
    worst = 0.0
    for j in range(len(sums)):
        total = sums[j]
        if total <= 0.0:
            factors[j] = 1.0
            continue
        if lower[j] == upper[j]:
            factor = lower[j] / total
        else:
            factor = 1.0 / given[j]
            factor = min(max(factor, lower[j] / total), upper[j] / total)
            given[j] *= factor
        off = abs(factor - 1.0) if upper[j] > 0.0 else total
        factors[j] = factor
        worst = max(worst, off)
    return worst


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
