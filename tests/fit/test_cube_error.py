"""The intervals of employment estimates hold what surveys publish nine times in ten, on blocks that weren't used."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from lmiforall.base.table import Table
from lmiforall.fit import cube_error
from lmiforall.fit.cube_axes import DIMENSIONS
from lmiforall.fit.cube_error import Errors, Width
from lmiforall.fit.cube_margins import employed

Tables = Callable[[str], Table]


@pytest.fixture(scope="module")
def errors(table_of: Tables) -> dict[str, Errors]:
    sections = table_of("employment_by_industry").frame
    return {
        "units": cube_error.of_units(sections),
        "regions": cube_error.of_regions(table_of("employment_by_region").frame),
        "growth": cube_error.of_growth(sections, employed(table_of("projections").frame, "EN")),
    }


def _coverage(errors: Errors) -> dict[str, tuple[float, int]]:
    """Leave each block out, read the widths off the others, and count how many of its errors are within."""
    found = {}
    for block in sorted(set(errors.block)):
        tried = errors.only(block)
        found[block] = cube_error.covered(tried, cube_error.fitted(errors.without(block))), len(tried.error)
    return found


@pytest.mark.parametrize("kind", ["units", "regions", "growth"])
def test_nine_in_ten_of_what_is_published_lies_within_intervals_made_without_it(
    kind: str, errors: dict[str, Errors]
) -> None:
    found = _coverage(errors[kind])
    pooled = sum(part * count for part, count in found.values()) / sum(count for _, count in found.values())
    assert 0.85 <= pooled <= 0.95


def test_no_survey_year_is_covered_badly(errors: dict[str, Errors]) -> None:
    for year, (part, count) in _coverage(errors["units"]).items():
        assert count > 400
        assert 0.80 <= part <= 0.97, year


def test_london_is_unlike_other_regions_and_has_widths_of_its_own(errors: dict[str, Errors], table_of: Tables) -> None:
    found = _coverage(errors["regions"])
    assert found.pop(cube_error.LONDON)[0] < 0.80
    assert all(part > 0.80 for part, _ in found.values())
    sections, minors = table_of("employment_by_industry").frame, table_of("employment_by_region").frame
    sure = cube_error.widths(sections, minors, employed(table_of("projections").frame, "EN"))
    own = errors["regions"].only(cube_error.LONDON)
    assert cube_error.covered(own, sure.spread[cube_error.LONDON]) > 0.85


def test_every_region_is_held_by_its_own_scale_read_off_its_other_groups(errors: dict[str, Errors]) -> None:
    regions = errors["regions"]
    held = np.abs(regions.error) <= cube_error.as_served(regions, set(regions.block))
    assert 0.85 <= held.mean() <= 0.95
    for region in set(regions.block):
        assert 0.80 <= held[np.array(regions.block) == region].mean() <= 0.97, region


def test_a_block_has_its_own_scale_and_one_that_nobody_knows_that_of_all() -> None:
    chance = np.random.default_rng(1)
    blocks = ["near", "far"] * 300
    off = chance.normal(0, np.where(np.array(blocks) == "far", 0.4, 0.1))
    found = cube_error.by_block(Errors(np.full(600, 5_000.0), off, blocks))
    near, far, unseen = (found.of(name).at(np.array([5_000.0]))[0] for name in ("near", "far", "elsewhere"))
    assert near == pytest.approx(0.1645, rel=0.25)
    assert far == pytest.approx(0.658, rel=0.25)
    assert near < unseen < far
    assert found.at(np.full(3, 5_000.0), ["far", "elsewhere", "near"]).tolist() == [far, unseen, near]


def test_more_people_never_have_a_wider_interval() -> None:
    chance = np.random.default_rng(20261125)
    people = chance.uniform(1_000, 100_000, 1_000)
    width = cube_error.fitted(Errors(people, chance.normal(0, 0.2, 1_000), ["one"] * 1_000))
    assert np.all(np.diff(width.at(np.geomspace(500, 500_000, 50))) <= 0)


def test_beyond_the_sizes_that_were_met_the_nearest_width_is_taken() -> None:
    width = Width(np.array([1_000.0, 10_000.0]), np.array([0.5, 0.2]))
    assert width.at(np.array([0.0, 10.0, 1e9])).tolist() == [0.5, 0.5, 0.2]


def test_estimates_of_everybody_have_an_interval_around_them_and_published_figures_none(table_of: Tables) -> None:
    frame = table_of("employment_estimates").frame
    frame = frame.with_columns(pl.col("soc", "region", "year", "status", *DIMENSIONS[1:]).cast(pl.String))
    everybody = frame.filter(*(pl.col(name) == "all" for name in DIMENSIONS[1:]))
    direct = everybody["status"] == "direct"
    assert everybody.filter(direct)["lower"].null_count() == int(direct.sum()) == 36 * 26
    made = everybody.filter(~direct)
    assert (made["lower"] <= made["value"]).all()
    assert (made["value"] <= made["upper"]).all()
    # A unit group is less sure in a region than in England, and in ten years than now.
    relative = {
        (region, year): made.filter(pl.col("soc") == "2134", pl.col("region") == region, pl.col("year") == year)
        .select((pl.col("upper") / pl.col("lower")).log())
        .item()
        for region in ("E92000001", "E12000001", "S92000003")
        for year in ("2024", "2035")
    }
    assert relative["E92000001", "2024"] < relative["E12000001", "2024"]
    assert relative["E92000001", "2024"] < relative["E92000001", "2035"]
    assert relative["E92000001", "2035"] < relative["S92000003", "2035"]
