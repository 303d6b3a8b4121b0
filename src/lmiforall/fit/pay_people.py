"""Published pay of men and women, or of full-time and part-time -> its ratio to everyone's in every unit group.

Modelled is z, the log-ratio of a group's median to the unit group's. A unit group's median is (nearly) the mean of its
two groups', weighted by jobs, so what sets them apart enters with opposite signs, each group by the other's share.
So does the noise of sampling. Within that, the gap is the major group's, and differs by features of unit groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.fit import mixed, pay_scale
from lmiforall.fit.mixed import Component, Floats, Ints, Mixed
from lmiforall.fit.pay_inputs import MAJOR_OF, MAJORS, UK, UNITS, Known, grid
from lmiforall.fit.pay_uk import describe, median_error, of_group, standard

# Sex and working pattern of a group of employees.
People = tuple[str, str]
EVERYONE: People = ("all", "all")
# Into which two groups employees are divided.
DIVISIONS: dict[str, tuple[People, People]] = {
    "sex": (("male", "all"), ("female", "all")),
    "pattern": (("all", "full_time"), ("all", "part_time")),
}
# A share that is smaller isn't known: ONS's counts of jobs are "indicative only", and rounded to a thousand.
SMALLEST = 0.02


@dataclass(frozen=True, eq=False)
class Divided:
    """Two groups of employees, on one basis of pay; arrays are unit groups x 2.

    ``share`` is of the unit group's jobs, ``z`` the log-ratio of the newest year that has it, NaN where none has, and
    ``major`` the major group's. ``features`` describe unit groups, standardised.
    """

    people: tuple[People, People]
    share: Floats
    z: Floats
    major: Floats
    features: dict[str, Floats]
    noise: Floats


@dataclass(frozen=True, eq=False)
class Ratios:
    """By unit group and people: log-ratio to everyone's median, and half-width of its interval, at the level asked.

    ``error`` is the ratio's standard error.
    """

    ratio: Floats
    error: Floats
    width: Floats
    model: Mixed


def divided(known: Known, pay: pl.DataFrame, regions: pl.DataFrame, division: str, basis: str) -> Divided:
    """Lay out what is published of a division; ``regions`` has the newest year's major groups."""
    people = DIVISIONS[division]
    chosen = _plain(pay, basis, "median_gbp")
    wide = pl.concat([_plain(regions, basis, "median_gbp").filter(pl.col("region") == UK), chosen], how="diagonal")
    jobs = _plain(pay, basis, "jobs_thousand")
    describing = describe(known, basis) | _part_time(jobs)
    return Divided(
        people,
        share=_shares(jobs, people),
        z=newest_ratio(chosen, people, UNITS),
        major=newest_ratio(wide, people, MAJORS)[MAJOR_OF],
        features={name: standard(of_group(values)) for name, values in describing.items()},
        noise=median_error(known, basis),
    )


def fit(about: Divided, level: float) -> Ratios:
    """Fit to all published ratios, and predict every one."""
    model = fitted(about, np.flatnonzero(np.isfinite(about.z)))
    every = np.arange(about.z.size)
    ratio, error = model.predict(every)
    found = [one.reshape(about.z.shape) for one in (ratio, error, widths(model, error, every, level))]
    return Ratios(found[0], found[1], found[2], model)


def fitted(about: Divided, seen: Ints) -> Mixed:
    """Fit to the log-ratios of these cells; a cell is a group in a unit group, numbered unit group by unit group."""
    return mixed.fit(components(about), fixed(about), seen, about.z.ravel()[seen])


