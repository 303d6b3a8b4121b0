"""RAS: worked examples, the plain version beside the fast one, and every way in which a question can be wrong."""

from contextlib import suppress
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from lmiforall.base.problem import Stop
from lmiforall.fit import ras, ras_plain
from lmiforall.fit.margin import Cells, Floats, Margin, dense, positive
from lmiforall.fit.ras import Fit, fit
from lmiforall.fit.sums import sums_of

# Sums of a few hundred cells in double precision are good to more than this.
NEAREST = 1e-13


def fitted(seed: Floats, *margins: tuple[tuple[int, ...], list[float] | Floats]) -> tuple[Floats, Fit]:
    """Fit a dense table, and give it back as one."""
    cells, values = positive(seed)
    asked = [cells.along(f"axes {axes}", axes, np.asarray(target, float)) for axes, target in margins]
    found = fit(values, asked)
    table = np.zeros(seed.shape)
    table[cells.at] = found.values
    return table, found


def odds(table: Floats) -> float:
    return float(table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]))


def test_a_uniform_seed_gives_the_products_of_its_margins() -> None:
    """Deming and Stephan (1940), section 5: where the seed says nothing, rows and columns are independent."""
    table, found = fitted(np.ones((2, 2)), ((0,), [87, 13]), ((1,), [52, 48]))
    assert table == pytest.approx(np.array([[45.24, 41.76], [6.76, 6.24]]))
    assert max(found.worst.values()) <= ras.TOLERANCE


def test_two_of_three_dimensions_as_in_the_example_of_mipfp() -> None:
    """SOURCE: R package mipfp, help page of Ipfp, second example: V1, and V2 x V3.

    Its answer is the one table that meets the margins and keeps the seed's odds ratios along V1; both are held here.
    """
    seed = np.ones((2, 2, 2))
    seed[0, 0, 0], seed[0, 1, 1], seed[1, 0, 0] = 4, 10, 6
    first, others = np.array([50.0, 16.0]), np.array([[10.0, 30.0], [22.0, 4.0]])
    table, _ = fitted(seed, ((0,), first), ((1, 2), others))
    assert table.sum((1, 2)) == pytest.approx(first, rel=1e-9)
    assert table.sum(0) == pytest.approx(others, rel=1e-9)
    # Scaling by V1 and by V2 x V3 leaves the odds of V1 between any two cells of V2 x V3 as they were.
    ratio = (table[0] / table[1]) / (seed[0] / seed[1])
    assert ratio == pytest.approx(np.full((2, 2), ratio[0, 0]), rel=1e-9)


def test_the_odds_ratios_of_the_seed_are_kept() -> None:
    seed = np.array([[40.0, 30.0], [35.0, 50.0]])
    table, _ = fitted(seed, ((0,), [150, 300]), ((1,), [200, 250]))
    assert odds(table) == pytest.approx(odds(seed), rel=1e-9)


def test_a_structural_zero_stays_nil_and_a_seed_that_meets_its_margins_stays_as_it_is() -> None:
    seed = np.array([[1.0, 0.0, 2.0], [3.0, 4.0, 0.0]])
    table, found = fitted(seed, ((0,), seed.sum(1)), ((1,), seed.sum(0)))
    assert np.array_equal(table, seed)
    assert found.sweeps == 1


def test_overlapping_margins_of_different_detail_for_a_part_of_the_cells() -> None:
    truth = np.arange(1.0, 25.0).reshape(2, 3, 4)
    cells = dense(truth.shape)
    coarse = np.where(cells.at[2] < 2, 0, 1).astype(np.int32)
    only_first = np.where(cells.at[0] == 0, cells.at[1], -1).astype(np.int32)
    margins = [
        cells.along("rows", (0, 1), truth.sum(2)),
        Margin("halves", coarse, *(np.array([truth[..., :2].sum(), truth[..., 2:].sum()]),) * 2),
        Margin("first", only_first, *(truth[0].sum(1),) * 2),
    ]
    found = fit(np.ones(cells.count), margins)
    for margin in margins:
        assert sums_of(found.values, margin) == pytest.approx(margin.lower, rel=1e-9)


