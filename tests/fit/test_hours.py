"""Hours by region, age and industry add up, never cross, and follow their wider groups."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from lmiforall.base.table import Table
from lmiforall.fit import hours
from lmiforall.fit.hours import MEASURES, Along
from lmiforall.fit.pay_inputs import REGIONS, UNITS
from lmiforall.fit.pay_spread import Rule

CELL = ["soc", "region", "age", "industry"]


@pytest.fixture(scope="module")
def estimates(table_of: Callable[[str], Table]) -> pl.DataFrame:
    return table_of("hours_estimates").frame.with_columns(pl.col(pl.Enum).cast(pl.String))


def test_deciles_of_hours_never_cross(estimates: pl.DataFrame) -> None:
    wide = estimates.pivot("measure", index=CELL, values="value")
    assert wide.height > 9_000
    for lower, upper in pairwise(MEASURES[1:]):
        assert wide.filter(pl.col(lower) > pl.col(upper)).height == 0, (lower, upper)


def test_every_estimate_of_hours_lies_in_its_interval_and_is_graded_lowest(estimates: pl.DataFrame) -> None:
    inside = estimates.filter(pl.col("lower") <= pl.col("value"), pl.col("value") <= pl.col("upper"))
    assert estimates.height - inside.height <= estimates.height // 1000
    assert set(estimates["quality"]) == {3.0}


def test_pupils_and_students_age_works_the_fewest_hours(estimates: pl.DataFrame) -> None:
    """Shop assistants of 18 to 21 work fewer hours than those of 30 to 39."""
    shop = estimates.filter(pl.col("soc") == "7111", pl.col("measure") == "mean_hours")
    of_age = dict(shop.filter(pl.col("age") != "all").select("age", "value").iter_rows())
    assert of_age["18-21"] < of_age["30-39"]


def test_means_over_regions_are_the_unit_groups_own() -> None:
    people = np.ones((len(UNITS), len(REGIONS)))
    ratio = np.tile(np.linspace(-0.2, 0.3, len(REGIONS)), (9, 1))
    along = Along("region", REGIONS, dict.fromkeys(MEASURES, ratio), people)
    uk = dict.fromkeys(MEASURES, np.full(len(UNITS), 36.0))
    found = hours.estimates(along, uk, Rule(0.1, 0.3))
    assert found.values[hours.MEAN].mean(axis=1) == pytest.approx(36.0)
    assert (np.diff(found.values[hours.MEAN], axis=1) > 0).all()
