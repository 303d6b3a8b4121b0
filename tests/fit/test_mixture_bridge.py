"""The change from 2021 to 2022 compares like with like, over the change of classification."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from lmiforall.base.table import Table
from lmiforall.fit.mixture_bridge import CHANGE, mixed


def test_a_group_that_is_one_unit_group_has_its_published_change() -> None:
    weights = np.array([[10.0, 0.0], [0.0, 5.0]])
    assert mixed(weights, np.array([500.0, 300.0]), np.array([4.0, -2.0]), 0.8) == pytest.approx([4.0, -2.0])


def test_a_mixture_changes_as_its_pay_bill_does() -> None:
    """Two unit groups of equal size: 500 was 400 and 300 was 300, so 800 was 700."""
    found = mixed(np.array([[1.0, 1.0]]), np.array([500.0, 300.0]), np.array([25.0, 0.0]), 0.8)
    assert found == pytest.approx([100.0 * (800.0 / 700.0 - 1.0)])


def test_a_group_whose_changes_are_mostly_unknown_has_none() -> None:
    found = mixed(np.array([[1.0, 1.0]]), np.array([500.0, np.nan]), np.array([25.0, 0.0]), 0.8)
    assert np.isnan(found).all()


def test_pay_changed_over_the_break_by_as_much_as_all_pay_did(table_of: Callable[[str], Table]) -> None:
    """ONS's headline: weekly pay rose by 5 to 7 per cent from 2021 to 2022, and most groups' by something like it."""
    frame = table_of("pay_at_soc2010").frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    changes = frame.filter(
        pl.col("measure") == CHANGE, pl.col("year") == "2022", pl.col("sex") == "all", pl.col("pattern") == "all"
    )
    assert set(changes.filter(pl.col("value").is_not_null())["status"]) == {"converted"}
    units = changes.filter(pl.col("soc2010").str.len_chars() == 4)["value"].drop_nulls()
    assert len(units) > 300
    assert 4.0 < float(units.median() or 0.0) < 8.0
    assert units.is_between(-20.0, 40.0).mean() > 0.95
