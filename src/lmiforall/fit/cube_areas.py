"""England's unit groups and the books of local areas -> people by unit group in each area, year by year.

An area's unit groups are England's by industry, made to meet the area's own totals by RAS: each sub-major group's, each
industry group's, and in the years that have them each major group's within each industry group. Where an area lies
within one region, its minor groups start half as far from England's as the region's are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.codes.region import REGION
from lmiforall.fit import cube_spread
from lmiforall.fit.cube_axes import DIMENSIONS, LEVELS, SUBMAJOR, UNITS, WITHIN
from lmiforall.fit.cube_error import LONDON
from lmiforall.fit.cube_laid import laid_out
from lmiforall.fit.cube_margins import employed
from lmiforall.fit.cube_tried import NATIONAL, Cells, Tried, joined
from lmiforall.fit.margin import Floats, Margin
from lmiforall.fit.ras import fit

GROUPS = tuple(LEVELS["group"].codes)
OCCUPATIONS = "occ_f2"
# The tables that hold an area's totals, and along what: the first two come out for every year.
TABLES: Mapping[str, Mapping[str, Sequence[str]]] = {
    OCCUPATIONS: {"soc": SUBMAJOR.codes},
    "ind_f2": {"industry": LEVELS["group_by_year"].codes},
    "ind_occ_t1": {"soc": LEVELS["major"].codes, "industry": GROUPS, "sex": LEVELS["sex"].codes},
}
MAJOR = LEVELS["major"].places[WITHIN]
SHAPE = (len(UNITS), len(GROUPS))
REGIONS = tuple(entry.code for entry in REGION.at_level("region"))
MINOR = np.array([cube_spread.MINORS.index(unit[:3]) for unit in UNITS])
SUBMAJOR_OF = np.array([SUBMAJOR.codes.index(minor[:2]) for minor in cube_spread.MINORS])
SEVERAL = (np.bincount(SUBMAJOR_OF) > 1)[SUBMAJOR_OF]
# The regions that local areas fill; a tenth of Yorkshire and The Humber's people, south of the Humber, are missing.
FILLED = {
    LONDON: ("GL_LSIP",),
    "E12000001": ("NO_LEP", "TV_LSIP"),
    "E12000002": ("GM_LSIP", "LA_LSIP", "LV_LSIP", "CH_LSIP", "CU_LSIP"),
    "E12000003": ("SY_LSIP", "WY_LSIP", "YY_LSIP", "HU_LSIP"),
}
# SOURCE: APS table T09a by LEP, the mean of 2015 to 2019: sub-major groups depart from England's share of their major
# group by 0.51 of what the rest of their region does.
LIKE_ITS_REGION = 0.5
# What is nobody's in England may be somebody's in an area: a seed of so many.
NEARLY_NOBODY = 1e-3


@dataclass(frozen=True)
class Area:
    """A local area's own totals of one year: by sub-major group, industry group, and major group x industry group."""

    occupations: Floats
    industries: Floats
    both: Floats


def books(projections: pl.DataFrame, area: str) -> dict[int, Area]:
    """Give an area's totals, year by year; ``both`` is empty where the year has no such table."""
    levels = employed(projections, area)
    years = sorted(period for period in levels["period"].unique() if period.isdigit())
    # PERF: all years at once, 3 s for 42 areas where year by year took 9 (python -m cProfile).
    occupations, industries, both = (
        laid_out(levels.filter(pl.col("table") == table), {"period": years, **keys}) for table, keys in TABLES.items()
    )
    found = {}
    for place, year in enumerate(years):
        crossed = both[place].sum(axis=-1)
        known = np.empty(0) if np.isnan(crossed).any() else crossed
        found[int(year)] = Area(occupations[place], industries[place], known)
    return found


def england(cube: pl.DataFrame, region: str) -> dict[int, Floats]:
    """Give England's people by unit group x industry group, year by year."""
    rest = [name for name in DIMENSIONS[1:] if name != "industry"]
    chosen = cube.filter(
        pl.col("region") == region,
        pl.col("industry").is_in(list(GROUPS)),
        pl.col("soc").is_in(list(UNITS)),
        *(pl.col(name) == "all" for name in rest),
    )
    years = sorted(set(chosen["year"].cast(pl.String)))
    keys = {"year": years, "soc": [*UNITS], "industry": [*GROUPS]}
    return dict(zip(map(int, years), laid_out(chosen, keys), strict=True))


