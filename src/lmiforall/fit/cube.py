"""Margins of each year and the surveys' structure -> the employment cube of England, year by year, and its unit groups.

A year with all tables is fitted first, from the surveys' structure. Each later year in the order starts from the
years that are fitted already, interpolated, and is made to meet whatever is published for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.model import Cube
from lmiforall.fit.cube_axes import SHAPE, SUBMAJOR, UNITS, WITHIN, cells
from lmiforall.fit.cube_margins import margins
from lmiforall.fit.margin import Cells, Floats, Margin
from lmiforall.fit.ras import fit

# A cell in which nobody was in the year that a fit starts from may have somebody in another: a seed of so many.
NEARLY_NOBODY = 1e-3


@dataclass(frozen=True, eq=False)
class Structure:
    """What the surveys say of unit groups: people by industry, and proportions by sex x status."""

    by_industry: Floats
    by_sex_and_status: Floats


def england(model: Cube, levels: pl.DataFrame, structure: Structure) -> dict[int, Floats]:
    """Fit every year that has figures; gives people, laid out as ``SHAPE``, in the order of the years."""
    fitted: dict[int, Floats] = {}
    label = cells().cell
    for year in _in_order(model, levels):
        seed = _seed(year, fitted) if fitted else _of_groups(structure)
        wanted = list(margins(levels, model.crosses, year))
        found = fit(seed.ravel(), wanted, table=f"employment of {model.area} in {year}", cell=label)
        fitted[year] = found.values.reshape(SHAPE)
    return dict(sorted(fitted.items()))


def parts_of_units(cube: Floats, structure: Structure, units: Floats | None = None) -> Floats:
    """Give each unit group's part of its sub-major group, by industry x sex x status (units first).

    Within each sub-major group the unit groups have the shares of ``units`` (people; NaN where they aren't known, and
    then the surveys' shares), their spread follows the surveys', and together they are the cube's.
    """
    people = cube.sum(axis=-1)
    seed = structure.by_industry[:, :, None, None] * structure.by_sex_and_status[:, None, :, :]
    surveyed = _known(units, structure.by_industry.sum(axis=1))
    totals = people.sum(axis=(1, 2, 3))
    wanted = surveyed / np.bincount(WITHIN, surveyed)[WITHIN] * totals[WITHIN]
    table = Cells(seed.shape, tuple(np.indices(seed.shape).reshape(4, -1).astype(np.int32)))
    within = _within(people)
    # Where nobody is in this year but may be in another, unit groups have their parts of the seed.
    parts: Floats = seed / _summed(seed)[WITHIN]
    seed *= people[WITHIN] > 0
    found = fit(seed.ravel(), [table.along("unit groups", (0,), wanted), within], table="unit groups of England")
    np.divide(found.values.reshape(seed.shape), people[WITHIN], out=parts, where=people[WITHIN] > 0)
    return parts


def _known(units: Floats | None, surveyed: Floats) -> Floats:
    """Take the people that are known; a unit group's that aren't stand beside them as in the survey."""
    if units is None:
        return surveyed
    known = np.isfinite(units)
    there = np.bincount(WITHIN, np.where(known, units, 0.0))
    beside = np.bincount(WITHIN, np.where(known, surveyed, 0.0))
    scale = np.divide(there, beside, out=np.ones_like(there), where=(there > 0) & (beside > 0))
    return np.asarray(np.where(known, units, surveyed * scale[WITHIN]), np.float64)


def by_unit(cube: Floats, parts: Floats) -> Floats:
    """Give a year's unit groups by industry x sex x status."""
    return np.asarray(cube.sum(axis=-1)[WITHIN] * parts, np.float64)


def by_unit_and_qualification(cube: Floats, parts: Floats) -> Floats:
    """Give a year's unit groups by sex x status x qualification.

    Nothing is known of the qualifications of one unit group: it has those of its sub-major group in its industries,
    sexes and statuses.
    """
    found = np.empty((len(UNITS), *SHAPE[2:]))
    for group in range(len(SUBMAJOR.codes)):
        rows = group == WITHIN
        found[rows] = np.einsum("uisp,ispq->uspq", parts[rows], cube[group], optimize=True)
    return found


def _in_order(model: Cube, levels: pl.DataFrame) -> Iterator[int]:
    """Give the anchors as they are declared, then every other year of the tables."""
    years = {int(period) for period in levels["period"].unique() if period.isdigit()}
    yield from model.anchors
    yield from sorted(years - set(model.anchors))


def _seed(year: int, fitted: Mapping[int, Floats]) -> Floats:
    """Interpolate between the nearest fitted years; beyond the first and the last they are taken as they are."""
    before = max((one for one in fitted if one <= year), default=min(fitted))
    after = min((one for one in fitted if one >= year), default=max(fitted))
    part = (year - before) / (after - before) if after != before else 0.0
    between = (1.0 - part) * fitted[before] + part * fitted[after]
    return np.maximum(between, NEARLY_NOBODY)


def _of_groups(structure: Structure) -> Floats:
    """Give the seed of sub-major groups: their unit groups' structure, and any qualification alike."""
    people = structure.by_industry[:, :, None, None] * structure.by_sex_and_status[:, None, :, :]
    return np.repeat(_summed(people)[..., None], SHAPE[-1], axis=-1)


def _summed(people: Floats) -> Floats:
    """Add unit groups up to sub-major groups."""
    groups = np.zeros((len(SUBMAJOR.codes), *people.shape[1:]))
    np.add.at(groups, WITHIN, people)
    return groups


def _within(people: Floats) -> Margin:
    """Declare that unit groups add up to their sub-major group in each industry, sex and status."""
    inner = int(np.prod(people.shape[1:]))
    groups = (WITHIN[:, None] * inner + np.arange(inner)[None, :]).ravel().astype(np.int32)
    sums = people.ravel()
    return Margin("sub-major groups", groups, sums, sums, lambda number: _place(people.shape, number))


def _place(shape: Sequence[int], number: int) -> str:
    return f"{SUBMAJOR.codes[number // int(np.prod(shape[1:]))]}, cell {number % int(np.prod(shape[1:]))}"
