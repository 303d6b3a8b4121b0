"""Published tables of paid hours -> mean, median and deciles of unit groups by region, by age and by industry.

Nothing of the kind is published for unit groups, so each takes the ratio of its major group (by industry: of the
industry); means are balanced, so that they add up. Intervals are borrowed from where unit groups and major groups are
both published: men and women, full-time and part-time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import HoursModel
from lmiforall.base.table import Table
from lmiforall.codes.age_band import AGE_BAND
from lmiforall.fit import pay_people, pay_spread
from lmiforall.fit.mixed import Floats
from lmiforall.fit.pay_inputs import (
    MAJOR_OF,
    MAJORS,
    PERCENTS,
    REGIONS,
    SECTIONS,
    UK,
    UNITS,
    everyone,
    figure,
    grid,
    people_by_industry,
    regional_shares,
)
from lmiforall.fit.pay_people import DIVISIONS
from lmiforall.fit.pay_rows import Estimates, Key, rows
from lmiforall.fit.pay_spread import Cross, Rule
from lmiforall.fit.pay_uk import of_group
from lmiforall.fit.shape import coded

AGES = tuple(entry.code for entry in AGE_BAND.codes if entry.code != AGE_BAND.whole)
MEDIAN = "median_hours"
MEASURES = ("mean_hours", *(figure(percent, "hours") for percent in PERCENTS))
# Hours are those of a week.
BASIS = "week"
MEAN: Key = (BASIS, "mean_hours")


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Estimate hours by region, age and industry, one at a time."""
    model = dataset.model
    if not isinstance(model, HoursModel):
        raise TypeError(f"{dataset.name} declares no model of hours")
    regions, ages, sections = (
        everyone(tables[name].frame).filter(pl.col("basis") == BASIS)
        for name in (model.regions, model.ages, model.sections)
    )
    year = str(regions["year"].max())
    regions, ages, sections = (frame.filter(pl.col("year") == year) for frame in (regions, ages, sections))
    uk, rule = in_the_uk(everyone(tables[model.hours].frame)), rule_of(tables[model.hours].frame, model.level)
    jobs = _newest(everyone(tables[model.hours].frame), "jobs_thousand")
    by_region = np.nan_to_num(jobs)[:, None] * regional_shares(tables[model.people].frame)
    by_industry = people_by_industry(tables[model.industries].frame)
    wide = {name: grid(_of(regions, name), ("soc", "region"), (("all", *MAJORS), (UK, *REGIONS))) for name in MEASURES}
    every = [
        Along("region", REGIONS, {name: _of_majors(found) for name, found in wide.items()}, by_region),
        Along("age", AGES, _by_age(ages, wide)),
        Along("industry", SECTIONS, _by_industry(sections, wide), by_industry),
    ]
    parts = [rows(estimates(one, uk, rule), {BASIS: model.step}, "hours") for one in every]
    long = pl.concat(parts, how="diagonal").drop("basis", "sex", "pattern")
    return Table(dataset, coded(dataset, long.with_columns(pl.lit(year).alias("year"))))


@dataclass(frozen=True, eq=False)
class Along:
    """A dimension to estimate along: log-ratios by measure (major groups x codes), people (unit groups x codes)."""

    dimension: str
    codes: tuple[str, ...]
    ratios: Mapping[str, Floats]
    people: Floats | None = None


def estimates(along: Along, uk: Mapping[str, Floats], rule: Rule) -> Estimates:
    """Multiply the UK's figures by the ratios; balance means by the people, where they are known."""
    values, widths = {}, {}
    people = along.people
    for name in MEASURES:
        ratio = np.where(np.isnan(along.ratios[name]), along.ratios[MEDIAN], along.ratios[name])[MAJOR_OF]
        values[BASIS, name] = uk[name][:, None] * np.exp(ratio)
        widths[BASIS, name] = rule.width(ratio)
    if people is not None:
        there = people > 0
        values = {key: np.where(there, found, np.nan) for key, found in values.items()}
        values[MEAN] = _balanced(people, values[MEAN], uk["mean_hours"])
    balanced = frozenset({MEAN}) if people is not None else frozenset()
    return Estimates(along.dimension, along.codes, values, widths, {}, balanced)


def _balanced(people: Floats, guess: Floats, units: Floats) -> Floats:
    """Let the hours of all of a unit group's people add up to what they are in the UK."""
    weights = np.where(np.isfinite(guess), people, 0.0)
    hours, whole = (weights * np.nan_to_num(guess)).sum(axis=1), weights.sum(axis=1)
    scale = np.divide(units * whole, hours, out=np.full(len(units), np.nan), where=hours > 0)
    found: Floats = guess * scale[:, None]
    return found


def in_the_uk(hours: pl.DataFrame) -> dict[str, Floats]:
    """Give each measure of each unit group, of the newest year that has it; else the place that its wider group has."""
    found = {name: _newest(hours, name) for name in MEASURES}
    median = found[MEDIAN]
    place = {name: of_group(np.log(values / median)) for name, values in found.items()}
    return {name: np.where(np.isnan(values), median * np.exp(place[name]), values) for name, values in found.items()}


def rule_of(hours: pl.DataFrame, level: float) -> Rule:
    """Make the rule from men and women, full-timers and part-timers, of unit groups and of major groups."""
    plain = _of(hours.with_columns(pl.col(pl.Enum).cast(pl.String)), MEDIAN)
    return pay_spread.rule(list(_crosses(plain)), level)


def _crosses(medians: pl.DataFrame) -> Iterator[Cross]:
    for groups in DIVISIONS.values():
        for group in groups:
            units, majors = (pay_people.newest_ratio(medians, (group,), codes)[:, 0] for codes in (UNITS, MAJORS))
            yield Cross(" ".join(group), units, majors)


def _of(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    return frame.filter(pl.col("measure") == name)


def _newest(frame: pl.DataFrame, name: str) -> Floats:
    found, rows_ = np.full(len(UNITS), np.nan), _of(frame, name)
    for year in sorted(set(rows_["year"]), reverse=True):
        found = np.where(np.isnan(found), grid(rows_.filter(pl.col("year") == year), ("soc",), (UNITS,)), found)
    return found


def _of_majors(found: Floats) -> Floats:
    """Give log-ratios of regions to the UK, of major groups; a withheld one is that of all occupations."""
    ratio = np.log(found[:, 1:] / found[:, :1])
    return np.where(np.isnan(ratio[1:]), ratio[:1], ratio[1:])


def _by_age(ages: pl.DataFrame, wide: Mapping[str, Floats]) -> dict[str, Floats]:
    return {
        name: np.log(grid(_of(ages, name), ("soc", "age"), (MAJORS, AGES)) / found[1:, :1])
        for name, found in wide.items()
    }


def _by_industry(sections: pl.DataFrame, wide: Mapping[str, Floats]) -> dict[str, Floats]:
    """Give each industry's log-ratio to all, the same for every major group."""
    found = {}
    for name, uk in wide.items():
        ratio = np.log(grid(_of(sections, name), ("industry",), (SECTIONS,)) / uk[0, 0])
        found[name] = np.tile(ratio, (len(MAJORS), 1))
    return found
