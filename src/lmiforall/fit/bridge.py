"""Published links and common job titles -> of each O*NET occupation the part in each unit group, and the other way.

By links, a group divides in equal parts at each step. By titles, each job title of a group that the other side knows
goes, in equal parts, to the groups there that have it. Together they give

    share = (credit by titles + w x part by links) / (titles + w),

which is what a Dirichlet prior from the links, as strong as w titles, becomes when the titles have been seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Bridge
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.fit.links import Floats, parts, through
from lmiforall.fit.shape import coded
from lmiforall.fit.ways import Way, ways

ALL = "all"

# The grades of a link, best first; tests/test_crosswalks.py measures what each is worth.
BOTH, LINKS_ONLY, TITLES_ONLY, ONE_TITLE_ONLY = 1, 2, 3, 4

# Sums in another order differ in their last bits, and equal sources must give equal bytes.
DECIMALS = 12


@dataclass(frozen=True, eq=False)
class Shares:
    """What one way gives for each pair: a row for each group at its start, a column for each at its finish."""

    by_links: Floats
    by_titles: Floats
    together: Floats
    titles: Floats
    grades: Floats


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give the shares and grades of all pairs, both ways, and how each group as a whole is joined."""
    model = dataset.model
    if not isinstance(model, Bridge):
        raise TypeError(f"{dataset.name} declares no bridge")
    frames = []
    for way in ways(model, {name: tables[name].frame for name in model.inputs}):
        found = shares(way, model.links_weigh)
        frames += [_pairs(way, found), _wholes(way, found)]
    joined = pl.concat(frames, how="diagonal").with_columns(
        pl.col("value").round(DECIMALS), pl.lit(str(Status.MODELLED)).alias("status")
    )
    return Table(dataset, coded(dataset, joined))


def shares(way: Way, links_weigh: float) -> Shares:
    """Follow a way by its links, by its titles, and by both."""
    by_links, credit, titles = through(way.steps), way.titles.credit(), way.titles.counts()
    ways_that_hold = [(by_links > 0) & (titles > 0), by_links > 0, titles > 1]
    return Shares(
        by_links,
        by_titles=parts(credit),
        together=parts(credit + links_weigh * by_links),
        titles=titles,
        grades=np.select(ways_that_hold, [BOTH, LINKS_ONLY, TITLES_ONLY], ONE_TITLE_ONLY).astype(np.float64),
    )


def _pairs(way: Way, found: Shares) -> pl.DataFrame:
    """Lay out long what is known of each pair; a share that is nil is no row."""
    starts, finishes = np.nonzero(found.together)
    measures = {
        "share": found.together,
        "share_by_links": found.by_links,
        "share_by_titles": found.by_titles,
        "titles": found.titles,
        "grade": found.grades,
    }
    codes = {
        way.start.dimension: np.array(way.start.groups)[starts],
        way.finish.dimension: np.array(way.finish.groups)[finishes],
    }
    frame = pl.DataFrame(codes | {name: values[starts, finishes] for name, values in measures.items()})
    return _long(way, frame, list(codes)).filter(pl.col("value") > 0)


def _wholes(way: Way, found: Shares) -> pl.DataFrame:
    """Say of each group as a whole how many groups its links meet on the way, and what its shares rest on."""
    before, after = (_met(way.steps[:count]) for count in (way.middle, way.middle + 1))
    measures = {
        way.around[0]: before.sum(axis=1),
        way.around[1]: after.sum(axis=1),
        "links_in_part": (before @ way.in_part).sum(axis=1),
        "reached": (found.by_links > 0).sum(axis=1).astype(np.float64),
        "titles": way.titles.one.sum(axis=1),
        "share_by_both": np.where(found.grades == BOTH, found.together, 0.0).sum(axis=1),
    }
    codes = {way.start.dimension: list(way.start.groups), way.finish.dimension: [ALL] * len(way.start.groups)}
    return _long(way, pl.DataFrame(codes | measures), list(codes))


def _met(steps: Sequence[Floats]) -> Floats:
    """Give 1 for each group that is met after these steps."""
    return np.asarray(through(steps) > 0, np.float64)


def _long(way: Way, frame: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    long = frame.unpivot(index=codes, variable_name="measure", value_name="value")
    return long.with_columns(pl.lit(way.direction).alias("direction"))