def towards(minors: pl.DataFrame) -> dict[str, Floats]:
    """Give for each region by what to multiply England's unit groups: London is its area, others count half."""
    figures = cube_spread.filled(laid_out(minors, {"soc": [*cube_spread.MINORS], "region": [*REGIONS]}))
    shares = _within(figures)
    factors = (shares / _within(figures.sum(axis=1, keepdims=True)))[MINOR]
    power = np.where([region == LONDON for region in REGIONS], 1.0, LIKE_ITS_REGION)
    return dict(zip(REGIONS, (factors**power).T, strict=True))


def people(area: str, book: Mapping[int, Area], seeds: Mapping[int, Floats], factor: Floats) -> dict[int, Floats]:
    """Fit an area's unit groups year by year, those with the finest table first.

    The others start from England's cells times what those made of them, interpolated.
    """
    found, made = {}, dict[int, Floats]()
    for year in sorted(book, key=lambda one: (not book[one].both.size, one)):
        start = np.maximum(seeds[year], NEARLY_NOBODY)
        seed = start * (factor[:, None] if book[year].both.size else interpolated(year, made))
        cells = fit(seed.ravel(), [*margins(book[year])], table=f"employment of {area} in {year}").values.reshape(SHAPE)
        if book[year].both.size:
            made[year] = cells / start
        found[year] = cells.sum(axis=1)
    return dict(sorted(found.items()))


def margins(area: Area) -> Iterator[Margin]:
    """Give what an area's unit groups x industry groups must add up to."""
    unit, group = (places.ravel() for places in np.indices(SHAPE))
    yield _margin("sub-major groups", WITHIN[unit], area.occupations)
    yield _margin("industries", group, area.industries)
    if area.both.size:
        yield _margin("industries x major groups", MAJOR[unit] * len(GROUPS) + group, area.both.ravel())


def of_regions(projections: pl.DataFrame, minors: pl.DataFrame, seeds: Mapping[int, Floats], year: int) -> Tried:
    """Make minor groups of regions that local areas fill, without their regional survey, and hold them against it.

    A share is that of a minor group in its sub-major group, relative to England's in the same source.
    """
    figures = laid_out(minors, {"soc": [*cube_spread.MINORS], "region": [*REGIONS]})
    surveyed, plain = _within(cube_spread.filled(figures)), np.ones(len(UNITS))
    base = _within(_by_minor(seeds[year].sum(axis=1)))
    england = _within(cube_spread.filled(figures).sum(axis=1))
    parts = []
    for region, areas in FILLED.items():
        place = REGIONS.index(region)
        local = [people(area, _until(books(projections, area), year), seeds, plain)[year] for area in areas]
        sums = _by_minor(np.sum(local, axis=0))
        ours = _within(sums) / base
        shown = ~np.isnan(figures[:, place]) & SEVERAL
        kinds = np.full(len(ours), region)
        cells = Cells(sums, ours, {NATIONAL: np.ones(len(ours))}, surveyed[:, place] / england, kinds)
        parts.append(cells.tried(shown, region))
    return joined(parts)


def interpolated(year: int, known: Mapping[int, Floats]) -> Floats:
    """Interpolate between the nearest known years; beyond the first and the last they are taken as they are."""
    before = max((one for one in known if one <= year), default=min(known))
    after = min((one for one in known if one >= year), default=max(known))
    part = (year - before) / (after - before) if after != before else 0.0
    return np.asarray((1.0 - part) * known[before] + part * known[after], np.float64)


def _until(book: Mapping[int, Area], year: int) -> dict[int, Area]:
    """Take the years that one year is made of: its own, and those with the finest table."""
    return {one: area for one, area in book.items() if one == year or area.both.size}


def _margin(name: str, groups: np.ndarray, sums: Floats) -> Margin:
    return Margin(name, groups.astype(np.int32), sums, sums)


def _by_minor(units: Floats) -> Floats:
    return np.asarray(np.bincount(MINOR, units, len(cube_spread.MINORS)), np.float64)


def _within(figures: Floats) -> Floats:
    """Divide minor groups by the total of their sub-major group."""
    totals = np.zeros((len(SUBMAJOR.codes), *figures.shape[1:]))
    np.add.at(totals, SUBMAJOR_OF, figures)
    return np.asarray(figures / totals[SUBMAJOR_OF], np.float64)
