"""The projections' tables -> for each year the margins that the employment cube must meet."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from lmiforall.base.model import Cross
from lmiforall.fit.cube_axes import DIMENSIONS, LEVELS, SHAPE, Level
from lmiforall.fit.margin import OUTSIDE, Floats, Margin

# The projections are in thousands.
PEOPLE = 1000.0


def employed(projections: pl.DataFrame, area: str) -> pl.DataFrame:
    """Take the levels of one area: plain texts, and people rather than thousands."""
    texts = ("table", "period", *DIMENSIONS)
    return projections.filter(
        pl.col("area").cast(pl.String) == area, pl.col("measure").cast(pl.String) == "employment_thousand"
    ).select(pl.col(texts).cast(pl.String), pl.col("value") * PEOPLE)


def margins(levels: pl.DataFrame, crosses: Sequence[Cross], year: int) -> Iterator[Margin]:
    """Give those margins that are published for a year; a withheld sum is left out of its margin."""
    of_year = levels.filter(pl.col("period") == str(year))
    for cross in crosses:
        figures = published(of_year, cross)
        known = ~np.isnan(figures)
        if known.any():
            yield _margin(cross, year, figures)


def published(of_year: pl.DataFrame, cross: Cross) -> Floats:
    """Lay one table's figures of a year out along the levels of the cross; NaN where there is none."""
    along = [LEVELS[name] for name in cross.levels]
    rest = [name for name in DIMENSIONS if name not in {level.dimension for level in along}]
    chosen = of_year.filter(pl.col("table") == cross.table, *(pl.col(name) == "all" for name in rest))
    for level in along:
        places = {code: place for place, code in enumerate(level.codes)}
        chosen = chosen.with_columns(pl.col(level.dimension).replace_strict(places, default=None).cast(pl.Int64))
    chosen = chosen.drop_nulls([level.dimension for level in along])
    figures = np.full([len(level.codes) for level in along], np.nan)
    figures[tuple(chosen[level.dimension].to_numpy() for level in along)] = chosen["value"].to_numpy()
    return figures


def _margin(cross: Cross, year: int, figures: Floats) -> Margin:
    along = [LEVELS[name] for name in cross.levels]
    places = np.ix_(*(np.arange(size) for size in SHAPE))
    at = [np.broadcast_to(level.places[places[level.axis]], SHAPE) for level in along]
    groups = np.ravel_multi_index(at, figures.shape).ravel()
    sums = figures.ravel()
    groups = np.where(np.isnan(sums)[groups], OUTSIDE, groups).astype(np.int32)
    sums = np.nan_to_num(sums)
    return Margin(f"{cross.table} {year}", groups, sums, sums, lambda number: _named(along, figures.shape, number))


def _named(along: Sequence[Level], shape: tuple[int, ...], number: int) -> str:
    places = np.unravel_index(number, shape)
    return ", ".join(f"{level.dimension}={level.codes[int(place)]}" for level, place in zip(along, places, strict=True))
