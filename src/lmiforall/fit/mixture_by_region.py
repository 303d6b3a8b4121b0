"""Estimated distributions of unit groups by region -> those of SOC2010 groups, as mixtures region by region.

A unit group's jobs in a region are its jobs times the part that its minor group has there. The estimates' intervals
become standard errors; a published figure, whose error nobody gives, is taken as any other of unknown CV.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import MixtureByRegion
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.table import Table
from lmiforall.fit import mixture
from lmiforall.fit.mixture import UNITS, Floats, People
from lmiforall.fit.pay_inputs import REGIONS, UK, grid, regional_shares
from lmiforall.fit.shape import coded

# The normal deviate of the estimates' intervals, which are at 90%.
Z90 = 1.645


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give what there is of the whole UK, and the estimates' year of every region."""
    model = dataset.model
    if not isinstance(model, MixtureByRegion):
        raise TypeError(f"{dataset.name} declares no mixture by region")
    whole = mixture.of_the_uk(model, tables).with_columns(pl.lit(UK).alias("region"))
    return Table(dataset, coded(dataset, pl.concat([whole, _regions(model, tables)], how="diagonal")))


def _regions(model: MixtureByRegion, tables: Mapping[str, Table]) -> pl.DataFrame:
    names, belongs = mixture.measures(model.unit), mixture.belonging(tables[model.weights].frame)
    jobs = _jobs(model, tables[model.new].frame)
    shares = regional_shares(tables[model.people].frame)
    estimates = mixture.chosen_of(tables[model.estimates].frame, model).with_columns(pl.col(pl.Enum).cast(pl.String))
    parts = []
    for place, region in enumerate(REGIONS):
        people = _people(estimates.filter(pl.col("region") == region), jobs * shares[:, place], names)
        values, spread = mixture.mix(people, belongs, model.coverage)
        parts.append(mixture.long(values, spread, names).with_columns(pl.lit(region).alias("region")))
    codes = {"year": str(estimates["year"].max()), "sex": "all", "pattern": "all"}
    estimated = pl.col("measure").is_in(set(estimates["measure"]))
    return pl.concat(parts).filter(estimated).with_columns(pl.lit(code).alias(name) for name, code in codes.items())


def _jobs(model: MixtureByRegion, frame: pl.DataFrame) -> Floats:
    """Give the jobs of each unit group, of the newest year that has them."""
    everyone = mixture.by_people(frame, model, "soc").filter(pl.col("sex") == "all", pl.col("pattern") == "all")
    jobs: Floats | None = None
    for _, rows in sorted(everyone.group_by("year")):
        jobs = mixture.jobs_of(rows, jobs)
    if jobs is None:
        raise Stop(Problem("it has no jobs of all employees", f"dataset {model.new}"))
    return jobs


def _people(rows: pl.DataFrame, jobs: Floats, names: Sequence[str]) -> People:
    """Lay out one region: the quartiles, which aren't estimated, lie between their neighbours."""
    values, errors = ({name: _array(rows, name, column) for name in names} for column in ("value", "error"))
    for quartile, (below, above) in {"p25_gbp": ("p20_gbp", "p30_gbp"), "p75_gbp": ("p70_gbp", "p80_gbp")}.items():
        for found in (values, errors):
            found[quartile] = (found[below] + found[above]) / 2.0
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
