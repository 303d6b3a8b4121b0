"""All trials of the employment cube's breakdowns -> the half widths that are read off them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.model import Cube
from lmiforall.fit import cube, cube_foretold, cube_tried
from lmiforall.fit.cube_error import Scaled, Width, Widths, by_block, by_size
from lmiforall.fit.cube_tried import Tried
from lmiforall.fit.margin import Floats

# The LSIP that is London.
LONDON_LSIP = "GL_LSIP"
# Status of those who work for themselves.
ALONE = "self_employed"


@dataclass(frozen=True)
class Trials:
    """All trials of breakdowns: of unit groups by dimension and way; of years, and of areas, by dimension."""

    units: Mapping[str, Mapping[str, Tried]]
    qualifications: Tried
    self_employed: Tried
    splits: Tried
    matrix: Tried
    years: Mapping[str, Tried]
    areas: Mapping[str, Tried]


@dataclass(frozen=True, eq=False)
class Breadth:
    """Half widths of a unit group's shares: where a survey prints the cell, and where none does."""

    printed: Width
    hidden: Width

    def at(self, people: Floats, shown: np.ndarray) -> Floats:
        """Give the half widths of cells."""
        return np.where(shown, self.printed.at(people), self.hidden.at(people))


@dataclass(frozen=True, eq=False)
class Sure:
    """All half widths: of everybody in an occupation, of unit groups' shares, of years without tables, of areas.

    ``majors`` and ``years`` have each major group's own scale.
    """

    everybody: Widths
    units: Mapping[str, Breadth]
    majors: Mapping[str, Scaled]
    splits: Breadth
    years: Mapping[str, Scaled]
    areas: Mapping[str, Width]
    london: Mapping[str, Width]


def trials(frames: Mapping[str, pl.DataFrame], model: Cube, levels: pl.DataFrame, structure: cube.Structure) -> Trials:
    """Try all breakdowns out."""
    weights, jobs, workers = frames[model.weights], frames[model.jobs], frames[model.workers]
    units = {"industry": cube_tried.of_industries(frames[model.industries], frames[model.classes], weights)}
    units["sex"] = cube_tried.of_jobs(jobs, workers, weights, ("sex",))
    for title, by in (("", ("pattern",)), ("sex, ", ("sex", "pattern"))):
        ways = cube_tried.of_jobs(jobs, workers, weights, by)
        for pattern in ("full_time", "part_time"):
            units[title + pattern] = {way: tried.only(pattern) for way, tried in ways.items()}
    return Trials(
        units,
        cube_foretold.of_qualifications(model, levels, structure),
        cube_foretold.of_self_employed(workers),
        cube_foretold.of_splits(frames[model.classes], weights),
        cube_tried.of_matrix(frames[model.industries], frames[model.classes], weights),
        cube_foretold.of_years(model, levels, structure),
        cube_foretold.of_areas(frames[model.projections], model.area, str(model.anchors[0])),
    )


def sure(everybody: Widths, tried: Trials) -> Sure:
    """Read all half widths off."""
    units = {
        name: Breadth(_width(ways["a year"]), _width(ways["tenths of the cells"])) for name, ways in tried.units.items()
    }
    areas = {name: one.ours for name, one in tried.areas.items()}
    return Sure(
        everybody,
        units,
        {"qualification": by_block(tried.qualifications.ours), ALONE: by_block(tried.self_employed.ours)},
        Breadth(_width(tried.matrix), _width(tried.splits)),
        {name: by_block(one.ours) for name, one in tried.years.items()},
        {name: by_size(errors.without(LONDON_LSIP)) for name, errors in areas.items()},
        {name: by_block(errors).of(LONDON_LSIP) for name, errors in areas.items()},
    )


def _width(tried: Tried) -> Width:
    return by_size(tried.ours)
