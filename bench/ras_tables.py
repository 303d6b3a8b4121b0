"""A shape and a seed of chance -> tables to be fitted: what a sparse table of occupations by so much else looks like.

Every draw is from a generator with a fixed start, so that each run fits the same tables.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bench.rivals.ras import Question
from lmiforall.fit.margin import Cells, Floats, Margin, laid_out
from lmiforall.fit.sums import sums_of

# Of a cross of occupation, industry and region about a quarter holds anybody.
PART = 0.25
# SOC2020 unit groups, industries of the projections, nations and regions; the fourth is a breakdown such as ages.
UNITS, INDUSTRIES, REGIONS, AGES = 412, 75, 12, 10

# Of the logarithm: cells of real tables differ by orders of magnitude, which is what makes a fit take many sweeps.
SKEW = 1.0

TWO_WAY = ((0, 1), (0, 2), (1, 2))
FOURTH = ((0, 3), (1, 3), (2, 3))
# humanleague stops at an absolute 1e-8: with a largest sum of this size its worst sum is off by about 1e-9 of itself,
# as ours is (with 10 it was off by 2e-8 and took a fifth less time).
LARGEST = 250.0


def questions(*, small: bool = False) -> list[Question]:
    """Give the tables that rivals are asked for; small ones are for a test of the benchmark itself."""
    three = (6, 5, 4) if small else (UNITS, INDUSTRIES, REGIONS)
    four = (6, 5, 4, 3) if small else (UNITS, INDUSTRIES, REGIONS, AGES)
    part = 1.0 if small else PART
    return [
        dense("three dimensions, three two-way margins", three, TWO_WAY, part),
        dense("four dimensions, all six two-way margins", four, (*TWO_WAY, *FOURTH), part),
        dense("four dimensions, one three-way and three two-way margins", four, ((0, 1, 2), *FOURTH), part),
    ]


def dense(name: str, shape: tuple[int, ...], axes: Sequence[tuple[int, ...]], part: float) -> Question:
    """Draw a seed with structural zeros, and a table on the same cells whose margins are asked for."""
    chance = np.random.default_rng(20261125)
    support = chance.random(shape) < part
    seed = np.where(support, chance.lognormal(0.0, SKEW, shape), 0.0)
    truth = np.where(support, chance.lognormal(0.0, SKEW, shape), 0.0)
    truth *= LARGEST / max(float(_kept(truth, kept).max()) for kept in axes)
    targets = [_kept(truth, kept) for kept in axes]
    return Question(name, seed, axes, targets)


def _kept(table: Floats, kept: Sequence[int]) -> Floats:
    return np.asarray(table.sum(tuple(axis for axis in range(table.ndim) if axis not in kept)))


def sparse(count: int) -> tuple[Floats, list[Margin]]:
    """Draw so many cells that aren't nil, a quarter of occupation x industry x region x area, and their margins.

    Only the last dimension grows. What isn't asked for again is let go, because at 10^8 cells each array has 0.8 GB.
    """
    chance = np.random.default_rng(20261125)
    cells = _cells(chance, count)
    truth = chance.gamma(1.0, 1.0, count)
    truth += 0.01
    margins = [_margin(cells, kept, truth) for kept in (*TWO_WAY, (0, 3))]
    del truth, cells
    seed = chance.gamma(1.0, 1.0, count)
    seed += 0.01
    return seed, margins


def _cells(chance: np.random.Generator, count: int) -> Cells:
    """Draw so many different cells, in order: steps of one to seven are four on average."""
    places = chance.integers(1, 2 * int(1 / PART), count, dtype=np.int64)
    np.cumsum(places, out=places)
    shape = (UNITS, INDUSTRIES, REGIONS, int(places[-1]) // (UNITS * INDUSTRIES * REGIONS) + 1)
    return Cells(shape, laid_out(places, shape), ("occupation", "industry", "region", "area"))


def _margin(cells: Cells, kept: tuple[int, ...], truth: Floats) -> Margin:
    blank = cells.along(f"{kept}", kept, np.zeros([cells.shape[axis] for axis in kept]))
    sums = sums_of(truth, blank)
    return replace(blank, lower=sums, upper=sums)
