"""The intervals of breakdowns hold nine in ten figures that were hidden, and hidden figures aren't given away."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.model import Cube
from lmiforall.base.table import Table
from lmiforall.fit import cube, cube_trials, cube_tried
from lmiforall.fit.cube_axes import DIMENSIONS
from lmiforall.fit.cube_error import held_out
from lmiforall.fit.cube_margins import employed
from lmiforall.fit.cube_structure import by_industry, by_sex_and_status
from lmiforall.fit.cube_sure import is_part_of_section
from lmiforall.fit.cube_tables import outwards
from lmiforall.fit.cube_trials import Trials
from lmiforall.fit.cube_tried import Tried

Tables = Callable[[str], Table]
ENGLAND, KINGDOM, LONDON = "E92000001", "K02000001", "E12000007"


def model() -> Cube:
    """Give the declared model, as what it is."""
    found = datasets.every()["employment_estimates"].model
    assert isinstance(found, Cube)
    return found


@pytest.fixture(scope="module")
def trials(table_of: Tables) -> Trials:
    frames = {name: table_of(name).frame for name in model().inputs}
    weights = frames["soc2010_soc2020_weights"]
    structure = cube.Structure(
        by_industry(frames["employment_by_industry"], frames["employment_soc2010_sic"], weights),
        by_sex_and_status(frames["pay"], frames["employment_emp04"], weights),
    )
    return cube_trials.trials(frames, model(), employed(frames["projections"], "EN"), structure)


@pytest.fixture(scope="module")
def every(trials: Trials) -> dict[str, Tried]:
    found = {f"{name}, {way}": tried for name, ways in trials.units.items() for way, tried in ways.items()}
    found |= {f"{name} by year": tried for name, tried in trials.years.items()}
    found |= {f"{name} by area": tried for name, tried in trials.areas.items()}
    others = {"qualification": trials.qualifications, "alone": trials.self_employed}
    return found | others | {"splits": trials.splits, "matrix": trials.matrix}


@pytest.fixture(scope="module")
def estimates(table_of: Tables) -> pl.DataFrame:
    frame = table_of("employment_estimates").frame.filter(pl.col("year") == "2024")
    return frame.with_columns(pl.col("soc", "region", "year", "status", *DIMENSIONS[1:]).cast(pl.String))


def test_nine_in_ten_hidden_figures_lie_within_intervals_that_were_read_off_others(every: dict[str, Tried]) -> None:
    coverage = {name: float(np.mean(np.abs(one.ours.error) <= held_out(one.ours))) for name, one in every.items()}
    assert len(coverage) == 6 * 3 + 4 + 3 + 4
    assert {name: part for name, part in coverage.items() if not 0.85 <= part <= 0.95} == {}


def test_no_trial_is_further_off_than_the_better_rival(every: dict[str, Tried]) -> None:
    for name, one in every.items():
        best = min(float(np.median(np.abs(errors.error))) for errors in one.rivals.values())
        assert np.median(np.abs(one.ours.error)) < best, name


def test_a_hidden_figure_leaves_no_trace_in_what_is_made_without_it(table_of: Tables) -> None:
    weights, workers = table_of("soc2010_soc2020_weights").frame, table_of("employment_emp04").frame
    jobs = table_of("pay").frame
    pharmacists = (pl.col("soc") == "2251") & (pl.col("sex") == "female")
    more = jobs.with_columns(pl.when(pharmacists).then(pl.col("value") * 1.7).otherwise("value").alias("value"))
    before, after = (
        cube_tried.of_jobs(frame, workers, weights, ("sex",))["all of one sex"].only("female") for frame in (jobs, more)
    )
    moved = np.abs(after.ours.error - before.ours.error)
    # What is published moved with it; what is made of the others stayed: the error moved by all of it.
    assert np.isclose(moved.max(), np.log(1.7))
    assert np.isclose(moved, 0).mean() > 0.99
    assert np.allclose(before.ours.people, after.ours.people)


def test_every_figure_has_a_grade_and_what_is_modelled_an_interval_around_it(estimates: pl.DataFrame) -> None:
    assert set(estimates["quality"]) == {1, 2, 3}
    direct = estimates.filter(pl.col("status") == "direct")
    assert direct["lower"].null_count() == direct.height
    assert direct.filter(pl.col("value") >= 10_000)["quality"].unique().to_list() == [1]
    assert direct.filter(pl.col("value") < 10_000)["quality"].unique().to_list() in ([], [3])
    made = estimates.filter(pl.col("status") != "direct")
    assert (made["lower"] <= made["value"]).all()
    assert (made["value"] <= made["upper"]).all()
    assert made.filter(pl.col("quality") == 1).is_empty()


def test_no_part_has_a_bound_above_that_of_its_whole(estimates: pl.DataFrame) -> None:
    whole = estimates.filter(*(pl.col(name) == "all" for name in DIMENSIONS[1:])).drop_nulls("upper")
    both = estimates.join(whole.select("soc", "region", most="upper"), on=["soc", "region"])
    assert both.height > 100_000
    assert (both["upper"] <= both["most"]).all()


def test_what_no_survey_prints_of_unit_groups_has_the_lowest_grade(estimates: pl.DataFrame) -> None:
    units = estimates.filter(pl.col("soc").str.len_chars() == 4)
    assert set(units.filter(pl.col("qualification") != "all")["quality"]) == {3}
    assert set(units.filter(pl.col("employment_status") == "self_employed")["quality"]) == {3}
    assert set(units.filter(pl.col("region") == LONDON)["quality"]) == {3}
    nurses = units.filter(pl.col("soc") == "2237", pl.col("region") == KINGDOM, pl.col("sex") == "female")
    assert set(nurses.filter(pl.col("employment_status") == "all", pl.col("qualification") == "all")["quality"]) == {2}


def test_a_part_of_a_section_is_known_from_a_whole_one() -> None:
    assert is_part_of_section("G13")
    assert is_part_of_section("I03")
    assert not is_part_of_section("S2")
    assert not is_part_of_section("G11")


def test_bounds_are_rounded_away_from_what_is_between_them() -> None:
    bounds = np.array([0.0, 0.12345, 1234.5, 99999.0])
    assert outwards(bounds, np.floor).tolist() == pytest.approx([0.0, 0.123, 1230.0, 99900.0])
    assert outwards(bounds, np.ceil).tolist() == pytest.approx([0.0, 0.124, 1240.0, 100000.0])
