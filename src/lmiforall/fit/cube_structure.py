"""The surveys -> structure for the employment cube: how unit groups spread over industries, sexes, statuses, regions.

Only proportions are taken from here; how many people there are in all, the projections say. A survey's ``-`` is
no structural zero: somebody may be there whom it didn't meet.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from lmiforall.base.status import Status
from lmiforall.codes.industry75_2007 import DIVISIONS
from lmiforall.codes.region import REGION
from lmiforall.codes.sic2007_section import section_of
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit.cube_axes import INDUSTRY, LEVELS, UNITS, WITHIN
from lmiforall.fit.margin import Floats

# Whom a survey may have missed in a cell: far fewer than the few hundred that a cell must have to be printed.
MISSED = 10.0
# So many people of the sub-major group count beside a unit group's own when its section is split into industries.
BORROWED = 1000.0
# In no occupation do more than these work for themselves.
MOST = 0.98
UNITS2010 = tuple(entry.code for entry in SOC2010.at_level("unit"))
STATUSES = LEVELS["employment_status"].codes
SEXES = LEVELS["sex"].codes


def by_industry(sections: pl.DataFrame, classes: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give people by unit group x industry: the survey's sections, split as the classes of industry are."""
    letters = sorted(set(sections["industry"].cast(pl.String)))
    people = np.maximum(pooled(sections, letters), MISSED)
    section = np.array([letters.index(_section(industry)) for industry in INDUSTRY.codes])
    found = np.maximum(_by_class(classes, weights), 0.0)
    group = np.zeros((WITHIN.max() + 1, len(INDUSTRY.codes)))
    np.add.at(group, WITHIN, found)
    parts = found + BORROWED * _within(group + MISSED, section)[WITHIN]
    return np.asarray(people[:, section] * _within(parts, section), np.float64)


