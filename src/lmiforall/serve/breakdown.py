"""GET .../wf/predict/breakdown/region?soc=2815 -> people for each code of a dimension, year by year."""

from collections.abc import Mapping
from typing import Any

from lmiforall.base.endpoint import Breakdown, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, found


def answer(opened: Opened, ask: Breakdown, asked: Mapping[str, str]) -> Answer:
    """Answer with every code that has a figure, in the order of the old API's numbers."""
    wire = _wire(ask, asked["filter"])
    soc = occupation.code(asked)
    years: dict[str, list[dict[str, Any]]] = {}
    statuses = set()
    for number, (code, name) in wire.codes.items():
        wanted = {occupation.DIMENSION: soc, wire.dimension: code, "measure": ask.measure}
        for year, measures in occupation.figures(opened, wanted).items():
            value, status = measures[ask.measure]
            years.setdefault(year, []).append(_entry(ask, number, name, occupation.whole(value)))
            statuses.add(status)
    shown = occupation.between(list(years), asked)
    content = [{"year": int(year), "breakdown": years[year]} for year in shown]
    return found({"soc": int(soc), "breakdown": wire.name, "predictedEmployment": content}, statuses)


def _wire(ask: Breakdown, name: str) -> Wire:
    known = {wire.name: wire for wire in ask.wires}
    if name not in known:
        raise Stop(Problem(f"{name[:40]!r} is no breakdown", "the path", f"One of: {', '.join(known)}"))
    return known[name]


def _entry(ask: Breakdown, number: int, name: str, people: int) -> dict[str, Any]:
    entry = {"code": number, "name": name, "employment": people}
    return entry | {"note": ask.note} if people < ask.note_below else entry
