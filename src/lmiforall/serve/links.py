"""Two classifications joined by shares, and a code of the one -> its largest parts that are codes of the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened

TO_ONET = "to_onet"
EVERYBODY = "all"

# A code at the other end of a link, and its part of the group that the link starts from.
Part = tuple[str, float]


def foremost(opened: Opened, direction: str, code: str, dimension: str, most: float) -> list[Part]:
    """Give the largest parts of a group, which are codes of ``dimension``, until they hold ``most`` of it."""
    links = _links(opened, dimension)
    first, last = links.spans.get((direction, code), (0, 0))
    total, end = 0.0, first
    while end < last and total < most:
        total, end = total + links.shares[end], end + 1
    words = opened.words[dimension]
    return [(words[links.codes[place]], links.shares[place]) for place in range(first, end)]


def back(opened: Opened) -> str:
    """Name the direction from O*NET."""
    return next(word for word in opened.words["direction"] if word != TO_ONET)


@dataclass(frozen=True)
class _Links:
    """All links with a share: where they stand by direction and group, the largest first."""

    spans: Mapping[tuple[str, str], tuple[int, int]]
    codes: memoryview
    shares: memoryview


# PERF: made once, in 20 ms: a look-up takes 1 us, and 70 went to searching rows (bench/endpoints.py, o-net/soc2onet).
@cache
def _links(opened: Opened, dimension: str) -> _Links:
    group = next(name for name in opened.dimensions if name not in ("direction", dimension))
    measure = opened.numbers["measure"]["share"]
    rows = np.flatnonzero((opened.array("measure") == measure) & (opened.array("value") > 0.0))
    for name in (group, dimension):
        rows = rows[opened.array(name)[rows] != opened.numbers[name].get(EVERYBODY, -1)]
    directions, groups, codes, shares = (opened.array(name)[rows] for name in ("direction", group, dimension, "value"))
    order = np.lexsort((codes, -shares, groups, directions))
    spans = _spans(directions[order], groups[order], (opened.words["direction"], opened.words[group]))
    return _Links(spans, codes[order].data, shares[order].data)


def _spans(
    directions: Array, groups: Array, words: tuple[Sequence[str], Sequence[str]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Give where the links of each group begin and end."""
    new = np.flatnonzero((np.diff(directions) != 0) | (np.diff(groups) != 0)) + 1
    begins = [0, *new.tolist()] if len(groups) else []
    ends = [*begins[1:], len(groups)]
    return {
        (words[0][directions[begin]], words[1][groups[begin]]): (begin, end)
        for begin, end in zip(begins, ends, strict=True)
    }
