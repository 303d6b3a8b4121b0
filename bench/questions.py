"""A release -> the questions of each workload, made from the declarations, shuffled in the same way each time."""

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations_with_replacement, product

from lmiforall import datasets
from lmiforall.base.endpoint import Breakdown, Endpoint, Forecast, Series, Wire
from lmiforall.release.opened import Opened, Release
from lmiforall.serve.occupation import DIMENSION
from lmiforall.serve.openapi import V1, V2

# Any number would do; it is fixed so that every run asks the same.
SEED = 2

# What a small site asks again and again; the answers take 2 MB.
HELD = 1000

# More than a run of a minute asks, and few enough to be made in a few seconds.
MOST = 500_000


@dataclass(frozen=True)
class Workload:
    """Questions of one kind. ``again``: the same few are asked again and again; ``unchanged``: with their ETags."""

    name: str
    about: str
    questions: Sequence[str]
    again: bool = False
    unchanged: bool = False


def workloads(release: Release) -> list[Workload]:
    """Give every workload that a release has the data for."""
    chance = random.Random(SEED)
    figure = _shuffled(chance, _observations(release.dataset("pay"), "measure"))
    group = _shuffled(chance, dict.fromkeys(_observations(release.dataset("pay"), "")))
    series = _v1(chance, release, Series, Forecast)
    breakdowns = _v1(chance, release, Breakdown)
    part = HELD // 4
    held = _shuffled(chance, [*figure[:part], *group[:part], *series[:part], *breakdowns[:part]])
    return [
        Workload("held", f"{HELD:,} questions of every kind, again and again", held, again=True),
        Workload("unchanged", "the same with If-None-Match, answered by 304", held, again=True, unchanged=True),
        Workload("v2 figure", "every question distinct: one figure of pay", figure),
        Workload("v2 group", "every question distinct: the 15 measures of one group of people", group),
        Workload("v1 series", "every question distinct: estimatePay, estimateHours, predict", series),
        Workload("v1 breakdown", "every question distinct: predict/breakdown, up to 1,125 figures", breakdowns),
    ]


def _shuffled(chance: random.Random, questions: Sequence[str] | Mapping[str, None] | Iterator[str]) -> list[str]:
    ordered = list(questions)
    chance.shuffle(ordered)
    return ordered[:MOST]


def _observations(opened: Opened, last: str) -> Iterator[str]:
    """Ask for each row of a dataset by all its codes, the ``last`` one included or not.

    No rival looks for a wider group's figure where one is withheld, so that nobody is asked to.
    """
    names = [name for name in opened.keys if name != "measure" or last]
    for row in range(opened.rows):
        codes = "&".join(f"{name}={opened.word(name, row)}" for name in names)
        yield f"{V2}/datasets/{opened.dataset.name}/observations?{codes}&coarsen=never"


def _v1(chance: random.Random, release: Release, *shapes: type[Endpoint]) -> list[str]:
    """Ask the old API's endpoints of some shapes for occupations and selections that they declare, drawn by chance."""
    asked: list[tuple[str, str, Sequence[str]]] = []
    for name in release:
        opened = release.dataset(name)
        if found := [one for one in datasets.every()[name].endpoints if type(one) in shapes]:
            codes = list(filter(str.isdigit, opened.codes(DIMENSION)))
            asked += [(*selection, codes) for one in found for selection in _selections(opened, one)]
    # There are millions of them: they are drawn by their number before any is written.
    ends = list(accumulate(len(occupations) for _, _, occupations in asked))
    questions = []
    for number in chance.sample(range(ends[-1]), min(MOST, ends[-1])):
        place = bisect_right(ends, number)
        path, selection, occupations = asked[place]
        # Counted from the end: the numbers of a selection end where the next one's begin.
        questions.append(f"{V1}{path}?soc={occupations[number - ends[place]]}{selection}")
    return questions


def _selections(opened: Opened, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """Give path and selection, without the occupation, of everything that an endpoint can be asked."""
    if isinstance(endpoint, Series):
        for filters, by in product(_filters(endpoint.filters), ["", *(wire.name for wire in endpoint.filters)]):
            yield endpoint.path, filters + (f"&breakdown={by}" if by else "")
    if isinstance(endpoint, Forecast):
        yield from ((endpoint.path, span) for span in _spans(opened))
    if isinstance(endpoint, Breakdown):
        stem = endpoint.path.partition("{")[0]
        yield from ((stem + wire.name, span) for wire, span in product(endpoint.wires, _spans(opened)))


def _filters(wires: Sequence[Wire]) -> Iterator[str]:
    for chosen in product(*(("", *(f"{wire.name}:{number}" for number in wire.codes)) for wire in wires)):
        given = ",".join(filter(None, chosen))
        yield f"&filters={given}" if given else ""


def _spans(opened: Opened) -> Iterator[str]:
    for first, last in combinations_with_replacement(opened.codes("year"), 2):
        yield f"&minYear={first}&maxYear={last}"
