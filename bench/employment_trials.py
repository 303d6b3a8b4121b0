"""A full release -> every trial of the employment estimates, and the projections' track record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.employment_blocks import Trial
from lmiforall import datasets
from lmiforall.base.model import Areas, Cube
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit import cube, cube_areas, cube_error, cube_trials
from lmiforall.fit.cube_axes import SUBMAJOR, WITHIN
from lmiforall.fit.cube_error import Errors
from lmiforall.fit.cube_margins import employed
from lmiforall.fit.cube_structure import by_industry, by_sex_and_status
from lmiforall.fit.cube_tried import Tried
from lmiforall.release import folder
from lmiforall.release.freeze import thaw

PRINTED, NEVER = "served where a survey prints the cell", "served where none does"
WAYS = {"a year": PRINTED, "tenths of the cells": NEVER}
NAMES = {
    "industry": "a unit group's people by section of industry",
    "sex": "a unit group's employees by sex",
    "full_time": "a unit group's full-time employees",
    "part_time": "a unit group's part-time employees",
    "sex, full_time": "a unit group's full-time employees by sex",
    "sex, part_time": "a unit group's part-time employees by sex",
}


@dataclass(frozen=True, eq=False)
class Held:
    """What the trials read."""

    model: Cube
    areas: Areas
    frames: Mapping[str, pl.DataFrame]

    @property
    def levels(self) -> pl.DataFrame:
        """England's levels in the projections."""
        return employed(self.frames[self.model.projections], self.model.area)


def held(release: Path) -> Held:
    """Read it out of a full release."""
    every = datasets.every()
    entries = folder.read_catalogue(release)["datasets"]
    model, areas = every["employment_estimates"].model, every["employment_estimates_by_area"].model
    if not isinstance(model, Cube) or not isinstance(areas, Areas):
        raise TypeError("employment_estimates declares no cube, or employment_estimates_by_area no areas")
    # An input of which nobody has a file isn't in the release; the model does without.
    names = sorted({*model.inputs, *areas.inputs} & set(entries))
    return Held(model, areas, {name: thaw(release, every[name], entries[name]).frame for name in names})


def structure(held: Held) -> cube.Structure:
    """Give the surveys' structure."""
    model, frames, weights = held.model, held.frames, held.frames[held.model.weights]
    return cube.Structure(
        by_industry(frames[model.industries], frames[model.classes], weights),
        by_sex_and_status(frames[model.jobs], frames[model.workers], weights),
    )


def trials(held: Held) -> Iterator[Trial]:
    """Try everything out."""
    yield from _of_everybody(held)
    every = cube_trials.trials(held.frames, held.model, held.levels, structure(held))
    for key, ways in every.units.items():
        for way, tried in ways.items():
            yield Trial(NAMES[key], way, tried, served=way in WAYS)
    by_major = {
        "a sub-major group's qualifications, for a unit group's": (
            every.qualifications,
            "all of one major group, whose own are kept",
        ),
        "a unit group's self-employed, from its sub-major group": (every.self_employed, "one unit group"),
    }
    others = {
        "a section's people by industry, from the sub-major group": (every.splits, "one unit group"),
        "a unit group's people by section, from the matrix of 2018": (every.matrix, "the surveys of 2021 to 2024"),
    }
    years = {f"wider groups by {_said(name)}": (tried, "a year's tables") for name, tried in every.years.items()}
    for what, (tried, way) in (by_major | years).items():
        yield Trial(what, way, tried, served=True, known=frozenset(tried.ours.block))
    for what, (tried, way) in others.items():
        yield Trial(what, way, tried, served=True)
    for name, tried in every.areas.items():
        what = f"local areas by {_said(name)}, from England"
        yield Trial(what, "one area", tried, served=True, known=frozenset({cube_trials.LONDON_LSIP}))
    yield _of_areas(held)


def _said(name: str) -> str:
    return name.replace("_", " ")


def _of_everybody(held: Held) -> Iterator[Trial]:
    sections, minors = held.frames[held.model.industries], held.frames[held.model.regions]
    alike = {"every unit group the same share": cube_error.of_units(sections, alike=True)}
    yield Trial(
        "a unit group's share of its sub-major group",
        "a year",
        _tried(cube_error.of_units(sections), alike),
        served=True,
    )
    rivals = {
        "spread as all occupations are": cube_error.of_regions(minors, "national"),
        "spread as the sub-major group is": cube_error.of_regions(minors, "parent"),
    }
    spread = _tried(cube_error.of_regions(minors), rivals)
    what = "a minor group's spread over England's regions"
    yield Trial(what, "one region", spread, served=True, known=frozenset(spread.ours.block))
    still = {"no change": cube_error.of_growth(sections, held.levels, still=True)}
    growth = _tried(cube_error.of_growth(sections, held.levels), still)
    yield Trial("the change of a sub-major group's share, by the projections of 2020", "a year", growth, served=True)


def _of_areas(held: Held) -> Trial:
    seeds = cube_areas.england(held.frames[held.areas.cube], held.areas.england)
    year = max(int(year) for year in cube_error.by_year(held.frames[held.model.industries]))
    tried = cube_areas.of_regions(held.frames[held.areas.projections], held.frames[held.areas.regions], seeds, year)
    what, london = "minor groups of regions, from their local areas", frozenset({cube_error.LONDON})
    return Trial(what, "the regional survey", tried, served=True, known=london)


def _tried(ours: Errors, rivals: dict[str, Errors]) -> Tried:
    return Tried(ours, rivals, ours.block)


def track_record(held: Held) -> list[dict[str, Any]]:
    """Give for each sub-major group how its share changed since the first survey year: as projected, as surveyed."""
    surveyed = {
        int(year): np.asarray(np.bincount(WITHIN, people), float)
        for year, people in cube_error.by_year(held.frames[held.model.industries]).items()
    }
    first = min(surveyed)
    found = []
    for year in sorted(set(surveyed) - {first}):
        projected = [cube_error.projected(held.levels, str(one)) for one in (first, year)]
        pairs = {"surveyed": _change(surveyed[first], surveyed[year]), "projected": _change(*projected)}
        for place, code in enumerate(SUBMAJOR.codes):
            name = f"{code} {SOC2020.title_of(code)}"
            found.append({"year": year, "group": name} | {key: float(one[place]) for key, one in pairs.items()})
    return found


def _change(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Give the change of shares, in per cent of the share before."""
    return np.asarray(100 * ((after / after.sum()) / (before / before.sum()) - 1), np.float64)
