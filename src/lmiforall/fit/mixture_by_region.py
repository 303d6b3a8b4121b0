"""Estimated distributions of unit groups by region or industry -> those of SOC2010 groups, as mixtures there.

A unit group's jobs in a region are its jobs times the part that its minor group has there; of one sex or working
pattern, those of these people. In an industry they are the people that the survey found. The estimates' intervals
become standard errors; a published figure, whose error nobody gives, is taken as any other of unknown CV.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import MixtureByRegion
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.table import Table
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.fit import mixture, mixture_bridge
from lmiforall.fit.mixture import UNITS, Floats, People
from lmiforall.fit.pay_inputs import REGIONS, SECTIONS, UK, grid, people_by_industry, regional_shares
from lmiforall.fit.shape import coded

# The normal deviate of the estimates' intervals, which are at 90%.
Z90 = 1.645
WHOLE = {"region": UK, "industry": SIC2007_SECTION.whole, "sex": "all", "pattern": "all"}


@dataclass(frozen=True)
class Place:
    """Where people work, and which: codes by dimension, and jobs (or people) by unit group."""

    codes: Mapping[str, str]
    jobs: Floats


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give what there is of the whole UK, changes over the break, and the estimates' year of regions and industries."""
    model = dataset.model
    if not isinstance(model, MixtureByRegion):
        raise TypeError(f"{dataset.name} declares no mixture by region")
    new, old = tables[model.new].frame, tables[model.old].frame
    bridged = mixture_bridge.bridged(model, new, old, mixture.belonging(tables[model.weights].frame))
    kept = [name for name in WHOLE if name in {dimension.name for dimension in dataset.dimensions}]
    whole = pl.concat([mixture.of_the_uk(model, tables), bridged], how="diagonal")
    whole = whole.with_columns(pl.lit(WHOLE[name]).alias(name) for name in kept if name not in whole.columns)
    return Table(dataset, coded(dataset, pl.concat([whole, _places(model, tables)], how="diagonal")))


def _places(model: MixtureByRegion, tables: Mapping[str, Table]) -> pl.DataFrame:
    names, belongs = mixture.measures(model.unit), mixture.belonging(tables[model.weights].frame)
    estimates = _estimates(model, tables[model.estimates].frame)
    parts = []
    for place in places(model, tables):
        here = estimates.filter(pl.col(name) == code for name, code in place.codes.items() if name in estimates.columns)
        if here.height:
            values, spread = mixture.mix(_people(here, place.jobs, names), belongs, model.coverage)
            codes = [pl.lit(code).alias(name) for name, code in place.codes.items()]
            parts.append(mixture.long(values, spread, names).with_columns(codes))
    estimated = pl.col("measure").is_in(set(estimates["measure"]))
    return pl.concat(parts).filter(estimated).with_columns(pl.lit(str(estimates["year"].max())).alias("year"))


def _estimates(model: MixtureByRegion, frame: pl.DataFrame) -> pl.DataFrame:
    """Take the estimates of all ages; those of an age can't be asked for at the old door, whose codes nobody knows."""
    plain = mixture.chosen_of(frame, model).with_columns(pl.col(pl.Enum).cast(pl.String))
    return plain.filter(pl.col("age") == "all") if "age" in plain.columns else plain


def places(model: MixtureByRegion, tables: Mapping[str, Table]) -> Iterator[Place]:
    """Give every region, with everyone and with each group that there are estimates of; then every industry."""
    shares = regional_shares(tables[model.people].frame)
    estimates = tables[model.estimates].frame
    groups = [("all", "all")]
    if {"sex", "pattern"} <= set(estimates.columns):
        groups = sorted(estimates.select(pl.col("sex", "pattern").cast(pl.String)).unique().iter_rows())
    # The newest year that there is stays.
    wide = mixture.by_people(tables[model.new].frame, model, "soc")
    jobs = {(sex, pattern): these for _, sex, pattern, _, these in mixture.with_jobs(wide)}
    for sex, pattern in groups:
        if (sex, pattern) not in jobs:
            raise Stop(Problem(f"it has no jobs of {sex}, {pattern}", f"dataset {model.new}"))
        for place, region in enumerate(REGIONS):
            codes = {**WHOLE, "region": region, "sex": sex, "pattern": pattern}
            yield Place(codes, jobs[sex, pattern] * shares[:, place])
    people = people_by_industry(tables[model.industries].frame)
    for place, section in enumerate(SECTIONS):
        if people[:, place].any():
            yield Place({**WHOLE, "industry": section}, people[:, place])


def _people(rows: pl.DataFrame, jobs: Floats, names: Sequence[str]) -> People:
    """Lay out one place: the quartiles, which aren't estimated, lie between their neighbours."""
    unit = names[0].partition("_")[2]
    values, errors = ({name: _array(rows, name, column) for name in names} for column in ("value", "error"))
    for quartile, (below, above) in {25: (20, 30), 75: (70, 80)}.items():
        for found in (values, errors):
            found[f"p{quartile}_{unit}"] = (found[f"p{below}_{unit}"] + found[f"p{above}_{unit}"]) / 2.0
    percentiles = [name for name in names if not name.startswith("mean")]
    return People(
        jobs,
        values[names[0]],
        errors[names[0]],
        np.column_stack([values[name] for name in percentiles]),
        np.column_stack([errors[name] for name in percentiles]),
    )


def _array(rows: pl.DataFrame, name: str, column: str) -> Floats:
    """Give a measure by unit group: its value, or its standard error in per cent of it."""
    error = (pl.col("upper") / pl.col("lower")).log() / 2.0 / Z90 * 100.0
    chosen = rows.filter(pl.col("measure") == name).with_columns(error.alias("error"))
    return grid(chosen, ("soc",), (UNITS,), column)
