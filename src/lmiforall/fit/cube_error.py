"""The surveys -> how far the employment cube may be from what a survey would publish, by size, region and year.

Errors are logarithms of ratios, each of a published figure and of what is made of the others without it:
a unit group's share of its sub-major group in one survey year from the other years; a minor group's spread over regions
from other minor groups; a sub-major group's growth since the first survey year from the projections.
Nine in ten errors are within a half width that is read off such errors, sorted by size: more people, no wider. Where
some of them are of the same region or major group, it is as many times as wide as those need (``own_scale.py``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from scipy.optimize import isotonic_regression

from lmiforall.codes.region import REGION
from lmiforall.fit import cube_spread, own_scale
from lmiforall.fit.cube_axes import SUBMAJOR, UNITS, WITHIN
from lmiforall.fit.cube_laid import laid_out
from lmiforall.fit.cube_sections import pooled
from lmiforall.fit.margin import Floats

LEVEL = 0.9
ENGLAND, LONDON = "E92000001", "E12000007"
# Regions that nothing is divided over: their unit groups are shares of published groups.
WHOLES = (REGION.whole, ENGLAND)
# What stands for a nation, whose spread over regions can't be tried out.
OTHERS = "others"
# Errors are sorted by size into classes of at least so many: fewer say little of the ninth tenth.
IN_A_CLASS = 80
# More classes than these would be noise.
CLASSES = 12
# Where there are fewer errors than so many, small groups would else be held as wide as large ones.
IN_A_CLASS_OF_FEW, FEW = 30, 800
# Blocks' own scales and the sizes' widths depend on each other; after two rounds nothing moves that matters.
ROUNDS = 2
# Chosen once; another seed gives other hands.
SEED, HANDS = 2026, 5


@dataclass(frozen=True, eq=False)
class Errors:
    """Errors that were made: how many people each figure was made to have, the error, and the block that it is of."""

    people: Floats
    error: Floats
    block: Sequence[str]

    def without(self, block: str) -> "Errors":
        """Leave one block out."""
        return self.where(np.array(self.block) != block)

    def only(self, block: str) -> "Errors":
        """Take one block."""
        return self.where(np.array(self.block) == block)

    @classmethod
    def joined(cls, parts: Sequence["Errors"]) -> "Errors":
        """Put several together."""
        return cls(
            np.concatenate([part.people for part in parts]),
            np.concatenate([part.error for part in parts]),
            [block for part in parts for block in part.block],
        )

    def where(self, kept: np.ndarray) -> "Errors":
        """Take those that are kept."""
        return Errors(self.people[kept], self.error[kept], list(np.array(self.block)[kept]))


@dataclass(frozen=True, eq=False)
class Width:
    """Half widths in logarithms of figures of so many people; between and beyond those they are interpolated."""

    people: Floats
    half: Floats

    def at(self, people: Floats) -> Floats:
        """Give the half width for figures of so many people."""
        return np.asarray(np.interp(np.log(np.maximum(people, 1.0)), np.log(self.people), self.half), np.float64)

    def times(self, factor: float) -> "Width":
        """Make it so many times as wide."""
        return Width(self.people, self.half * factor)


@dataclass(frozen=True, eq=False)
class Scaled:
    """Half widths by block, each with its own scale; ``unseen`` is that of a block of which no error is known."""

    blocks: Mapping[str, Width]
    unseen: Width

    def of(self, block: str) -> Width:
        """Give a block's half width."""
        return self.blocks.get(block, self.unseen)

    def at(self, people: Floats, blocks: Sequence[str]) -> Floats:
        """Give the half widths of figures of so many people, whose blocks are along the first axis."""
        found, labels = self.unseen.at(people), np.array(blocks)
        for block in set(blocks) & set(self.blocks):
            found[labels == block] = self.blocks[block].at(people[labels == block])
        return found


