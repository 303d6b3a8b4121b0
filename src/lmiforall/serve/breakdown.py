"""GET .../wf/predict/breakdown/region?soc=2815 -> people for each code of a dimension, year by year."""

from collections.abc import Mapping

import msgspec

from lmiforall.base.endpoint import Breakdown, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, found


def answer(opened: Opened, ask: Breakdown, asked: Mapping[str, str]) -> Answer:
    """Answer with every code that has a figure, in the order of the old API's numbers."""
    wire = _wire(ask, asked["filter"])
    soc = occupation.code(asked)
    figures, statuses = _figures(opened, ask, wire, soc, asked)
    years: dict[str, list[_Part]] = {}
    for number, (code, name) in wire.codes.items():
        for year, value in figures[code]:
            years.setdefault(year, []).append(_part(ask, number, name, occupation.whole(value)))
    content = [{"year": int(year), "breakdown": years[year]} for year in sorted(years)]
    return found({"soc": int(soc), "breakdown": wire.name, "predictedEmployment": content}, statuses)


def _figures(
    opened: Opened, ask: Breakdown, wire: Wire, soc: str, asked: Mapping[str, str]
) -> tuple[dict[str, list[tuple[str, float]]], set[str]]:
    """Give for each code year and value of what has one, and all their statuses."""
    codes = occupation.group(opened, {**ask.where, **occupation.wanted(asked, soc), "measure": ask.measure})
    # PERF: all codes at once; for 75 industries a search each takes 0.7 ms more (bench/answers.py, v1 breakdown).
    del codes[wire.dimension]
    first, last = occupation.span(asked)
    codes["year"] = [year for year in opened.words["year"] if first <= year <= last]
    names, years, statuses = opened.words[wire.dimension], opened.words["year"], opened.words["status"]
    figures: dict[str, list[tuple[str, float]]] = {code: [] for code, _ in wire.codes.values()}
    met = set()
    for code, year, value, status in occupation.columns(opened, codes, wire.dimension, "year", "value", "status"):
        shown = figures.get(names[code])
        if shown is not None and value == value:  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
            shown.append((years[year], value))
            met.add(status)
    return figures, {statuses[status] for status in met}


# PERF: an answer has up to 1,125 of these; as Structs they take 124 us, as dicts 171 (bench/answers.py, v1 breakdown).
class _Part(msgspec.Struct, omit_defaults=True):
    """One code's figure in a year, with the keys of the wire."""

    code: int
    name: str
    employment: int
    note: str = ""


def _wire(ask: Breakdown, name: str) -> Wire:
    known = {wire.name: wire for wire in ask.wires}
    if name not in known:
        raise Stop(Problem(f"{name[:40]!r} is no breakdown", "the path", f"One of: {', '.join(known)}"))
    return known[name]


def _part(ask: Breakdown, number: int, name: str, people: int) -> _Part:
    return _Part(number, name, people, ask.small if people < ask.note_below else "")
