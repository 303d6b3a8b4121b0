"""GET .../wf/predict/breakdown/region?soc=2815 -> people for each code of a dimension, year by year.

An answer has up to 1,950 figures. Those of an occupation are looked up and written as digits once; an answer is made by
putting the digits of its years between texts that are the same in every answer.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np

from lmiforall.base.endpoint import Breakdown, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, encode, rest_on
from lmiforall.serve.remembered import remembered

# What ends the figure of a code, what stands between two years, and what ends the last.
END, NEXT, LAST = b"}", b"]},", b"]}"
# Between digits, and after those of a small figure: neither stands in them, nor raw in JSON's text.
BETWEEN, SMALL = b"\n", b"!"


@dataclass(frozen=True)
class _Texts:
    """What stands around figures: ``before`` each code's, ``note`` after a small one.

    ``fixed`` has all that stands before each figure where none is missing, year after year; ``digest`` is of all.
    """

    years: Sequence[str]
    before: Sequence[bytes]
    fixed: Sequence[bytes]
    note: bytes
    note_below: int
    digest: bytes

    def year(self, place: int, people: Sequence[int], has: Sequence[bool]) -> bytes:
        """Write one year, with those codes that have a figure."""
        given = [(code, n) for code, n, known in zip(self.before, people, has, strict=True) if known]
        parts = b",".join(
            [b"%s%d%s%s" % (code, n, self.note if n < self.note_below else b"", END) for code, n in given]
        )
        return b'{"year":%s,"breakdown":[%s%s' % (self.years[place].encode(), parts, LAST)


@dataclass(frozen=True)
class _Known:
    """The figures of an occupation: ``digits`` year by year, if none is missing; else what ``people`` says.

    ``statuses`` are those of each year; ``digest`` is of the figures and of all that stands around them.
    """

    texts: _Texts
    digits: Sequence[bytes]
    people: Array
    has: Array
    statuses: Sequence[frozenset[str]]
    digest: bytes

    def written(self, start: bytes, first: int, last: int, end: bytes) -> bytes:
        """Write the years from one place to another, between a start and an end."""
        if not self.digits or first >= last:
            each = zip(range(first, last), self.people[first:last].tolist(), self.has[first:last].tolist(), strict=True)
            return start + b",".join([self.texts.year(*given) for given in each if any(given[2])]) + end
        # PERF: laid side by side by slices and joined at once: 0.04 us a figure, where a loop takes 0.2 and a Struct
        # for msgspec 0.5; an answer has up to 1,950 (bench/endpoints.py, wf/predict/breakdown).
        codes = len(self.texts.before)
        figures = BETWEEN.join(self.digits[first:last]).replace(SMALL, self.texts.note).split(BETWEEN)
        parts = [b""] * (2 * len(figures))
        parts[0::2] = self.texts.fixed[first * codes : last * codes]
        parts[1::2] = figures
        parts[0] = start + parts[0][len(END + NEXT) :]
        parts.append(END + LAST + end)
        return b"".join(parts)


def answer(opened: Opened, ask: Breakdown, asked: Mapping[str, str]) -> Answer:
    """Answer with every code that has a figure, in the order of the old API's numbers."""
    wire = _wire(ask, asked["filter"])
    soc, classification = occupation.code(asked), occupation.spoken(asked)
    key = (ask.path, wire.name, classification.dimension, soc)
    known = remembered(opened, key, lambda: _known(opened, ask, wire, {classification.dimension: soc}))
    minimum, maximum = occupation.span(asked)
    years = known.texts.years
    first, last = bisect_left(years, minimum), bisect_right(years, maximum)
    start = f'{{"soc":{int(soc)},"breakdown":"{wire.name}","predictedEmployment":['.encode()
    statuses = set(known.statuses[first:last])
    return Answer(
        known.written(start, first, last, b"]}"),
        headers=rest_on(frozenset().union(*statuses)),
        # PERF: of a digest, not of the answer, up to 150 KB: 1 us for 37 (bench/endpoints.py, wf/predict/breakdown).
        tag=_digest(b"%s%d:%d" % (start, first, last), known.digest).hex(),
    )