def fitted(errors: Errors, in_a_class: int = IN_A_CLASS) -> Width:
    """Read off the 0.9 quantile of each class of size, as split conformal prediction does; never wider for more."""
    order = np.argsort(errors.people, kind="stable")
    classes = np.array_split(order, min(max(len(order) // in_a_class, 1), CLASSES))
    # SOURCE: Lei et al., "Distribution-Free Predictive Inference for Regression", JASA 113 (2018): n + 1 for n.
    halves = [np.quantile(np.abs(errors.error[one]), min(LEVEL * (1 + 1 / len(one)), 1.0)) for one in classes]
    sizes = np.array([np.median(errors.people[one]) for one in classes])
    # Classes that are out of order are pooled: the widest of several noisy ones would be too wide for those beside it.
    return Width(sizes, np.asarray(isotonic_regression(halves, increasing=False).x, np.float64))


def by_size(errors: Errors) -> Width:
    """Fit half widths, in smaller classes where there are few errors."""
    return fitted(errors, IN_A_CLASS if len(errors.error) >= FEW else IN_A_CLASS_OF_FEW)


def by_block(errors: Errors) -> Scaled:
    """Fit half widths by size, and how many times as wide each block's are."""
    found = dict.fromkeys(sorted(set(errors.block)), 1.0)
    for _ in range(ROUNDS):
        own = np.array([found[block] for block in errors.block])
        width = by_size(Errors(errors.people, errors.error / own, errors.block))
        found = own_scale.factors(np.abs(errors.error) / width.at(errors.people), errors.block, LEVEL)
    return Scaled({block: width.times(factor) for block, factor in found.items()}, by_size(errors))


def held_out(errors: Errors) -> Floats:
    """Give each error the half width that is read off the other blocks: nothing is known of its own."""
    found, blocks = np.empty(len(errors.error)), np.array(errors.block)
    for block in sorted(set(errors.block)):
        found[blocks == block] = by_size(errors.without(block)).at(errors.people[blocks == block])
    return found


def as_served(errors: Errors, known: Collection[str]) -> Floats:
    """Give each error the half width that is served, read off errors that it isn't among.

    Of the ``known`` blocks other errors are known, and give its scale: a fifth of all errors is left out at a time. The
    half width of the others is read off other blocks, and these aren't among the known ones.
    """
    found, blocks = np.empty(len(errors.error)), np.array(errors.block)
    own = np.isin(blocks, list(known))
    found[~own] = held_out(errors.where(~own))
    hands = np.random.default_rng(SEED).permutation(len(found)) % HANDS
    for hand in range(HANDS):
        tried = own & (hands == hand)
        found[tried] = by_block(errors.where(hands != hand)).at(errors.people[tried], blocks[tried].tolist())
    return found


def covered(errors: Errors, width: Width) -> float:
    """Give the part of errors that are within the half width."""
    return float(np.mean(np.abs(errors.error) <= width.at(errors.people)))


def of_units(sections: pl.DataFrame, *, alike: bool = False) -> Errors:
    """Leave each survey year out, and make the shares of unit groups within their sub-major group from the others.

    ``alike`` is a plain rival: each unit group has the same share.
    """
    each = by_year(sections)
    several = (np.bincount(WITHIN) > 1)[WITHIN]
    found = []
    for year, people in each.items():
        others = np.mean([one for other, one in each.items() if other != year], axis=0)
        shown = _printed(sections, year) & several
        error = np.log(_shares(people) / _shares(np.ones_like(others) if alike else others))
        found.append((others[shown], error[shown], [year] * int(shown.sum())))
    return _joined(found)


def of_regions(minors: pl.DataFrame, way: Literal["kin", "national", "parent"] = "kin") -> Errors:
    """Make each minor group's spread over England's regions from the other minor groups, as gaps are filled.

    Plain rivals: ``national``, all minor groups spread alike; ``parent``, as the others of the sub-major group do.
    """
    regions = [entry.code for entry in REGION.at_level("region")]
    figures = laid_out(minors, {"soc": [*cube_spread.MINORS], "region": regions})
    found = []
    for place in range(len(figures)):
        shown = ~np.isnan(figures[place])
        if shown.any():
            spread = _spread_of_others(figures, place, way)
            made = spread[shown] / spread[shown].sum() * figures[place][shown].sum()
            blocks = [region for region, one in zip(regions, shown, strict=True) if one]
            found.append((made, np.log(figures[place][shown] / made), blocks))
    return _joined(found)


def _spread_of_others(figures: Floats, place: int, way: str) -> Floats:
    digits = {"kin": None, "national": 0, "parent": 2}[way]
    if digits is None:
        return cube_spread.likely(figures, place)
    codes = cube_spread.MINORS
    beside = [code[:digits] == codes[place][:digits] and code != codes[place] for code in codes]
    # Where nobody is printed beside it, a sub-major group divides as all occupations do.
    found = np.nansum(figures[beside], axis=0)
    return np.asarray(found if (found > 0).all() else np.nansum(np.delete(figures, place, axis=0), axis=0), np.float64)


def of_growth(sections: pl.DataFrame, levels: pl.DataFrame, *, still: bool = False) -> Errors:
    """Set the projected change of sub-major groups' shares since the first survey year against the surveyed one.

    The block is the year; the error is per square root of the years since, as that of a figure that wanders.
    ``still`` is a plain rival: no share changes.
    """
    each = {year: np.asarray(np.bincount(WITHIN, people), float) for year, people in by_year(sections).items()}
    first = min(each)
    found = []
    for year in sorted(set(each) - {first}):
        surveyed = np.log(_part(each[year]) / _part(each[first]))
        foretold = np.log(_part(projected(levels, year)) / _part(projected(levels, first)))
        error = (surveyed - (0.0 if still else foretold)) / np.sqrt(int(year) - int(first))
        found.append((each[first], error, [year] * len(error)))
    return _joined(found)


def by_year(sections: pl.DataFrame) -> dict[str, Floats]:
    """Give the unit groups' people of each survey year."""
    years = sections["year"].cast(pl.String)
    letters = sorted(set(sections["industry"].cast(pl.String)))
    return {year: pooled(sections.filter(years == year), letters).sum(axis=1) for year in sorted(set(years))}


def _printed(sections: pl.DataFrame, year: str) -> np.ndarray:
    """Say of which unit groups a survey year prints at least one figure."""
    plain = sections.filter(pl.col("year").cast(pl.String) == year, pl.col("value").is_not_null())
    known = set(plain["soc"].cast(pl.String))
    return np.array([unit in known for unit in UNITS])


def _shares(people: Floats) -> Floats:
    return np.asarray(people / np.bincount(WITHIN, people)[WITHIN], np.float64)


def _part(people: Floats) -> Floats:
    return np.asarray(people / people.sum(), np.float64)


def projected(levels: pl.DataFrame, year: str) -> Floats:
    """Give the projected people of sub-major groups in a year."""
    of_year = levels.filter(pl.col("table") == "occ_f2", pl.col("period") == year)
    figures = dict(of_year.select("soc", "value").iter_rows())
    return np.array([figures[code] for code in SUBMAJOR.codes])


def _joined(parts: Sequence[tuple[Floats, Floats, list[str]]]) -> Errors:
    return Errors.joined([Errors(*part) for part in parts])


@dataclass(frozen=True, eq=False)
class Widths:
    """All half widths: of shares of unit groups, of their spread over each region, of a year's growth."""

    shares: Width
    spread: Mapping[str, Width]
    growth: float
    surveyed: Sequence[int]

    def half(self, region: str, codes: Sequence[str], people: Floats, england: Floats, year: int) -> Floats:
        """Give the half widths of one region's groups in a year; ``england`` are its people in all England.

        The parts are taken as independent. A nation without projections grows as England does: its growth counts twice.
        """
        unit, fine = (np.array([len(code) >= digits and code.isdigit() for code in codes]) for digits in (4, 3))
        off = min(abs(year - one) for one in self.surveyed)
        projected = region in self.spread or region == ENGLAND
        squares = np.full(len(codes), self.growth**2 * off * (1 if projected else 2))
        squares += np.where(fine, self.shares.at(england) ** 2, 0.0)
        if region not in WHOLES:
            # A minor group's region is surveyed itself; a unit group is taken to divide as its minor group does.
            divided = self.spread[region] if region in self.spread else self.spread[OTHERS]
            squares += np.where(unit, divided.at(people) ** 2, self.shares.at(people) ** 2)
        return np.asarray(np.sqrt(squares), np.float64)


def widths(sections: pl.DataFrame, minors: pl.DataFrame, levels: pl.DataFrame) -> Widths:
    """Fit all half widths; each region's own, because London, for one, divides unlike any other."""
    regions = of_regions(minors)
    growth = fitted(of_growth(sections, levels))
    spread = {**by_block(regions).blocks, OTHERS: by_size(regions.without(LONDON))}
    surveyed = [int(year) for year in by_year(sections)]
    return Widths(fitted(of_units(sections)), spread, float(growth.half[0]), surveyed)
