"""Ratios published both for unit groups and for their major groups -> how far the one lies from the other.

Nobody publishes pay of unit groups by age or by industry, so an interval there can't be measured. It is borrowed from
where both are published, by region, sex and working pattern: the further a group's pay is from everyone's (as women's
part-time), the further unit groups lie from their major group. The rule is |off|^2 = near^2 + (far x ratio)^2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.codes.region import REGION
from lmiforall.fit.mixed import Floats
from lmiforall.fit.pay_inputs import MAJOR_OF, MAJORS, PERCENTS, REGIONS, UK, UNITS, Known, figure, grid

# Of whom annual pay is published by unit group and by major group.
SEXES = (("male", "all"), ("female", "all"))
PATTERNS = (("all", "full_time"), ("all", "part_time"))


@dataclass(frozen=True)
class Rule:
    """``near`` is the half-width of an interval of a log-ratio that is nil, ``far`` what it grows by with the ratio."""

    near: float
    far: float

    def width(self, ratio: Floats) -> Floats:
        """Give the half-width of the interval of a unit group's log-ratio, from its wider group's."""
        found: Floats = np.hypot(self.near, self.far * ratio)
        return found


@dataclass(frozen=True, eq=False)
class Cross:
    """Some people's annual median: its log-ratio to everyone's, by unit group and by major group."""

    name: str
    units: Floats
    majors: Floats

    @property
    def off(self) -> Floats:
        """How far unit groups lie from their major group, where both are published."""
        off: Floats = self.units - self.majors[MAJOR_OF]
        return off[np.isfinite(off)]

    @property
    def size(self) -> float:
        """How far these people's pay lies from everyone's, in the middle of the major groups."""
        return float(np.nanmedian(np.abs(self.majors)))


def rule(crosses: Sequence[Cross], level: float) -> Rule:
    """Fit the rule to the quantiles of what is published, by least squares of their squares."""
    wanted = np.array([np.quantile(np.abs(cross.off), level) ** 2 for cross in crosses])
    sizes = np.array([cross.size**2 for cross in crosses])
    far = max(float(np.polyfit(sizes, wanted, 1)[0]), 0.0)
    near = max(float(np.mean(wanted - far * sizes)), 0.0)
    return Rule(near**0.5, far**0.5)


def crosses(known: Known, pay: pl.DataFrame, regions: pl.DataFrame) -> list[Cross]:
    """Give every cross of which both levels are published: regions, sexes, working patterns."""
    ratios = np.log(known.published / known.median[:, None])
    seen = [place for place in range(ratios.shape[1]) if np.isfinite(ratios[:, place]).any()]
    found = [Cross(REGION.title_of(REGIONS[place]), ratios[:, place], known.regional[:, place]) for place in seen]
    annual, own = _of_uk(regions, known.year), _annual(pay, "median_gbp")
    found += [_cross(people, own.filter(pl.col("year") == known.year), annual) for people in SEXES]
    # The newest year has no part-time in its copy, and the years before have major groups in the table itself.
    parts = own.filter(pl.col("pattern") == "part_time", pl.col("soc") == MAJORS[0])
    before = own.filter(pl.col("year") == parts["year"].max())
    return found + [_cross(people, before, before) for people in PATTERNS]


def carried(known: Known, pay: pl.DataFrame, regions: pl.DataFrame) -> dict[str, float]:
    """Say how much of what a major group's percentile departs from its median unit groups share, between 0 and 1.

    Measured on men's and women's annual pay: the slope of the unit groups' departures on their major group's.
    """
    found = {}
    for percent in PERCENTS:
        name = figure(percent)
        units = _departures(_annual(pay, name), _annual(pay, "median_gbp"), known.year, UNITS)
        majors = _departures(_of_uk(regions, known.year, name), _of_uk(regions, known.year), known.year, MAJORS)
        found[name] = _slope(units.ravel(), majors[:, MAJOR_OF].ravel())
    return found


def _slope(units: Floats, majors: Floats) -> float:
    both = np.isfinite(units) & np.isfinite(majors)
    norm = float(majors[both] @ majors[both])
    return min(max(float(units[both] @ majors[both]) / norm, 0.0), 1.0) if norm > 0 else 0.0


def _cross(people: tuple[str, str], units: pl.DataFrame, majors: pl.DataFrame) -> Cross:
    return Cross(", ".join(people).replace("_", "-"), _ratio(units, people, UNITS), _ratio(majors, people, MAJORS))


def _ratio(frame: pl.DataFrame, people: tuple[str, str], codes: tuple[str, ...]) -> Floats:
    some, every = (
        grid(frame.filter(pl.col("sex") == sex, pl.col("pattern") == pattern), ("soc",), (codes,))
        for sex, pattern in (people, ("all", "all"))
    )
    found: Floats = np.log(some / every)
    return found


def _departures(percentile: pl.DataFrame, median: pl.DataFrame, year: str, codes: tuple[str, ...]) -> Floats:
    """Give how much more a percentile of each sex departs from everyone's than its median does, sexes x codes."""
    one, middle = (
        np.stack([_ratio(frame.filter(pl.col("year") == year), people, codes) for people in SEXES])
        for frame in (percentile, median)
    )
    found: Floats = one - middle
    return found


def _annual(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    chosen = frame.filter(pl.col("measure").cast(pl.String) == name, pl.col("basis").cast(pl.String) == "year")
    return chosen.with_columns(pl.col(pl.Enum).cast(pl.String))


def _of_uk(regions: pl.DataFrame, year: str, name: str = "median_gbp") -> pl.DataFrame:
    return _annual(regions, name).filter(pl.col("region") == UK, pl.col("year") == year)
