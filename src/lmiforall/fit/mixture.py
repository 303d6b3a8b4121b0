"""Distributions of SOC2020 unit groups -> distributions of SOC2010 groups, at every level of SOC2010.

A SOC2010 group is a mixture of SOC2020 unit groups, each with weight jobs(u) x P(g|u). Its mean is the weighted
mean; its percentiles are those of the weighted sum of the unit groups' distribution functions, each taken as
linear between its published percentiles. Years that were published in SOC2010 are given as they were.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Mixture
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit.shape import coded

Floats = NDArray[np.float64]

PERCENTS = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
MEDIAN = PERCENTS.index(50)
UNITS = tuple(entry.code for entry in SOC2020.at_level("unit"))
GROUPS = tuple(entry.code for entry in SOC2010.codes if entry.code != SOC2010.whole)

JOBS = "value_jobs_thousand"
EVERYONE = ("all", "all")

# How finely the mixture's distribution function is drawn: steps of 0.3% of the value, far under any CV.
GRID = 3000
# The normal deviate of a 95% interval.
Z95 = 1.96
# ONS withholds a figure whose CV is over 20%; one whose CV isn't known is taken to be at that bound.
CV_UNKNOWN = 20.0
# From this share on a group is one unit group, and its published percentiles are taken as they are.
ALONE = 0.9999


@dataclass(frozen=True)
class People:
    """One year, sex and pattern: jobs, means and percentiles of the unit groups (NaN where withheld), and CVs."""

    jobs: Floats
    mean: Floats
    mean_cv: Floats
    percentiles: Floats
    percentiles_cv: Floats


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Mix every year that isn't published in SOC2010, and take the others as they are."""
    model = dataset.model
    if not isinstance(model, Mixture):
        raise TypeError(f"{dataset.name} declares no mixture")
    return Table(dataset, coded(dataset, of_the_uk(model, tables)))


def of_the_uk(model: Mixture, tables: Mapping[str, Table]) -> pl.DataFrame:
    """Give every year, sex and pattern long, with plain columns."""
    names = measures(model.unit)
    belongs = belonging(tables[model.weights].frame)
    mixed = _mixed(by_people(tables[model.new].frame, model, "soc"), names, belongs, model.coverage)
    return pl.concat([_direct(tables[model.old].frame, model, names), mixed])


def measures(unit: str) -> tuple[str, ...]:
    """Name the measures in the order of the arrays: the mean, then the percentiles."""
    return (f"mean_{unit}", *(f"median_{unit}" if part == 50 else f"p{part}_{unit}" for part in PERCENTS))


def belonging(weights: pl.DataFrame) -> Floats:
    """Give the matrix groups x unit groups: the part of each SOC2020 unit group in each SOC2010 group."""
    shares = weights.filter(
        pl.col("direction").cast(pl.String) == "to_soc2010", pl.col("measure").cast(pl.String) == "share"
    )
    row, column = {code: i for i, code in enumerate(GROUPS)}, {code: i for i, code in enumerate(UNITS)}
    matrix = np.zeros((len(GROUPS), len(UNITS)))
    for old, new, share in shares.select(pl.col("soc2010", "soc").cast(pl.String), "value").iter_rows():
        for digits in range(1, len(old) + 1):
            matrix[row[old[:digits]], column[new]] += share
    return matrix


def chosen_of(frame: pl.DataFrame, model: Mixture) -> pl.DataFrame:
    """Take the rows that the model is of, such as one basis of pay."""
    return frame.filter(*(pl.col(name).cast(pl.String) == code for name, code in model.where))


def by_people(frame: pl.DataFrame, model: Mixture, soc: str) -> pl.DataFrame:
    """Lay the chosen figures out wide: a row for each year, sex, pattern and occupation."""
    chosen = chosen_of(frame, model)
    keys = ["year", "sex", "pattern", soc]
    plain = chosen.select(pl.col(*keys, "measure").cast(pl.String), "value", "quality")
    return plain.pivot("measure", index=keys, values=["value", "quality"])


def _mixed(wide: pl.DataFrame, names: tuple[str, ...], belongs: Floats, coverage: float) -> pl.DataFrame:
    parts = []
    for year, sex, pattern, rows, jobs in with_jobs(wide):
        values, spread = mix(_people(rows, names, jobs), belongs, coverage)
        parts.append(long(values, spread, names).with_columns(
            pl.lit(year).alias("year"), pl.lit(sex).alias("sex"), pl.lit(pattern).alias("pattern")
        ))  # fmt: skip
    return pl.concat(parts)


