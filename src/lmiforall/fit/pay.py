"""Published tables of pay -> mean, median and deciles of unit groups by region, by age and by industry.

Rule 1: a published figure stands where there is one, with the status ``direct``.
Rule 2: every other has a status that says how it was made, an interval at the model's level, and a grade.
Rule 3: deciles never cross.

A unit group's figure in the UK is multiplied by a ratio. By region, the median's ratio comes from a mixed model
(``pay_region.py``); by age, from the major group; by industry, from the balance of pay bills. Other percentiles
differ from that as the major group's do; means are balanced, so that they add up to the published ones.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import PayModel
from lmiforall.base.table import Table
from lmiforall.codes.age_band import AGE_BAND
from lmiforall.fit import pay_balance, pay_cross, pay_grown, pay_inputs, pay_region, pay_spread
from lmiforall.fit.mixed import Floats
from lmiforall.fit.pay_inputs import (
    MAJOR_OF,
    MAJORS,
    PERCENTS,
    REGIONS,
    SECTIONS,
    UK,
    UNITS,
    Known,
    everyone,
    figure,
    grid,
)
from lmiforall.fit.pay_region import Regional
from lmiforall.fit.pay_rows import ANNUAL_MEDIAN, BASES, Estimates, Key, rows
from lmiforall.fit.pay_spread import Rule
from lmiforall.fit.pay_uk import uk
from lmiforall.fit.shape import coded

AGES = tuple(entry.code for entry in AGE_BAND.codes if entry.code != AGE_BAND.whole)
MEASURES = ("mean_gbp", *(figure(percent) for percent in PERCENTS))
MEANS = frozenset((basis, "mean_gbp") for basis in BASES)


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Estimate pay by region, age and industry, one at a time."""
    model = dataset.model
    if not isinstance(model, PayModel):
        raise TypeError(f"{dataset.name} declares no model of pay")
    about = pay_inputs.known(model, tables)
    frames = {name: everyone(tables[name].frame) for name in (model.regions, model.ages, model.sections)}
    frames = {name: frame.filter(pl.col("year") == about.year) for name, frame in frames.items()}
    both = tables[model.pay].frame, tables[model.regions].frame
    rule = pay_spread.rule(pay_spread.crosses(about, *both), model.level)
    shared = pay_spread.carried(about, *both)
    steps = dict(model.steps)
    regional = pay_region.fit(about, model.level)
    plain = [frame.with_columns(pl.col(pl.Enum).cast(pl.String)) for frame in both]
    every = [
        in_the_uk(about, both, model.level, rule),
        by_region(about, frames[model.regions], regional, rule, shared),
        *pay_cross.by_people(pay_cross.Given(about, plain[0], plain[1], regional, rule, shared, model.level)),
        by_age(about, frames[model.ages], rule),
        by_industry(about, frames[model.sections], rule),
    ]
    long = pl.concat([rows(one, steps) for one in every], how="diagonal")
    return Table(dataset, coded(dataset, long.with_columns(pl.lit(about.year).alias("year"))))


def in_the_uk(about: Known, both: tuple[pl.DataFrame, pl.DataFrame], level: float, rule: Rule) -> Estimates:
    """Give everyone's pay in the UK: as published, or grown from the last year that has it."""
    values, widths, published = {}, {}, {}
    for basis in BASES:
        known = {name: pay_grown.of_everyone(*both, basis, name) for name in ("median_gbp", "mean_gbp")}
        grown = {name: pay_grown.carried(years, about.year, level) for name, years in known.items()}
        median = grown["median_gbp"]
        for name in MEASURES:
            key, own = (basis, name), grown.get(name)
            placed = uk(about, basis, name) / about.uk[basis]["median_gbp"] * np.exp(median.value)
            values[key] = (placed if own is None else np.exp(own.value))[:, None]
            widths[key] = (np.hypot(median.width, rule.near) if own is None else own.width)[:, None]
            published[key] = pay_grown.published(both[0], basis, name, about.year)[:, None]
    return Estimates(
        "region", (UK,), values, widths, published, proven=frozenset((basis, "median_gbp") for basis in BASES)
    )


