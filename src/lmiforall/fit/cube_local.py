"""The areas' unit groups -> a table of every occupation, area and year, each figure with its interval and grade.

What the books print, sub-major groups and wider ones, stands as it is printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Areas
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.area_si2035 import AREA_SI2035
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit import cube_areas
from lmiforall.fit.cube_axes import UNITS
from lmiforall.fit.cube_error import ENGLAND, LONDON, Width, Widths, by_size, widths
from lmiforall.fit.cube_margins import employed
from lmiforall.fit.cube_sure import BORROWED, grade
from lmiforall.fit.cube_tables import outwards
from lmiforall.fit.margin import Floats
from lmiforall.fit.shape import coded

CODES = tuple(entry.code for entry in SOC2020.codes)
AREAS = tuple(entry.code for entry in AREA_SI2035.codes if entry.code != AREA_SI2035.whole)
SUMS = np.array([[code == SOC2020.whole or unit.startswith(code) for unit in UNITS] for code in CODES], np.float64)
# SOURCE: APS table T09a by LEP, the mean of 2015 to 2019: nine in ten sub-major groups' shares of their major group lie
# within so much of what England's and half of the region's departure give, by fifths of size.
INSIDE = Width(
    np.array([5_739.0, 10_872.0, 17_424.0, 28_334.0, 59_016.0]), np.array([0.408, 0.291, 0.198, 0.170, 0.129])
)


@dataclass(frozen=True, eq=False)
class Spread:
    """Half widths of a minor group's share of an area's sub-major group, from regions that areas fill."""

    everybody: Widths
    areas: Width

    def half(self, region: str, people: Floats, england: Floats, year: int) -> Floats:
        """Give the half widths of unit and minor groups of an area, whose people in England are ``england``."""
        if region == LONDON:
            return self.everybody.half(LONDON, CODES, people, england, year)
        whole = self.everybody.half(ENGLAND, CODES, england, england, year)
        return np.asarray(np.sqrt(whole**2 + self.areas.at(people) ** 2 + INSIDE.at(people) ** 2), np.float64)


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Fit all areas."""
    model = dataset.model
    if not isinstance(model, Areas):
        raise TypeError(f"{dataset.name} declares no areas")
    projections, minors = _needed(tables[model.projections].frame), tables[model.regions].frame
    seeds = cube_areas.england(tables[model.cube].frame, model.england)
    towards, inside, plain = cube_areas.towards(minors), dict(model.inside), np.ones(len(UNITS))
    spread = sure(model, tables, seeds)
    parts = []
    for area in AREAS:
        region = inside.get(area, "")
        local = cube_areas.people(area, cube_areas.books(projections, area), seeds, towards.get(region, plain))
        for year, units in local.items():
            half = spread.half(region, SUMS @ units, SUMS @ seeds[year].sum(axis=1), year)
            parts.append(_rows(SUMS @ units, half).with_columns(area=pl.lit(area), year=pl.lit(str(year))))
    found = _as_published(pl.concat(parts), projections)
    return Table(dataset, coded(dataset, found.with_columns(measure=pl.lit("employment"))))


def _needed(projections: pl.DataFrame) -> pl.DataFrame:
    """Take the tables that the areas' totals are in: the books are asked for area by area."""
    return projections.filter(pl.col("table").cast(pl.String).is_in(list(cube_areas.TABLES)))


def sure(model: Areas, tables: Mapping[str, Table], seeds: Mapping[int, Floats]) -> Spread:
    """Read the half widths off the survey's years, and off regions without London, which is unlike any other."""
    projections, minors, sections = (
        tables[name].frame for name in (model.projections, model.regions, model.industries)
    )
    everybody = widths(sections, minors, employed(projections, AREA_SI2035.whole))
    tried = cube_areas.of_regions(projections, minors, seeds, max(everybody.surveyed))
    return Spread(everybody, by_size(tried.ours.without(LONDON)))


def _rows(people: Floats, half: Floats) -> pl.DataFrame:
    return pl.DataFrame({
        "soc": CODES,
        "value": people,
        "lower": outwards(people * np.exp(-half), np.floor),
        "upper": outwards(people * np.exp(half), np.ceil),
    })  # fmt: skip


def _as_published(found: pl.DataFrame, projections: pl.DataFrame) -> pl.DataFrame:
    """Put what the books print in the place of what was fitted to it."""
    printed = pl.concat(
        employed(projections, area)
        .filter(pl.col("table") == cube_areas.OCCUPATIONS)
        .select(pl.lit(area).alias("area"), "soc", pl.col("period").alias("year"), pl.col("value").alias("printed"))
        for area in AREAS
    )
    joined = found.join(printed, on=["area", "soc", "year"], how="left", maintain_order="left")
    direct = pl.col("printed").is_not_null()
    return joined.select(
        "area",
        "soc",
        "year",
        pl.coalesce("printed", "value").alias("value"),
        *(pl.when(direct).then(None).otherwise(pl.col(bound)).alias(bound) for bound in ("lower", "upper")),
        pl.when(direct).then(pl.lit(str(Status.DIRECT))).otherwise(pl.lit(str(Status.BALANCED))).alias("status"),
        grade(pl.when(direct).then("printed"), pl.lit(BORROWED, pl.UInt8)).alias("quality"),
    )