def array(rows: pl.DataFrame, column: str, codes: tuple[str, ...] = UNITS) -> Floats:
    """Give a column in the order of the codes; NaN where there is no row or no figure."""
    if column not in rows.columns:
        return np.full(len(codes), np.nan)
    given = dict(rows.select("soc", column).iter_rows())
    return np.array([np.nan if given.get(code) is None else given[code] for code in codes], np.float64)


def with_jobs(wide: pl.DataFrame) -> Iterator[tuple[str, str, str, pl.DataFrame, Floats]]:
    """Give year by year each sex and pattern, their rows, and their jobs by unit group."""
    found: dict[tuple[str, str], Floats] = {}
    # Everyone's come first in each year, for "all" comes first in the alphabet.
    for (year, sex, pattern), rows in sorted(wide.group_by("year", "sex", "pattern"), key=itemgetter(0)):
        found[sex, pattern] = jobs_of(rows, found.get((sex, pattern)), found.get(EVERYONE))
        yield str(year), sex, pattern, rows, found[sex, pattern]


def jobs_of(rows: pl.DataFrame, before: Floats | None, everyone: Floats | None) -> Floats:
    """Give some people's jobs by unit group: as published, else of the year before, else what is left of a minor group.

    Where ONS withholds the minor group's too, it is everyone's jobs times these people's part in the next wider group.
    """
    jobs = array(rows, JOBS)
    if before is not None:
        jobs = np.where(np.isnan(jobs), before, jobs)
    minors = np.array([code[:3] for code in UNITS])
    known, missing = (summed_by(minors, each) for each in (np.nan_to_num(jobs), np.isnan(jobs).astype(float)))
    left = (array(rows, JOBS, tuple(minors)) - known) / np.maximum(missing, 1.0)
    jobs = np.where(np.isnan(jobs) & (left > 0.0), left, jobs)
    if everyone is not None:
        jobs = np.where(np.isnan(jobs), everyone * _part(rows, everyone), jobs)
    return np.nan_to_num(jobs)


def _part(rows: pl.DataFrame, everyone: Floats) -> Floats:
    """Give the part that some people have in the jobs of each unit group's next wider group of which it is known."""
    part = np.full(len(UNITS), np.nan)
    for digits in (3, 2, 1, 0):
        codes = np.array([code[:digits] or "all" for code in UNITS])
        with np.errstate(divide="ignore", invalid="ignore"):
            wider = array(rows, JOBS, tuple(codes)) / summed_by(codes, everyone)
        part = np.where(np.isnan(part) & np.isfinite(wider), wider, part)
    return part


def summed_by(codes: NDArray[np.str_], values: Floats) -> Floats:
    """Give for each unit group the sum over its wider group."""
    _, which = np.unique(codes, return_inverse=True)
    return np.asarray(np.bincount(which, values)[which], np.float64)


def _people(rows: pl.DataFrame, names: tuple[str, ...], jobs: Floats) -> People:
    published = np.column_stack([array(rows, f"value_{name}") for name in names[1:]])
    variation = np.column_stack([array(rows, f"quality_{name}") for name in names[1:]])
    return People(
        jobs,
        array(rows, f"value_{names[0]}"),
        array(rows, f"quality_{names[0]}"),
        filled(published, rows, names),
        variation,
    )


def filled(published: Floats, rows: pl.DataFrame, names: tuple[str, ...]) -> Floats:
    """Fill the percentiles that are withheld: a unit group's own median, the shape of the next wider group.

    Without a median a unit group stays empty; it then counts as not covered.
    """
    percentiles = published.copy()
    for digits in (3, 2, 1, 0):
        codes = tuple(code[:digits] or "all" for code in UNITS)
        wider = np.column_stack([array(rows, f"value_{name}", codes) for name in names[1:]])
        with np.errstate(invalid="ignore"):
            scaled = wider / wider[:, [MEDIAN]] * percentiles[:, [MEDIAN]]
        percentiles = np.where(np.isnan(percentiles), scaled, percentiles)
    return np.sort(percentiles, axis=1)


