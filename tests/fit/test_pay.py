"""Pay by region, age and industry: published figures stand, estimates add up, say how sure they are, never cross."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.base.table import Table
from lmiforall.fit import pay_balance, pay_grown, pay_region, pay_rows, pay_scale
from lmiforall.fit.mixed import Component
from lmiforall.fit.pay_inputs import MAJOR_OF, REGIONS, UNITS, Known, known
from lmiforall.fit.pay_spread import Cross, rule

PAY = datasets.every()["pay_estimates"]
CELL = ["soc", "region", "age", "industry", "sex", "pattern", "basis"]
EVERYONE = (pl.col("sex") == "all", pl.col("pattern") == "all")


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
    joined = units.join(
        estimates.filter(pl.col("status") == "direct", *EVERYONE), on=["soc", "region", "measure", "basis"]
    )
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
    rows = estimates.filter(
        pl.col("measure") == "mean_gbp", pl.col("basis") == "year", pl.col("region") != "K02000001", *EVERYONE
    )
    means = {(soc, region): value for soc, region, value in rows.select("soc", "region", "value").iter_rows()}
    assert len(means) > 4_000
    for place, code in enumerate(UNITS):
        if (code, REGIONS[0]) in means:
            mean = sum(part * means[code, region] for part, region in zip(about.share[place], REGIONS, strict=True))
            assert mean == pytest.approx(about.uk["year"]["mean_gbp"][place], abs=5.0)


@pytest.mark.parametrize("sex", ["all", "male", "female"])
def test_what_is_published_of_a_sex_in_the_uk_stands_as_it_is(
    sex: str, estimates: pl.DataFrame, table_of: Callable[[str], Table]
) -> None:
    published = (
        table_of("pay")
        .frame.with_columns(pl.col(pl.Enum).cast(pl.String))
        .filter(
            pl.col("year") == "2025", pl.col("sex") == sex, pl.col("pattern") == "all", pl.col("value").is_not_null()
        )
    )
    keys = ["soc", "basis", "sex", "pattern", "measure"]
    of_uk = estimates.filter(pl.col("region") == "K02000001", pl.col("age") == "all", pl.col("industry") == "all")
    joined = published.join(of_uk, on=keys)
    assert joined.height > 4_000
    assert (joined["value"] == joined["value_right"]).all()
    assert set(joined["status_right"]) == {"direct"}


def test_every_sex_and_pattern_has_an_estimate_in_every_region(estimates: pl.DataFrame) -> None:
    rows = estimates.filter(pl.col("measure") == "median_gbp", pl.col("region") != "K02000001")
    counts = rows.group_by("sex", "pattern", "basis").agg(pl.col("region").n_unique(), pl.col("soc").n_unique())
    crossed = counts.filter((pl.col("sex") != "all") | (pl.col("pattern") != "all"))
    assert crossed.height == 8
    assert set(crossed["region"]) == {len(REGIONS)}
    assert crossed["soc"].min() > 380


def test_a_smaller_groups_interval_is_wider(estimates: pl.DataFrame) -> None:
    """Of nurses in a region, men's is wider than women's, who are nine in ten."""
    nurses = estimates.filter(
        pl.col("soc") == "2237",
        pl.col("basis") == "year",
        pl.col("measure") == "median_gbp",
        pl.col("region") == "E12000009",
    )
    widths = {sex: upper / lower for sex, upper, lower in nurses.select("sex", "upper", "lower").iter_rows() if lower}
    assert widths["male"] > widths["female"]


def test_estimated_deciles_lie_between_the_published_ones() -> None:
    keys = [
        ("week", "mean_gbp"),
        *(("week", f"p{part}_gbp" if part != 50 else "median_gbp") for part in range(10, 100, 10)),
    ]
    values = {key: np.full((len(UNITS), 1), 100.0) for key in keys}
    values["week", "p80_gbp"] = np.full((len(UNITS), 1), 900.0)
    published = {
        ("week", "p90_gbp"): np.full((len(UNITS), 1), 300.0),
        ("week", "p20_gbp"): np.full((len(UNITS), 1), 120.0),
    }
    widths = {key: np.full((len(UNITS), 1), 0.1) for key in keys}
    found = pay_rows.rows(pay_rows.Estimates("region", ("K02000001",), values, widths, published), {"week": 1.0})
    one = dict(found.filter(pl.col("soc") == UNITS[0]).select("measure", "value").iter_rows())
    deciles = [one[name] for _, name in keys[1:]]
    assert deciles == [100, 120, 120, 120, 120, 120, 120, 300, 300]


def test_an_interval_is_taken_from_cells_of_a_like_error() -> None:
    """Sure cells missed by less than their errors say, unsure ones by more: each keeps its own factor."""
    chance = np.random.default_rng(1)
    errors = np.concatenate([chance.uniform(0.009, 0.011, 2000), chance.uniform(0.09, 0.11, 2000)])
    off = errors * chance.normal(size=4000) * np.where(errors < 0.05, 0.5, 4.0)
    found = pay_scale.like(off, errors, np.array([0.01, 0.1]), 0.9)
    assert found == pytest.approx([0.01 * 0.5 * 1.645, 0.1 * 4.0 * 1.645], rel=0.15)


def test_a_withheld_figure_grows_as_its_major_group_did() -> None:
    majors, gap = np.zeros(len(UNITS)), np.full(len(UNITS), np.nan)
    variation = np.full(len(UNITS), 5.0)
    known = {
        "2022": pay_grown.Year(np.full(len(UNITS), 1.0), majors, variation),
        "2023": pay_grown.Year(np.full(len(UNITS), 1.5), majors + 0.4, variation),
        "2024": pay_grown.Year(gap, majors + 0.7, variation),
    }
    found = pay_grown.carried(known, "2024", 0.9)
    assert found.value == pytest.approx(1.8)
    assert found.width == pytest.approx(0.1)
    shown = pay_grown.carried(known, "2023", 0.9)
    assert (shown.width == 0.0).all()
    first = pay_grown.carried({year: known[year] for year in ("2023", "2024")}, "2024", 0.9)
    assert first.width == pytest.approx(1.645 * 0.05 * 2**0.5, rel=1e-3)


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