def by_sex_and_status(jobs: pl.DataFrame, workers: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give the proportions of each unit group by sex x status; each group's add up to 1."""
    mixture = _shares(weights, "to_soc2010").T
    alone = np.minimum(mixture @ _self_employed(workers), MOST / len(SEXES))
    spread = np.tensordot(mixture, _employed_2010(workers), 1)
    employees = _employees(jobs, spread) * (1.0 - alone.sum(axis=1))[:, None, None]
    return np.concatenate([employees, alone[:, :, None]], axis=2)


def by_region(minors: pl.DataFrame, regions: Sequence[str]) -> Floats:
    """Give unit groups x regions: people there for one in England, from minor groups or else their sub-major group."""
    england = [entry.code for entry in REGION.at_level("region")]
    codes = [entry.code for entry in SOC2020.at_level("minor")]
    figures = laid_out(minors, {"soc": codes, "region": [*regions]})
    wider = np.array([code[:2] for code in codes])
    inside = np.array([region in england for region in regions])
    for code in np.unique(wider):
        rows = np.flatnonzero(wider == code)
        figures[rows] = _filled(figures[rows])
    minor = np.array([codes.index(unit[:3]) for unit in UNITS])
    return np.asarray((figures / figures[:, inside].sum(axis=1, keepdims=True))[minor], np.float64)


def _filled(figures: Floats) -> Floats:
    """Fill the gaps of a sub-major group's minor groups by its spread, at most with the least that is printed."""
    together = np.nansum(figures, axis=0) + MISSED
    hidden = np.isnan(figures)
    unknown = hidden.all(axis=1, keepdims=True)
    size = np.where(unknown, 1.0, np.nansum(figures, axis=1, keepdims=True))
    expected = size * together / together.sum()
    least = np.min(figures, initial=np.inf, where=~hidden)
    return np.where(hidden, np.where(unknown, expected, np.minimum(expected, least)), figures)


def pooled(sections: pl.DataFrame, letters: Sequence[str]) -> Floats:
    """Give unit groups x sections, the mean over the years; suppressed cells share what is left of their section."""
    years = sorted(set(sections["year"].cast(pl.String)))
    found = []
    for year in years:
        of_year = sections.filter(pl.col("year").cast(pl.String) == year)
        figures = laid_out(of_year, {"soc": [*UNITS, SOC2020.whole], "industry": [*letters]})
        hidden = of_year.filter(pl.col("status").cast(pl.String) == str(Status.SUPPRESSED)).with_columns(value=1.0)
        marked = np.nan_to_num(laid_out(hidden, {"soc": [*UNITS], "industry": [*letters]}))
        known = np.nan_to_num(figures[:-1])
        left = np.maximum(np.nan_to_num(figures[-1]) - known.sum(axis=0), 0.0)
        found.append(known + marked * left / np.maximum(marked.sum(axis=0), 1.0))
    return np.asarray(np.mean(found, axis=0), np.float64)


def _by_class(classes: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give unit groups x industries from SOC2010 groups x classes of industry."""
    industry = {division: code for code in INDUSTRY.codes for division in DIVISIONS[code]}
    divisions = classes.select(
        pl.col("soc2010").cast(pl.String),
        pl.col("industry").cast(pl.String).str.slice(0, 2).replace_strict(industry, default=None),
        pl.col("value"),
    )
    summed = divisions.drop_nulls().group_by("soc2010", "industry").agg(pl.col("value").sum())
    old = np.nan_to_num(laid_out(summed, {"soc2010": [*UNITS2010], "industry": [*INDUSTRY.codes]}))
    return np.asarray(_shares(weights, "to_soc2020").T @ old, np.float64)


def _employees(jobs: pl.DataFrame, spread: Floats) -> Floats:
    """Give the proportions of employees by sex x pattern; what ONS withholds is taken from the earlier ``spread``."""
    chosen = jobs.filter(
        pl.col("measure").cast(pl.String) == "jobs_thousand", pl.col("basis").cast(pl.String) == "week"
    )
    mean = chosen.group_by(pl.col("soc", "sex", "pattern").cast(pl.String)).agg(pl.col("value").mean())
    figures = laid_out(mean, {"soc": [*UNITS], "sex": [*SEXES], "pattern": [*STATUSES[:2]]})
    missing = np.isnan(figures)
    # What is known stands for the part of the spread that it covers.
    covered = np.where(missing, 0.0, spread).sum(axis=(1, 2), keepdims=True)
    size = np.nansum(figures, axis=(1, 2), keepdims=True)
    scale = np.divide(size, covered, out=np.ones_like(size), where=(covered > 0) & (size > 0))
    known = np.where(missing, spread * scale, figures)
    return np.asarray(known / known.sum(axis=(1, 2), keepdims=True), np.float64)


def _employed_2010(workers: pl.DataFrame) -> Floats:
    """Give the proportions of employees of SOC2010 unit groups by sex x pattern."""
    people = workers.filter(pl.col("employment_status").cast(pl.String) == "employees")
    figures = _shown(laid_out(people, {"soc2010": [*UNITS2010], "sex": [*SEXES], "pattern": [*STATUSES[:2]]}))
    return np.asarray(figures / figures.sum(axis=(1, 2), keepdims=True), np.float64)


def _self_employed(workers: pl.DataFrame) -> Floats:
    """Give for each SOC2010 unit group the part that are men, and women, who work for themselves."""
    people = workers.filter(pl.col("pattern").cast(pl.String) == "all")
    keys = {"soc2010": [*UNITS2010], "sex": [*SEXES, "all"], "employment_status": ["all", "self_employed"]}
    figures = laid_out(people, keys)
    everyone = figures[:, 2, 0]
    size = np.where(np.isnan(everyone), np.nanmedian(everyone), everyone)
    return np.asarray(_shown(figures[:, :2, 1]) / size[:, None], np.float64)


def _shown(figures: Floats) -> Floats:
    """Take what is withheld as half of the least that is printed: it is withheld because it is small."""
    least = np.nanmin(np.where(figures > 0, figures, np.nan))
    return np.where(np.isnan(figures), 0.5 * least, figures)


def _shares(weights: pl.DataFrame, direction: str) -> Floats:
    """Give SOC2010 unit groups x unit groups: the part of one that is in the other, by the direction."""
    chosen = weights.filter(
        pl.col("direction").cast(pl.String) == direction, pl.col("measure").cast(pl.String) == "share"
    )
    return np.nan_to_num(laid_out(chosen, {"soc2010": [*UNITS2010], "soc": [*UNITS]}))


def _section(industry: str) -> str:
    return section_of(DIVISIONS[industry][0])


def _within(parts: Floats, section: np.ndarray) -> Floats:
    """Divide columns by the total of their section, row by row."""
    totals = np.zeros((len(parts), section.max() + 1))
    np.add.at(totals.T, section, parts.T)
    return np.asarray(parts / totals[:, section], np.float64)


def laid_out(frame: pl.DataFrame, keys: Mapping[str, Sequence[str]]) -> Floats:
    """Lay figures out along some codes of each key; NaN where there is none."""
    chosen = frame.select(pl.col(*keys).cast(pl.String), pl.col("value"))
    for name, codes in keys.items():
        places = {code: place for place, code in enumerate(codes)}
        chosen = chosen.with_columns(pl.col(name).replace_strict(places, default=None, return_dtype=pl.Int64))
    chosen = chosen.drop_nulls()
    figures = np.full([len(codes) for codes in keys.values()], np.nan)
    figures[tuple(chosen[name].to_numpy() for name in keys)] = chosen["value"].to_numpy()
    return figures