def test_a_bound_that_is_kept_changes_nothing_and_one_that_is_not_is_met_exactly() -> None:
    cells = dense((2, 2))
    rows = cells.along("rows", (0,), np.array([10.0, 10.0]))
    loose = cells.between("columns", (1,), np.array([0.0, 0.0]), np.array([15.0, np.inf]))
    assert fit(np.ones(4), [rows, loose]).values == pytest.approx(np.full(4, 5.0))
    tight = cells.between("columns", (1,), np.array([12.0, 0.0]), np.array([np.inf, np.inf]))
    assert fit(np.ones(4), [rows, tight]).values == pytest.approx(np.array([6.0, 4.0, 6.0, 4.0]), rel=1e-9)


def test_with_bounds_the_nearest_table_is_found_not_just_any() -> None:
    """A bound that an early sweep touches and a later one no longer needs must be given back (Censor and Lent)."""
    cells = dense((2, 2))
    bound = cells.between("a cell", (0, 1), np.full((2, 2), -np.inf), np.array([[1.0, np.inf], [np.inf, np.inf]]))
    margins = [
        bound,
        cells.along("rows", (0,), np.array([0.5, 9.5])),
        cells.along("columns", (1,), np.array([0.6, 9.4])),
    ]
    seed = np.array([4.0, 1.0, 1.0, 4.0])
    free = fit(seed, margins[1:]).values
    assert free[0] < 1.0
    assert fit(seed, margins).values == pytest.approx(free, rel=1e-6)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Floats, list[Margin]]:
    """A seed with zeros and margins of a table on the same cells, so that they can be met."""
    shape = draw(st.tuples(*(st.integers(1, 4),) * draw(st.integers(1, 4))))
    values = st.one_of(st.just(0.0), st.floats(0.1, 100.0))
    seed = draw(some.arrays(np.float64, shape, elements=values))
    truth = draw(some.arrays(np.float64, shape, elements=st.floats(0.1, 100.0))) * (seed > 0)
    cells = dense(shape)
    axes = draw(st.lists(st.sets(st.integers(0, len(shape) - 1)), min_size=1, max_size=4))
    margins = []
    for number, kept in enumerate(axes):
        over = tuple(axis for axis in range(len(shape)) if axis not in kept)
        target = truth.sum(over) if over else truth
        slack = draw(st.sampled_from([0.0, 0.0, 0.2]))
        margins.append(cells.between(f"margin {number}", sorted(kept), target * (1 - slack), target * (1 + slack)))
    return seed.ravel(), margins


@settings(max_examples=150, deadline=None)
@given(questions())
def test_the_fast_one_gives_what_the_plain_one_gives(question: tuple[Floats, list[Margin]]) -> None:
    seed, margins = question
    if not seed.sum():
        with pytest.raises(Stop, match="there is nobody in it"):
            fit(seed, margins)
        return
    try:
        found = fit(seed, margins)
    except Stop as stop:
        # Margins that zeros let meet only in the limit are refused, never called converged.
        if "no convergence" not in str(stop):
            raise
        return
    assert all(ras.deviation(found.values, margin) <= ras.TOLERANCE for margin in margins)
    assert not found.values[seed == 0].any()
    assert (found.values >= 0).all()
    ordered = sorted(margins, key=lambda margin: -margin.size)
    with patch.object(ras, "_ahead", lambda _: None), suppress(Stop):
        # Without looking ahead, both are the same sweep by sweep.
        swept = fit(seed, margins)
        plain = ras_plain.fit(seed, ordered, swept.sweeps)
        assert swept.values == pytest.approx(np.array(plain), rel=1e-9, abs=1e-12)


@settings(max_examples=150, deadline=None)
@given(questions().filter(lambda question: question[0].sum() > 0))
def test_looking_ahead_leads_to_the_same_table(question: tuple[Floats, list[Margin]]) -> None:
    """Plain sweeps may meet sums long before cells, so they go on to a far smaller tolerance, or don't converge."""
    seed, margins = question
    try:
        with patch.object(ras, "_ahead", lambda _: None):
            swept = fit(seed, margins, tolerance=NEAREST)
        nearest = fit(seed, margins, tolerance=NEAREST)
    except Stop as stop:
        # Margins that zeros let meet only in the limit are refused, never called converged.
        if "no convergence" not in str(stop):
            raise
        return
    for found in (nearest, fit(seed, margins)):
        assert found.values == pytest.approx(swept.values, rel=1e-6, abs=1e-9 * seed.sum())