def widths(model: Mixed, error: Floats, cells: Ints, level: float) -> Floats:
    """Give the half-width of each interval, from cells of a like error, with the scale of the major group's own.

    They are left out with both groups of their unit group, as one tells the other.
    """
    off, errors = model.left_out(model.seen // 2)
    return pay_scale.like(off, errors, error, level, (MAJOR_OF[model.seen // 2], MAJOR_OF[cells // 2]))


def fixed(about: Divided) -> Floats:
    """Lay out the fixed effects: the gap, by features, and the major group's; and one, as a median isn't a mean."""
    gap = contrast(about)
    major = about.major - (about.share * about.major).sum(axis=1, keepdims=True)
    by_feature = [gap * _by_cell(values) for values in about.features.values()]
    return np.column_stack([gap, *by_feature, major.ravel(), np.ones(gap.size)])


def components(about: Divided) -> list[Component]:
    """Lay out the random effects: gaps of wide groups of occupations before narrow ones, then the noise."""
    gap = contrast(about)
    less_mean = (np.eye(2)[None] - about.share[:, None, :]).reshape(-1, 2)
    by_jobs = less_mean / np.sqrt(np.repeat(about.share, 2, axis=0))
    return [
        Component("gap x sub-major group", _groups(2), gap),
        Component("gap x minor group", _groups(3), gap),
        Component("gap x unit group", _groups(4), gap),
        Component("sampling, by jobs and spread", _groups(4), by_jobs * _by_cell(about.noise), noise=True),
    ]


def contrast(about: Divided) -> Floats:
    """Give for each cell what a gap of one moves it by: the first group up by the second's share, the second down."""
    found: Floats = np.column_stack([about.share[:, 1], -about.share[:, 0]]).reshape(-1, 1)
    return found


def newest_ratio(frame: pl.DataFrame, people: Sequence[People], codes: tuple[str, ...]) -> Floats:
    """Give each group's log-ratio to everyone's, of the newest year in which both are published: codes x groups."""
    found = np.full((len(codes), len(people)), np.nan)
    for year in sorted(set(frame["year"]), reverse=True):
        rows = frame.filter(pl.col("year") == year)
        some = np.column_stack([of_people(rows, group, codes) for group in people])
        found = np.where(np.isnan(found), np.log(some / of_people(rows, EVERYONE, codes)[:, None]), found)
    return found


def of_people(frame: pl.DataFrame, people: People, codes: tuple[str, ...]) -> Floats:
    """Lay the figures of a group out by occupation."""
    return grid(frame.filter(pl.col("sex") == people[0], pl.col("pattern") == people[1]), ("soc",), (codes,))


def _plain(frame: pl.DataFrame, basis: str, measure: str) -> pl.DataFrame:
    text = pl.col(pl.Enum).cast(pl.String)
    chosen = frame.filter(pl.col("measure").cast(pl.String) == measure, pl.col("basis").cast(pl.String) == basis)
    return chosen.with_columns(text)


def _jobs(frame: pl.DataFrame, people: People) -> Floats:
    found = np.full(len(UNITS), np.nan)
    for year in sorted(set(frame["year"]), reverse=True):
        found = np.where(np.isnan(found), of_people(frame.filter(pl.col("year") == year), people, UNITS), found)
    return found


def _shares(frame: pl.DataFrame, people: tuple[People, People]) -> Floats:
    """Give each group's share of the jobs; a withheld one is what the other leaves, or its wider group's."""
    whole = _jobs(frame, EVERYONE)
    one, other = (_jobs(frame, group) for group in people)
    left = np.where(np.isnan(one), 1.0 - other / whole, one / whole)
    part = np.where(np.isfinite(one) & np.isfinite(other), one / (one + other), left)
    part = np.clip(of_group(part), SMALLEST, 1.0 - SMALLEST)
    return np.column_stack([part, 1.0 - part])


def _part_time(frame: pl.DataFrame) -> dict[str, Floats]:
    """Say how many work part-time: of all, of women, of men."""
    found = {}
    for sex in ("all", "female", "male"):
        full, part = (_jobs(frame, (sex, pattern)) for pattern in ("full_time", "part_time"))
        found[f"part-time, {sex}"] = part / (full + part)
    return found


def _by_cell(values: Floats) -> Floats:
    return np.repeat(values, 2)[:, None]


def _groups(digits: int) -> Ints:
    codes = np.unique([code[:digits] for code in UNITS], return_inverse=True)[1]
    return np.repeat(codes, 2).astype(np.int64)
