"""What a job pays and which qualification it asks -> how well each unit group fits, by what its people earn and have.

Pay fits a unit group as a log-normal around its full-time median (ASHE); a qualification as the part of its people who
have that or a neighbouring one as their highest. No adverts with coders' codes are to be had to measure how much either
should count, so both are damped (docs/coder.md).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from lmiforall.base.advert import Posting
from lmiforall.match.adverts.pay import pay as pay_told
from lmiforall.match.net import Floats

# How much each counts beside the title, as a power of its likelihood: a judgement, on the careful side.
PAY, QUALIFICATION = 0.5, 0.5
# The spread of log pay where ASHE has no quartiles, and what adverts add to it: rounding, ranges, the year.
SPREAD, ADDED = 0.35, 0.15
QUARTILES = 1.349  # in standard deviations of a normal distribution
# A qualification one level away fits half as well; and none is impossible.
NEIGHBOUR, POSSIBLE = 0.5, 0.02

# The year whose people are meant; any recent one would do.
YEAR = "2025"
_ROWS: Mapping[str, Mapping[str, str]] = {
    "pay": {"year": YEAR, "basis": "year", "sex": "all", "pattern": "full_time"},
    "employment_estimates": {
        "year": YEAR, "measure": "employment", "region": "K02000001",
        **dict.fromkeys(("industry", "sex", "employment_status"), "all"),
    },
}  # fmt: skip
HIGHEST = ("no_qualification", *(f"rqf{level}" for level in range(1, 9)))
# What adverts call the levels, the longer names first. SOURCE: gov.uk, "What qualification levels mean", May 2024.
_NAMES = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (5, r"foundation degree|\bhnd\b|\bdip(?:loma of )?\s?he\b|higher national diploma"),
        (4, r"\bhnc\b|\bcert\s?he\b|higher national certificate|higher apprenticeship"),
        (8, r"doctora|\bph\.?d\b|\bd\.?phil\b"),
        (7, r"\bmaster|\bm\.?sc\b|\bmba\b|\bpgce\b|postgrad"),
        (6, r"degree|bachelor|\bb\.?sc\b|\bb\.?a\b|\bgraduate|\bhons\b"),
        (3, r"\ba[\s-]?levels?\b|advanced apprenticeship|btec national|access to he"),
        (2, r"\bgcses?\b|\bo[\s-]?levels?\b|intermediate apprenticeship"),
        (0, r"^\s*(?:none|no qualifications?|no formal qualifications?)\b"),
    )
)
_LEVEL = re.compile(r"\b(?:level|nvq|svq|rqf|qcf)\s*(?:level\s*)?([1-8])\b|^\s*([1-8])\s*$", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class People:
    """What people in SOC2020 unit groups earn and have; ``shares`` takes SOC2020 to SOC2010 groups.

    ``pay`` has the middle and the spread of the logarithm of a year's pay (NaN: not known), ``levels`` the part of a
    group's people by highest qualification.
    """

    pay: Floats
    levels: Floats
    shares: Floats

    def likelihood(self, pay: str, qualification: str) -> tuple[Floats, Floats] | None:
        """Say how well SOC2010 and SOC2020 unit groups fit, of 1 the best; nothing where neither can be read."""
        newer = np.ones(len(self.pay), np.float32)
        if yearly := a_year(pay):
            newer *= self._fits_pay(yearly) ** np.float32(PAY)
        if (level := level_of(qualification)) is not None:
            newer *= self._fits_level(level) ** np.float32(QUALIFICATION)
        if not yearly and level is None:
            return None
        newer /= newer.max()
        return self.shares @ newer, newer

    def _fits_pay(self, yearly: float) -> Floats:
        middle, spread = self.pay[:, 0], np.hypot(self.pay[:, 1], np.float32(ADDED))
        fits: Floats = np.exp(-0.5 * ((np.log(np.float32(yearly)) - middle) / spread) ** 2) / spread
        known = ~np.isnan(fits)
        fits[~known] = fits[known].mean() if known.any() else 1
        # The tails of real pay are heavier than a log-normal's: nothing is impossible.
        likely: Floats = fits / fits.max() + np.float32(POSSIBLE)
        return likely

    def _fits_level(self, level: int) -> Floats:
        own = self.levels[:, level].copy()
        for other in (level - 1, level + 1):
            if 0 <= other < self.levels.shape[1]:
                own += np.float32(NEIGHBOUR) * self.levels[:, other]
        return own + np.float32(POSSIBLE)


def a_year(told: str) -> float | None:
    """Read pay as a year of full-time work, the middle of a range; nothing where it can't be read."""
    found = pay_told(Posting("", "", "", pay=told), "", "") if told.strip() else None
    return float(np.sqrt(found.yearly_low * found.yearly_high)) if found else None


def level_of(told: str) -> int | None:
    """Read a qualification as a level of the RQF, 0 for none; nothing where it can't be read."""
    if match := _LEVEL.search(told):
        return int(match[1] or match[2])
    return next((level for level, pattern in _NAMES if pattern.search(told)), None)


def read(name: str, path: Path) -> pl.DataFrame:
    """Read a table of those that a coder is made from; of the large ones only the rows that are used."""
    wanted = _ROWS.get(name, {}).items()
    return pl.scan_parquet(path).filter(*(pl.col(key).cast(pl.String) == code for key, code in wanted)).collect()


def people(
    tables: Mapping[str, pl.DataFrame], older: Sequence[str], newer: Sequence[str], weights: pl.DataFrame
) -> People:
    """Gather what is known of the unit groups; ``weights`` has the shares by which SOC2020 goes to SOC2010."""
    pay = np.full((len(newer), 2), np.nan, np.float32)
    earned = _wide(tables["pay"], "measure")
    for row, soc in enumerate(newer):
        told = earned.get(soc, {})
        if median := told.get("median_gbp"):
            low, high = told.get("p25_gbp"), told.get("p75_gbp")
            pay[row] = np.log(median), np.log(high / low) / QUARTILES if low and high else SPREAD
    levels = np.zeros((len(newer), len(HIGHEST)), np.float32)
    held = _wide(tables["employment_estimates"], "qualification")
    for row, soc in enumerate(newer):
        levels[row] = [held.get(soc, {}).get(name) or 0.0 for name in HIGHEST]
    totals = levels.sum(axis=1, keepdims=True)
    levels = np.divide(levels, totals, out=np.full_like(levels, 1 / len(HIGHEST)), where=totals > 0)
    shares = np.zeros((len(older), len(newer)), np.float32)
    rows, columns = ({soc: at for at, soc in enumerate(socs)} for socs in (older, newer))
    for soc2010, soc, share in weights.iter_rows():
        if soc2010 in rows and soc in columns:
            shares[rows[soc2010], columns[soc]] = share
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), np.float32(1e-9))
    return People(pay, levels, shares)


def _wide(table: pl.DataFrame, column: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    rows = table.select(pl.col("soc").cast(pl.String), pl.col(column).cast(pl.String), "value")
    for soc, name, value in rows.iter_rows():
        if value is not None and np.isfinite(value):
            found.setdefault(soc, {})[name] = value
    return found
