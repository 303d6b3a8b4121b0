"""The declarations -> OpenAPI 3.1: what may be asked, with an example each; nothing is written by hand twice."""

from collections.abc import Iterator, Mapping

from lmiforall import __version__
from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import CALLBACK, CLASSIFICATION, Endpoint, Parameter
from lmiforall.base.model import Crosswalks
from lmiforall.base.status import MEANINGS
from lmiforall.match.search.finder import MOST_HITS
from lmiforall.release.opened import Release
from lmiforall.serve import advert_words, coding, crosswalk_schema, finding, v1
from lmiforall.serve.crosswalk_files import NAME
from lmiforall.serve.query import CLASSIFICATIONS
from lmiforall.serve.shapes import TEXT, WHOLE, Schema, list_of, object_of, shape

V1, V2 = "/api/v1/", "/api/v2"

_KINDS: Mapping[str, Schema] = {
    "code": {"type": "string", "pattern": "^[1-9][0-9]{0,3}$"},
    "year": {"type": "string", "pattern": "^[12][0-9]{3}$"},
    "yes_no": {"type": "string", "enum": ["true", "false", "1", "0"]},
    "region": {"type": "string", "pattern": "^(0?[1-9]|1[0-2])$"},
    "onet": {"type": "string", "pattern": r"^\d\d-\d{4}\.\d\d(,\d\d-\d{4}\.\d\d)*$"},
    "classification": {"type": "string", "enum": list(CLASSIFICATIONS)},
    "text": {"type": "string", "maxLength": 2000},
}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
    "description": "What was wrong; v2 adds where it was and what to do.",
}


def document(release: Release, every: Mapping[str, Dataset], *, adverts: bool = False) -> Schema:
    """Describe every route of the service; those of adverts where it has a store of them."""
    endpoints = sorted((endpoint for _, endpoint in v1.endpoints(every)), key=lambda endpoint: endpoint.path)
    paths = {f"{V1}{endpoint.path}": {"get": _v1(endpoint)} for endpoint in endpoints}
    paths |= {
        f"{V2}/datasets": {"get": _plain("List the datasets", {"type": "object"})},
        f"{V2}/release": {"get": _plain("Say which release this is", {"type": "object"})},
        finding.PATH: {"get": _search()},
        coding.PATH: {"get": _code_one(release), "post": _code_many(release)},
        "/api-docs": {"get": _plain("List the resources of v1, as Swagger 1.2", {"type": "object"}, "v1")},
        "/healthz": {"get": _plain("Is the process alive?", {"type": "object"})},
        "/readyz": {"get": _plain("Can it answer, and from which release?", {"type": "object"})},
    }
    if (declared := every.get(NAME)) and isinstance(declared.model, Crosswalks):
        found = crosswalk_schema.operations(release, declared.model)
        paths |= {path: {"get": _crosswalk(operation)} for path, operation in found.items()}
    if adverts:
        paths |= _adverts()
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


def _adverts() -> Schema:
    paths: Schema = {}
    for path, summary, parameters in advert_words.ROUTES:
        described = _plain(summary, {"type": "object"})
        if path == "/feed":
            content = described["responses"]["200"]["content"]
            content["application/feed+json"] = content.pop("application/json")
        paths[f"{advert_words.V2}{path}"] = {"get": described | {"parameters": [_parameter(one) for one in parameters]}}
    return paths


def examples(every: Mapping[str, Dataset]) -> Iterator[str]:
    """Give the example of each endpoint of the old API that answers with 200, as a path with its query."""
    for _, endpoint in v1.endpoints(every):
        if getattr(endpoint, "status", 200) == 200:
            yield V1 + endpoint.example


def _v1(endpoint: Endpoint) -> Schema:
    return {
        "tags": ["v1"],
        "summary": endpoint.summary,
        "operationId": endpoint.path.replace("{", "by_").replace("}", "").replace("/", "_"),
        "parameters": [_parameter(parameter) for parameter in (*endpoint.parameters, CLASSIFICATION, CALLBACK)],
        "responses": _with_script(_responses(shape(endpoint))),
        "x-example": V1 + endpoint.example,
        "x-example-status": getattr(endpoint, "status", 200),
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
        "403": {"description": "A key is wrong, or a quota is spent, where the server has any.", "content": _error()},
        "404": {"description": "There is no such thing.", "content": _error()},
    }


def _with_script(responses: Schema) -> Schema:
    """Add the answer to ``callback``; and 404, where there is nothing, has its reason as an answer of v1 has."""
    responses["200"]["content"]["application/javascript"] = {"schema": TEXT}
    return responses


