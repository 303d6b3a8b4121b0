"""Estimates of pay as arrays -> rows: rounded, deciles in order, each with its status, interval and grade."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from lmiforall.base.status import Status
from lmiforall.codes.age_band import AGE_BAND
from lmiforall.codes.sex import SEX
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.codes.working_pattern import WORKING_PATTERN
from lmiforall.fit.mixed import Floats
from lmiforall.fit.pay_inputs import PERCENTS, UK, UNITS, figure

# Basis and measure.
Key = tuple[str, str]
ANNUAL_MEDIAN: Key = ("year", "median_gbp")
BASES = ("year", "week")
# Pounds and tenths of an hour are told apart long before this many digits behind the point.
DIGITS = 6
MEDIAN = PERCENTS.index(50)
WHOLE = {
    "region": UK,
    "age": AGE_BAND.whole,
    "industry": SIC2007_SECTION.whole,
    "sex": SEX.whole,
    "pattern": WORKING_PATTERN.whole,
}

# The grades, best first.
PUBLISHED, PROVEN, BORROWED = 1.0, 2.0, 3.0


@dataclass(frozen=True, eq=False)
class Estimates:
    """By unit group and code of ``dimension``: values, and half-widths of their logarithms, by basis and measure.

    ``published`` are the figures that stand as they are (NaN elsewhere), ``balanced`` the measures whose values were
    made to add up, ``proven`` those whose widths were tried on published figures. ``people`` has codes of sex and
    working pattern, where the figures aren't everyone's.
    """

    dimension: str
    codes: tuple[str, ...]
    values: Mapping[Key, Floats]
    widths: Mapping[Key, Floats]
    published: Mapping[Key, Floats]
    balanced: frozenset[Key] = frozenset()
    proven: frozenset[Key] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)

    def direct(self, key: Key) -> Floats:
        """Give the published figures of a measure, NaN where there is none."""
        return self.published.get(key, np.full(self.values[key].shape, np.nan))


def rows(one: Estimates, steps: Mapping[str, float], unit: str = "gbp") -> pl.DataFrame:
    """Give the rows; ``steps`` is what estimates are rounded to, by basis, ``unit`` the ending of the measures."""
    return _long(_in_order(_rounded(one, steps), unit), steps)


def _rounded(one: Estimates, steps: Mapping[str, float]) -> Estimates:
    """Round estimates to the step of their basis; a published figure stays as it is."""
    values = {key: _to_step(found, steps[key[0]], np.round) for key, found in one.values.items()}
    published = {key: one.direct(key) for key in values}
    return replace(one, values={k: np.where(np.isfinite(published[k]), published[k], values[k]) for k in values})


def _to_step(values: Floats, step: float, to: Callable[[Floats], Floats]) -> Floats:
    """Bring values to multiples of a step; a tenth isn't exact, so what is left over far behind the point is cut."""
    return np.asarray(np.round(to(np.round(values / step, DIGITS)) * step, DIGITS), np.float64)


def _in_order(one: Estimates, unit: str) -> Estimates:
    """Let no decile cross another: published ones stand, estimated ones lie between them and rise."""
    values = dict(one.values)
    for basis in {basis for basis, _ in one.values}:
        keys = [(basis, figure(percent, unit)) for percent in PERCENTS]
        deciles = np.stack([values[key] for key in keys])
        published = np.stack([one.direct(key) for key in keys])
        low, high = np.fmax.accumulate(published), np.fmin.accumulate(published[::-1])[::-1]
        deciles = np.where(np.isnan(deciles), np.nan, np.fmin(np.fmax(deciles, low), high))
        deciles[MEDIAN:] = np.fmax.accumulate(deciles[MEDIAN:])
        deciles[: MEDIAN + 1] = np.fmin.accumulate(deciles[: MEDIAN + 1][::-1])[::-1]
        values |= dict(zip(keys, deciles, strict=True))
    return replace(one, values=values)


def _long(one: Estimates, steps: Mapping[str, float]) -> pl.DataFrame:
    """Lay estimates out long; where there is none, there is no row."""
    long = pl.concat([_of_measure(one, key, steps[key[0]]) for key in one.values])
    codes = {**WHOLE, **one.people}
    others = [pl.lit(code).alias(name) for name, code in codes.items() if name != one.dimension]
    return long.with_columns(others).filter(pl.col("value").is_not_null())


def _of_measure(one: Estimates, key: Key, step: float) -> pl.DataFrame:
    """Lay one measure out: published figures have no interval, the others' ends are rounded outwards."""
    values, width = one.values[key], one.widths[key]
    direct = np.isfinite(one.direct(key))
    status = Status.BALANCED if key in one.balanced else Status.MODELLED
    columns = {
        "value": values,
        "lower": np.where(direct, np.nan, _to_step(values * np.exp(-width), step, np.floor)),
        "upper": np.where(direct, np.nan, _to_step(values * np.exp(width), step, np.ceil)),
        "quality": np.where(direct, PUBLISHED, PROVEN if key in one.proven else BORROWED),
        "status": np.where(direct, str(Status.DIRECT), str(status)),
    }
    codes = {"soc": np.repeat(np.array(UNITS), len(one.codes)), one.dimension: np.tile(np.array(one.codes), len(UNITS))}
    frame = pl.DataFrame(codes | {name: column.ravel() for name, column in columns.items()})
    named = [pl.lit(word).alias(name) for name, word in zip(("basis", "measure"), key, strict=True)]
    return frame.with_columns(named).with_columns(pl.col("value", "lower", "upper").fill_nan(None))
