"""Margins from rows of codes: what is listed is met, what isn't is left alone, and what nobody knows is named."""

import numpy as np
import pytest

from lmiforall.base.problem import Stop
from lmiforall.fit.listed import listed
from lmiforall.fit.margin import OUTSIDE, dense
from lmiforall.fit.ras import fit
from lmiforall.fit.sums import sums_of

CELLS = dense((2, 3), ("sex", "area"), (("female", "male"), ("E12000007", "W92000004", "S92000003")))


def test_listed_sums_are_met_and_the_others_left_alone() -> None:
    margin = listed(CELLS, "survey", ["area", "sex"], [(("E12000007", "male"), 7.0), (("S92000003", "female"), 2.0)])
    assert margin.is_exact
    assert (margin.groups == OUTSIDE).sum() == 4
    found = fit(np.ones(6), [margin])
    assert sums_of(found.values, margin).tolist() == [7.0, 2.0]
    assert found.values.reshape(2, 3).tolist() == [[1.0, 1.0, 2.0], [7.0, 1.0, 1.0]]
    assert margin.label(1) == "area=S92000003, sex=female"


def test_an_unknown_code_is_named_with_table_place_and_figure() -> None:
    with pytest.raises(Stop) as stop:
        listed(CELLS, "survey", ["area"], [(("E12000007",), 3.0), (("N92000002",), 12.5)], table="employment")
    said = str(stop.value)
    assert "employment, margin survey, area=N92000002" in said
    assert "N92000002 is no code of area in this table; its figure is 12.5" in said


def test_a_sum_that_stands_twice_is_named_with_both_figures() -> None:
    with pytest.raises(Stop, match=r"area=E12000007.*stands twice, as 3 and as 4"):
        listed(CELLS, "survey", ["area"], [(("E12000007",), 3.0), (("E12000007",), 4.0)])


def test_a_dimension_that_the_table_has_not_is_named() -> None:
    with pytest.raises(Stop, match="no dimension age: it has sex, area"):
        listed(CELLS, "survey", ["age"], [(("16-24",), 3.0)])


def test_an_area_that_the_seed_leaves_empty_is_named_with_its_figure() -> None:
    seed = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0])
    margin = listed(CELLS, "survey", ["area"], [(("W92000004",), 250.0), (("E12000007",), 9.0)])
    with pytest.raises(Stop) as stop:
        fit(seed, [margin], table="employment")
    assert "employment, margin survey, area=W92000004: 250 people are wanted where every cell" in str(stop.value)
