"""GET .../crosswalks/soc2010/onet/2231 -> the codes of another classification, with weights, worth and lineage.

Rule 1: every target of a code is given; who asks for the larger ones only is told how many were left out.
Rule 2: the way is told step by step: whose table, what its weights rest on, under which licence.
Rule 3: a code that nobody knows is 404 with the nearest; one that leads nowhere is 200 without targets, and says so.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from lmiforall.base.model import BASES, Crosswalks
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.route import Route, quality, routes
from lmiforall.release.index import Rows
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import crosswalk_files, query, table
from lmiforall.serve.answer import Answer, Missing, Stream, found
from lmiforall.serve.crosswalk_codes import Coded
from lmiforall.serve.crosswalk_files import NAME

PATH = "/api/v2/crosswalks"
EXAMPLE = f"{PATH}/soc2010/isco08/2113"

# A code of which less than this comes from elsewhere has no other: weights are rounded to six decimals.
_WHOLE = 1 - 5e-7
# Of a path: two classifications, and then the code.
_ENDS = 2


class Between:
    """The ways between the classifications of a release."""

    def __init__(self, release: Release, model: Crosswalks) -> None:
        self._release = release
        self._coded = {scheme.name: Coded(release, scheme) for scheme in model.schemes}
        # PERF: looking for a way takes some milliseconds, and there are ninety.
        self._ways = cache(lambda start, finish: routes(model, start, finish))

    def listing(self) -> Answer:
        """List the classifications and the ways between them."""
        schemes = [one.scheme for one in self._coded.values()]
        pairs = [
            {
                "from": start.name,
                "to": finish.name,
                "ways": [_in_short(way) for way in self._ways(start.name, finish.name)],
                "file": f"{PATH}/{start.name}/{finish.name}?format=csv",
            }
            for start in schemes
            for finish in schemes
            if start is not finish
        ]
        said = [{"scheme": one.name, "title": one.title, "code": one.form} for one in schemes]
        held = NAME in self._release
        return found({"release": self._release.number, "held": held, "schemes": said, "crosswalks": pairs})

    def answer(self, rest: str, raw: bytes) -> Answer | Stream:
        """Answer below the list: a whole crosswalk, or one code of it."""
        names = rest.strip("/").split("/")
        start, finish = (self._scheme(name) for name in [*names, ""][:_ENDS])
        if start is finish:
            raise Missing(Problem(f"{start.scheme.name} needs no crosswalk to itself", "the path", f"See {PATH}"))
        if NAME not in self._release:
            do = "Build one with `lmi build`; between SOC2010 and SOC2020 ask /api/v1/soc/convert."
            raise Missing(Problem("crosswalks are in the full release only", PATH, do))
        if len(names) == _ENDS:
            form = query.declared(query.pairs(raw), ("format",)).get("format", "json")
            ways = [_told(self._release, way) for way in self._ways(start.scheme.name, finish.scheme.name)]
            return crosswalk_files.answer(self._release, (start, finish), ways, form)
        least = _least(query.declared(query.pairs(raw), ("least",)).get("least", "0"))
        # An address that is a code has slashes of its own.
        code = start.find("/".join(names[_ENDS:]), self._coded.values())
        return self._one(start, finish, code, least)

    def _one(self, start: Coded, finish: Coded, code: str, least: float) -> Answer:
        """Answer with all that is known of one code."""
        ends = start.scheme.name, finish.scheme.name
        opened = self._release.dataset(NAME)
        rows = opened.find({"from": [ends[0]], "to": [ends[1]], "code": [code]})
        by_target = _by_target(opened, rows)
        whole = by_target.pop("all")
        links = sorted(by_target.items(), key=lambda link: (-link[1]["weight"], link[0]))
        shown = [
            {"code": target, "title": finish.titles[target], "weight": link["weight"], "back": link["back"]}
            for target, link in links
            if link["weight"] >= least
        ]
        ways = self._ways(*ends)
        # None of the ways (0) is told as the first: that is the one that leads nowhere.
        way = ways[max(int(whole["way"]), 1) - 1]
        content = {
            "release": self._release.number,
            "from": {"scheme": ends[0], "code": code, "title": start.titles[code]},
            "to": {"scheme": ends[1]},
            "relation": _relation(links),
            "targets": shown,
            "left_out": len(links) - len(shown),
            "arrives": whole["arrives"],
            "returns": whole["returns"],
            **_told(self._release, way),
        }
        if not links:
            content["why"] = _why(way, len(ways))
        return found(content, {opened.word("status", int(rows[0]))}, table.headers(self._release, NAME))

    def _scheme(self, name: str) -> Coded:
        if name in self._coded:
            return self._coded[name]
        near = get_close_matches(name.casefold(), list(self._coded), 1, 0.5)
        hint = f"Did you mean {near[0]}? " if near else ""
        what = f"there is no classification {name[:40]!r}"
        raise Missing(Problem(what, "the path", f"{hint}Known are: {', '.join(self._coded)}"))


def _by_target(opened: Opened, rows: Rows) -> dict[str, dict[str, float]]:
    by_target: dict[str, dict[str, float]] = {}
    for row in map(int, rows):
        measure, value = opened.word("measure", row), opened.number("value", row)
        by_target.setdefault(opened.word("target", row), {})[measure] = value or 0.0
    return by_target


def _relation(links: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    if not links:
        return "none"
    here = "one" if all(link["back"] >= _WHOLE for _, link in links) else "many"
    return f"{here} to {'one' if len(links) == 1 else 'many'}"


def _why(way: Route, ways: int) -> str:
    steps = " -> ".join(_in_short(way)["through"])
    return f"No link leads all the way ({steps}){', nor by the other way' if ways > 1 else ''}: it was not published."


def _told(release: Release, way: Route) -> dict[str, Any]:
    """Tell a way: what it is worth, and each step with its table, its basis and its publishers."""
    return {
        "quality": quality(way),
        "way": [
            {
                "from": leg.start,
                "to": leg.finish,
                "basis": leg.basis,
                "meaning": BASES[leg.basis],
                "dataset": leg.step.table,
                **_origin(release, leg.step.table),
            }
            for leg in way
        ],
    }


def _origin(release: Release, name: str) -> dict[str, Any]:
    """Say whose table it is; of a modelled one, how it is made and from what."""
    entry = release.entry(name)
    if entry.get("sources"):
        return {"sources": [{key: one[key] for key in ("publisher", "title", "page")} for one in entry["sources"]]}
    return {"method": entry["method"], "inputs": entry["inputs"]}


def _in_short(way: Route) -> dict[str, Any]:
    return {"through": [way[0].start, *(leg.finish for leg in way)], "quality": quality(way)}


def _least(text: str) -> float:
    try:
        least = float(text)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise Stop(Problem(f"{text[:40]!r} is no part", "parameter least", "A number from 0 to 1, such as 0.01."))
    return least
