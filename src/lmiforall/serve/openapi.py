"""The declarations -> OpenAPI 3.1: what may be asked, with an example each; nothing is written by hand twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from lmiforall import __version__
from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import (
    Breakdown,
    Demand,
    Distribution,
    Endpoint,
    Forecast,
    Lookup,
    Parameter,
    Search,
    Series,
)
from lmiforall.base.status import MEANINGS
from lmiforall.release.opened import Release

V1, V2 = "/api/v1/", "/api/v2"

Schema = dict[str, Any]

_KINDS: Mapping[str, Schema] = {
    "code": {"type": "string", "pattern": "^[1-9][0-9]{0,3}$"},
    "year": {"type": "string", "pattern": "^[12][0-9]{3}$"},
    "yes_no": {"type": "string", "enum": ["true", "false", "1", "0"]},
    "text": {"type": "string", "maxLength": 2000},
}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
    "description": "What was wrong; v2 adds where it was and what to do.",
}


def document(release: Release, every: Mapping[str, Dataset]) -> Schema:
    """Describe every route of the service."""
    paths = {f"{V1}{endpoint.path}": {"get": _v1(endpoint)} for name in release for endpoint in every[name].endpoints}
    paths |= {
        f"{V2}/datasets": {"get": _plain("List the datasets", {"type": "object"})},
        f"{V2}/release": {"get": _plain("Say which release this is", {"type": "object"})},
        "/healthz": {"get": _plain("Is the process alive?", {"type": "object"})},
        "/readyz": {"get": _plain("Can it answer, and from which release?", {"type": "object"})},
    }
    for name in release:
        paths[f"{V2}/datasets/{name}"] = {"get": _plain(f"About {every[name].title}", {"type": "object"})}
        paths[f"{V2}/datasets/{name}/observations"] = {"get": _observations(release, name, every[name])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "LMI for All",
            "version": __version__,
            "summary": "Official statistics about work in the UK, linked by occupation.",
            "description": "An independent service; what it models is not an official statistic. "
            "`/api/v1` speaks as the old LMI for All did (SOC2010); `/api/v2` gives every figure unrounded, "
            "with its status and its origin. Every answer names the release that it comes from.",
            "license": {"name": "MIT (code); the licence of each dataset travels with it", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {"Error": _ERROR, "Observation": _observation()}},
    }


def examples(every: Mapping[str, Dataset]) -> Iterator[str]:
    """Give the example of each endpoint as a path with its query."""
    for dataset in every.values():
        for endpoint in dataset.endpoints:
            yield V1 + endpoint.example


def _v1(endpoint: Endpoint) -> Schema:
    return {
        "tags": ["v1"],
        "summary": endpoint.summary,
        "operationId": endpoint.path.split("{")[0].strip("/").replace("/", "_"),
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        "responses": _responses(shape(endpoint)),
        "x-example": V1 + endpoint.example,
    }


def _parameter(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": dict(_KINDS[parameter.kind]),
    }


def _responses(schema: Schema) -> Schema:
    return {
        "200": {
            "description": "The answer; `X-LMI-Status` says what its figures are, `X-LMI-Release` whence they come.",
            "headers": {name: {"schema": {"type": "string"}} for name in ("ETag", "X-LMI-Release", "X-LMI-Status")},
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "It is as it was: the ETag that was sent still holds."},
        "400": {"description": "Something was wrong.", "content": _error()},
        "404": {"description": "There is no such thing.", "content": _error()},
    }


def _error() -> Schema:
    return {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def _plain(summary: str, schema: Schema) -> Schema:
    return {"tags": ["v2"], "summary": summary, "responses": _responses(schema)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


_WHOLE: Schema = {"type": "integer"}
_NUMBER: Schema = {"type": "number"}
_TEXT: Schema = {"type": "string"}


def shape(endpoint: Endpoint) -> Schema:
    """Give the schema of an endpoint's answer; a known code without figures has ``error`` in their place."""
    nothing = _object(soc=_WHOLE, error=_TEXT)
    if isinstance(endpoint, Series):
        broken_down = _object(year=_WHOLE, breakdown=_list({"type": "object"}))
        year = {"anyOf": [_object(year=_WHOLE, **{endpoint.figure: _WHOLE}), broken_down]}
        return {"anyOf": [_object(soc=_WHOLE, series=_list(year)), nothing]}
    if isinstance(endpoint, Distribution):
        deciles = {"type": "object", "additionalProperties": _NUMBER}
        return {"anyOf": [_object(median=_NUMBER, deciles=deciles), nothing]}
    if isinstance(endpoint, Forecast):
        return _object(soc=_WHOLE, predictedEmployment=_list(_object(year=_WHOLE, employment=_WHOLE)))
    if isinstance(endpoint, Breakdown):
        part = _object(code=_WHOLE, name=_TEXT, employment=_WHOLE)
        part["properties"]["note"] = _TEXT
        year = _object(year=_WHOLE, breakdown=_list(part))
        return _object(soc=_WHOLE, breakdown=_TEXT, predictedEmployment=_list(year))
    if isinstance(endpoint, Demand):
        return {"anyOf": [_object(soc=_WHOLE, start_year=_WHOLE, end_year=_WHOLE, rate=_NUMBER), nothing]}
    if isinstance(endpoint, Lookup | Search):
        texts = {key: _list(_TEXT) if key == "add_titles" else _TEXT for key in endpoint.fields}
        record = _object(soc=_WHOLE, **texts)
        return _list(record) if isinstance(endpoint, Search) else record
    raise TypeError(f"no schema is known for {type(endpoint).__name__}")