def test_looking_ahead_takes_fewer_sweeps_to_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs by orders of magnitude takes plain sweeps hundreds of turns."""
    chance = np.random.default_rng(7)
    seed, truth = chance.lognormal(0.0, 3.0, (2, 6, 5, 4))
    axes = ((0, 1), (0, 2), (1, 2))
    margins = [(kept, truth.sum(tuple({0, 1, 2} - set(kept)))) for kept in axes]
    table, found = fitted(seed, *margins)
    monkeypatch.setattr(ras, "_ahead", lambda _: None)
    plain_table, plain = fitted(seed, *margins)
    assert found.sweeps < plain.sweeps / 2
    assert table == pytest.approx(plain_table, rel=1e-6, abs=1e-9 * truth.sum())


def refusal(seed: Floats, *margins: Margin) -> str:
    with pytest.raises(Stop) as stop:
        fit(seed, margins, table="employment")
    return str(stop.value)


TWO = Cells((2, 2), tuple(np.indices((2, 2)).reshape(2, -1)), ("sex", "region"), (("male", "female"), ("N", "S")))


def test_contradictory_totals_are_named_with_their_difference() -> None:
    said = refusal(
        np.ones(4), TWO.along("by sex", (0,), np.array([5.0, 5.0])), TWO.along("by region", (1,), np.array([5.0, 6.0]))
    )
    assert "by sex has 10 and by region has 11 for the same cells (a difference of -1)" in said
    assert "employment" in said


def test_margins_that_contradict_each_other_in_a_part_only_are_named_there() -> None:
    seed = np.array([1.0, 0.0, 0.0, 1.0])
    said = refusal(
        seed, TWO.along("by sex", (0,), np.array([4.0, 6.0])), TWO.along("by region", (1,), np.array([6.0, 4.0]))
    )
    assert "by sex sex=male" in said
    assert "by region region=N" in said


def test_people_wanted_where_all_cells_are_nil_are_named() -> None:
    said = refusal(np.array([0.0, 0.0, 1.0, 1.0]), TWO.along("by sex", (0,), np.array([5.0, 5.0])))
    assert "5 people are wanted where every cell of the seed is nil" in said
    assert "employment, margin by sex, sex=male" in said


def test_zeros_that_make_margins_impossible_are_found_and_named() -> None:
    """Each sum has support and the totals agree, yet the zeros leave no table."""
    seed = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 1.0]]).ravel()
    cells = dense((3, 3), ("row", "column"))
    said = refusal(
        seed,
        cells.along("rows", (0,), np.array([4.0, 4.0, 4.0])),
        cells.along("columns", (1,), np.array([5.0, 4.0, 3.0])),
    )
    assert "no convergence" in said
    assert "can't be met beside the other margins" in said
    assert "margin rows, row=" in said or "margin columns, column=" in said


@pytest.mark.parametrize(
    ("seed", "says"),
    [
        ([1.0, -1.0, 1.0, 1.0], "the seed is -1.0"),
        ([1.0, np.nan, 1.0, 1.0], "the seed is nan"),
        ([1.0, np.inf, 1.0, 1.0], "the seed is inf"),
        ([0.0, 0.0, 0.0, 0.0], "there is nobody in it"),
    ],
)
def test_a_seed_that_is_no_count_is_refused_with_its_cell(seed: list[float], says: str) -> None:
    said = refusal(np.array(seed), TWO.along("by sex", (0,), np.array([5.0, 5.0])))
    assert says in said
    assert "employment" in said


@pytest.mark.parametrize("target", [[-5.0, 5.0], [np.nan, 5.0]])
def test_a_margin_that_is_no_count_is_refused_with_its_sum(target: list[float]) -> None:
    said = refusal(np.ones(4), TWO.along("by sex", (0,), np.array(target)))
    assert "employment, margin by sex, sex=male" in said


def test_an_unknown_code_in_a_margin_is_refused() -> None:
    numbers = np.array([0, 1, 2, 0], np.int32)
    assert "numbers a sum 2, and has 2" in refusal(np.ones(4), Margin("by sex", numbers, np.ones(2), np.ones(2)))
    with pytest.raises(Stop, match="laid out as"):
        TWO.along("by sex", (0,), np.ones(3))


def test_a_fit_is_never_called_converged_with_margins_unmet() -> None:
    rng = np.random.default_rng(20261125)
    cells = dense((6, 6, 6))
    truth = rng.gamma(1.0, 1.0, (6, 6, 6))
    margins = [cells.along(f"{axes}", axes, truth.sum(3 - sum(axes))) for axes in ((0, 1), (0, 2), (1, 2))]
    with pytest.raises(Stop, match="no convergence in 2 sweeps"):
        fit(np.ones(216), margins, sweeps=2)


def test_axes_in_another_order_give_the_same_table() -> None:
    """ipfn says "converged" with margins unmet when axes come in another order; here the order changes nothing."""
    rng = np.random.default_rng(7)
    truth = rng.gamma(0.5, 1.0, (5, 4, 3))
    for axes in ((0, 1), (1, 0)):
        table, _ = fitted(np.ones((5, 4, 3)), (axes, truth.sum(2) if axes == (0, 1) else truth.sum(2).T))
        assert table.sum(2) == pytest.approx(truth.sum(2), rel=1e-9)


def test_every_run_gives_the_same_bits() -> None:
    rng = np.random.default_rng(11)
    seed, truth = rng.gamma(0.5, 1.0, (2, 40, 30, 5))
    cells, values = positive(seed)
    margins = [cells.along(f"{axes}", axes, truth.sum(3 - sum(axes))) for axes in ((0, 1), (0, 2), (1, 2))]
    assert fit(values, margins).values.tobytes() == fit(values, margins).values.tobytes()


def test_no_convergence_names_the_worst_margin_its_sum_and_both_figures() -> None:
    said = refusal_after(1, np.array([1.0, 2.0, 3.0, 4.0]), [5.0, 5.0], [4.0, 6.0])
    assert "no convergence in 1 sweeps: the worst margin is by sex, missed by 0.00" in said
    assert "employment, margin by sex, sex=male: 5 is wanted, 4.9" in said


def refusal_after(sweeps: int, seed: Floats, sexes: list[float], regions: list[float]) -> str:
    margins = [TWO.along("by sex", (0,), np.array(sexes)), TWO.along("by region", (1,), np.array(regions))]
    with pytest.raises(Stop) as stop:
        fit(seed, margins, table="employment", sweeps=sweeps)
    return str(stop.value)


def test_bounds_that_contradict_a_margin_are_named_with_the_bound() -> None:
    at_most = TWO.between("at most", (0,), np.full(2, -np.inf), np.array([2.0, 3.0]))
    said = refusal(np.ones(4), TWO.along("by region", (1,), np.array([3.0, 3.0])), at_most)
    assert "by region has 6 and at most has at most 5 for the same cells (a difference of 1)" in said
    at_least = TWO.between("at least", (0,), np.array([4.0, 3.0]), np.full(2, np.inf))
    said = refusal(np.ones(4), TWO.along("by region", (1,), np.array([3.0, 3.0])), at_least)
    assert "by region has 6 and at least has at least 7 for the same cells (a difference of -1)" in said


def test_a_bound_that_zeros_make_impossible_is_named_with_what_is_possible() -> None:
    seed = np.array([1.0, 0.0, 1.0, 1.0])
    bound = TWO.between("at most", (0, 1), np.full((2, 2), -np.inf), np.array([[4.0, np.inf], [np.inf, np.inf]]))
    said = refusal(seed, TWO.along("by sex", (0,), np.array([6.0, 5.0])), bound)
    assert "employment" in said
    assert "at most 4" in said


def test_a_bound_of_the_wrong_kind_is_refused_with_its_figures() -> None:
    turned = TWO.between("turned", (0,), np.array([5.0, 0.0]), np.array([3.0, 1.0]))
    assert "employment, margin turned, sex=male: 5.0 to 3.0 is nothing" in refusal(np.ones(4), turned)


def test_only_bounds_leave_a_seed_that_keeps_them_as_it_is_and_move_one_that_does_not() -> None:
    seed = np.array([1.0, 2.0, 3.0, 4.0])
    bound = TWO.between("between", (0,), np.array([1.0, 3.5]), np.array([4.0, 7.0]))
    assert fit(seed, [bound]).values.tolist() == seed.tolist()
    lower = TWO.between("less", (0,), np.array([-np.inf, -np.inf]), np.array([1.5, np.inf]))
    assert fit(seed, [lower]).values == pytest.approx(np.array([0.5, 1.0, 3.0, 4.0]), rel=1e-9)
