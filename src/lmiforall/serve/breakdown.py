"""GET .../wf/predict/breakdown/region?soc=2815 -> people for each code of a dimension, year by year.

An answer has up to 1,950 figures. Where they stand is looked up once for each occupation, and an answer is written by
putting them between texts that are the same in every answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np

from lmiforall.base.endpoint import Breakdown, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, encode

# So much is remembered of where figures stand: every breakdown of every occupation in both SOCs takes 11 MB.
REMEMBERED = 5_000


# What stands between two years.
NEXT = "]},"


@dataclass(frozen=True)
class _Texts:
    """What stands around figures: ``before`` each code's; ``after`` it, and, in the second place, after a small one.

    ``years`` has the same as ``before`` year by year, with what stands between; ``digest`` is of all of it.
    """

    before: Sequence[str]
    years: Sequence[Sequence[str]]
    after: Array
    note_below: int
    digest: bytes

    def written(self, chosen: Sequence[int], people: Array) -> str:
        """Write some years, by their places, in which every code has a figure."""
        # PERF: laid side by side by slices and joined at once: 0.06 us a figure, where a loop takes 0.2 and a Struct
        # for msgspec 0.5; an answer has up to 1,950 (bench/endpoints.py, wf/predict/breakdown).
        parts = [""] * (3 * people.size)
        parts[0::3] = chain.from_iterable(self.years[place] for place in chosen)
        parts[1::3] = encode(people.ravel().tolist()).decode()[1:-1].split(",")
        parts[2::3] = self.after[(people < self.note_below).ravel().view(np.int8)].tolist()
        return f"{''.join(parts)[len(NEXT) :]}]}}"

    def gappy(self, year: str, people: Sequence[int], has: Sequence[bool]) -> str:
        """Write one year, with those codes that have a figure."""
        given = [(code, n) for code, n, known in zip(self.before, people, has, strict=True) if known]
        parts = ",".join([f"{code}{n}{self.after[int(n < self.note_below)]}" for code, n in given])
        return f'{{"year":{year},"breakdown":[{parts}]}}'


def answer(opened: Opened, ask: Breakdown, asked: Mapping[str, str]) -> Answer:
    """Answer with every code that has a figure, in the order of the old API's numbers."""
    wire = _wire(ask, asked["filter"])
    soc = occupation.code(asked)
    group = occupation.group(opened, {**ask.where, **occupation.wanted(asked, soc), "measure": ask.measure})
    first, last = occupation.span(asked)
    years = opened.words["year"]
    chosen = [place for place, year in enumerate(years) if first <= year <= last]
    rows = _rows(opened, wire, tuple([(name, code) for name, (code,) in group.items()]))
    rows = rows[chosen[0] : chosen[-1] + 1] if chosen else rows[:0]
    values = opened.table["value"][rows]
    has = (rows >= 0) & (values == values)  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
    people = (np.where(has, values, 0.0) + 0.5).astype(np.int64)
    texts = _texts(wire, ask.small, ask.note_below, tuple(years))
    written = texts.written(chosen, people) if chosen and has.all() else _gappy(texts, years, chosen, people, has)
    start = f'{{"soc":{int(soc)},"breakdown":"{wire.name}","predictedEmployment":['
    statuses = _statuses(opened, rows[has])
    return Answer(
        f"{start}{written}]}}".encode(),
        headers=(("X-LMI-Status", ", ".join(statuses)),) if statuses else (),
        # PERF: of the numbers, 3 KB, not of the answer, 34: 4 us for 37 (bench/endpoints.py, wf/predict/breakdown).
        tag=_tag(f"{start}{chosen[:1]}".encode(), texts.digest, people.tobytes(), has.tobytes()),
    )


def _gappy(texts: _Texts, years: Sequence[str], chosen: Sequence[int], people: Array, has: Array) -> str:
    """Write the years in which any code has a figure."""
    each = zip(chosen, people.tolist(), has.tolist(), strict=True)
    return ",".join([texts.gappy(years[place], *given) for place, *given in each if any(given[1])])


def _statuses(opened: Opened, rows: Array) -> list[str]:
    numbers = opened.table["status"][rows]
    # PERF: most often there is but one, and to see that is quicker than to sort them.
    met = {int(numbers[0])} if rows.size and numbers.min() == numbers.max() else set(numbers.tolist())
    return sorted(opened.words["status"][number] for number in met)


def _tag(*parts: bytes) -> str:
    return blake2b(b"".join(parts), digest_size=9).hexdigest()


@lru_cache(maxsize=REMEMBERED)
def _rows(opened: Opened, wire: Wire, group: tuple[tuple[str, str], ...]) -> Array:
    """Give the row of each code's figure, by year and code; -1 where there is none."""
    numbers = opened.numbers[wire.dimension]
    # One place more than there are codes takes the rows of those that aren't told, such as everybody together.
    places = np.full(len(numbers), len(wire.codes))
    for place, (code, _) in enumerate(wire.codes.values()):
        if code in numbers:
            places[numbers[code]] = place
    found = np.full((len(opened.words["year"]), len(wire.codes) + 1), -1, np.int32)
    try:
        rows = np.asarray(opened.find({name: (code,) for name, code in group if name != wire.dimension}), np.int32)
    except KeyError:
        return found[:, :-1]
    found[opened.table["year"][rows], places[opened.table[wire.dimension][rows]]] = rows
    return found[:, :-1]


@cache
def _texts(wire: Wire, small: str, note_below: int, years: tuple[str, ...]) -> _Texts:
    before = [f'{{"code":{number},"name":{_text(name)},"employment":' for number, (_, name) in wire.codes.items()]
    between = [f'{NEXT}{{"year":{year},"breakdown":[' for year in years]
    every = [[opening + before[0], *(f",{text}" for text in before[1:])] for opening in between]
    after = ("}", f',"note":{_text(small)}}}')
    digest = blake2b(repr((every, after, note_below)).encode()).digest()
    return _Texts(before, every, np.array(after, object), note_below, digest)


def _text(text: str) -> str:
    return encode(text).decode()


def _wire(ask: Breakdown, name: str) -> Wire:
    for wire in ask.wires:
        if wire.name == name:
            return wire
    known = ", ".join(wire.name for wire in ask.wires)
    raise Stop(Problem(f"{name[:40]!r} is no breakdown", "the path", f"One of: {known}"))
