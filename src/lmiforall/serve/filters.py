"""GET .../ashe/filters, .../filters/all, .../filter/region -> what may be filtered by, and its codes."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from lmiforall.base.endpoint import Filters, Regions, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve.answer import Answer, found


def answer(_: Opened | None, ask: Filters, asked: Mapping[str, str]) -> Answer:
    """Answer with names, with all filters, or with the one in the path."""
    known = {wire.name: wire for wire in ask.wires}
    names = [*known, *ask.uncoded]
    if ask.give == "names":
        return found(names)
    if ask.give == "all":
        return found([_one(ask, name, known.get(name)) for name in names])
    name = asked["name"]
    if name not in names:
        near = get_close_matches(name, names, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(names)}"
        raise Stop(Problem(f"there is no filter {name[:40]!r}", "the path", hint))
    return found(_one(ask, name, known.get(name)))


def _one(ask: Filters, name: str, wire: Wire | None) -> dict[str, Any]:
    """Give one filter with its codes; none where nobody knows them any more."""
    codes = {number: title for number, (_, title) in wire.codes.items()} if wire else {}
    if ask.as_ashe:
        return {"name": name, "codings": [{"name": title, "value": number} for number, title in codes.items()]}
    about = wire.about if wire else "Its codes aren't known any more."
    coding = [{"code": number, "description": title} for number, title in codes.items()]
    return {"name": name, "description": about, "coding": coding}


def regions(_: Opened | None, ask: Regions, __: Mapping[str, str]) -> Answer:
    """Answer with the number of each region, by its name."""
    return found({name: number for number, (_, name) in ask.wire.codes.items()})
