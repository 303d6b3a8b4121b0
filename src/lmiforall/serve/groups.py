"""A group of people -> what there is of it, looked up once; of a group without any figure nothing, without a search.

Filters and areas cross: of most groups that can be asked for nothing is published, and to search the rows for that
takes longer than to answer the others. So every group has a place, to which each of its codes shifts it, and at its
place stands whether there is any figure. By its place what was looked up of it is found again.
"""

import math
from collections.abc import Callable, Hashable, Mapping, Set
from dataclasses import dataclass
from functools import cache

import numpy as np

from lmiforall.base.endpoint import Wire
from lmiforall.release.opened import Opened
from lmiforall.serve.remembered import Found, recalled, remembered

# What a group is not told by: its figures are of every year, and of the measures that an answer gives.
OVER = ("year", "measure")

# A group is a byte; pay by SOC2010 has 1.2 million that can be asked for. Of more, rows are searched.
MOST = 4_000_000


@dataclass(frozen=True)
class _Places:
    """Where groups stand: ``shifts`` says of a dimension and a code how far it is from ``everyone``, all defaults.

    ``widths`` has the distance between neighbouring codes of each dimension; ``named`` are dimensions without a
    default, that must be asked for; ``end`` is the place behind all groups, where nothing is.
    """

    everyone: int
    shifts: Mapping[tuple[str, str], int]
    widths: Mapping[str, int]
    named: Set[str]
    end: int


def of(
    opened: Opened,
    answer: Hashable,
    wanted: Mapping[str, str],
    look_up: Callable[[], Found | None],
    *,
    measures: tuple[str, ...],
) -> Found | None:
    """Give what is looked up of a group for an ``answer``; None where it has no figure of any of the measures."""
    place = _place(opened, wanted)
    if place is None:
        return look_up()
    key = (answer, place)
    if (before := recalled(opened, key)) is not None:
        found: Found = before
        return found
    if (held := _held(opened, measures)) and not held[place]:
        return None
    return remembered(opened, key, look_up)


def by_code(
    opened: Opened,
    answer: Hashable,
    wanted: Mapping[str, str],
    wire: Wire,
    look_up: Callable[[], Found | None],
    *,
    measures: tuple[str, ...],
) -> Found | None:
    """Give the same of a group by the codes of a filter; None where it has no figure by any of them."""
    if wire.dimension in wanted:
        wanted = {name: code for name, code in wanted.items() if name != wire.dimension}
    place = _place(opened, wanted)
    if place is None:
        return look_up()
    key = (answer, wire.name, place)
    if (before := recalled(opened, key)) is not None:
        found: Found = before
        return found
    if held := _held(opened, measures):
        # PERF: a slice takes 0.3 us, a look at each of 12 regions 1.5 (bench/endpoints.py, ashe/estimatePay?breakdown).
        first, last, width = _along(opened, wire.dimension, wire.told)
        if place == len(held) - 1 or 1 not in held[place + first : place + last + 1 : width]:
            return None
    return remembered(opened, key, look_up)


def _place(opened: Opened, wanted: Mapping[str, str]) -> int | None:
    """Give the place of a group; None where it isn't one group."""
    places = _places(opened)
    if not places.named <= wanted.keys():
        return None
    try:
        return places.everyone + sum(map(places.shifts.__getitem__, wanted.items()))
    except KeyError:
        # A dimension that the dataset hasn't got says nothing, a code that it holds nowhere is of no group.
        told = [places.shifts.get(pair) for pair in wanted.items() if pair[0] in places.widths]
        return places.end if None in told else places.everyone + sum(filter(None, told))


@cache
def _places(opened: Opened) -> _Places:
    names = [name for name in opened.keys if name not in OVER]
    end = width = math.prod(len(opened.words[name]) for name in names)
    everyone = 0
    shifts: dict[tuple[str, str], int] = {}
    widths: dict[str, int] = {}
    named: set[str] = set()
    for name in names:
        numbers = opened.numbers[name]
        width //= len(numbers)
        first = numbers.get(opened.defaults.get(name, ""))
        if first is None:
            named.add(name)
        everyone += (first or 0) * width
        shifts |= {(name, code): (number - (first or 0)) * width for code, number in numbers.items()}
        widths[name] = width
    return _Places(everyone, shifts, widths, named, end)


@cache
def _along(opened: Opened, dimension: str, codes: tuple[str, ...]) -> tuple[int, int, int]:
    """Give the first and the last of some codes of a dimension, from its default, and how far neighbours are apart."""
    shifts, width = _places(opened).shifts, _places(opened).widths.get(dimension, 1)
    met = [shifts[dimension, code] for code in codes if (dimension, code) in shifts]
    return (min(met), max(met), width) if met else (0, -1, width)


@cache
def _held(opened: Opened, measures: tuple[str, ...]) -> bytes:
    """Go through all rows once, in 20 ms, and say of each place whether there is a figure; nothing of too many."""
    places, numbers = _places(opened), opened.numbers["measure"]
    known = [numbers[measure] for measure in measures if measure in numbers]
    if places.end > MOST or not known:
        return b""
    rows = np.flatnonzero(np.isin(opened.array("measure"), known))
    rows = rows[~np.isnan(opened.array("value")[rows])]
    at = np.zeros(len(rows), np.int64)
    for name, width in places.widths.items():
        at += opened.array(name)[rows].astype(np.int64) * width
    held = np.zeros(places.end + 1, np.uint8)
    held[at] = 1
    opened.give_back()
    return held.tobytes()
