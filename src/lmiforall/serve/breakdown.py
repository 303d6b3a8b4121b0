"""GET .../wf/predict/breakdown/region?soc=2815 -> people for each code of a dimension, year by year.

An answer has up to 1,950 figures. Those of an occupation are looked up and written once: as the text of all years where
they are few, of which an answer is a slice; else as digits, between which stand texts that all occupations share.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import accumulate, count

import numpy as np

from lmiforall.base.endpoint import Breakdown, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, encode, rest_on
from lmiforall.serve.remembered import remembered

# What ends the figure of a code, what stands between two years, what ends the last, and what the answer.
END, NEXT, LAST, CLOSED = b"}", b"]},", b"]}", b"]}"
# Write the years from one place to another, after the start of an answer.
Writing = Callable[[bytes, int, int], bytes]
# Up to so many codes the years of an occupation are held as the text that is sent: 70 KB for all four such filters.
SHORT = 12


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
        """Write one year, with those codes that have a figure; nothing where none has."""
        figures = _figures(self.note, self.note_below)
        given = [(code, n) for code, n, known in zip(self.before, people, has, strict=True) if known]
        parts = b",".join([b"%s%s%s" % (code, figures[n], END) for code, n in given])
        return b'{"year":%s,"breakdown":[%s%s' % (self.years[place].encode(), parts, LAST) if given else b""


@dataclass(frozen=True)
class _Known:
    """The figures of an occupation, and how those of the years from one place to another are written.

    ``statuses`` are those of each year, ``alike`` those of all years where no two differ; ``digest`` is of the figures
    and of all that stands around them.
    """

    years: Sequence[str]
    written: Writing
    statuses: Sequence[frozenset[str]]
    alike: frozenset[str]
    digest: bytes


def answer(opened: Opened, ask: Breakdown, asked: Mapping[str, str]) -> Answer:
    """Answer with every code that has a figure, in the order of the old API's numbers."""
    wire = _wire(ask, asked["filter"])
    soc, classification = occupation.code(asked), occupation.spoken(asked)
    key = (ask.path, wire.name, classification.dimension, soc)
    known = remembered(opened, key, lambda: _known(opened, ask, wire, {classification.dimension: soc}))
    minimum, maximum = occupation.span(asked)
    first, last = bisect_left(known.years, minimum), bisect_right(known.years, maximum)
    start = b'{"soc":%d,"breakdown":"%s","predictedEmployment":[' % (int(soc), wire.name.encode())
    statuses = known.alike if known.alike and first < last else frozenset[str]().union(*known.statuses[first:last])
    return Answer(
        known.written(start, first, last),
        headers=rest_on(statuses),
        # PERF: of a digest, not of the answer, up to 150 KB: 1 us for 37 (bench/endpoints.py, wf/predict/breakdown).
        tag=_digest(b"%s%d:%d" % (start, first, last), known.digest).hex(),
    )


def _texts_of_years(each: Iterable[bytes]) -> Writing:
    """Hold the texts of all years as one, of which some years are a slice; a year without any figure is left out."""
    texts = [text and text + b"," for text in each]
    begins, whole = [0, *accumulate(map(len, texts))], memoryview(b"".join(texts))

    def written(start: bytes, first: int, last: int) -> bytes:
        # Nothing stands between years that are none, or of which there is no figure.
        begin, end = begins[first], begins[last]
        return b"".join((start, whole[begin : end - 1] if begin < end else b"", CLOSED))

    return written


def _pieces_of_years(texts: _Texts, figures: Sequence[bytes]) -> Writing:
    """Hold what is to be joined, figures and what stands before them, where none is missing.

    PERF: 0.03 us a figure, where a loop takes 0.2 and a Struct for msgspec 0.5; an answer has up to 1,950. The pieces
    are shared: those between figures by all occupations, figures by those that are equal (bench/endpoints.py,
    wf/predict/breakdown).
    """
    pieces = [b""] * (2 * len(figures))
    pieces[0::2] = texts.fixed
    pieces[1::2] = figures
    codes = 2 * len(texts.before)

    def written(start: bytes, first: int, last: int) -> bytes:
        if first >= last:
            return start + CLOSED
        some = pieces[first * codes : last * codes]
        # Every year but an answer's first ends the one before it.
        some[0] = start + some[0][len(END + NEXT) :]
        some.append(END + LAST + CLOSED)
        return b"".join(some)

    return written


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
    if not has.all():
        written = _texts_of_years(map(texts.year, count(), people.tolist(), has.tolist()))
    else:
        written = _pieces_of_years(texts, _digits(people, texts))
        if len(texts.before) <= SHORT:
            each = (written(b"", year, year + 1) for year in range(len(texts.years)))
            written = _texts_of_years(text.removesuffix(CLOSED) for text in each)
    alike = statuses[0] if len({*statuses}) == 1 else frozenset[str]()
    return _Known(texts.years, written, statuses, alike, digest)


def _statuses(words: Sequence[str], numbers: Array, has: Array) -> Sequence[frozenset[str]]:
    """Give the statuses of each year's figures."""
    if has.all() and numbers.min() == numbers.max():
        # PERF: most often there is but one, and to see that is quicker than to look at each year.
        return [frozenset((words[numbers[0, 0]],))] * len(numbers)
    each = zip(numbers, has, strict=True)
    return [frozenset(words[met] for met in set(year[known].tolist())) for year, known in each]


class _Figures(dict[int, bytes]):
    """Figures as they are written, each once: its digits, and the note after those of a small one.

    PERF: 0.03 us a figure, where to write each takes 0.15, and an occupation's first answer waits for it. Of the
    963,300 figures of jobs by industry 45,271 are different (bench/endpoints.py, wf/predict/breakdown).
    """

    def __init__(self, note: bytes, below: int) -> None:
        super().__init__()
        self._note, self._below = note, below

    def __missing__(self, figure: int) -> bytes:
        written = self[figure] = b"%d%s" % (figure, self._note if figure < self._below else b"")
        return written


def _digits(people: Array, texts: _Texts) -> Sequence[bytes]:
    """Write the figures of each year and code, one after another, each with the note if it is small."""
    return list(map(_figures(texts.note, texts.note_below).__getitem__, people.ravel().tolist()))


@cache
def _figures(note: bytes, below: int) -> _Figures:
    return _Figures(note, below)


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
