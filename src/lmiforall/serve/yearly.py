"""The figures of a group of people, written year by year: what an answer of some years is cut out of.

Which years are asked for differs from question to question, what is written of a year doesn't.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from msgspec import Struct

from lmiforall.base.endpoint import Forecast, Wire, Years
from lmiforall.release.opened import Opened
from lmiforall.serve import groups, occupation
from lmiforall.serve.answer import encode
from lmiforall.serve.occupation import Figure

# What is written of a year, for an endpoint, by the year and its figure.
Writing = Callable[[Any, str, float], Any]


class Yearly(Struct, frozen=True):
    """All years that have a figure: what is written of them, a comma after each, where each begins, and statuses.

    ``alike`` is the one status of all, empty where there are several.
    """

    years: Sequence[str]
    text: bytes
    begins: Sequence[int]
    statuses: Sequence[str]
    alike: frozenset[str]

    def between(self, span: tuple[str, str]) -> tuple[bytes, frozenset[str]]:
        """Give what is written of the years from a first to a last one, and the statuses of their figures."""
        years, begins = self.years, self.begins
        low, high = bisect_left(years, span[0]), bisect_right(years, span[1])
        if low >= high:
            return b"", NONE
        return self.text[begins[low] : begins[high] - 1], self.alike or frozenset(self.statuses[low:high])


def of(opened: Opened, ask: Forecast | Years, wanted: Mapping[str, str], write: Writing, year: str = "") -> Yearly:
    """Give the figures of one group of people; those of a dataset without years are of the ``year`` that is told."""

    def look_up() -> Yearly | None:
        figures = occupation.looked_up(opened, {**wanted, "measure": ask.measure}, year)
        return written(ask, figures, write) if figures else None

    # PERF: 1 us for up to 40, and what is sent needn't be written again (bench/endpoints.py, wf/predict).
    return groups.of(opened, ask.path, wanted, look_up, measures=(ask.measure,)) or NOTHING


def by_code(
    opened: Opened, ask: Years, wanted: Mapping[str, str], wire: Wire, write: Writing
) -> Sequence[tuple[bytes, Yearly]]:
    """Give the same for each code of a filter that has any figure, and what is written before its years."""

    def look_up() -> Sequence[tuple[bytes, Yearly]]:
        each = occupation.by_code(opened, {**wanted, "measure": ask.measure}, wire.dimension, wire.told)
        return [
            (b'{"breakCode":%d,"breakName":%s,"years":[' % (number, encode(name)), written(ask, each[code], write))
            for number, (code, name) in wire.codes.items()
            if code in each
        ]

    return groups.by_code(opened, ask.path, wanted, wire, look_up, measures=(ask.measure,)) or ()


def written(ask: Forecast | Years, figures: Sequence[Figure], write: Writing) -> Yearly:
    """Write figures."""
    texts = [encode(write(ask, year, value)) + b"," for year, value, _ in figures]
    begins, statuses = [0, *accumulate(map(len, texts))], [status for _, _, status in figures]
    alike = frozenset(statuses) if len({*statuses}) == 1 else NONE
    return Yearly([year for year, _, _ in figures], b"".join(texts), begins, statuses, alike)


NONE: frozenset[str] = frozenset()
NOTHING = Yearly((), b"", (0,), (), NONE)
