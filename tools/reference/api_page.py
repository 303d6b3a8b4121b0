"""The application's own description and its real answers -> the page about the API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.status import MEANINGS
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.serve import openapi
from tools.reference import questions
from tools.reference.asked import Answered, ask, release
from tools.reference.markdown import cut, render
from tools.reference.shortened import shortened

# The dataset on which what all datasets share is shown, and a question to it that has one answer.
SHOWN = "pay"
ONE_FIGURE = "soc=2134&basis=year&sex=all&pattern=all&year=2024&measure=median_gbp"

OF_ANY_DATASET = {
    "/api/v2/datasets/{name}": "About one dataset: its dimensions with their codes, measures, sources, files, counts",
    "/api/v2/datasets/{name}/observations": f"Its observations, or records; the parameters are those of `{SHOWN}`",
}

HEADERS = {
    "content-type": "What the body is.",
    "content-length": "How many bytes it has; long downloads are sent in pieces, without it.",
    "content-disposition": "The name under which a browser saves a CSV or Parquet file.",
    "etag": "Names exactly these bytes. Send it back as `If-None-Match`, and an unchanged answer is 304 with no body.",
    "cache-control": "An answer may be kept for an hour by any cache; a refusal is not kept.",
    "vary": "Compressed and plain answers differ.",
    "access-control-allow-origin": "Any web page may ask (CORS).",
    "access-control-expose-headers": "What a script on another site may read of these headers.",
    "x-content-type-options": "A browser takes the body for what it is said to be.",
    "x-lmi-release": "The release that the answer comes from.",
    "x-lmi-status": "The statuses of the figures in the answer, each once.",
    "x-lmi-note": "What else must be known: by whose text an occupation is described, what only the full release has.",
    "x-lmi-notice": "Downloads only: the licences' notices, which travel with the figures.",
    "x-lmi-year": "The year of a distribution.",
    "link": "Where the dataset is described, and under which licences it is.",
    "content-security-policy": "Pages only: they load nothing from elsewhere.",
    "referrer-policy": "Pages only: other sites aren't told where a reader came from.",
}


@dataclass(frozen=True)
class Operation:
    """One operation of the API with a real answer, and real refusals; ``most`` entries of each list are shown."""

    path: str
    summary: str
    parameters: list[Mapping[str, Any]]
    answer: Answered
    refusals: list[Answered]
    most: int = 2


def page(every: Mapping[str, Dataset]) -> str:
    """Write the page."""
    paths = openapi.document(release(), every)["paths"]
    v1 = [_v1(path, methods["get"]) for path, methods in paths.items() if path.startswith(openapi.V1)]
    v2 = [_v2(path, methods["get"]) for path, methods in _once(paths).items()]
    shown = [operation.answer for operation in [*v1, *v2]]
    return render(
        "api.md",
        "the declarations of src/lmiforall/datasets and real answers of the application",
        release=release(),
        v1=v1,
        v2=v2,
        refusals=[ask(address) for address in questions.V2_WRONG],
        empty=ask(questions.V2_EMPTY),
        transport=list(_transport(v1[0].answer.address)),
        headers=_headers([*shown, ask("/"), ask(f"/api/v2/datasets/{SHOWN}/observations?soc=2134&format=csv")]),
        meanings=MEANINGS,
        shortened=shortened,
        cut=cut,
        phrase=lambda status: HTTPStatus(status).phrase,
    )


def _v1(path: str, operation: Mapping[str, Any]) -> Operation:
    """Ask an endpoint of the old API its example, and then all that can be wrong about it."""
    example, parameters = operation["x-example"], operation["parameters"]
    answers = [ask(address) for address in questions.wrong(path, example, parameters)]
    answers += _nothing(example, operation)
    # Some parameters are ignored by some endpoints: an answer as good as the example's is no refusal.
    bad = [answer for answer in answers if answer.status != HTTPStatus.OK or '"error"' in answer.text]
    return Operation(path, operation["summary"], parameters, _fine(ask(example), operation["x-example-status"]), bad)


def _nothing(example: str, operation: Mapping[str, Any]) -> list[Answered]:
    """Find the first unit group that an endpoint has no figure for, if its answer has a form for that."""
    by_soc = any(one["name"] == "soc" and one["in"] == "query" for one in operation["parameters"])
    if not by_soc or "anyOf" not in operation["responses"]["200"]["content"]["application/json"]["schema"]:
        return []
    stem = example.partition("?")[0]
    answers = (ask(f"{stem}?soc={entry.code}") for entry in SOC2010.at_level("unit"))
    first = next((answer for answer in answers if '"error"' in answer.text), None)
    return [first] if first else []


def _v2(path: str, operation: Mapping[str, Any]) -> Operation:
    shown = path.replace("{name}", SHOWN)
    example = f"{shown}?{ONE_FIGURE}" if path.endswith("/observations") else operation.get("x-example", shown)
    status = operation.get("x-example-status", HTTPStatus.OK)
    summary = OF_ANY_DATASET.get(path, operation["summary"])
    most = 1 if path in OF_ANY_DATASET else 2
    return Operation(path, summary, operation.get("parameters", []), _fine(ask(example), status), [], most)


def _once(paths: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the paths that aren't the old API's; those of each dataset once, with ``{name}`` for its name."""
    kept: dict[str, Any] = {}
    for path, methods in paths.items():
        stem, found, rest = path.partition(f"{openapi.V2}/datasets/")
        name, _, more = rest.partition("/")
        if found and name == SHOWN:
            kept[f"{found}{{name}}{f'/{more}' if more else ''}"] = methods
        elif not found and not path.startswith(openapi.V1):
            kept[stem] = methods
    return kept


def _fine(answer: Answered, status: int = HTTPStatus.OK) -> Answered:
    if answer.status != status:
        raise Stop(Problem(f"the example answers {answer.status}", answer.address, "An example must work."))
    return answer


def _transport(example: str) -> Iterator[tuple[str, Answered]]:
    """Ask in other ways: what caches, compressors and browsers rely on."""
    etag = ask(example).headers["etag"]
    yield "The ETag of an answer, sent back", ask(example, headers={"If-None-Match": etag})
    yield "Only the headers", ask(example, "HEAD")
    yield "A browser asking whether it may ask", ask(example, "OPTIONS")
    yield "Another method", ask(example, "POST")
    yield "A long answer, compressed", replace(ask("/openapi.json", headers={"Accept-Encoding": "gzip"}), text="")
    yield "A doubled slash, as some clients send", ask(example.replace("/v1/", "/v1//"))
    yield "The root of 2013, without a version", ask(example.replace("/v1/", "/"))


def _headers(answers: list[Answered]) -> dict[str, str]:
    """Give what each header that occurs means; one that nobody has described stops the page."""
    met = dict.fromkeys(name for answer in answers for name in answer.headers)
    unknown = [name for name in met if name not in HEADERS]
    if unknown:
        raise Stop(Problem(f"the header {unknown[0]} is described nowhere", "tools/reference/api_page.py"))
    return {name: text for name, text in HEADERS.items() if name in met}