def _digest(*parts: bytes) -> bytes:
    return blake2b(b"".join(parts), digest_size=9).digest()


def _known(opened: Opened, ask: Breakdown, wire: Wire, wanted: Mapping[str, str]) -> _Known:
    texts = _texts(wire, ask.small, ask.note_below, tuple(opened.words["year"]))
    rows = _rows(opened, wire, occupation.group(opened, {**ask.where, **wanted, "measure": ask.measure}))
    values, numbers = opened.table["value"][rows], opened.table["status"][rows]
    has = (rows >= 0) & (values == values)  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
    people = (np.where(has, values, 0.0) + 0.5).astype(np.int64)
    statuses = _statuses(opened.words["status"], numbers, has)
    digest = _digest(texts.digest, people.tobytes(), has.tobytes())
    none: Array = np.zeros(0)
    if has.all():
        return _Known(texts, _digits(people, texts.note_below), none, none, statuses, digest)
    return _Known(texts, (), people, has, statuses, digest)


def _statuses(words: Sequence[str], numbers: Array, has: Array) -> Sequence[frozenset[str]]:
    """Give the statuses of each year's figures."""
    if has.all() and numbers.min() == numbers.max():
        # PERF: most often there is but one, and to see that is quicker than to look at each year.
        return [frozenset((words[numbers[0, 0]],))] * len(numbers)
    each = zip(numbers, has, strict=True)
    return [frozenset(words[met] for met in set(year[known].tolist())) for year, known in each]


def _digits(people: Array, note_below: int) -> Sequence[bytes]:
    """Write the figures of each year, with a mark at small ones."""
    # PERF: half a person more makes the mark, as msgspec then writes it: 0.1 us a figure where a loop takes 0.3, and an
    # occupation's first answer waits for it (bench/endpoints.py, wf/predict/breakdown).
    written = encode((people + np.where(people < note_below, 0.5, 0.0)).tolist()).replace(b".0", b"")
    years = written.replace(b".5", SMALL)[2:-2].split(b"],[")
    return [year.replace(b",", BETWEEN) for year in years]


def _rows(opened: Opened, wire: Wire, group: Mapping[str, Sequence[str]]) -> Array:
    """Give the row of each code's figure, by year and code; -1 where there is none."""
    numbers = opened.numbers[wire.dimension]
    # One place more than there are codes takes the rows of those that aren't told, such as everybody together.
    places = np.full(len(numbers), len(wire.codes))
    for place, (code, _) in enumerate(wire.codes.values()):
        if code in numbers:
            places[numbers[code]] = place
    found = np.full((len(opened.words["year"]), len(wire.codes) + 1), -1, np.int32)
    try:
        rows = np.asarray(
            opened.find({name: codes for name, codes in group.items() if name != wire.dimension}), np.int32
        )
    except KeyError:
        return found[:, :-1]
    found[opened.table["year"][rows], places[opened.table[wire.dimension][rows]]] = rows
    return found[:, :-1]


@cache
def _texts(wire: Wire, small: str, note_below: int, years: tuple[str, ...]) -> _Texts:
    codes = [(number, encode(name)) for number, (_, name) in wire.codes.items()]
    before = [b'{"code":%d,"name":%s,"employment":' % code for code in codes]
    openings = [b'%s%s{"year":%s,"breakdown":[%s' % (END, NEXT, year.encode(), before[0]) for year in years]
    # PERF: the same few texts for all years stay at hand in the processor (bench/endpoints.py, wf/predict/breakdown).
    later = [END + b"," + one for one in before[1:]]
    fixed = [text for opening in openings for text in (opening, *later)]
    note = b',"note":' + encode(small)
    return _Texts(years, before, fixed, note, note_below, _digest(*fixed, note, b"%d" % note_below))


def _wire(ask: Breakdown, name: str) -> Wire:
    for wire in ask.wires:
        if wire.name == name:
            return wire
    known = ", ".join(wire.name for wire in ask.wires)
    raise Stop(Problem(f"{name[:40]!r} is no breakdown", "the path", f"One of: {known}"))
