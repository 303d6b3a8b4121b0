"""The employment cube on the official files: margins met, published figures as published, whole people that add up."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmiforall import datasets
from lmiforall.base.model import Cube
from lmiforall.base.problem import Stop
from lmiforall.base.table import Table
from lmiforall.fit import cube, cube_series, people
from lmiforall.fit.cube_axes import DIMENSIONS, INDUSTRY, SUBMAJOR, UNITS, WITHIN
from lmiforall.fit.cube_margins import employed, margins
from lmiforall.fit.cube_structure import by_industry, by_sex_and_status
from lmiforall.fit.margin import Floats
from lmiforall.fit.mixture import GROUPS, belonging
from lmiforall.fit.ras import TOLERANCE, deviation

Tables = Callable[[str], Table]
DATASET = datasets.every()["employment_estimates"]
ENGLAND, KINGDOM = "E92000001", "K02000001"


def model() -> Cube:
    """Give the declared model, as what it is."""
    assert isinstance(DATASET.model, Cube)
    return DATASET.model


@pytest.fixture(scope="module")
def levels(table_of: Tables) -> pl.DataFrame:
    return employed(table_of("projections").frame, model().area)


@pytest.fixture(scope="module")
def structure(table_of: Tables) -> cube.Structure:
    weights = table_of("soc2010_soc2020_weights").frame
    return cube.Structure(
        by_industry(table_of("employment_by_industry").frame, table_of("employment_soc2010_sic").frame, weights),
        by_sex_and_status(table_of("pay").frame, table_of("employment_emp04").frame, weights),
    )


@pytest.fixture(scope="module")
def years(levels: pl.DataFrame, structure: cube.Structure) -> dict[int, Floats]:
    return cube.england(model(), levels, structure)


@pytest.fixture(scope="module")
def estimates(table_of: Tables) -> pl.DataFrame:
    frame = table_of("employment_estimates").frame
    return frame.with_columns(pl.col("soc", "region", "year", *DIMENSIONS[1:]).cast(pl.String))


def test_every_published_sum_of_every_year_is_met(levels: pl.DataFrame, years: dict[int, Floats]) -> None:
    sums = dict.fromkeys((cross.table for cross in model().crosses), 0)
    for year, people_at_work in years.items():
        for margin in margins(levels, model().crosses, year):
            assert deviation(people_at_work.ravel(), margin) <= TOLERANCE, margin.name
            sums[margin.name.partition(" ")[0]] += int((margin.upper > 0).sum())
    assert sorted(years) == list(range(2010, 2036))
    # Each table is there, and those that come out every year with every year: 26 groups in 26 years.
    assert sums["occ_f2"] == 26 * 26
    assert min(sums, key=lambda table: sums[table]) == "occ_t5"
    assert sums["occ_t5"] == 54 * 3
    assert sum(sums.values()) > 17_000


def test_unit_groups_add_up_to_their_sub_major_group_in_every_industry_sex_and_status(
    years: dict[int, Floats], structure: cube.Structure
) -> None:
    parts = cube.parts_of_units(years[2020], structure)
    assert parts.min() >= 0
    for cells in (years[2010], years[2035]):
        found = np.zeros(cells.shape[:-1])
        np.add.at(found, WITHIN, cube.by_unit(cells, parts))
        wanted = cells.sum(axis=-1)
        assert np.allclose(found, wanted, rtol=1e-9)


def test_where_the_survey_met_nobody_there_may_be_somebody(years: dict[int, Floats]) -> None:
    electricity = INDUSTRY.codes.index("I24")
    caring = SUBMAJOR.codes.index("61")
    assert years[2020][caring, electricity].sum() > 0


def test_what_is_published_of_england_is_served_as_published(estimates: pl.DataFrame, table_of: Tables) -> None:
    published = employed(table_of("projections").frame, "EN").filter(
        pl.col("table") == "occ_f2", pl.col("period").str.len_chars() == 4
    )
    served = estimates.filter(pl.col("region") == ENGLAND).rename({"year": "period"})
    both = published.join(served, on=["soc", "period", *DIMENSIONS[1:]], how="left", suffix="_served")
    assert both.height == 36 * 26
    assert set(both["status"].cast(pl.String)) == {"direct"}
    assert both["value"].to_list() == both["value_served"].to_list()


def test_the_official_series_takes_the_place_of_the_surveys_shares_once_it_is_there(
    years: dict[int, Floats], structure: cube.Structure
) -> None:
    """Two unit groups have figures made up for two years; the others are withheld and keep the survey's."""
    rows = [("2134", 2021, 900.0), ("2133", 2021, 300.0), ("2134", 2030, 500.0), ("2133", 2030, 500.0)]
    kinds = ["soc", "region", "year", "value"]
    series = pl.DataFrame([(soc, KINGDOM, str(year), value) for soc, year, value in rows], kinds, orient="row")
    known = {year: years[year] for year in (2020, 2024, 2030)}
    without = cube_series.parts(None, model(), known, structure)
    found = cube_series.parts(series, model(), known, structure)
    one, other = UNITS.index("2134"), UNITS.index("2133")
    elsewhere = WITHIN[one] != WITHIN
    for year, times in ((2020, 3.0), (2024, 3.0), (2030, 1.0)):
        units = cube.by_unit(known[year], found[year]).sum(axis=(1, 2, 3))
        assert units[one] / units[other] == pytest.approx(times, rel=1e-8)
        assert np.bincount(WITHIN, units) == pytest.approx(known[year].sum(axis=(1, 2, 3, 4)), rel=1e-8)
    before, after = (cube.by_unit(known[2020], parts[2020]).sum(axis=(1, 2, 3)) for parts in (without, found))
    assert after[elsewhere] == pytest.approx(before[elsewhere], rel=1e-8)


