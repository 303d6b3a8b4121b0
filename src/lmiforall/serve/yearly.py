"""The figures of a group of people, written year by year: what an answer of some years is cut out of.

Which years are asked for differs from question to question, what is written of a year doesn't.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from msgspec import Struct, structs

from lmiforall.base.endpoint import Forecast, Wire, Years
from lmiforall.release.opened import Opened
from lmiforall.serve import groups, occupation
from lmiforall.serve.answer import digest, encode
from lmiforall.serve.occupation import Figure

# What is written of a year, for an endpoint, by the year and its figure.
Writing = Callable[[Any, str, float], Any]


class Yearly(Struct, frozen=True):
    """All years that have a figure: what is written of them, a comma after each, where each begins, and statuses.

    ``alike`` is the one status of all, empty where there are several; ``tag`` is a digest of the text, and of whom it
    is about.
    """

    years: Sequence[str]
    text: bytes
    begins: Sequence[int]
    statuses: Sequence[str]
    alike: frozenset[str]
    tag: str = ""

    def between(self, span: tuple[str, str]) -> tuple[bytes, frozenset[str]]:
        """Give what is written of the years from a first to a last one, and the statuses of their figures."""
        years, begins = self.years, self.begins
        low, high = bisect_left(years, span[0]), bisect_right(years, span[1])
        if low >= high:
            return b"", NONE
        return self.text[begins[low] : begins[high] - 1], self.alike or frozenset(self.statuses[low:high])


class ByCode(Struct, frozen=True):
    """The same by the codes of a filter that have any figure: before each what is written ahead of its years."""

    each: Sequence[tuple[bytes, Yearly]]
    tag: str

    def between(self, span: tuple[str, str]) -> tuple[bytes, frozenset[str]]:
        """Give what is written of the years from a first to a last one, code by code, and the statuses."""
        first, last = span
        parts, statuses = [], NONE
        years: Sequence[str] = ()
        low = high = 0
        for start, one in self.each:
            # PERF: men and women have figures of the same years, mostly (bench/endpoints.py, lfs/weeklypay/breakdown).
            if one.years is not years:
                years = one.years
                low, high = bisect_left(years, first), bisect_right(years, last)
            if low < high:
                begins = one.begins
                parts.append(b"%s%s]}" % (start, one.text[begins[low] : begins[high] - 1]))
                met = one.alike or frozenset(one.statuses[low:high])
                statuses = met if met == statuses or not statuses else statuses | met
        return b",".join(parts), statuses


def of(opened: Opened, ask: Forecast | Years, wanted: Mapping[str, str], write: Writing, year: str = "") -> Yearly:
    """Give the figures of one group of people; those of a dataset without years are of the ``year`` that is told."""

    def look_up() -> Yearly | None:
        figures = occupation.looked_up(opened, {**wanted, "measure": ask.measure}, year)
        if not figures:
            return None
        made = written(ask, figures, write)
        return structs.replace(made, tag=_tag(opened, wanted, made.text))

    # PERF: 1 us for up to 40, and what is sent needn't be written again (bench/endpoints.py, wf/predict).
    return groups.of(opened, ask.path, wanted, look_up, measures=(ask.measure,)) or NOTHING


def by_code(opened: Opened, ask: Years, wanted: Mapping[str, str], wire: Wire, write: Writing) -> ByCode | None:
    """Give the same for each code of a filter; None where none has any figure."""

    def look_up() -> ByCode | None:
        found = occupation.by_code(opened, {**wanted, "measure": ask.measure}, wire.dimension, wire.told)
        told = [(number, code, name) for number, (code, name) in wire.codes.items() if code in found]
        # Equal years are one object, so that they are looked through once.
        years: dict[Sequence[str], Sequence[str]] = {}
        each = []
        for number, code, name in told:
            one = written(ask, found[code], write)
            same = years.setdefault(one.years, one.years)
            start = b'{"breakCode":%d,"breakName":%s,"years":[' % (number, encode(name))
            each.append((start, structs.replace(one, years=same)))
        own = {name: code for name, code in wanted.items() if name != wire.dimension}
        pieces = (piece for start, one in each for piece in (start, one.text))
        return ByCode(each, _tag(opened, own, *pieces)) if each else None

    return groups.by_code(opened, ask.path, wanted, wire, look_up, measures=(ask.measure,))


def _tag(opened: Opened, wanted: Mapping[str, str], *written: bytes) -> str:
    """Tell apart whom it is about, and what is written; alike on each server, in whichever order filters came."""
    return digest(repr(sorted({**opened.defaults, **wanted}.items())).encode(), *written)


def written(ask: Forecast | Years, figures: Sequence[Figure], write: Writing) -> Yearly:
    """Write figures."""
    texts = [encode(write(ask, year, value)) + b"," for year, value, _ in figures]
    begins, statuses = [0, *accumulate(map(len, texts))], [status for _, _, status in figures]
    alike = frozenset(statuses) if len({*statuses}) == 1 else NONE
    return Yearly(tuple(year for year, _, _ in figures), b"".join(texts), begins, statuses, alike)


NONE: frozenset[str] = frozenset()
NOTHING = Yearly((), b"", (0,), (), NONE)
