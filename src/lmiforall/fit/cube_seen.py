"""The surveys -> which cells of unit groups they print: there the intervals of breakdowns were tried out."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.fit.cube_axes import INDUSTRY
from lmiforall.fit.cube_sections import by_class, by_year, section
from lmiforall.fit.cube_structure import employees
from lmiforall.fit.margin import Floats


@dataclass(frozen=True, eq=False)
class Seen:
    """For unit groups by industry, and by sex x status: 1 where a survey prints the cell, else 0."""

    by_industry: Floats
    by_sex_and_status: Floats


def seen_by_industry(sections: pl.DataFrame, classes: pl.DataFrame, weights: pl.DataFrame) -> Floats:
    """Mark the industries of those sections that any survey year prints; of several, those that the matrix prints."""
    letters = sorted(set(sections["industry"].cast(pl.String)))
    printed = np.any([year.known > 0 for year in by_year(sections, letters)], axis=0)
    place = np.array([letters.index(section(industry)) for industry in INDUSTRY.codes])
    alone = np.bincount(place)[place] == 1
    return np.asarray(printed[:, place] & (alone | (by_class(classes, weights) > 0)), np.float64)


def seen_by_sex_and_status(jobs: pl.DataFrame) -> Floats:
    """Mark employees whose jobs are printed; those who work for themselves never are."""
    printed = ~np.isnan(employees(jobs))
    return np.concatenate([printed, np.zeros((*printed.shape[:2], 1), bool)], axis=2).astype(np.float64)
