"""A group of people -> whether there is any figure of them, by one look-up.

Filters and areas cross: of most groups that can be asked for nothing is published, and to search the rows for that
takes longer than to answer the others, whose figures are remembered. So it is looked at once which groups there are.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from lmiforall.release.opened import Opened

# What a group is not told by: its figures are of every year, and of one measure.
OVER = ("year", "measure")

# A group is a byte; pay by SOC2010 has 1.2 million that can be asked for. Of more, rows are searched.
MOST = 4_000_000


@dataclass(frozen=True)
class _Groups:
    """Which groups have figures of a measure: ``shifts`` add up, by the codes of a group, to its place in ``any``."""

    shifts: Mapping[str, Mapping[str, int]]
    any: bytes

    def place(self, wanted: Mapping[str, str], defaults: Mapping[str, str], *, but: str = "") -> int | None:
        """Give the place of a group, as if there were no dimension ``but``; None where it isn't one group."""
        place = 0
        for name, shifts in self.shifts.items():
            if name == but:
                continue
            code = wanted.get(name) or defaults.get(name)
            if code is None:
                return None
            shift = shifts.get(code)
            if shift is None:
                # A code that the dataset holds nowhere: the place behind all groups, where nothing is.
                return len(self.any) - 1
            place += shift
        return place


def is_empty(opened: Opened, wanted: Mapping[str, str]) -> bool:
    """Whether it is known that a group has no figure of the measure in any year."""
    return are_empty(opened, wanted, "", ("",))


def are_empty(opened: Opened, wanted: Mapping[str, str], dimension: str, codes: Sequence[str]) -> bool:
    """Whether this is known of a group by each of some codes of a dimension."""
    measure = wanted.get("measure")
    if measure is None or (groups := _groups(opened, measure)) is None:
        return False
    place = groups.place(wanted, opened.defaults, but=dimension)
    if place is None:
        return False
    held, shifts = groups.any, groups.shifts.get(dimension, {"": 0})
    if place == len(held) - 1:
        return True
    # PERF: a list is made in two thirds of the time of a generator (bench/endpoints.py, ashe/estimatePay?breakdown).
    met = [held[place + shifts[code]] for code in codes if code in shifts]
    return not any(met)


@cache
def _groups(opened: Opened, measure: str) -> _Groups | None:
    """Go through all rows once, in 20 ms; None where groups are too many."""
    names = [name for name in opened.keys if name not in OVER]
    combinations = math.prod(len(opened.words[name]) for name in names)
    if combinations > MOST or measure not in opened.numbers["measure"]:
        return None
    rows = np.flatnonzero(opened.array("measure") == opened.numbers["measure"][measure])
    rows = rows[~np.isnan(opened.array("value")[rows])]
    places, width, shifts = np.zeros(len(rows), np.int64), combinations, {}
    for name in names:
        width //= len(opened.words[name])
        places += opened.array(name)[rows].astype(np.int64) * width
        shifts[name] = {code: number * width for code, number in opened.numbers[name].items()}
    held = np.zeros(combinations + 1, np.uint8)
    held[places] = 1
    opened.give_back()
    return _Groups(shifts, held.tobytes())
