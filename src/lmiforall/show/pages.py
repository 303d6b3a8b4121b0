"""The pages about the data and the API, by path; rendered from the catalogue and the declarations."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem
from lmiforall.base.status import MEANINGS
from lmiforall.release.opened import Release
from lmiforall.serve import openapi
from lmiforall.serve.answer import Answer, Missing

Handler = Callable[[str, bytes], Answer]

HTML = "text/html; charset=UTF-8"

# The pages run a script of their own only (the explorer's), and nothing from elsewhere.
POLICY = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'",
    ),
    ("Referrer-Policy", "no-referrer"),
)

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
        return page("dataset.html", **about_dataset(release, every[name]))

    listed = [{"name": name, **release.entry(name)} for name in release]
    return {
        "/": lambda _, __: page("home.html", examples=sorted(openapi.examples(_in(release, every)))),
        "/datasets": lambda _, __: page("datasets.html", datasets=listed),
        "/datasets/": dataset,
        "/docs": lambda _, __: page("api.html", operations=operations(release, every), meanings=MEANINGS),
        "/style.css": lambda _, __: _file("style.css", "text/css; charset=UTF-8"),
        "/explorer.js": lambda _, __: _file("explorer.js", "text/javascript; charset=UTF-8"),
    }


def about_dataset(release: Release, dataset: Dataset) -> dict[str, Any]:
    """Collect what a data page shows: the catalogue's entry, the notes, the codes of each dimension."""
    opened = release.dataset(dataset.name)
    dimensions = [
        {
            **entry,
            "shown": [
                (code, dataset.dimension(entry["name"]).codes.title_of(code))
                for code in opened.codes(entry["name"])[:12]
            ],
        }
        for entry in release.entry(dataset.name)["dimensions"]
    ]
    return {
        "name": dataset.name,
        "entry": release.entry(dataset.name),
        "dimensions": dimensions,
        "notes": paragraphs(dataset.notes.read_text("utf-8")),
        "meanings": MEANINGS,
        "example": _example(release, dataset),
    }


def paragraphs(notes: str) -> list[tuple[str, str]]:
    """Take notes apart: (kind, text), where kind is ``p`` or ``li``; the first heading is the page's own."""
    found: list[tuple[str, str]] = []
    for line in notes.splitlines():
        text = line.strip().replace("**", "").replace("`", "")
        if not text or text.startswith("#"):
            found.append(("", ""))
        elif text.startswith("- "):
            found.append(("li", text[2:]))
        elif found and found[-1][0]:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
        else:
            found.append(("p", text))
    return [(kind, text) for kind, text in found if kind]


def operations(release: Release, every: Mapping[str, Dataset]) -> list[dict[str, Any]]:
    """List the operations of the OpenAPI description, each with an example, for the page that people read."""
    paths = openapi.document(release, every)["paths"]
    return [
        {"path": path, "example": operation.get("x-example", path), "parameters": [], **operation}
        for path, methods in paths.items()
        for operation in [methods["get"]]
    ]


def _example(release: Release, dataset: Dataset) -> str:
    opened = release.dataset(dataset.name)
    first = opened.keys[0]
    return f"/api/v2/datasets/{dataset.name}/observations?{first}={opened.codes(first)[0]}&limit=5"


def _in(release: Release, every: Mapping[str, Dataset]) -> dict[str, Dataset]:
    return {name: every[name] for name in release}


def _file(name: str, kind: str) -> Answer:
    source, _, _ = _TEMPLATES.loader.get_source(_TEMPLATES, name)  # type: ignore[union-attr]
    return Answer(source.encode("utf-8"), kind=kind)
