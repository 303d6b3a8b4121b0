"""An open release and the declarations -> the service: every route, by catalogue and declarations."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Crosswalks
from lmiforall.base.problem import Problem
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import coding, crosswalk_files, crosswalks, finding, observations, openapi, swagger, v1
from lmiforall.serve.answer import Answer, Missing, Stream, encode, found
from lmiforall.serve.gate import Gate
from lmiforall.serve.web import Handler, Service

V2 = "/api/v2"


def application(
    release: Release,
    every: Mapping[str, Dataset],
    pages: Mapping[str, Handler] | None = None,
    gate: Gate | None = None,
    adverts: Mapping[str, Handler] | None = None,
) -> Service:
    """Join all routes; ``pages`` are those that ``show`` renders, by path (a prefix where it ends in ``/``).

    A ``gate`` asks for keys and counts requests. ``adverts`` are the routes that a store of adverts gives.
    """
    exact: dict[str, Handler] = {
        "/healthz": lambda _, __: _of_this_moment({"status": "ok"}),
        "/readyz": lambda _, __: _of_this_moment({"status": "ready", "release": release.number, "kind": release.kind}),
        "/openapi.json": lambda _, __: Answer(encode(openapi.document(release, every, adverts=adverts is not None))),
        swagger.PATH: lambda _, __: swagger.listing(every),
        f"{V2}/datasets": lambda _, __: _datasets(release),
        f"{V2}/release": lambda _, __: _about(release),
        finding.PATH: lambda _, raw: finding.answer(release, raw),
        coding.PATH: lambda _, raw: coding.one(release, raw),
        f"POST {coding.PATH}": lambda _, body: coding.many(release, body),
    }
    for name in release:
        exact[f"{V2}/datasets/{name}/observations"] = partial(_observations, release, name)
    below: dict[str, Handler] = {
        f"{V2}/datasets/": lambda rest, raw: _dataset(release, rest, raw),
        f"{swagger.PATH}/": lambda rest, _: swagger.declaration(every, rest),
    }
    if isinstance(model := every[crosswalk_files.NAME].model if crosswalk_files.NAME in every else None, Crosswalks):
        between = crosswalks.Between(release, model)
        exact[crosswalks.PATH] = lambda _, __: between.listing()
        below[f"{crosswalks.PATH}/"] = between.answer
    for path, handler in v1.routes(release, every).items():
        (below if path.endswith("/") else exact)[path] = handler
    exact |= adverts or {}
    for path, handler in (pages or {}).items():
        (below if path.endswith("/") and path != "/" else exact)[path] = handler
    named = [f"{v1.ROOTS[0]}{endpoint.path}" for _, endpoint in v1.endpoints(every)]
    return Service(release.number, exact, below, gate, named)


def _of_this_moment(content: Any) -> Answer:
    return Answer(encode(content), lasting=False)


def _datasets(release: Release) -> Answer:
    """List the datasets of the release."""
    listed = [
        {
            "name": name,
            **{key: release.entry(name)[key] for key in ("title", "summary", "kind", "rows")},
            "observations": f"{V2}/datasets/{name}/observations",
        }
        for name in release
    ]
    return found({"release": release.number, "kind": release.kind, "datasets": listed})


def _about(release: Release) -> Answer:
    """Say which release this is, and what is in it."""
    counts = {name: release.entry(name)["rows"] for name in release}
    return found({"release": release.number, "kind": release.kind, "rows": counts})


def _observations(release: Release, name: str, _: str, raw: bytes) -> Answer | Stream:
    return observations.answer(release, name, raw)


def _dataset(release: Release, rest: str, raw: bytes) -> Answer | Stream:
    """Answer below a dataset: what it is, its observations."""
    name, _, what = rest.partition("/")
    if what == "observations":
        # A name that the release hasn't got: the others have a route of their own.
        return observations.answer(release, name, raw)
    if what:
        raise Missing(Problem(f"there is nothing at {V2}/datasets/{rest[:80]}", do="Did you mean .../observations?"))
    opened = observations.open_dataset(release, name)
    content: dict[str, Any] = {"name": name, "release": release.number, **release.entry(name)}
    content["dimensions"] = [
        entry | {"codes": _codes(opened, entry["name"])} for entry in release.entry(name)["dimensions"]
    ]
    return Answer(encode(content))


def _codes(opened: Opened, name: str) -> list[dict[str, str]]:
    codes = opened.dataset.dimension(name).codes
    return [{"code": code, "title": codes.title_of(code)} for code in opened.codes(name)]
