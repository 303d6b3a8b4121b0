"""The declarations -> Swagger 1.2, as the old service described itself: a list of resources, and one by one.

SOURCE: contract, section 0.2: the form is that of 2016. Where it was served isn't known; here it is ``/api-docs``.
"""

from collections.abc import Mapping
from typing import Any

from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import Endpoint, Parameter
from lmiforall.base.problem import Problem
from lmiforall.serve import v1
from lmiforall.serve.answer import Answer, Missing, encode, found
from lmiforall.serve.shapes import shape

PATH = "/api-docs"
_ABOUT = {"apiVersion": "1.0.0", "swaggerVersion": "1.2"}

# What a client that is generated from the declarations calls its methods, as far as the old names are known; the others
# are called after their paths. SOURCE: contract, sections 1, 4 and 5: a client generated in 2013, a copy of 2016.
NICKNAMES = {
    "soc/search": "find",
    "soc/code/{code}": "getSOCInfo",
    "wf/predict": "predictEmployment",
    "ess/region/{region}/{soc}": "getESSRegion",
    "ess/uk/{soc}": "getESS",
}


def resources(every: Mapping[str, Dataset]) -> dict[str, list[Endpoint]]:
    """Give the endpoints of each resource: the first part of their paths."""
    grouped: dict[str, list[Endpoint]] = {}
    for _, endpoint in v1.endpoints(every):
        grouped.setdefault(endpoint.path.partition("/")[0], []).append(endpoint)
    return grouped


def listing(every: Mapping[str, Dataset]) -> Answer:
    """List the resources."""
    return found({**_ABOUT, "apis": [{"path": f"/{name}"} for name in sorted(resources(every))]})


def declaration(every: Mapping[str, Dataset], name: str) -> Answer:
    """Describe one resource."""
    grouped = resources(every)
    if name not in grouped:
        raise Missing(Problem(f"there is no resource {name[:40]!r}", do=f"Known are: {', '.join(sorted(grouped))}"))
    content = {
        **_ABOUT,
        "basePath": "/api/v1",
        "resourcePath": f"/{name}",
        "produces": ["application/json"],
        "consumes": ["application/json"],
        "protocols": ["http", "https"],
        "apis": [
            {"path": f"/{endpoint.path}", "operations": [_operation(endpoint)]}
            for endpoint in sorted(grouped[name], key=lambda endpoint: endpoint.path)
        ],
    }
    return Answer(encode(content))


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    path, schema = endpoint.path, shape(endpoint)
    listed = {"type": "array", "items": {"type": schema.get("items", {}).get("type", "object")}}
    return {
        "method": "GET",
        "summary": endpoint.summary,
        "notes": endpoint.note or getattr(endpoint, "why", ""),
        "nickname": NICKNAMES.get(path, path.replace("{", "by_").replace("}", "").replace("/", "_").replace("-", "")),
        **(listed if schema.get("type") == "array" else {"type": "object"}),
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    kinds: Mapping[str, dict[str, Any]] = {
        "code": {"type": "integer", "format": "int32"},
        "year": {"type": "integer", "format": "int32"},
        "region": {"type": "integer", "format": "int32"},
        "yes_no": {"type": "boolean", "defaultValue": "false"},
    }
    return {
        "name": parameter.name,
        "description": parameter.about,
        "required": parameter.required,
        "paramType": "path" if parameter.in_path else "query",
        **kinds.get(parameter.kind, {"type": "string"}),
    }
