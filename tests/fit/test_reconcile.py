"""Margins that contradict each other: who stands, who moves, and what is told of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from lmiforall.base.problem import Stop
from lmiforall.fit.margin import Floats, Margin, dense
from lmiforall.fit.ras import TOLERANCE, fit
from lmiforall.fit.reconcile import reconcile
from lmiforall.fit.sums import sums_of

CELLS = dense((2, 3), ("sex", "region"))
EVERYWHERE = np.ones(6, bool)


def test_the_less_trusted_margin_moves_in_proportion_and_the_more_trusted_stands() -> None:
    trusted = CELLS.along("projections", (0,), np.array([60.0, 40.0]), trust=2)
    survey = CELLS.along("survey", (1,), np.array([40.0, 40.0, 10.0]), trust=1)
    (one, other), adjustments = reconcile(EVERYWHERE, [trusted, survey])
    assert one is trusted
    assert other.lower == pytest.approx(np.array([40.0, 40.0, 10.0]) * 100 / 90)
    (told,) = adjustments
    assert (told.margin, told.against, told.changed) == ("survey", ("projections",), 3)
    assert told.largest == pytest.approx(1 / 9)
    assert (told.before, told.after) == (90.0, pytest.approx(100.0))


def test_the_order_in_which_margins_are_given_is_not_the_order_of_trust() -> None:
    trusted = CELLS.along("projections", (0,), np.array([60.0, 40.0]), trust=2)
    survey = CELLS.along("survey", (1,), np.array([40.0, 40.0, 10.0]), trust=1)
    margins, _ = reconcile(EVERYWHERE, [survey, trusted])
    assert [margin.name for margin in margins] == ["survey", "projections"]
    assert margins[1] is trusted


def test_margins_that_agree_are_left_alone() -> None:
    truth = np.arange(1.0, 7.0).reshape(2, 3)
    margins = [CELLS.along("sex", (0,), truth.sum(1)), CELLS.along("region", (1,), truth.sum(0))]
    agreed, adjustments = reconcile(EVERYWHERE, margins)
    assert agreed == margins
    assert adjustments == []


def test_a_third_margin_agrees_with_both_above_it_and_the_fit_meets_all_three() -> None:
    rng = np.random.default_rng(3)
    cells = dense((4, 5, 3))
    truth = rng.gamma(2.0, 1.0, (4, 5, 3))
    noisy = [target * rng.uniform(0.8, 1.2, target.shape) for target in (truth.sum(2), truth.sum(1), truth.sum(0))]
    margins = [
        cells.along(name, axes, target, trust=trust)
        for name, axes, target, trust in zip("abc", ((0, 1), (0, 2), (1, 2)), noisy, (3.0, 2.0, 1.0), strict=True)
    ]
    agreed, adjustments = reconcile(np.ones(60, bool), margins)
    assert [told.margin for told in adjustments] == ["b", "c"]
    found = fit(truth.ravel(), agreed)
    for margin in agreed:
        assert sums_of(found.values, margin) == pytest.approx(margin.lower, rel=1e-9)


def test_a_margin_of_a_part_of_the_cells_moves_only_where_the_other_covers_all_of_them() -> None:
    only_men = np.where(CELLS.at[0] == 0, CELLS.at[1], -1).astype(np.int32)
    men = Margin("men by region", only_men, *(np.array([10.0, 20.0, 30.0]),) * 2, trust=1.0)
    sexes = CELLS.along("by sex", (0,), np.array([66.0, 40.0]), trust=2.0)
    (_, moved), _ = reconcile(EVERYWHERE, [sexes, men])
    assert moved.lower == pytest.approx(np.array([11.0, 22.0, 33.0]))


def test_nil_can_not_be_moved_to_somebody() -> None:
    trusted = CELLS.along("projections", (0,), np.array([60.0, 40.0]), trust=2)
    with pytest.raises(Stop, match="margin survey"):
        reconcile(EVERYWHERE, [trusted, CELLS.along("survey", (1,), np.zeros(3), trust=1)])


def test_margins_of_equal_trust_meet_at_the_weighted_geometric_mean() -> None:
    one = CELLS.along("one", (0,), np.array([30.0, 60.0]))
    other = CELLS.along("other", (1,), np.array([20.0, 20.0, 70.0]))
    moved, told = reconcile(EVERYWHERE, [one, replace(other, weight=3.0)])
    total = 90.0**0.25 * 110.0**0.75
    assert moved[0].lower == pytest.approx(np.array([30.0, 60.0]) * total / 90)
    assert moved[1].lower == pytest.approx(np.array([20.0, 20.0, 70.0]) * total / 110)
    assert [(each.margin, each.against) for each in told] == [("one", ("other",)), ("other", ("one",))]


def test_of_three_with_one_total_each_counts_by_its_weight() -> None:
    cells = dense((2, 2, 2))
    totals, weights = np.array([80.0, 100.0, 150.0]), np.array([1.0, 2.0, 5.0])
    margins = [
        replace(cells.along(f"axis {axis}", (axis,), np.full(2, totals[axis] / 2)), weight=float(weights[axis]))
        for axis in range(3)
    ]
    moved, _ = reconcile(np.ones(8, bool), margins)
    wanted = np.exp((weights * np.log(totals)).sum() / weights.sum())
    assert [margin.lower.sum() for margin in moved] == pytest.approx([wanted] * 3, rel=1e-11)


@settings(max_examples=60, deadline=None)
@given(
    some.arrays(np.float64, (3, 4, 2), elements=st.floats(0.1, 100.0)),
    some.arrays(np.float64, (3, 4), elements=st.floats(0.8, 1.25)),
    some.arrays(np.float64, (4, 2), elements=st.floats(0.8, 1.25)),
)
def test_what_is_reconciled_can_be_fitted(truth: Floats, noise: Floats, more: Floats) -> None:
    """Two margins that say each figure a little wrong, and two that stand above them."""
    cells = dense(truth.shape)
    margins = [
        cells.along("noisy", (0, 1), truth.sum(2) * noise),
        cells.along("noisy too", (1, 2), truth.sum(0) * more),
        cells.along("trusted", (2,), truth.sum((0, 1)), trust=2.0),
        cells.along("total", (), np.asarray(truth.sum()), trust=3.0),
    ]
    moved, _ = reconcile(np.ones(24, bool), margins)
    assert moved[2:] == margins[2:]
    found = fit(truth.ravel(), moved)
    assert max(found.worst.values()) <= TOLERANCE


def test_of_equal_trust_nil_and_somebody_are_named_with_their_figures() -> None:
    one = Margin("men", np.where(CELLS.at[0] == 0, 0, -1).astype(np.int32), np.zeros(1), np.zeros(1), str)
    other = CELLS.along("sexes", (0,), np.array([5.0, 7.0]))
    with pytest.raises(Stop, match=r"men has 0 and sexes has 5 for the same cells: nil can't be moved to somebody"):
        reconcile(EVERYWHERE, [one, other], table="employment")


def test_bounds_are_taken_as_they_are_and_move_nobody() -> None:
    bound = CELLS.between("at most", (0,), np.full(2, -np.inf), np.array([50.0, np.inf]), trust=9.0)
    survey = CELLS.along("survey", (1,), np.array([40.0, 40.0, 10.0]))
    moved, told = reconcile(EVERYWHERE, [survey, bound])
    assert moved == [survey, bound]
    assert told == []
