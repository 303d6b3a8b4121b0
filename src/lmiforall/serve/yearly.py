"""The figures of a group of people, written year by year: what an answer of some years is put together from.

Which years are asked for differs from question to question, what is written of a year doesn't.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Raw

from lmiforall.base.endpoint import Endpoint, Wire
from lmiforall.release.opened import Opened
from lmiforall.serve import groups, occupation
from lmiforall.serve.answer import encode
from lmiforall.serve.occupation import Figure
from lmiforall.serve.remembered import remembered

# What is written of a year, by the year and its figure.
Writing = Callable[[str, float], Any]


@dataclass(frozen=True)
class Yearly:
    """Of each year that has a figure what is written, as JSON, and the figure's status."""

    years: Sequence[str]
    texts: Sequence[bytes]
    statuses: Sequence[str]

    def __len__(self) -> int:
        return len(self.years)

    def between(self, span: tuple[str, str]) -> "Yearly":
        """Give the years from a first to a last one."""
        low, high = bisect_left(self.years, span[0]), bisect_right(self.years, span[1])
        return self if high - low == len(self.years) else self._part(slice(low, max(low, high)))

    def _part(self, part: slice) -> "Yearly":
        return Yearly(self.years[part], self.texts[part], self.statuses[part])

    @property
    def listed(self) -> Raw:
        """Give what is written as one list."""
        return Raw(b"[%s]" % b",".join(self.texts))


def of(opened: Opened, ask: Endpoint, wanted: Mapping[str, str], write: Writing) -> Yearly:
    """Give the figures of one measure of one group of people."""
    if groups.is_empty(opened, wanted):
        return NOTHING
    # PERF: 1 us for up to 40, and what is sent needn't be written again (bench/endpoints.py, wf/predict).
    return remembered(opened, (ask.path, *wanted.items()), lambda: written(occupation.looked_up(opened, wanted), write))


def by_code(
    opened: Opened, ask: Endpoint, wanted: Mapping[str, str], wire: Wire, write: Writing
) -> Mapping[str, Yearly]:
    """Give the same for each code of a dimension that has any figure."""
    codes = [code for code, _ in wire.codes.values()]
    if groups.are_empty(opened, wanted, wire.dimension, codes):
        return {}

    def write_each() -> Mapping[str, Yearly]:
        each = occupation.by_code(opened, wanted, wire.dimension, codes)
        return {code: written(figures, write) for code, figures in each.items()}

    return remembered(opened, (ask.path, wire.name, *wanted.items()), write_each)


def written(figures: Sequence[Figure], write: Writing) -> Yearly:
    """Write figures."""
    texts = [encode(write(year, value)) for year, value, _ in figures]
    return Yearly([year for year, _, _ in figures], texts, [status for _, _, status in figures])


NOTHING = Yearly((), (), ())
