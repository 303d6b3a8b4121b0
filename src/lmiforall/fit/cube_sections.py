"""The survey's unit groups by section of industry, with gaps -> people in every cell, gaps filled by what is likely."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.status import Status
from lmiforall.codes.industry75_2007 import DIVISIONS
from lmiforall.codes.sic2007_section import section_of
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit.cube_axes import INDUSTRY, UNITS, WITHIN
from lmiforall.fit.cube_laid import UNITS2010, laid_out, shares
from lmiforall.fit.margin import Floats, Ints

# Whom a survey may have missed in a cell: far fewer than the few hundred that a cell must have to be printed.
MISSED = 10.0
# So many people with the industries of the sub-major group count beside the matrix of 2018 where a section is withheld,
# or divided. Tried on sections (bench/employment.py): median error 0.37, with 1,000 people 0.39, with none 0.40.
LIKE_OTHERS = 10_000.0
# So many people who divide as all occupations do count beside the others of the sub-major group, where a section is
# divided. Tried on unit groups of which the matrix is hidden: median error 0.71, of none 0.73, of 30,000 people 0.74.
LIKE_ALL = 3_000.0
# Withheld cells are less unlike each other than what is expected of them, and of few is less expected than so many
# people. Tried on tenths of the printed cells (bench/employment.py): median error 0.47; with equal parts 0.80.
EVENED, LEAST_EXPECTED = 0.75, 1_000.0
# The least part of a unit group's people that is taken to be printed: a nil would make the rest endless.
LEAST_SEEN = 0.05


def by_section(sections: pl.DataFrame, found: Floats, hidden: np.ndarray | None = None) -> Floats:
    """Give people by unit group x section, the mean over the years of ``sections``.

    ``found`` are people by industry in the matrix of 2018. Of what is left of a section each withheld cell has a part
    by what the matrix and the sub-major group let expect, to the power ``EVENED``: what ONS withholds is small,
    wherever it is. ``hidden`` marks cells to take as withheld.
    """
    letters = sorted(set(sections["industry"].cast(pl.String)))
    years = by_year(sections, letters)
    if hidden is not None:
        years = [year.hide(hidden) for year in years]
    expected = _expected(years, by_letter(found, letters))
    return np.asarray(np.mean([year.filled(expected**EVENED) for year in years], axis=0), np.float64)


def by_letter(found: Floats, letters: Sequence[str]) -> Floats:
    """Add people by industry up to sections."""
    sums = np.zeros((len(UNITS), len(letters)))
    np.add.at(sums.T, [letters.index(section(industry)) for industry in INDUSTRY.codes], found.T)
    return sums


def pooled(sections: pl.DataFrame, letters: Sequence[str]) -> Floats:
    """Give unit groups x sections, the mean over the years; suppressed cells share what is left of their section."""
    years = by_year(sections, letters)
    return np.asarray(np.mean([year.filled(np.ones(year.known.shape)) for year in years], axis=0), np.float64)


@dataclass(frozen=True, eq=False)
class Year:
    """A survey year's unit groups x sections: what is printed, which cells are withheld, and the sections' totals."""

    known: Floats
    withheld: np.ndarray
    totals: Floats

    def hide(self, cells: np.ndarray) -> "Year":
        """Withhold more cells; those that have nobody stay as they are."""
        more = cells & (self.known > 0)
        return Year(np.where(more, 0.0, self.known), self.withheld | more, self.totals)

    def filled(self, parts: Floats) -> Floats:
        """Deal what is left of each section out to the withheld cells, in these parts."""
        left = np.maximum(self.totals - self.known.sum(axis=0), 0.0)
        parts = parts * self.withheld
        return np.asarray(self.known + parts * left / np.maximum(parts.sum(axis=0), 1e-9), np.float64)


def by_year(sections: pl.DataFrame, letters: Sequence[str]) -> list[Year]:
    """Give every survey year, in order."""
    found = []
    for year in sorted(set(sections["year"].cast(pl.String))):
        of_year = sections.filter(pl.col("year").cast(pl.String) == year)
        figures = np.nan_to_num(laid_out(of_year, {"soc": [*UNITS, SOC2020.whole], "industry": [*letters]}))
        hidden = of_year.filter(pl.col("status").cast(pl.String) == str(Status.SUPPRESSED)).with_columns(value=1.0)
        marked = np.nan_to_num(laid_out(hidden, {"soc": [*UNITS], "industry": [*letters]})) > 0
        found.append(Year(figures[:-1], marked, figures[-1]))
    return found


def _expected(years: Sequence[Year], earlier: Floats) -> Floats:
    """Give what a cell may have that no year prints: the unit group's printed people times its likely division."""
    printed = sum(year.known for year in years) / np.maximum(sum(~year.withheld for year in years), 1)
    group = np.zeros((WITHIN.max() + 1, printed.shape[1]))
    np.add.at(group, WITHIN, printed)
    others = group[WITHIN] - printed + MISSED
    likely = earlier + LIKE_OTHERS * others / others.sum(axis=1, keepdims=True)
    likely /= likely.sum(axis=1, keepdims=True)
    never = np.all([year.withheld for year in years], axis=0)
    seen = np.maximum(np.where(never, 0.0, likely).sum(axis=1, keepdims=True), LEAST_SEEN)
    return np.maximum(np.where(never, likely * printed.sum(axis=1, keepdims=True) / seen, printed), LEAST_EXPECTED)


def kin(found: Floats, within: Ints) -> Floats:
    """Give people like those with whom a unit group is likely to divide each section: of its sub-major group most.

    ``found`` are people by unit group and code, ``within`` says in which section a code is.
    """
    group = np.zeros((WITHIN.max() + 1, found.shape[1]))
    np.add.at(group, WITHIN, found)
    everybody = found.sum(axis=0, keepdims=True) - found + MISSED
    return np.asarray(group[WITHIN] - found + LIKE_ALL * parts_of(everybody, within), np.float64)


def with_kin(found: Floats, within: Ints) -> Floats:
    """Put so many like its kin beside what is found of each unit group."""
    return np.asarray(found + LIKE_OTHERS * parts_of(kin(found, within), within), np.float64)


def parts_of(people: Floats, within: Ints) -> Floats:
    """Divide columns by the total of their section, row by row."""
    totals = np.zeros((len(people), within.max() + 1))
    np.add.at(totals.T, within, people.T)
    return np.asarray(people / totals[:, within], np.float64)


def by_class(classes: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Give unit groups x industries from SOC2010 groups x classes of industry."""
    industry = {division: code for code in INDUSTRY.codes for division in DIVISIONS[code]}
    divisions = classes.select(
        pl.col("soc2010").cast(pl.String),
        pl.col("industry").cast(pl.String).str.slice(0, 2).replace_strict(industry, default=None),
        pl.col("value"),
    )
    summed = divisions.drop_nulls().group_by("soc2010", "industry").agg(pl.col("value").sum())
    old = np.nan_to_num(laid_out(summed, {"soc2010": [*UNITS2010], "industry": [*INDUSTRY.codes]}))
    return np.asarray(shares(weights, "to_soc2020").T @ old, np.float64)


def section(industry: str) -> str:
    """Give the section that one of the 75 industries is in."""
    return section_of(DIVISIONS[industry][0])