def _error() -> Schema:
    return {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def _plain(summary: str, schema: Schema, tag: str = "v2") -> Schema:
    return {"tags": [tag], "summary": summary, "responses": _responses(schema)}


def _search() -> Schema:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": finding.USUALLY}
    asked: tuple[tuple[str, str, Schema], ...] = (
        ("q", "What somebody types: a title or its beginning, in any order of words, with errors; or a code", TEXT),
        ("classification", "Which codes are given", {"type": "string", "enum": list(finding.CLASSIFICATIONS)}),
        ("level", "unit: unit groups only", {"type": "string", "enum": list(finding.LEVELS_ASKED)}),
        ("limit", "How many hits are given at most", limit),
    )
    matched = object_of(title=TEXT, source=TEXT, how=TEXT)
    hit = object_of(code=TEXT, level=TEXT, title=TEXT, relevance={"type": "number"}, matched=matched)
    return {
        "tags": ["v2"],
        "summary": "Find occupations by the words of a job title, as it is typed",
        "parameters": [
            {"name": name, "in": "query", "required": name == "q", "description": about, "schema": schema}
            for name, about, schema in asked
        ],
        "responses": _responses(object_of(q=TEXT, classification=TEXT, release=TEXT, hits=list_of(hit))),
        "x-example": f"{finding.PATH}?q=dental+nurses&limit=2",
    }


_ABOUT = {
    "title": "The job title, as it is written",
    "description": "What the job is, in words; it counts a little beside the title",
    "industry": "The industry in words, such as hotels",
    "pay": "What it pays, such as 25,000 a year, £12.50 an hour or 30-35k; it counts a little",
    "qualification": "The qualification asked, such as degree, A levels or level 3; it counts a little",
}
_THRESHOLD = {"type": "number", "minimum": 0, "maximum": 1, "default": 0}
_BELOW = "Below this probability the narrowest wider group that reaches it is given, or none"


def _code_one(release: Release) -> Schema:
    parameters = [
        {"name": name, "in": "query", "required": name == "title", "description": about, "schema": TEXT}
        for name, about in _ABOUT.items()
    ]
    parameters.append({"name": "threshold", "in": "query", "description": _BELOW, "schema": _THRESHOLD})
    return {
        "tags": ["v2"],
        "summary": "Code a job title to unit groups of SOC2020 and SOC2010, with their probabilities",
        "parameters": parameters,
        "responses": _responses(_coded()),
        "x-example": f"{coding.PATH}?title=head+chef&threshold=0.7",
        "x-example-status": 200 if coding.has_coder(release) else 404,
    }


def _code_many(release: Release) -> Schema:
    fields = {name: TEXT | {"description": about} for name, about in _ABOUT.items()}
    job = {"type": "object", "properties": fields, "additionalProperties": False}
    jobs = list_of(job) | {"minItems": 1, "maxItems": coding.MOST_JOBS}
    threshold = {**_THRESHOLD, "description": _BELOW}
    body = {"type": "object", "properties": {"jobs": jobs, "threshold": threshold}, "required": ["jobs"]}
    too_long = {"description": "The body is longer than 16 MiB.", "content": _error()}
    return {
        "tags": ["v2"],
        "summary": f"Code up to {coding.MOST_JOBS:,} jobs at once; one that can't be read has an error in its place",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": body | {"additionalProperties": False},
                    "example": {"jobs": [{"title": "head chef"}, {"title": "nurse, paediatric"}], "threshold": 0.7},
                }
            },
        },
        "responses": {**_responses(_coded()), "413": too_long},
        "x-example-status": 200 if coding.has_coder(release) else 404,
    }


def _coded() -> Schema:
    choice = object_of(code=TEXT, level=TEXT, title=TEXT, probability={"type": "number"})
    groups: dict[str, Schema] = {}
    for name in finding.CLASSIFICATIONS:
        groups |= {name: {"anyOf": [choice, {"type": "null"}]}, f"{name}_alternatives": list_of(choice)}
    result = {"anyOf": [object_of(**groups, evidence=TEXT, reason=TEXT), object_of(error=TEXT)]}
    return object_of(release=TEXT, threshold={"type": "number"}, results=list_of(result))


def _crosswalk(operation: Schema) -> Schema:
    described = _plain(operation["summary"], operation["schema"])
    if "parameters" in operation:
        described["parameters"] = operation["parameters"]
        described |= {"x-example": operation["example"], "x-example-status": operation["status"]}
    return described


def _observations(release: Release, name: str, dataset: Dataset) -> Schema:
    keys = [(dimension.name, dimension.label or dimension.codes.title) for dimension in dataset.dimensions]
    keys += [("measure", "What is measured")] if dataset.of_figures else []
    parameters: list[Schema] = [
        {"name": key, "in": "query", "description": f"{label}: codes, joined by commas", "schema": TEXT}
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
    if dataset.of_figures:
        parameters += [
            {
                "name": "coarsen",
                "in": "query",
                "description": "never: give a withheld figure as missing, not a wider group's in its place",
                "schema": {"type": "string", "enum": ["never"]},
            },
            {
                "name": "quality",
                "in": "query",
                "description": "any: give figures that are too uncertain for practical use, too",
                "schema": {"type": "string", "enum": ["any"]},
            },
        ]
    page = object_of(
        dataset=TEXT, release=TEXT, total=WHOLE, observations=list_of({"$ref": "#/components/schemas/Observation"})
    )
    page["properties"]["next"] = TEXT
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
            "unit": TEXT,
            "mark": {"type": "string", "description": "The publisher's own sign in place of a number."},
            "quality": {"type": "object"},
            "interval": {"type": "object"},
            "withheld_by": {"type": "string", "description": "The rule by which this service withholds the figure."},
            "instead_of": {
                "type": "object",
                "description": "Where it is a wider group's figure: the codes that were asked for, and why not theirs.",
            },
            "origin": {"type": "object", "description": "File, sheet and cell; or the method and its inputs."},
        },
    }
