"""The surveys -> structure for the employment cube: how unit groups spread over industries, sexes, statuses.

Only proportions are taken from here; how many people there are in all, the projections say. A survey's ``-`` is
no structural zero: somebody may be there whom it didn't meet.
"""

import numpy as np
import polars as pl

from lmiforall.fit.cube_axes import INDUSTRY, LEVELS, UNITS
from lmiforall.fit.cube_laid import UNITS2010, laid_out, shares
from lmiforall.fit.cube_sections import MISSED, by_class, by_section, parts_of, section, with_kin
from lmiforall.fit.margin import Floats

# In no occupation do more than these work for themselves.
MOST = 0.98
# How far a withheld cell is what its kin let expect, as a power; the rest is half of the least that is printed. Tried
# on hidden cells (bench/employment.py): nearer to 1, full-time employees are nearer, and some part-time further off.
LIKE_KIN = 0.35
STATUSES = LEVELS["employment_status"].codes
SEXES = LEVELS["sex"].codes


def by_industry(sections: pl.DataFrame, classes: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give people by unit group x industry: the survey's sections, split as the classes of industry are."""
    letters = sorted(set(sections["industry"].cast(pl.String)))
    within = np.array([letters.index(section(industry)) for industry in INDUSTRY.codes])
    found = np.maximum(by_class(classes, weights), 0.0)
    people = np.maximum(by_section(sections, found), MISSED)
    return np.asarray(people[:, within] * parts_of(with_kin(found, within), within), np.float64)


def by_sex_and_status(jobs: pl.DataFrame, workers: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give the proportions of each unit group by sex x status; each group's add up to 1."""
    mixture = shares(weights, "to_soc2010").T
    alone = np.minimum(mixture @ _self_employed(workers), MOST / len(SEXES))
    parts = completed(employees(jobs), earlier_spread(workers, weights))
    return np.concatenate([parts * (1.0 - alone.sum(axis=1))[:, None, None], alone[:, :, None]], axis=2)


def completed(figures: Floats, spread: Floats) -> Floats:
    """Give proportions of employees by sex x pattern; what ``figures`` lack is taken from the earlier ``spread``."""
    missing = np.isnan(figures)
    # What is known stands for the part of the spread that it covers.
    covered = np.where(missing, 0.0, spread).sum(axis=(1, 2), keepdims=True)
    size = np.nansum(figures, axis=(1, 2), keepdims=True)
    scale = np.divide(size, covered, out=np.ones_like(size), where=(covered > 0) & (size > 0))
    known = np.where(missing, spread * scale, figures)
    return np.asarray(known / known.sum(axis=(1, 2), keepdims=True), np.float64)


def employees(jobs: pl.DataFrame) -> Floats:
    """Give jobs of unit groups by sex x pattern, the mean of the years that print them; NaN where none does."""
    chosen = jobs.filter(
        pl.col("measure").cast(pl.String) == "jobs_thousand", pl.col("basis").cast(pl.String) == "week"
    )
    mean = chosen.group_by(pl.col("soc", "sex", "pattern").cast(pl.String)).agg(pl.col("value").mean())
    return laid_out(mean, {"soc": [*UNITS], "sex": [*SEXES], "pattern": [*STATUSES[:2]]})


def earlier_spread(workers: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give proportions of employees by sex x pattern in the survey of 2018, carried to SOC2020."""
    return np.asarray(np.tensordot(shares(weights, "to_soc2010").T, _employed_2010(workers), 1), np.float64)


def _employed_2010(workers: pl.DataFrame) -> Floats:
    """Give the proportions of employees of SOC2010 unit groups by sex x pattern.

    What is withheld is half of the least that is printed for the division by sex; for that of each sex by pattern it
    may be less, as the others of the sub-major group let expect. In a small unit group half of the least may be more
    than there are: managers would work half of them part-time, where one in ten does.
    """
    people = workers.filter(pl.col("employment_status").cast(pl.String) == "employees")
    figures = laid_out(people, {"soc2010": [*UNITS2010], "sex": [*SEXES], "pattern": [*STATUSES[:2]]})
    plain = _shown(figures)
    by_pattern = np.where(np.isnan(figures), _withheld(figures, plain), figures)
    by_sex = plain.sum(axis=2, keepdims=True) / plain.sum(axis=(1, 2), keepdims=True)
    return np.asarray(by_sex * by_pattern / by_pattern.sum(axis=2, keepdims=True), np.float64)


def _withheld(figures: Floats, plain: Floats) -> Floats:
    """Give what withheld cells may have: between half of the least that is printed and what the kin let expect.

    Where nothing is printed of a unit group the kin's proportions stand, as the plain rival has them.
    """
    known = np.nan_to_num(figures)
    within = np.array([int(unit[:2]) for unit in UNITS2010])
    groups = np.zeros((within.max() + 1, *known.shape[1:]))
    np.add.at(groups, within, known)
    others = groups[within] - known + MISSED
    others /= others.sum(axis=(1, 2), keepdims=True)
    covered = np.where(np.isnan(figures), 0.0, others).sum(axis=(1, 2), keepdims=True)
    size = known.sum(axis=(1, 2), keepdims=True)
    expected = others * np.divide(size, covered, out=np.ones_like(size), where=size > 0)
    return np.asarray(
        np.where(size > 0, np.minimum(expected**LIKE_KIN * plain ** (1.0 - LIKE_KIN), plain), others), np.float64
    )


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
