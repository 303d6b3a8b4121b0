"""Published changes on the year before, in SOC2020 -> changes of SOC2010 groups over the break between the two.

2021 is published in SOC2010 and 2022 in SOC2020, so their difference holds a change of classification. But with 2022
ONS published how each SOC2020 group changed on 2021, whose sample it had coded to both. So each unit group's mean of
2021 follows from that of 2022 and its change; both are mixed to SOC2010 with the same weights, and the two compared.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lmiforall.base.model import Mixture
from lmiforall.base.status import Status
from lmiforall.fit import mixture
from lmiforall.fit.mixture import GROUPS, UNITS, Floats

CHANGE = "mean_change_pct"


def bridged(model: Mixture, new: pl.DataFrame, old: pl.DataFrame, belongs: Floats) -> pl.DataFrame:
    """Give the change of the mean in the first year of SOC2020, by sex and pattern; before it as ONS published it."""
    first = str(new["year"].cast(pl.String).min())
    wide = mixture.by_people(new.filter(pl.col("year").cast(pl.String) == first), model, "soc")
    return pl.concat([_direct(model, old), *_converted(model, wide, belongs, first)])


def _converted(model: Mixture, wide: pl.DataFrame, belongs: Floats, year: str) -> Iterator[pl.DataFrame]:
    for _, sex, pattern, rows, jobs in mixture.with_jobs(wide):
        later = mixture.array(rows, f"value_mean_{model.unit}")
        change = mixed(belongs * jobs, later, _changes(rows), model.coverage)
        codes = {"year": year, "sex": sex, "pattern": pattern}
        yield _long(change).with_columns(pl.lit(code).alias(name) for name, code in codes.items())


def mixed(weights: Floats, later: Floats, change: Floats, coverage: float) -> Floats:
    """Give the change of each group's mean in per cent, from means and changes of unit groups; NaN if uncovered.

    ``weights`` are jobs by group and unit group.
    """
    there = np.isfinite(later) & np.isfinite(change)
    known = np.where(there, weights, 0.0)
    before = np.nan_to_num(later) / (1.0 + np.nan_to_num(change) / 100.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = 100.0 * (known @ np.nan_to_num(later) / (known @ before) - 1.0)
        covered = known.sum(axis=1) / weights.sum(axis=1) >= coverage
    return np.where(covered, found, np.nan)


def _changes(rows: pl.DataFrame) -> Floats:
    """Give each unit group's change; one that ONS doesn't give is that of the nearest wider group."""
    found = mixture.array(rows, f"value_{CHANGE}")
    for digits in (3, 2, 1, 0):
        wider = mixture.array(rows, f"value_{CHANGE}", tuple(code[:digits] or "all" for code in UNITS))
        found = np.where(np.isnan(found), wider, found)
    return found


def _long(change: Floats) -> pl.DataFrame:
    """Lay the changes out; they have no interval, as ONS gives no CV for a change."""
    given = np.isfinite(change)
    return pl.DataFrame(
        {
            "soc2010": np.array(GROUPS),
            "measure": np.full(change.shape, CHANGE),
            "value": change,
            "status": np.where(given, str(Status.CONVERTED), str(Status.UNRELIABLE)),
            "mark": np.full(change.shape, ""),
        }
    ).with_columns(pl.col("value").fill_nan(None))


def _direct(model: Mixture, old: pl.DataFrame) -> pl.DataFrame:
    text = ("soc2010", "measure", "status", "mark", "year", "sex", "pattern")
    chosen = mixture.chosen_of(old, model).with_columns(pl.col(text).cast(pl.String))
    names = ("soc2010", "measure", "value", "status", "mark", "year", "sex", "pattern")
    return chosen.filter(pl.col("measure") == CHANGE).select(names)
