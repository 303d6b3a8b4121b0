"""The pages about the data and the API, by path; rendered from the catalogue, the declarations and answers."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Dataset, Dimension
from lmiforall.base.problem import Problem
from lmiforall.base.status import MEANINGS, SHADED
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import observations, openapi
from lmiforall.serve.answer import Answer, Missing
from lmiforall.show import coding, notes

Handler = Callable[[str, bytes], Answer]

HTML = "text/html; charset=UTF-8"

# The pages run scripts of their own only, and nothing from elsewhere.
POLICY = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'",
    ),
    ("Referrer-Policy", "no-referrer"),
)

# What the pages run: answer.js is what the other two share.
SCRIPTS = ("answer.js", "docs.js", "explorer.js")

# What people ask for most, in the order in which one question leads to the next. The start page has these, and the
# explorer and the API's page begin with them.
FOREMOST = (
    "soc/search",
    "soc/code/{code}",
    "ashe/estimatePay",
    "ashe/estimateHours",
    "wf/predict",
    "wf/predict/breakdown/{filter}",
    "wf/replacement_demand",
    "o-net/soc2onet/{soc}",
    "o-net/skills/{onet}",
)

# So many codes of a list are shown at once, and of a list that isn't longer than the second all can be unfolded.
FIRST_CODES, MOST_CODES = 8, 600
FIRST_ROWS = 5
LONGEST_CELL = 80

_TEMPLATES = Environment(
    loader=PackageLoader("lmiforall.show"), autoescape=select_autoescape(), undefined=StrictUndefined, trim_blocks=True
)


def handlers(release: Release, every: Mapping[str, Dataset]) -> dict[str, Handler]:
    """Give a handler for each page."""

    def page(template: str, **more: Any) -> Answer:
        about = {"release": release.number, "kind": release.kind, "names": list(release)}
        body = _TEMPLATES.get_template(template).render(**about, **more)
        return Answer(body.encode("utf-8"), kind=HTML, headers=POLICY)

    def dataset(rest: str, _raw: bytes) -> Answer:
        name, dot, _ending = rest.partition(".")
        if dot or name not in release:
            raise Missing(Problem(f"there is no dataset {rest[:80]!r}", do="See /datasets"))
        return page("dataset.html", **about_dataset(release, every, every[name]))

    listed = sorted(({"name": name, **release.entry(name)} for name in release), key=lambda entry: entry["title"])
    return {
        "/": lambda _, __: page("home.html", asked=operations(release, every)["old"][: len(FOREMOST)]),
        "/datasets": lambda _, __: page("datasets.html", datasets=listed),
        "/datasets/": dataset,
        "/code": lambda _, raw: page("code.html", **coding.shown(release, raw)),
        "/docs": lambda _, __: page("api.html", **operations(release, every), meanings=MEANINGS),
        "/style.css": lambda _, __: _file("style.css", "text/css; charset=UTF-8"),
        "/explorer": lambda _, __: page("explorer.html", **operations(release, every)),
        **{f"/{name}": partial(_script, name) for name in SCRIPTS},
        "/icon.svg": lambda _, __: _file("icon.svg", "image/svg+xml"),
    }


def about_dataset(release: Release, every: Mapping[str, Dataset], dataset: Dataset) -> dict[str, Any]:
    """Collect what a data page shows: the catalogue's entry, the notes, the first rows, codes, rules."""
    opened = release.dataset(dataset.name)
    return {
        "name": dataset.name,
        "entry": release.entry(dataset.name),
        "dimensions": [
            entry | codes(opened, dataset.dimension(entry["name"]))
            for entry in release.entry(dataset.name)["dimensions"]
        ],
        "notes": notes.as_html(dataset.notes.read_text("utf-8")),
        "rows": first_rows(release, dataset),
        "marks": list(dict.fromkeys(mark for source in dataset.sources for mark in source.marks)),
        "rules": dataset.withhold,
        "left_out": list(dict.fromkeys(one.because for one in dataset.left_out)),
        "used_by": [name for name in release if dataset.name in every[name].inputs],
        "meanings": MEANINGS,
        "shaded": SHADED,
        "example": f"/api/v2/datasets/{dataset.name}/observations?limit={FIRST_ROWS}",
    }


def codes(opened: Opened, dimension: Dimension) -> dict[str, Any]:
    """Give the codes of a dimension that occur: the first, and all of a list that isn't too long."""
    met = [(code, dimension.codes.title_of(code)) for code in opened.codes(dimension.name)]
    closed = isinstance(dimension.codes, CodeList) and FIRST_CODES < len(met) <= MOST_CODES
    return {"first": met[:FIRST_CODES], "all": met if closed else []}


def first_rows(release: Release, dataset: Dataset) -> dict[str, Any]:
    """Ask the API for the first rows, as a table: what the figures or records look like.

    A dimension that says "everyone" in each of them is left out, and so are origin and quality, which are no text.
    """
    answer = observations.answer(release, dataset.name, f"limit={FIRST_ROWS}".encode())
    if not isinstance(answer, Answer):
        raise TypeError("a page of observations is no stream")
    rows = json.loads(answer.body)["observations"]
    everyone = {dimension.name: {dimension.default} for dimension in dataset.dimensions if dimension.default}
    kept = [name for name in rows[0] if {str(row.get(name)) for row in rows} != everyone.get(name)]
    kept = [name for name in kept if name not in ("origin", "quality", "interval")]
    return {"names": kept, "rows": [[_cell(row.get(name)) for name in kept] for row in rows]}


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} ..."


def operations(release: Release, every: Mapping[str, Dataset]) -> dict[str, list[dict[str, Any]]]:
    """Sort the operations of the OpenAPI description for people: the old API, the new one, each dataset's figures."""
    sorted_: dict[str, list[dict[str, Any]]] = {"old": [], "new": [], "figures": []}
    for path, methods in openapi.document(release, every)["paths"].items():
        operation = {"path": path, "example": path, "parameters": []} | methods["get"]
        operation["example"] = operation.get("x-example", path)
        if path.startswith(openapi.V1):
            sorted_["old"].append(operation)
        elif path.endswith("/observations"):
            sorted_["figures"].append(operation | {"example": f"{path}?limit={FIRST_ROWS}"})
        elif not path.startswith(f"{openapi.V2}/datasets/"):
            sorted_["new"].append(operation)
    return {kind: sorted(found, key=_place) for kind, found in sorted_.items()}


def _place(operation: Mapping[str, Any]) -> tuple[int, str]:
    """Say where an operation stands in a list: the foremost in their order, then the others by their paths."""
    path = str(operation["path"])
    name = path.removeprefix(openapi.V1)
    return (FOREMOST.index(name) if name in FOREMOST else len(FOREMOST), path)


def _script(name: str, _rest: str, _raw: bytes) -> Answer:
    return _file(name, "text/javascript; charset=UTF-8")


def _file(name: str, kind: str) -> Answer:
    source, _, _ = _TEMPLATES.loader.get_source(_TEMPLATES, name)  # type: ignore[union-attr]
    return Answer(source.encode("utf-8"), kind=kind)
