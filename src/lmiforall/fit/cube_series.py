"""The official series by unit group, where there is one -> the unit groups' parts of the cube, year by year."""

from collections.abc import Iterable, Mapping

import polars as pl

from lmiforall.base.model import Cube
from lmiforall.codes.region import REGION
from lmiforall.fit.cube import Structure, parts_of_units
from lmiforall.fit.cube_axes import UNITS
from lmiforall.fit.cube_error import ENGLAND
from lmiforall.fit.cube_laid import laid_out
from lmiforall.fit.margin import Floats


def parts(
    series: pl.DataFrame | None, model: Cube, years: Mapping[int, Floats], structure: Structure
) -> Mapping[int, Floats]:
    """Give the unit groups' parts of each year's cube; without a series those of the first anchor, in all years."""
    if series is None:
        return dict.fromkeys(years, parts_of_units(years[model.anchors[0]], structure))
    people = by_year(series, years)
    return {year: parts_of_units(cube, structure, people[year]) for year, cube in years.items()}


def by_year(series: pl.DataFrame, years: Iterable[int]) -> dict[int, Floats]:
    """Give for each year the people of the unit groups (NaN where it has none) in the nearest year of the series.

    England's stand before the United Kingdom's: the cube is England's.
    """
    rows = series.select(pl.col("soc", "region", "year").cast(pl.String), "value")
    area = ENGLAND if (rows["region"] == ENGLAND).any() else REGION.whole
    rows = rows.filter(pl.col("region") == area)
    there = sorted(set(rows["year"]))
    people = laid_out(rows, {"year": there, "soc": [*UNITS]})
    known = [int(year) for year in there]
    nearest = {year: min(known, key=lambda one: (abs(one - year), one)) for year in years}
    return {year: people[known.index(near)] for year, near in nearest.items()}
