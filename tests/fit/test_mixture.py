"""How many jobs weigh a unit group in a mixture, where ONS withheld them."""

import numpy as np
import polars as pl
import pytest

from lmiforall.fit.mixture import UNITS, jobs_of, with_jobs

PEOPLE = [place for place, code in enumerate(UNITS) if code[:3] == "116"]


def jobs(**thousands: float) -> pl.DataFrame:
    """Give rows of jobs by occupation: ``all`` is everyone, ``_116`` a minor group."""
    given = {code.removeprefix("_"): value for code, value in thousands.items()}
    return pl.DataFrame({"soc": list(given), "value_jobs_thousand": list(given.values())})


def test_jobs_are_those_that_are_published_else_those_of_the_year_before() -> None:
    before = np.full(len(UNITS), 7.0)
    found = jobs_of(jobs(_1162=8.0), before, None)
    assert found[UNITS.index("1162")] == 8.0
    assert found[UNITS.index("1161")] == 7.0


def test_unit_groups_without_jobs_share_what_their_minor_group_leaves() -> None:
    found = jobs_of(jobs(_116=14.0, _1162=8.0), None, None)
    rest = [found[place] for place in PEOPLE if UNITS[place] != "1162"]
    assert rest == pytest.approx([6.0 / len(rest)] * len(rest))


def test_where_the_minor_group_is_withheld_too_people_have_their_part_of_the_wider_group() -> None:
    """Women among senior officers of police: withheld as unit group and minor group, a third in the wider one."""
    everyone = np.where(np.isin(np.arange(len(UNITS)), PEOPLE), 5.0, 0.0)
    found = jobs_of(jobs(_11=everyone.sum() / 3.0), None, everyone)
    assert found[PEOPLE] == pytest.approx(np.full(len(PEOPLE), 5.0 / 3.0))


def test_everyone_is_counted_before_men_and_women_of_the_year() -> None:
    wide = pl.concat(
        jobs(_1162=value, all=value).with_columns(pl.lit(sex).alias("sex"))
        for sex, value in (("female", 2.0), ("all", 8.0))
    ).with_columns(pl.lit("2024").alias("year"), pl.lit("all").alias("pattern"))
    assert [sex for _, sex, *_ in with_jobs(wide)] == ["all", "female"]