def test_the_nations_add_up_to_the_kingdom_and_the_regions_to_england(estimates: pl.DataFrame) -> None:
    everyone = estimates.filter(*(pl.col(name) == "all" for name in DIMENSIONS[1:]), pl.col("year") == "2027")
    wide = everyone.pivot("region", index="soc", values="value")
    nations = wide.select(pl.sum_horizontal(pl.col("^[EWSN]92000.*$"))).to_series()
    regions = wide.select(pl.sum_horizontal(pl.col("^E12.*$"))).to_series()
    assert wide.width == 1 + 14
    assert np.allclose(nations, wide[KINGDOM], rtol=1e-9)
    assert np.allclose(regions, wide[ENGLAND], rtol=1e-9)


def test_an_account_of_a_table_that_contradicts_another_stops_the_build(
    levels: pl.DataFrame, structure: cube.Structure
) -> None:
    more_nurses = levels.with_columns(
        pl.when(pl.col("table") == "occ_t2", pl.col("soc") == "22", pl.col("sex") == "female")
        .then(pl.col("value") * 1.01)
        .otherwise("value")
        .alias("value")
    )
    with pytest.raises(Stop) as stopped:
        cube.england(model(), more_nurses, structure)
    assert "occ_t2 2020" in str(stopped.value.problems[0])
    assert "soc=22" in str(stopped.value.problems[0])


def test_the_five_breakdowns_of_every_occupation_are_whole_people_who_add_up_to_its_total(table_of: Tables) -> None:
    table = table_of("employment_at_soc2010")
    names = [dimension.name for dimension in table.dataset.dimensions if dimension.default]
    frame = table.frame.with_columns(pl.col("soc2010", "year", *names).cast(pl.String))
    assert frame["value"].is_null().sum() == 0
    assert (frame["value"] % 1 == 0).all()
    defaults = {name: table.dataset.dimension(name).default for name in names}
    totals = frame.filter(*(pl.col(name) == code for name, code in defaults.items()))
    assert totals.height == (len(GROUPS) + 1) * 26
    for name in names:
        others = [pl.col(other) == code for other, code in defaults.items() if other != name]
        parts = frame.filter(*others, pl.col(name) != defaults[name]).group_by("soc2010", "year")
        both = totals.join(parts.agg(pl.col("value").sum().alias("sum")), on=["soc2010", "year"])
        assert both.height == totals.height
        assert both["value"].to_list() == both["sum"].to_list(), name


