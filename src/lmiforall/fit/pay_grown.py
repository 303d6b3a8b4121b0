"""What unit groups were paid in earlier years -> what they are paid now, grown as their major group's pay grew.

A figure that ONS withheld this year may have been published before. Its interval is as wide as holds figures of a like
CV that were published in two years running, carried in the same way, times as much as its major group's need. A filter
over three years did no better.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import polars as pl

from lmiforall.fit import pay_scale
from lmiforall.fit.mixed import Floats, Ints
from lmiforall.fit.pay_inputs import MAJOR_OF, MAJORS, UK, UNITS, everyone, grid

# A CV that isn't published is taken to be at the bound from which on ONS withholds, 20%; none is under 1%.
UNKNOWN, LEAST = 20.0, 1.0


@dataclass(frozen=True, eq=False)
class Year:
    """One measure of one year by unit group: logarithms, their major group's, and CVs (per cent)."""

    units: Floats
    majors: Floats
    variation: Floats


@dataclass(frozen=True, eq=False)
class Grown:
    """Logarithms by unit group, NaN where no year has a figure, and half-widths; nil where this year has it."""

    value: Floats
    width: Floats


def of_everyone(pay: pl.DataFrame, regions: pl.DataFrame, basis: str, name: str) -> dict[str, Year]:
    """Lay everyone's median or mean in the UK out by year."""
    own = everyone(_of(pay, basis, name))
    majors = everyone(_of(regions, basis, name)).filter(pl.col("region") == UK)
    newer = majors.filter(~pl.col("year").is_in(own.filter(pl.col("soc") == MAJORS[0])["year"].unique().to_list()))
    change = everyone(_of(pay, basis, name.replace("_gbp", "_change_pct")))
    return years(own, newer, change)


def published(pay: pl.DataFrame, basis: str, name: str, year: str) -> Floats:
    """Give everyone's figure in the UK where it is published for the year."""
    return grid(everyone(_of(pay, basis, name)).filter(pl.col("year") == year), ("soc",), (UNITS,))


def _of(frame: pl.DataFrame, basis: str, name: str) -> pl.DataFrame:
    return frame.filter(pl.col("measure").cast(pl.String) == name, pl.col("basis").cast(pl.String) == basis)


def years(frame: pl.DataFrame, majors: pl.DataFrame, change: pl.DataFrame | None = None) -> dict[str, Year]:
    """Lay one measure out by year; ``majors`` has years of major groups that ``frame`` hasn't.

    ``change`` has the changes on the year before in per cent, as published: from the first year's follows another,
    which ONS coded to SOC2020 for the purpose.
    """
    every = pl.concat([frame, majors], how="diagonal")
    found = {year: _year(every.filter(pl.col("year") == year)) for year in sorted(set(frame["year"]))}
    if change is None or not found:
        return found
    first = min(found)
    by = _year(change.filter(pl.col("year") == first).with_columns(pl.col("value") / 100.0 + 1.0))
    start = found[first]
    before = Year(start.units - by.units, start.majors - by.majors, start.variation)
    return {str(int(first) - 1): before} | found


def _year(rows: pl.DataFrame) -> Year:
    units, majors = (np.log(grid(rows, ("soc",), (codes,))) for codes in (UNITS, MAJORS))
    has = rows if "quality" in rows.columns else rows.with_columns(pl.lit(None, pl.Float64).alias("quality"))
    variation = np.nan_to_num(grid(has, ("soc",), (UNITS,), "quality"), nan=UNKNOWN)
    return Year(units, majors[MAJOR_OF], np.maximum(variation, LEAST))


def carried(known: dict[str, Year], year: str, level: float, *, shown: bool = True) -> Grown:
    """Carry the newest earlier figure on to a year; where the year itself has one that stands, if it is ``shown``."""
    value = known[year].units.copy() if shown else np.full(len(UNITS), np.nan)
    width = np.where(np.isnan(value), np.nan, 0.0)
    for earlier in sorted((one for one in known if one < year), reverse=True):
        open_ = np.isnan(value)
        value = np.where(open_, _grow(known[earlier], known[year]), value)
        width = np.where(open_, _width(known, earlier, year, level), width)
    return Grown(value, width)


def _grow(before: Year, after: Year) -> Floats:
    return before.units + after.majors - before.majors


def _width(known: dict[str, Year], earlier: str, year: str, level: float) -> Floats:
    """Give half-widths of a figure carried so far, from all pairs of years as far apart that end before the year."""
    variation, apart = known[earlier].variation, int(year) - int(earlier)
    pairs = [*_tried(known, apart, year)]
    if not pairs:
        # No two years are so far apart: then by the CV of the figure and of what it is carried to, once for each year.
        deviate = NormalDist().inv_cdf((1.0 + level) / 2.0)
        return np.asarray(deviate * np.sqrt(2.0 * apart) * variation / 100.0, np.float64)
    off, cv, majors = (np.concatenate(each) for each in zip(*pairs, strict=True))
    return pay_scale.like(off, cv, variation, level, (majors, MAJOR_OF))


def _tried(known: dict[str, Year], apart: int, before: str) -> Iterator[tuple[Floats, Floats, Ints]]:
    """Give for each pair of years how far off the later was, the CV of the earlier, and the major group."""
    for first, start in known.items():
        later = str(int(first) + apart)
        if later in known and later < before:
            off = known[later].units - _grow(start, known[later])
            there = np.isfinite(off)
            yield off[there], start.variation[there], MAJOR_OF[there]
