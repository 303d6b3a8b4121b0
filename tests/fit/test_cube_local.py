"""Local areas on the official files: every printed total is met, and served as printed; intervals are wider."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.model import Areas
from lmiforall.base.problem import Stop
from lmiforall.base.table import Table
from lmiforall.fit import cube_areas
from lmiforall.fit.cube_areas import Area
from lmiforall.fit.cube_axes import UNITS, WITHIN
from lmiforall.fit.cube_local import AREAS
from lmiforall.fit.margin import Floats
from lmiforall.fit.ras import TOLERANCE

Tables = Callable[[str], Table]


@pytest.fixture(scope="module")
def local(table_of: Tables) -> pl.DataFrame:
    frame = table_of("employment_estimates_by_area").frame
    return frame.with_columns(pl.col("soc", "area", "year", "status").cast(pl.String))


@pytest.fixture(scope="module")
def seeds(table_of: Tables) -> dict[int, Floats]:
    return cube_areas.england(table_of("employment_estimates").frame, "E92000001")


@pytest.fixture(scope="module")
def cumbria(table_of: Tables) -> dict[int, Area]:
    return cube_areas.books(table_of("projections").frame, "CU_LSIP")


def test_every_area_and_year_has_every_unit_group(local: pl.DataFrame) -> None:
    units = local.filter(pl.col("soc").str.len_chars() == 4)
    assert units.height == 42 * 26 * 412
    assert set(units["area"]) == set(AREAS)
    assert (units["value"] > 0).all()


def test_unit_groups_add_up_to_what_the_books_print_and_that_is_served_as_printed(
    local: pl.DataFrame, table_of: Tables
) -> None:
    projections = table_of("projections").frame.with_columns(pl.col("area", "table", "soc", "period").cast(pl.String))
    printed = projections.filter(
        pl.col("table") == "occ_f2",
        pl.col("measure") == "employment_thousand",
        pl.col("area") != "EN",
        pl.col("soc").str.len_chars() == 2,
    ).select("area", "soc", pl.col("period").alias("year"), printed=pl.col("value") * 1000)
    assert printed.height == 42 * 26 * 26
    both = printed.join(local, on=["area", "soc", "year"], validate="1:1")
    assert both["printed"].to_list() == both["value"].to_list()
    assert set(both["status"]) == {"direct"}
    units = local.filter(pl.col("soc").str.len_chars() == 4).with_columns(pl.col("soc").str.slice(0, 2))
    sums = units.group_by("area", "soc", "year").agg(pl.col("value").sum().alias("sum"))
    met = printed.join(sums, on=["area", "soc", "year"], validate="1:1")
    assert np.allclose(met["sum"], met["printed"], rtol=TOLERANCE, atol=0)


def test_combined_authorities_that_repeat_an_lsip_have_its_occupations(local: pl.DataFrame) -> None:
    for name in ("CP", "GM", "LV", "SY", "TV", "WY"):
        one, other = (local.filter(pl.col("area") == f"{name}_{kind}")["value"] for kind in ("LSIP", "MCA"))
        assert np.allclose(one, other, rtol=1e-6), name


def test_an_area_is_less_sure_than_england_and_its_unit_groups_have_the_lowest_grade(
    local: pl.DataFrame, table_of: Tables
) -> None:
    rest = ("industry", "sex", "employment_status", "qualification")
    england = table_of("employment_estimates").frame.filter(
        pl.col("region") == "E92000001", pl.col("year") == "2024", *(pl.col(name) == "all" for name in rest)
    )
    width = (pl.col("upper") / pl.col("lower")).log().alias("width")
    wide = local.filter(pl.col("year") == "2024", pl.col("soc").str.len_chars() == 4).select("soc", "quality", width)
    both = wide.join(england.select(pl.col("soc").cast(pl.String), width.alias("england")), on="soc")
    assert both.height == 42 * 412
    assert (both["width"] > both["england"]).all()
    assert set(both["quality"]) == {3}


def test_an_areas_own_industries_move_its_occupations(seeds: dict[int, Floats], cumbria: dict[int, Area]) -> None:
    plain = np.ones(len(UNITS))
    local = cube_areas.people("Cumbria", {2020: cumbria[2020]}, seeds, plain)[2020]
    alike = seeds[2020].sum(axis=1)
    share, of_england = (people / np.bincount(WITHIN, people)[WITHIN] for people in (local, alike))
    farmers, waiters = UNITS.index("5111"), UNITS.index("9264")
    assert local.sum() == pytest.approx(cumbria[2020].occupations.sum(), rel=TOLERANCE)
    assert share[farmers] > of_england[farmers]
    assert share[waiters] > of_england[waiters]


def test_a_book_that_contradicts_itself_stops_the_build(seeds: dict[int, Floats], cumbria: dict[int, Area]) -> None:
    book = cumbria[2020]
    more = Area(book.occupations, book.industries * 1.01, book.both)
    with pytest.raises(Stop) as stopped:
        cube_areas.people("Cumbria", {2020: more}, seeds, np.ones(len(UNITS)))
    assert "employment of Cumbria in 2020" in str(stopped.value.problems[0])


def test_each_area_is_declared_in_one_region_at_most(table_of: Tables) -> None:
    model = datasets.every()["employment_estimates_by_area"].model
    assert isinstance(model, Areas)
    inside = [area for area, _ in model.inside]
    assert len(inside) == len(set(inside))
    assert set(AREAS) - set(inside) == {"SM_LSIP", "DO_LSIP"}
    assert set(cube_areas.REGIONS) == {region for _, region in model.inside}
    assert table_of("employment_estimates_by_area").dataset.model is model