def _observations(release: Release, name: str, dataset: Dataset) -> Schema:
    keys = [(dimension.name, dimension.label or dimension.codes.title) for dimension in dataset.dimensions]
    keys += [("measure", "What is measured")] if dataset.of_figures else []
    parameters: list[Schema] = [
        {"name": key, "in": "query", "description": f"{label}: codes, joined by commas", "schema": _TEXT}
        for key, label in keys
    ]
    parameters += [
        {
            "name": "limit",
            "in": "query",
            "description": "How many rows a page has at most",
            "schema": {"type": "integer", "minimum": 0, "maximum": 10_000, "default": 1000},
        },
        {
            "name": "offset",
            "in": "query",
            "description": "How many rows are skipped; `next` in an answer is the address of the next page",
            "schema": {"type": "integer", "minimum": 0, "default": 0},
        },
        {
            "name": "format",
            "in": "query",
            "description": "csv gives all rows that were asked for; parquet the whole dataset, without any codes",
            "schema": {"type": "string", "enum": ["json", "csv", "parquet"], "default": "json"},
        },
    ]
    page = _object(
        dataset=_TEXT, release=_TEXT, total=_WHOLE, observations=_list({"$ref": "#/components/schemas/Observation"})
    )
    page["properties"]["next"] = _TEXT
    return {
        "tags": ["v2"],
        "summary": dataset.title,
        "description": f"{dataset.summary} {release.entry(name)['rows']:,} rows.",
        "parameters": parameters,
        "responses": _responses(page),
    }


def _observation() -> Schema:
    return {
        "type": "object",
        "required": ["status", "origin"],
        "properties": {
            "status": {
                "type": "string",
                "enum": [str(status) for status in MEANINGS],
                "description": " ".join(f"{status}: {meaning}" for status, meaning in MEANINGS.items()),
            },
            "value": {"type": ["number", "null"]},
            "unit": _TEXT,
            "mark": {"type": "string", "description": "The publisher's own sign in place of a number."},
            "quality": {"type": "object"},
            "interval": {"type": "object"},
            "origin": {"type": "object", "description": "File, sheet and cell; or the method and its inputs."},
        },
    }
