"""The mixed model gives what the textbook gives where that has a formula, and the errors that it would really make."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmiforall.base.problem import Stop
from lmiforall.fit import mixed
from lmiforall.fit.mixed import Component, Floats, Mixed

# SOURCE: O. L. Davies, Statistical Methods in Research and Production (1949), the yield of dyestuff from six batches,
# five samples of each, as it stands in R's lme4 (Dyestuff), whose restricted likelihood gives the two variances.
DYESTUFF = (
    (1545, 1440, 1440, 1520, 1580),
    (1540, 1555, 1490, 1560, 1495),
    (1595, 1550, 1605, 1510, 1560),
    (1445, 1440, 1595, 1465, 1545),
    (1595, 1630, 1515, 1635, 1625),
    (1520, 1455, 1450, 1480, 1445),
)
BETWEEN, WITHIN, MEAN = 1764.0, 2451.25, 1527.5


def one_way(values: Floats, *, hidden: tuple[int, ...] = ()) -> Mixed:
    """Fit groups (rows) with a mean in common; the hidden cells are not seen."""
    groups = np.repeat(np.arange(len(values)), values.shape[1])
    seen = np.setdiff1d(np.arange(values.size), hidden)
    component = Component("group", groups, np.ones((values.size, 1)))
    return mixed.fit([component], np.ones((values.size, 1)), seen, values.ravel()[seen])


def test_it_gives_the_variances_of_the_published_example() -> None:
    model = one_way(np.array(DYESTUFF, np.float64))
    assert model.variances[0] == pytest.approx(BETWEEN, rel=0.02)
    assert model.variances[1] == pytest.approx(WITHIN, rel=0.02)


def test_a_groups_prediction_is_shrunk_towards_the_mean_by_its_reliability() -> None:
    values = np.array(DYESTUFF, np.float64)
    model = one_way(values)
    predicted, _ = model.predict(np.arange(0, 30, 5))
    reliability = model.variances[0] / (model.variances[0] + model.variances[1] / 5)
    assert predicted == pytest.approx(MEAN + reliability * (values.mean(axis=1) - MEAN), rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 29))
def test_a_cell_left_out_in_one_go_is_predicted_as_from_all_the_others(seed: int, cell: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.normal(size=(6, 1)) + chance.normal(size=(6, 5))
    model = one_way(values)
    off, error = model.left_out()
    others = np.setdiff1d(np.arange(30), [cell])
    predicted, its_error = model.predict(np.array([cell]), others, values.ravel()[others])
    assert values.ravel()[cell] - predicted[0] == pytest.approx(off[cell], abs=1e-8)
    assert its_error[0] == pytest.approx(error[cell], rel=1e-8)


def test_a_search_that_does_not_settle_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixed, "STEPS", 1)
    with pytest.raises(Stop, match="didn't settle"):
        one_way(np.array(DYESTUFF, np.float64))


def test_a_covariance_that_is_none_stops() -> None:
    with pytest.raises(Stop, match="isn't positive"):
        mixed.inverted(np.array([[1.0, 2.0], [2.0, 1.0]]))


def test_what_is_expected_without_the_noise_leaves_the_noise_out() -> None:
    """A group's mean shrunk is expected of each of its cells, whatever was seen in it; noise in common is not."""
    values = np.array(DYESTUFF, np.float64)
    every, groups = np.arange(values.size), np.repeat(np.arange(6), 5)
    model = one_way(values)
    predicted, _ = model.predict(every)
    assert model.expected(every) == pytest.approx(predicted, rel=1e-12)
    noisy = mixed.fit(
        [Component("group", groups, np.ones((30, 1)), noise=True)], np.ones((30, 1)), every, values.ravel()
    )
    assert noisy.expected(every) == pytest.approx(np.full(30, MEAN), rel=1e-9)


def test_cells_left_out_together_are_foretold_from_all_others() -> None:
    """Exactly as a model that never saw them foretells them, its variances being the same."""
    values = np.array(DYESTUFF, np.float64)
    model = one_way(values)
    together = np.repeat(np.arange(6), 5)
    off, error = model.left_out(together)
    out = together == 2
    mean, expected = model.predict(np.flatnonzero(out), model.seen[~out], model.z[~out])
    assert mean - values[2] == pytest.approx(-off[out])
    assert error[out] == pytest.approx(expected)
