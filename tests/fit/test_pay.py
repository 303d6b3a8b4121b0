"""Pay by region, age and industry: published figures stand, estimates add up, say how sure they are, never cross."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.base.table import Table
from lmiforall.fit import pay_balance, pay_region
from lmiforall.fit.mixed import Component
from lmiforall.fit.pay_inputs import MAJOR_OF, REGIONS, UNITS, Known, known
from lmiforall.fit.pay_spread import Cross, rule

PAY = datasets.every()["pay_estimates"]
CELL = ["soc", "region", "age", "industry", "basis"]


@pytest.fixture(scope="module")
def estimates(table_of: Callable[[str], Table]) -> pl.DataFrame:
    return table_of("pay_estimates").frame.with_columns(pl.col(pl.Enum).cast(pl.String))


@pytest.fixture(scope="module")
def about(table_of: Callable[[str], Table]) -> Known:
    return known(PAY.model, {name: table_of(name) for name in PAY.inputs})  # type: ignore[arg-type]


def test_every_published_regional_median_stands_as_it_is(
    estimates: pl.DataFrame, table_of: Callable[[str], Table]
) -> None:
    published = table_of("pay_by_region").frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    units = published.filter(pl.col("soc").str.len_chars() == 4, pl.col("sheet").str.contains("table15"))
    joined = units.join(estimates.filter(pl.col("status") == "direct"), on=["soc", "region", "measure", "basis"])
    assert joined.height == units.height == 1600
    assert (joined["value"] == joined["value_right"]).all()
    assert joined["lower"].null_count() == joined.height
    assert set(joined["quality"]) == {1.0}


def test_every_estimate_lies_in_its_interval_and_has_a_grade(estimates: pl.DataFrame) -> None:
    modelled = estimates.filter(pl.col("status") != "direct")
    inside = modelled.filter(pl.col("lower") < pl.col("value"), pl.col("value") < pl.col("upper"))
    crossed = modelled.height - inside.height
    assert crossed <= modelled.height // 1000, "only a decile that was moved to its neighbour may leave its interval"
    assert set(modelled["quality"]) == {2.0, 3.0}


def test_deciles_never_cross_each_other(estimates: pl.DataFrame) -> None:
    names = [f"p{part}_gbp" if part != 50 else "median_gbp" for part in range(10, 100, 10)]
    wide = estimates.pivot("measure", index=CELL, values="value")
    assert wide.height > 10_000
    for lower, upper in pairwise(names):
        assert wide.filter(pl.col(lower) > pl.col(upper)).height == 0, (lower, upper)


def test_means_add_up_to_the_unit_groups_published_mean(estimates: pl.DataFrame, about: Known) -> None:
    """Within what rounding to ten pounds leaves."""
    rows = estimates.filter(pl.col("measure") == "mean_gbp", pl.col("basis") == "year", pl.col("region") != "K02000001")
    means = {(soc, region): value for soc, region, value in rows.select("soc", "region", "value").iter_rows()}
    assert len(means) > 4_000
    for place, code in enumerate(UNITS):
        if (code, REGIONS[0]) in means:
            mean = sum(part * means[code, region] for part, region in zip(about.share[place], REGIONS, strict=True))
            assert mean == pytest.approx(about.uk["year"]["mean_gbp"][place], abs=5.0)


def test_the_balance_meets_both_sides_and_says_what_it_moved() -> None:
    people = np.array([[2.0, 1.0], [1.0, 3.0], [1.0, 1.0]])
    units, others = np.array([10.0, 20.0, np.nan]), np.array([[14.0, 18.0]])
    found = pay_balance.balance(people, np.ones(people.shape), units, others, np.zeros(3, np.int64))
    bills = people[:2] * found.means[:2]
    assert bills.sum(axis=1) == pytest.approx([30.0, 80.0])
    assert bills.sum(axis=0) / [14.0 * 3, 18.0 * 4] == pytest.approx([found.moved[0]] * 2)
    assert np.isnan(found.means[2]).all()


def test_a_mean_that_is_negative_stops_the_balance() -> None:
    with pytest.raises(Stop, match="pay bills"):
        pay_balance.balance(
            np.ones((1, 2)), np.array([[1.0, -1.0]]), np.array([10.0]), np.ones((1, 2)), np.zeros(1, np.int64)
        )


def test_the_effects_of_a_unit_group_even_out_over_the_regions(about: Known) -> None:
    """The UK's median is the mean of the regions', so no effect may move all regions up at once."""
    weights = about.share.ravel()[:, None]
    for component in pay_region.components(about):
        if component.name.startswith("sampling"):
            continue
        sums = np.add.reduceat(component.loadings * weights, np.arange(0, len(weights), len(REGIONS)))
        assert np.abs(sums).max() < 1e-9, component.name


def test_sampling_noise_is_larger_where_there_are_fewer_jobs(about: Known) -> None:
    noise = next(part for part in pay_region.components(about) if part.name == "sampling, by jobs and spread")
    assert isinstance(noise, Component)
    own = noise.own(np.arange(len(UNITS) * len(REGIONS))).reshape(about.share.shape)
    for variances, shares in zip(own, about.share, strict=True):
        assert (np.diff(variances[np.argsort(shares)]) <= 1e-12).all()


def test_an_interval_is_wider_the_further_pay_is_from_everyones() -> None:
    majors = np.zeros(9)
    near = Cross("near", np.linspace(-0.1, 0.1, len(MAJOR_OF)), majors)
    far = Cross("far", np.linspace(-0.4, 0.4, len(MAJOR_OF)) - 1.0, majors - 1.0)
    found = rule([near, far], 0.9)
    assert found.width(np.array([0.0])) == pytest.approx(0.09, rel=0.02)
    assert found.width(np.array([-1.0])) == pytest.approx(0.36, rel=0.02)
