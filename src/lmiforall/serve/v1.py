"""The old API's contract: its roots, its parameters, its errors, around the shapes that datasets declare.

Rule 1: a body has the keys that it had, in their order, and no other; what is new travels in headers.
Rule 2: parameters that nobody declared are ignored.
Rule 3: where a known code has no figure, the answer is 200 with ``error`` in place of the figures.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec import structs

from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import Breakdown, Demand, Distribution, Endpoint, Forecast, Lookup, Search, Series
from lmiforall.base.problem import Stop
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import breakdown, lookup, occupation, query, search, series
from lmiforall.serve.answer import Answer, encode
from lmiforall.serve.table import licences
from lmiforall.serve.web import Handler

Shape = Callable[[Opened, Any, Mapping[str, str]], Answer]

SHAPES: Mapping[type[Endpoint], Shape] = {
    Series: series.answer,
    Distribution: series.distribution,
    Forecast: series.forecast,
    Demand: series.demand,
    Breakdown: breakdown.answer,
    Lookup: lookup.answer,
    Search: search.answer,
}

# The root of 2013 had no version; clients of both are still about.
ROOTS = ("/api/v1/", "/api/")


def routes(release: Release, every: Mapping[str, Dataset]) -> dict[str, Handler]:
    """Give a handler for each declared endpoint whose dataset is in the release; a path parameter makes it a prefix."""
    found: dict[str, Handler] = {}
    for name in release:
        for endpoint in every[name].endpoints:
            handler = partial(_answer, release, name, endpoint)
            stem = endpoint.path.partition("{")[0]
            found |= {root + stem: handler for root in ROOTS}
    return found


def _answer(release: Release, name: str, endpoint: Endpoint, rest: str, raw: bytes) -> Answer:
    try:
        asked, opened = query.read(_given(endpoint, rest, raw), endpoint.parameters), release.dataset(name)
        answer = SHAPES[type(endpoint)](opened, endpoint, asked)
        twin = _twin(opened, endpoint, asked)
        return structs.replace(answer, link=f'<{twin}>; rel="describedby"{licences(release, name)}')
    except Stop as stop:
        return Answer(encode({"error": str(stop.problems[0])}), 400)


def _twin(opened: Opened, endpoint: Endpoint, asked: Mapping[str, str]) -> str:
    """Give the question to v2 that has the same answer: every figure unrounded, with its status and its origin."""
    wanted = {}
    if code := asked.get("soc") or asked.get("code"):
        wanted[occupation.DIMENSION] = code[:2] if occupation.coarse(asked) else code
    if filters := asked.get("filters"):
        wanted |= occupation.chosen(filters, endpoint.filters, endpoint.unborne) or {}  # type: ignore[attr-defined]
    if not isinstance(endpoint, Distribution | Lookup | Search):
        wanted["measure"] = endpoint.measure  # type: ignore[attr-defined]
    codes = "&".join([f"{name}={code}" for name, code in wanted.items()])
    address = f"/api/v2/datasets/{opened.dataset.name}"
    return f"{address}/observations?{codes}" if codes else address


def _given(endpoint: Endpoint, rest: str, raw: bytes) -> query.Pairs:
    """Give the parameters of the query, and the one in the path beside them."""
    given = query.pairs(raw)
    if "{" not in endpoint.path:
        return given
    in_path = next(parameter.name for parameter in endpoint.parameters if parameter.in_path)
    return [*(pair for pair in given if pair[0] != in_path), (in_path, rest.strip("/"))]
