"""The surveys with a part of their cells hidden -> how far the employment cube's breakdowns are from what was hidden.

Errors are logarithms of ratios of shares: a cell's published share of its occupation over the share that is made
without it. What would give a hidden cell away is hidden with it; the rivals know more: they are made of the figures of
all other unit groups, hidden or not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.fit.cube_axes import UNITS, WITHIN
from lmiforall.fit.cube_error import SEED, Errors
from lmiforall.fit.cube_laid import laid_out
from lmiforall.fit.cube_sections import by_class, by_letter, by_section, by_year, pooled, with_kin
from lmiforall.fit.cube_structure import SEXES, STATUSES, completed, earlier_spread
from lmiforall.fit.margin import Floats

TENTHS, THIRDS = 10, 3
# Jobs are published in thousands.
THOUSAND = 1000.0
NATIONAL, PARENT = "the national figure's share", "the parent group's share"


@dataclass(frozen=True, eq=False)
class Tried:
    """Errors of hidden cells: ours, and two plain rivals' of the same cells in the same order.

    The blocks of ``ours`` are what was hidden together. ``kinds`` are what the cells are of: an industry, a sex.
    """

    ours: Errors
    rivals: Mapping[str, Errors]
    kinds: Sequence[str]

    def only(self, kind: str) -> "Tried":
        """Take the cells of one kind, or whose kind ends with that word."""
        kept = np.array([one.split()[-1] == kind or one == kind for one in self.kinds])
        rivals = {name: errors.where(kept) for name, errors in self.rivals.items()}
        return Tried(self.ours.where(kept), rivals, list(np.array(self.kinds)[kept]))


@dataclass(frozen=True, eq=False)
class Cells:
    """Published shares that are held against what is made: all of one shape, NaN where there is nothing to compare."""

    people: Floats
    ours: Floats
    rivals: Mapping[str, Floats]
    published: Floats
    kinds: np.ndarray

    def tried(self, hidden: np.ndarray, block: str) -> Tried:
        """Compare the hidden cells."""
        where = hidden & (self.published > 0) & (self.ours > 0)

        def errors(made: Floats) -> Errors:
            off = np.log(self.published[where] / np.maximum(np.broadcast_to(made, where.shape)[where], 1e-9))
            return Errors(self.people[where], off, [block] * int(where.sum()))

        kinds = np.broadcast_to(self.kinds, where.shape)[where]
        return Tried(errors(self.ours), {name: errors(made) for name, made in self.rivals.items()}, [*map(str, kinds)])


def joined(parts: Sequence[Tried]) -> Tried:
    """Put several together."""
    names = parts[0].rivals
    rivals = {name: Errors.joined([part.rivals[name] for part in parts]) for name in names}
    return Tried(Errors.joined([part.ours for part in parts]), rivals, [kind for part in parts for kind in part.kinds])


def of_industries(sections: pl.DataFrame, classes: pl.DataFrame, weights: pl.DataFrame) -> dict[str, Tried]:
    """Hide tenths of the cells of unit group x section in all years; whole sections; and each year in turn."""
    letters = sorted(set(sections["industry"].cast(pl.String)))
    found = np.maximum(by_class(classes, weights), 0.0)
    years = by_year(sections, letters)
    everything = by_section(sections, found)
    rivals = _rivals(everything, (1,))

    def compare(made: Floats, year: int, hidden: np.ndarray, block: str) -> Tried:
        published = np.where(years[year].known > 0, years[year].known, np.nan)
        other = np.where(np.isnan(published), everything, published)
        shares = published / other.sum(axis=1, keepdims=True)
        return Cells(made, _shared(made, (1,)), rivals, shares, np.array(letters)).tried(hidden, block)

    def without(hidden: np.ndarray, block: str) -> Iterator[Tried]:
        made = by_section(sections, found, hidden)
        for year in range(len(years)):
            yield compare(made, year, hidden, block)

    names = sorted(set(sections["year"].cast(pl.String)))
    left_out = [
        compare(by_section(_but(sections, name), found), place, years[place].known > 0, name)
        for place, name in enumerate(names)
    ]
    tenths = [one for hidden, block in _tenths(everything.shape) for one in without(hidden, block)]
    whole = [one for hidden, block in _each(everything.shape, 1, letters) for one in without(hidden, block)]
    return {"tenths of the cells": joined(tenths), "one industry": joined(whole), "a year": joined(left_out)}


def of_matrix(sections: pl.DataFrame, classes: pl.DataFrame, weights: pl.DataFrame) -> Tried:
    """Hold the matrix of 2018, which alone says how sections divide, against what each survey year prints of them.

    The surveys are hidden from the rivals as well: they are made of the same matrix.
    """
    letters = sorted(set(sections["industry"].cast(pl.String)))
    earlier = by_letter(np.maximum(by_class(classes, weights), 0.0), letters)
    names = sorted(set(sections["year"].cast(pl.String)))
    whole = pooled(sections, letters).sum(axis=1, keepdims=True)
    made = _shared(with_kin(earlier, np.zeros(len(letters), np.int64)), (1,))
    rivals = _rivals(earlier, (1,))
    parts = []
    for year, name in zip(by_year(sections, letters), names, strict=True):
        cells = Cells(made * whole, made, rivals, year.known / whole, np.array(letters))
        parts.append(cells.tried(earlier > 0, name))
    return joined(parts)


def of_jobs(jobs: pl.DataFrame, workers: pl.DataFrame, weights: pl.DataFrame, by: Sequence[str]) -> dict[str, Tried]:
    """Hide cells of unit group by sex, working pattern or both: tenths in all years; all of one; each year in turn."""
    years, names = _jobs(jobs, [*SEXES], [*STATUSES[:2]])
    spread = earlier_spread(workers, weights)
    gone = tuple(axis for axis, name in ((1, "sex"), (2, "pattern")) if name not in by)
    codes = [[*SEXES] if "sex" in by else ["all"], [*STATUSES[:2]] if "pattern" in by else ["all"]]
    published, _ = _jobs(jobs, *codes)
    whole = _jobs(jobs, ["all"], ["all"])[0]
    rivals = _rivals(_mean(published), (1, 2))
    kinds = np.array(
        [[" ".join(code for code in (one, other) if code != "all") for other in codes[1]] for one in codes[0]]
    )

    def compare(known: Floats, year: int, hidden: np.ndarray, block: str) -> Tried:
        made = completed(known, spread).sum(axis=gone, keepdims=True)
        people = made * np.nan_to_num(_mean(whole)) * THOUSAND
        return Cells(people, made, rivals, published[year] / whole[year], kinds).tried(hidden, block)

    def without(hidden: np.ndarray, block: str) -> Iterator[Tried]:
        known = np.where(np.broadcast_to(hidden, years[0].shape), np.nan, _mean(years))
        for year in range(len(names)):
            yield compare(known, year, hidden, block)

    shape = published[0].shape
    axis = 1 if "sex" in by else 2
    left_out = [
        compare(_mean(np.delete(years, place, axis=0)), place, np.ones(shape, bool), name)
        for place, name in enumerate(names)
    ]
    tenths = [one for hidden, block in _tenths(shape) for one in without(hidden, block)]
    all_of = [
        compare(np.where(np.broadcast_to(hidden, years[0].shape), np.nan, _mean(years)), year, hidden & group, block)
        for hidden, code in _each(shape, axis, codes[axis - 1])
        for group, block in _thirds(code)
        for year in range(len(names))
    ]
    return {"tenths of the cells": joined(tenths), f"all of one {by[0]}": joined(all_of), "a year": joined(left_out)}


def _jobs(jobs: pl.DataFrame, sexes: list[str], patterns: list[str]) -> tuple[Floats, list[str]]:
    """Give years x unit groups x sexes x patterns of jobs in thousands, and the years."""
    chosen = jobs.filter(
        pl.col("measure").cast(pl.String) == "jobs_thousand", pl.col("basis").cast(pl.String) == "week"
    )
    keys = {"soc": [*UNITS], "sex": sexes, "pattern": patterns}
    names = sorted(set(chosen.drop_nulls("value")["year"].cast(pl.String)))
    return np.stack([laid_out(chosen.filter(pl.col("year").cast(pl.String) == name), keys) for name in names]), names


def _mean(years: Floats) -> Floats:
    """Give the mean over the years that have a figure."""
    known = ~np.isnan(years)
    count = known.sum(axis=0)
    return np.asarray(np.where(count, np.nansum(years, axis=0) / np.maximum(count, 1), np.nan), np.float64)


def _but(frame: pl.DataFrame, year: str) -> pl.DataFrame:
    return frame.filter(pl.col("year").cast(pl.String) != year)


def _shared(people: Floats, axes: tuple[int, ...]) -> Floats:
    return np.asarray(people / people.sum(axis=axes, keepdims=True), np.float64)


def _rivals(everything: Floats, axes: tuple[int, ...]) -> dict[str, Floats]:
    """Give the shares of all other unit groups, and those of the others of the sub-major group, hidden or not."""
    known = np.nan_to_num(everything)
    groups = np.zeros((WITHIN.max() + 1, *known.shape[1:]))
    np.add.at(groups, WITHIN, known)
    national, parent = known.sum(axis=0, keepdims=True) - known, groups[WITHIN] - known
    alone = parent.sum(axis=axes, keepdims=True) <= 0
    return {NATIONAL: _shared(national, axes), PARENT: _shared(np.where(alone, national, parent), axes)}


def _tenths(shape: tuple[int, ...]) -> Iterator[tuple[np.ndarray, str]]:
    """Deal cells out into ten hands at random."""
    count = int(np.prod(shape))
    hands = np.random.default_rng(SEED).permutation(count) % TENTHS
    for hand in range(TENTHS):
        yield (hands == hand).reshape(shape), f"tenth {hand + 1}"


def _thirds(code: str) -> Iterator[tuple[np.ndarray, str]]:
    """Deal unit groups out into three hands at random: what holds the errors of one is read off the others."""
    hands = np.random.default_rng(SEED).permutation(len(UNITS)) % THIRDS
    for hand in range(THIRDS):
        yield (hands == hand)[:, None, None], f"{code}, third {hand + 1}"


def _each(shape: tuple[int, ...], axis: int, codes: Sequence[str]) -> Iterator[tuple[np.ndarray, str]]:
    """Hide each code of an axis in turn."""
    for place, code in enumerate(codes):
        hidden = np.zeros(shape, bool)
        np.moveaxis(hidden, axis, 0)[place] = True
        yield hidden, code
