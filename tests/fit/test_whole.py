"""Whole people: every total kept, every cell within one of what it was, or a refusal that says which total can't be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from lmiforall.base.problem import Stop
from lmiforall.fit.margin import Floats, dense
from lmiforall.fit.whole import shared, whole

# Parts of a person to a thousandth: finer ones are taken for what double precision leaves of a whole number.
PEOPLE = st.floats(0, 50).map(lambda people: round(people, 3))


@settings(max_examples=150, deadline=None)
@given(some.arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 9)), elements=PEOPLE))
def test_rows_and_columns_that_are_their_nearest_whole_numbers_are_kept_or_refused(values: Floats) -> None:
    cells = dense(values.shape)
    rows = shared(values.sum(1), round(values.sum()))
    columns = shared(values.sum(0), round(values.sum()))
    margins = [cells.along("rows", (0,), rows.astype(float)), cells.along("columns", (1,), columns.astype(float))]
    try:
        rounded = whole(values.ravel(), margins).reshape(values.shape)
    except Stop:
        # Totals that were rounded apart can't always be met; with totals of a rounding they can (the next test).
        return
    assert np.array_equal(rounded.sum(1), rows)
    assert np.array_equal(rounded.sum(0), columns)
    assert np.abs(rounded - values).max() < 1 + 1e-6


@settings(max_examples=100, deadline=None)
@given(some.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4)), elements=PEOPLE))
def test_totals_that_some_rounding_has_are_met_in_three_dimensions(values: Floats) -> None:
    cells = dense(values.shape)
    some_rounding = np.ceil(values)
    margins = [cells.along(f"{axis}", (axis,), some_rounding.sum(tuple({0, 1, 2} - {axis}))) for axis in range(3)]
    rounded = whole(values.ravel(), margins).reshape(values.shape)
    for axis in range(3):
        others = tuple({0, 1, 2} - {axis})
        assert np.array_equal(rounded.sum(others), some_rounding.sum(others))
    assert np.abs(rounded - values).max() <= 1 + 1e-6


def test_a_thousand_rows_do_not_drift_where_each_row_alone_would() -> None:
    """Rounding each row by its largest parts keeps the rows and lets the columns drift; here they are exact."""
    rng = np.random.default_rng(20261125)
    values = rng.gamma(0.3, 40.0, (400, 12))
    cells = dense(values.shape)
    total = round(values.sum())
    rows, columns = shared(values.sum(1), total), shared(values.sum(0), total)
    margins = [cells.along("rows", (0,), rows.astype(float)), cells.along("columns", (1,), columns.astype(float))]
    rounded = whole(values.ravel(), margins).reshape(values.shape)
    by_rows = np.stack([shared(row, int(wanted)) for row, wanted in zip(values, rows, strict=True)])
    assert np.abs(by_rows.sum(0) - values.sum(0)).max() > 1
    assert np.abs(rounded.sum(0) - values.sum(0)).max() < 1


def test_the_nearest_rounding_is_chosen() -> None:
    cells = dense((1, 3))
    assert whole(np.array([0.9, 0.2, 0.9]), [cells.along("all", (), np.array(2.0))]).tolist() == [1, 0, 1]


def test_a_total_that_is_not_whole_or_out_of_reach_is_named() -> None:
    cells = dense((2, 2), ("sex", "region"))
    with pytest.raises(Stop, match=r"margin rows, sex=1: 2\.5 isn't a whole number"):
        whole(np.ones(4), [cells.along("rows", (0,), np.array([2.0, 2.5]))])
    with pytest.raises(Stop, match=r"margin rows, sex=0: 9 people are wanted where cells can be rounded to 2 to 4"):
        whole(np.full(4, 1.5), [cells.along("rows", (0,), np.array([9.0, 3.0]))])