def by_region(
    about: Known, regions: pl.DataFrame, found: Regional, rule: Rule, shared: Mapping[str, float]
) -> Estimates:
    """Give every unit group in every region; where the annual median is published, the ratio is the published one."""
    known_ratio = np.log(about.published / about.median[:, None])
    published = np.isfinite(known_ratio)
    ratio = np.where(published, known_ratio, found.ratio)
    width = np.where(published, 0.0, found.width)
    wide = _ratios(about, regions, "region", REGIONS)
    values, widths = {}, {}
    for key, of_major in wide.items():
        own = np.nan_to_num(of_major - wide[ANNUAL_MEDIAN])[MAJOR_OF] * shared.get(key[1], 1.0)
        # Annual deciles lie about the annual median as it is published. What isn't of the same sample's median, a mean
        # or a week's pay, doesn't share its error.
        start = ratio if key[0] == "year" and key not in MEANS else found.smooth
        values[key] = uk(about, *key)[:, None] * np.exp(start + own)
        widths[key] = width if key == ANNUAL_MEDIAN else np.hypot(found.width, rule.width(own))
    people = about.jobs[:, None] * about.share
    for basis in BASES:
        key, others = (basis, "mean_gbp"), pay_cross.means_by_region(regions, basis)
        guess = np.nan_to_num(values[key] / uk(about, *key)[:, None])
        values[key] = pay_balance.balance(people, guess, about.uk[basis]["mean_gbp"], others, MAJOR_OF).means
    return Estimates(
        "region", REGIONS, values, widths, {ANNUAL_MEDIAN: about.published}, MEANS, frozenset({ANNUAL_MEDIAN})
    )


def by_age(about: Known, ages: pl.DataFrame, rule: Rule) -> Estimates:
    """Give every unit group the ratios of its major group; a withheld one is the median's."""
    values, widths = {}, {}
    ratios = _ratios(about, ages, "age", AGES)
    for key, of_major in ratios.items():
        ratio = np.where(np.isnan(of_major), ratios[key[0], "median_gbp"], of_major)[MAJOR_OF]
        values[key] = uk(about, *key)[:, None] * np.exp(ratio)
        widths[key] = rule.width(ratio)
    return Estimates("age", AGES, values, widths, {})


def by_industry(about: Known, sections: pl.DataFrame, rule: Rule) -> Estimates:
    """Give unit groups in the industries that they work in: means balanced, percentiles in the same ratio."""
    values, widths = {}, {}
    for basis in BASES:
        mean = sections.filter(pl.col("basis") == basis, pl.col("measure") == "mean_gbp")
        others = grid(mean, ("industry",), (SECTIONS,))[None, :]
        alone, units = np.zeros(len(UNITS), np.int64), about.uk[basis]["mean_gbp"]
        means = pay_balance.balance(about.people, np.ones(about.people.shape), units, others, alone).means
        ratio = np.log(means / units[:, None])
        for name in MEASURES:
            values[basis, name] = uk(about, basis, name)[:, None] * np.exp(ratio)
            widths[basis, name] = rule.width(ratio)
    return Estimates("industry", SECTIONS, values, widths, {}, MEANS)


def _ratios(about: Known, frame: pl.DataFrame, dimension: str, codes: tuple[str, ...]) -> dict[Key, Floats]:
    """Give the log-ratio of each measure to the UK's, by major group and code; NaN where it is withheld."""
    found = {}
    for basis in BASES:
        for name in MEASURES:
            chosen = frame.filter(pl.col("basis") == basis, pl.col("measure") == name)
            values = grid(chosen, ("soc", dimension), (MAJORS, codes))
            found[basis, name] = np.log(values / about.major[basis][name][:, None])
    return found
