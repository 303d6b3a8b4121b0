"""Margins of equal trust that contradict each other -> margins that agree, each moved the less the more it weighs.

Where two margins have different totals for the same cells, both come to the weighted geometric mean of them. Taken in
turn until all agree, that is the nearest agreement there is: the one with the least sum, by weight, of the distances
(Kullback-Leibler) of the margins from what they were. More trusted margins stand meanwhile.

SOURCE: I. Csiszar, "I-Divergence Geometry of Probability Distributions and Minimization Problems", Annals of
Probability 3 (1975): projecting on linear conditions in turn comes to the projection on all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lmiforall.base.problem import Problem, Stop
from lmiforall.fit.agree import Ties, ties
from lmiforall.fit.margin import Floats, Margin

# Two totals that differ by less, relatively, are one, but for what double precision leaves of a sum of many figures.
NEAR = 1e-12
# Some ten rounds are usual; as many as in a fit that is given up.
ROUNDS = 5000


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two margins, by their places, and the groups of cells that both have whole; ``stays`` is the second's part."""

    one: int
    other: int
    tied: Ties
    shared: NDArray[np.bool_]
    stays: float


def halfway(
    support: NDArray[np.bool_], margins: Sequence[Margin], above: Sequence[Margin], *, table: str = "table"
) -> list[Floats]:
    """Give the sums to which exact margins of equal trust agree among themselves and with those above them."""
    every = [*margins, *above]
    pairs = list(_pairs(support, every, len(margins)))
    sums = [margin.lower.astype(np.float64) for margin in every]
    for _ in range(ROUNDS):
        if max((_meet(pair, sums, every, table) for pair in pairs), default=0.0) <= NEAR:
            return sums[: len(margins)]
    names = ", ".join(margin.name for margin in margins)
    raise Stop(Problem(f"{names} can't be reconciled: after {ROUNDS:,} rounds they still don't agree", table))


def _pairs(support: NDArray[np.bool_], every: Sequence[Margin], level: int) -> Iterator[_Pair]:
    """Pair each margin of the level with each other one and with each above; of the latter, all stays."""
    for one, other in combinations(range(len(every)), 2):
        if one >= level:
            return
        tied = ties(support, every[one], every[other])
        shared = tied.one_within & tied.other_within & (np.bincount(tied.one, minlength=tied.count) > 0)
        weight = every[other].weight
        yield _Pair(one, other, tied, shared, weight / (every[one].weight + weight) if other < level else 1.0)


def _meet(pair: _Pair, sums: list[Floats], every: Sequence[Margin], table: str) -> float:
    """Bring both margins of a pair to their totals' mean; give the largest relative difference there was."""
    one, other = pair.tied.totals(sums[pair.one], sums[pair.other])
    for group in np.flatnonzero(pair.shared & ((one > 0) != (other > 0)))[:1]:
        mine, theirs = every[pair.one], every[pair.other]
        what = f"{mine.name} has {one[group]:.12g} and {theirs.name} has {other[group]:.12g} for the same cells"
        where = f"{table}, margin {mine.name}, {mine.label(int(np.flatnonzero(pair.tied.one == group)[0]))}"
        raise Stop(Problem(f"{what}: nil can't be moved to somebody", where))
    usable = pair.shared & (one > 0)
    ratio = np.divide(other, one, out=np.ones_like(one), where=usable)
    sums[pair.one] = sums[pair.one] * (ratio**pair.stays)[pair.tied.one]
    sums[pair.other] = sums[pair.other] * (ratio ** (pair.stays - 1.0))[pair.tied.other]
    return float(np.abs(ratio - 1.0).max(initial=0.0))
