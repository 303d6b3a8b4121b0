"""Worked examples from the literature: their published inputs, and what must come out of them by arithmetic.

Where a paper prints a result that we hold, it is repeated here; where we don't, the answer is checked by what defines
it (its margins, and the odds ratios of the seed), never by a figure from memory.
"""

from fractions import Fraction

import numpy as np
import pytest

from lmiforall.fit import ras_plain
from lmiforall.fit.margin import Floats, dense
from lmiforall.fit.ras import fit


def test_a_sweep_is_a_cycle_of_deming_and_stephan() -> None:
    """Deming and Stephan (1940), section 5, in exact fractions: n_ij m_i. / n_i., then n'_ij m_.j / n'_.j, and again.

    The sample is made up: the paper's own figures aren't at hand, its formulae are.
    """
    sample = [[40, 30, 20], [35, 50, 100]]
    rows, columns = [150, 300], [120, 180, 150]
    cells = dense((2, 3))
    margins = [cells.along("rows", (0,), np.array(rows, float)), cells.along("columns", (1,), np.array(columns, float))]
    table = [[Fraction(count) for count in row] for row in sample]
    for cycle in range(1, 5):
        table = [[count * rows[i] / sum(row) for count in row] for i, row in enumerate(table)]
        sums = [sum(row[j] for row in table) for j in range(3)]
        table = [[count * columns[j] / sums[j] for j, count in enumerate(row)] for row in table]
        ours = ras_plain.fit(np.array(sample, float).ravel(), margins, cycle)
        assert ours == pytest.approx([float(count) for row in table for count in row], rel=1e-13)
    assert fit(np.array(sample, float).ravel(), margins).values == pytest.approx(ours, rel=1e-3)


def test_two_margins_of_three_dimensions_close_after_one_cycle() -> None:
    """Deming and Stephan (1940): margins of which none overlaps but in the total need no repetition (their case I)."""
    rng = np.random.default_rng(1940)
    sample, truth = rng.integers(1, 50, (3, 4, 2)).astype(float), rng.integers(1, 50, (3, 4, 2)).astype(float)
    cells = dense((3, 4, 2))
    found = fit(sample.ravel(), [cells.along("slices", (2,), truth.sum((0, 1)))])
    # The second sweep only sees that nothing is left to do.
    assert found.sweeps == 2
    assert found.values.reshape(3, 4, 2) == pytest.approx(sample * truth.sum((0, 1)) / sample.sum((0, 1)))


def test_the_first_example_of_mipfp() -> None:
    """SOURCE: R package mipfp (Barthelemy and Suesse, JSS 86, 2018), help page of Ipfp, first example.

    A true table c(43, 44, 9, 4), of which the seed is a tenth rounded up, and its margins. The seed's odds ratio is 1,
    so that each cell must be the product of its margins divided by 100.
    """
    true = np.array([[43.0, 9.0], [44.0, 4.0]])
    seed = np.ceil(true / 10)
    assert seed.tolist() == [[5, 1], [5, 1]]
    cells = dense((2, 2))
    found = fit(seed.ravel(), [cells.along("row", (0,), true.sum(1)), cells.along("col", (1,), true.sum(0))])
    assert found.values.reshape(2, 2) == pytest.approx(np.array([[45.24, 6.76], [41.76, 6.24]]), rel=1e-12)


def _odds_ratios(table: Floats) -> Floats:
    return np.asarray(table[:-1, :-1] * table[1:, 1:] / (table[:-1, 1:] * table[1:, :-1]))


def test_a_four_by_four_table_keeps_every_odds_ratio_of_its_seed() -> None:
    """What defines the answer (Bishop, Fienberg and Holland 1975, section 3.5): the margins, and all odds ratios."""
    seed = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50.0]])
    rows, columns = np.array([150, 300, 400, 150.0]), np.array([200, 300, 400, 100.0])
    cells = dense((4, 4))
    found = fit(seed.ravel(), [cells.along("rows", (0,), rows), cells.along("columns", (1,), columns)])
    table = found.values.reshape(4, 4)
    assert table.sum(1) == pytest.approx(rows, rel=1e-9)
    assert table.sum(0) == pytest.approx(columns, rel=1e-9)
    assert _odds_ratios(table) == pytest.approx(_odds_ratios(seed), rel=1e-9)