@pytest.mark.parametrize(("dimension", "year"), [("region", "2024"), ("qualification", "2035"), ("industry", "2020")])
def test_every_cell_is_within_one_person_of_what_was_fitted(
    dimension: str, year: str, estimates: pl.DataFrame, table_of: Tables
) -> None:
    whole = table_of("employment_at_soc2010")
    codes = dict(whole.dataset.model.breakdowns)[dimension]  # type: ignore[union-attr]
    defaults = {one.name: one.default for one in whole.dataset.dimensions if one.default and one.name != dimension}
    narrow = [pl.col(name).cast(pl.String) == code for name, code in defaults.items()]
    chosen = [pl.col(dimension).cast(pl.String).is_in(list(codes)), pl.col("year").cast(pl.String) == year]
    fitted = estimates.filter(*narrow, *chosen, pl.col("soc").str.len_chars() == 4)
    units = fitted.pivot(dimension, index="soc", values="value").sort("soc").select(codes).to_numpy()
    expected = belonging(table_of("soc2010_soc2020_weights").frame) @ units
    rounded = whole.frame.filter(*narrow, *chosen, pl.col("soc2010") != "all")
    found = rounded.with_columns(pl.col(dimension).cast(pl.String)).pivot(dimension, index="soc2010", values="value")
    order = {code: place for place, code in enumerate(found["soc2010"].cast(pl.String))}
    rows = found.select(codes).to_numpy()[[order[code] for code in GROUPS]]
    assert len(units) == len(UNITS)
    assert np.abs(rows - expected).max() < 1


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.01, 0.3, 5.0, 4000.0]))
def test_any_table_of_occupations_can_be_rounded_to_people_who_add_up(seed: int, size: float) -> None:
    values = np.random.default_rng(seed).gamma(0.3, size, (len(people.UNITS2010), 3))
    totals = people.rounded_totals(values.sum(axis=1))
    rounded = people.rounded(values, totals)
    assert np.array_equal(rounded.sum(axis=1), totals)
    assert np.abs(rounded - values).max() < 1 + 1e-6
    assert np.abs(rounded.sum(axis=0) - values.sum(axis=0)).max() < 1 + 1e-6


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32))
def test_totals_can_always_be_found_that_suit_all_breakdowns(seed: int) -> None:
    chance = np.random.default_rng(seed)
    everybody = chance.gamma(0.3, 4000.0, len(people.UNITS2010))
    parts = [chance.dirichlet(np.ones(codes), len(everybody)) for codes in (2, 3, 9)]
    tables = [everybody[:, None] * part for part in parts]
    totals, rounded = people.together(everybody, tables)
    for table, whole in zip(tables, rounded, strict=True):
        assert np.array_equal(whole.sum(axis=1), totals)
        assert np.abs(whole - table).max() < 1 + 1e-6


def test_totals_taken_from_one_breakdown_are_within_one_person_at_every_level() -> None:
    table = np.random.default_rng(2013).gamma(0.3, 4000.0, (len(people.UNITS2010), 2))
    totals = people.totals_of(table)
    assert np.abs(totals - table.sum(axis=1)).max() < 1
    majors = np.array([int(unit[0]) for unit in people.UNITS2010])
    assert np.abs(np.bincount(majors, totals) - np.bincount(majors, table.sum(axis=1))).max() < 1


def test_the_openings_of_unit_groups_add_up_to_those_that_are_published(table_of: Tables) -> None:
    projections = table_of("projections").frame.with_columns(pl.col("area", "soc", "table", "period").cast(pl.String))
    published = projections.filter(
        pl.col("area") == "EN",
        pl.col("table") == "rd_t1",
        pl.col("period") == "2020-2035",
        pl.col("measure").cast(pl.String) == "replacement_demand_thousand",
        pl.col("qualification").cast(pl.String) == "all",
        pl.col("soc").str.len_chars() == 2,
    ).select("soc", pl.col("value") * 1000)
    frame = table_of("replacement_demand_estimates").frame.with_columns(pl.col("soc", "region").cast(pl.String))
    england = frame.filter(pl.col("region") == ENGLAND, pl.col("measure").cast(pl.String) == "replacement_demand")
    units = (
        england.filter(pl.col("soc").str.len_chars() == 4)
        .group_by(pl.col("soc").str.slice(0, 2))
        .agg(pl.col("value").sum().alias("sum"))
    )
    both = published.join(units, on="soc", validate="1:1")
    assert both.height == len(SUBMAJOR.codes)
    assert np.allclose(both["value"], both["sum"], rtol=1e-9)
