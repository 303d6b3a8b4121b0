"""The declared crosswalks -> their part of the OpenAPI description: the list, whole files, one code."""

from lmiforall.base.model import BASES, Crosswalks
from lmiforall.release.opened import Release
from lmiforall.serve.crosswalk_files import FORMATS, NAME
from lmiforall.serve.crosswalks import EXAMPLE, PATH
from lmiforall.serve.shapes import NUMBER, TEXT, WHOLE, Schema, list_of, object_of


def operations(release: Release, model: Crosswalks) -> dict[str, Schema]:
    """Give of each path what is its own: summary, parameters, the schema of its answer, an example."""
    ends = [_end(name, [scheme.name for scheme in model.schemes]) for name in ("from", "to")]
    held = 200 if NAME in release else 404
    code = {
        "name": "code",
        "in": "path",
        "required": True,
        "description": "A code of the first: " + "; ".join(f"{scheme.name}: {scheme.form}" for scheme in model.schemes),
        "schema": TEXT,
    }
    least = {
        "name": "least",
        "in": "query",
        "description": "Only targets with at least this weight; `left_out` then counts the others",
        "schema": {"type": "number", "minimum": 0, "maximum": 1, "default": 0},
    }
    form = {
        "name": "format",
        "in": "query",
        "description": "csv or json; a code without a target stands at the end",
        "schema": {"type": "string", "enum": list(FORMATS), "default": "json"},
    }
    whole = EXAMPLE.rsplit("/", 1)[0]
    return {
        PATH: {"summary": "List the crosswalks between classifications of occupations", "schema": _list()},
        f"{PATH}/{{from}}/{{to}}": {
            "summary": "A whole crosswalk: every link with its weight",
            "parameters": [*ends, form],
            "schema": _whole(),
            "example": f"{whole}?format=csv",
            "status": held,
        },
        f"{PATH}/{{from}}/{{to}}/{{code}}": {
            "summary": "The codes of another classification that a code is, with weights, quality and lineage",
            "parameters": [*ends, code, least],
            "schema": _one(),
            "example": EXAMPLE,
            "status": held,
        },
    }


def _end(name: str, schemes: list[str]) -> Schema:
    about = {"from": "The classification of the code", "to": "The classification that is wanted"}[name]
    schema = {"type": "string", "enum": schemes}
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema}


def _way() -> Schema:
    quality: Schema = {"type": "string", "enum": ["published", "estimated", "in equal parts"]}
    basis: Schema = {"type": "string", "enum": list(BASES)}
    step = object_of(**{"from": TEXT, "to": TEXT, "basis": basis, "meaning": TEXT, "dataset": TEXT})
    step["properties"] |= {"sources": list_of({"type": "object"}), "method": TEXT, "inputs": list_of(TEXT)}
    return object_of(quality=quality, way=list_of(step))


def _list() -> Schema:
    pair = object_of(**{"from": TEXT, "to": TEXT, "ways": list_of(object_of(through=list_of(TEXT), quality=TEXT))})
    scheme = object_of(scheme=TEXT, title=TEXT, code=TEXT)
    return object_of(release=TEXT, held={"type": "boolean"}, schemes=list_of(scheme), crosswalks=list_of(pair))


def _whole() -> Schema:
    link = object_of(code=TEXT, title=TEXT)
    link["properties"] |= {name: {"type": ["string", "null"]} for name in ("target", "target_title")}
    link["properties"] |= {name: {"type": ["number", "null"]} for name in ("weight", "back")}
    return object_of(**{"release": TEXT, "from": TEXT, "to": TEXT, "ways": list_of(_way()), "links": list_of(link)})


def _one() -> Schema:
    relation: Schema = {
        "type": "string",
        "enum": ["none", "one to one", "one to many", "many to one", "many to many"],
    }
    whole = object_of(
        **{
            "release": TEXT,
            "from": object_of(scheme=TEXT, code=TEXT, title=TEXT),
            "to": object_of(scheme=TEXT),
            "relation": relation,
            "targets": list_of(object_of(code=TEXT, title=TEXT, weight=NUMBER, back=NUMBER)),
            "left_out": WHOLE,
            "arrives": NUMBER,
            "returns": NUMBER,
        }
    )
    way = _way()
    whole["properties"] |= {**way["properties"], "why": TEXT}
    whole["required"] += way["required"]
    return whole
