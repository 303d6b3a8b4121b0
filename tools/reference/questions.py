"""An endpoint's declaration -> the questions that go wrong, each in one way; the API page asks them all."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

Parameter = Mapping[str, Any]

# Wrong values by a parameter's name, and else by the form that its schema asks for.
BY_NAME: Mapping[str, tuple[str, ...]] = {
    "soc": ("SW1A 1AA", "abc", "9999", "1111"),
    "code": ("SW1A 1AA", "9999", "41"),
    "filters": ("colour:1", "gender:9", "industry:1"),
    "breakdown": ("colour",),
    "filter": ("colour",),
    "filterBy": ("colour:1", "gender:9"),
    "breakdownBy": ("colour",),
    "name": ("colour",),
    "onet": ("4135",),
    "onetCodes": ("4135",),
    "skills": ("reading",),
    "weights": ("100", "-1,1"),
    "callback": ("alert(1)",),
}
BY_FORM: Mapping[str, tuple[str, ...]] = {"^[12][0-9]{3}$": ("soon",), "^(0?[1-9]|1[0-2])$": ("13",)}
BY_CHOICE = ("maybe",)

# What goes wrong below any dataset of v2, shown on one of them.
V2 = "/api/v2/datasets/pay/observations"
V2_WRONG = (
    f"{V2}?sco=2134",
    f"{V2}?soc=21345",
    f"{V2}?soc=2134&soc=2135",
    f"{V2}?measure=median",
    f"{V2}?limit=-1",
    f"{V2}?limit=20000",
    f"{V2}?offset=x",
    f"{V2}?format=xml",
    f"{V2}?soc=2134&format=parquet",
    f"{V2}?soc=%ff",
    "/api/v2/datasets/pya/observations",
    "/api/v2/datasets/pay/observation",
    "/api/v2/dataset",
    "/api/v2/search",
    "/api/v2/search?q=nurse&level=minor",
    "/api/v2/search?q=nurse&limit=100",
    "/api/v2/code?title=chef&threshold=2",
)
# A question that makes sense and has no answer: no row, and that isn't "suppressed".
V2_EMPTY = "/api/v2/datasets/employment_by_region/observations?soc=312"


def wrong(path: str, example: str, parameters: list[Parameter]) -> Iterator[str]:
    """Give an endpoint's example with each parameter wrong in turn; a required one is also left out."""
    for parameter in parameters:
        name = parameter["name"]
        if parameter["in"] == "path":
            yield from (path.replace(f"{{{name}}}", quote(value)) + _query(example) for value in _values(parameter))
            continue
        if parameter.get("required"):
            yield _with(example, name, None)
        yield from (_with(example, name, value) for value in _values(parameter))


def _values(parameter: Parameter) -> tuple[str, ...]:
    schema = parameter["schema"]
    named = BY_NAME.get(parameter["name"], ())
    return named or BY_FORM.get(schema.get("pattern", ""), ()) or (BY_CHOICE if "enum" in schema else ())


def _with(example: str, name: str, value: str | None) -> str:
    """Put a value into an address in place of the one that is there, or leave the parameter out."""
    path, _, query = example.partition("?")
    given = {key: old for key, old in parse_qsl(query) if key != name}
    asked = given if value is None else given | {name: value}
    return f"{path}?{urlencode(asked, quote_via=quote, safe=':|')}" if asked else path


def _query(example: str) -> str:
    _, mark, query = example.partition("?")
    return f"{mark}{query}"