def mix(people: People, belongs: Floats, coverage: float) -> tuple[Floats, Floats]:
    """Give value and standard error of each measure for each group: groups x (mean, percentiles), NaN if uncovered."""
    weights = belongs * people.jobs
    total = weights.sum(axis=1)
    values = np.full((len(belongs), 1 + len(PERCENTS)), np.nan)
    spread = np.full(values.shape, np.nan)
    has_mean, has_distribution = ~np.isnan(people.mean), ~np.isnan(people.percentiles).any(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(has_mean, weights, 0.0) / (weights * has_mean).sum(axis=1, keepdims=True)
        values[:, 0] = share @ np.nan_to_num(people.mean)
        spread[:, 0] = _error(share, people.mean, people.mean_cv)
        share = np.where(has_distribution, weights, 0.0) / (weights * has_distribution).sum(axis=1, keepdims=True)
        values[:, 1:] = mixed_percentiles(share, people.percentiles)
        for place in range(len(PERCENTS)):
            spread[:, 1 + place] = _error(share, people.percentiles[:, place], people.percentiles_cv[:, place])
        values[(weights * has_mean).sum(axis=1) / total < coverage, 0] = np.nan
        values[(weights * has_distribution).sum(axis=1) / total < coverage, 1:] = np.nan
    return values, spread


def mixed_percentiles(share: Floats, percentiles: Floats) -> Floats:
    """Give the percentiles of mixtures: groups x percents, from shares (groups x units) and units x percents."""
    there = ~np.isnan(percentiles).any(axis=1)
    known = percentiles[there]
    grid = np.geomspace(max(known.min() / 2, 0.01), known.max() * 2, GRID)
    knots = np.column_stack([_floor(known), known, 2.0 * known[:, -1] - known[:, -2]])
    heights = np.array([0.0, *PERCENTS, 100.0])
    functions = np.array([np.interp(grid, np.maximum.accumulate(row), heights) for row in knots])
    drawn = share[:, there] @ functions
    found = np.array(
        [np.interp(PERCENTS, line, grid) if np.isfinite(line).all() else [np.nan] * len(PERCENTS) for line in drawn]
    )
    alone = np.argwhere(share[:, there] >= ALONE)
    found[alone[:, 0]] = known[alone[:, 1]]
    return found


def _floor(percentiles: Floats) -> Floats:
    """Say where a distribution begins: as far under its first decile as that is under the second, not under nothing."""
    return np.maximum(2.0 * percentiles[:, 0] - percentiles[:, 1], 0.0)


def _error(share: Floats, values: Floats, variation: Floats) -> Floats:
    """Give the standard error of a weighted mean of independent estimates with these CVs (in per cent)."""
    each = np.nan_to_num(values) * np.where(np.isnan(variation), CV_UNKNOWN, variation) / 100.0
    error: Floats = np.sqrt((share**2) @ (each**2))
    return error


def long(values: Floats, spread: Floats, names: tuple[str, ...]) -> pl.DataFrame:
    """Lay groups x measures out long, with the 95% interval; an uncovered figure has a status and no value."""
    groups, count = values.shape
    flat, error = values.ravel(), spread.ravel()
    given = np.isfinite(flat)
    return pl.DataFrame(
        {
            "soc2010": np.repeat(np.array(GROUPS), count),
            "measure": np.tile(np.array(names), groups),
            "value": flat,
            "status": np.where(given, str(Status.CONVERTED), str(Status.UNRELIABLE)),
            "mark": np.full(flat.shape, ""),
            "lower": np.where(given, np.maximum(flat - Z95 * error, 0.0), np.nan),
            "upper": np.where(given, flat + Z95 * error, np.nan),
        }
    ).with_columns(pl.col("value", "lower", "upper").fill_nan(None))


def _direct(frame: pl.DataFrame, model: Mixture, names: tuple[str, ...]) -> pl.DataFrame:
    """Take the figures that were published in SOC2010, with the interval that their CV gives."""
    chosen = chosen_of(frame, model).filter(pl.col("measure").cast(pl.String).is_in(list(names)))
    error = pl.col("value") * pl.col("quality") / 100.0 * Z95
    return chosen.select(
        pl.col("soc2010", "measure").cast(pl.String),
        "value",
        pl.col("status", "mark").cast(pl.String),
        (pl.col("value") - error).alias("lower"),
        (pl.col("value") + error).alias("upper"),
        pl.col("year", "sex", "pattern").cast(pl.String),
    )
