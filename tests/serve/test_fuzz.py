"""Requests drawn by chance, from the description and against it: never a 5xx, every answer as it is described."""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.serve.openapi import examples
from lmiforall.serve.v1 import endpoints
from tests.serve.asking import Asker, asking

# With `--times 10`, as `make prove` runs it, these are 20,000 each.
DESCRIBED = HOSTILE = 2_000

NASTY = (
    *(
        "",
        " ",
        "\x00",
        "%",
        "%zz",
        "%ff",
        "%00",
        "\ufffe",
        "\u202e",
        "é" * 500,
        "a" * 9000,
        "𝟜𝟙𝟛𝟝",
        "٤١٣٥",
        "4135\n",
        "+4135",
    ),
    *(
        "'; DROP TABLE titles; --",
        '" OR ""="',
        "NEAR(a b)",
        "title:*",
        "a* OR",
        "^a",
        "(",
        ")",
        "AND",
        "-1",
        "1e9",
        "NaN",
    ),
    *(
        "../../etc/passwd",
        "..%2f..%2f",
        "//",
        "{soc}",
        "${7*7}",
        "<script>alert(1)</script>",
        "[]",
        "a,b|c:d",
        "::",
        "|,|",
    ),
    *("2147483648", "9" * 400, "0x1037", "4135.0", "true", "null", "undefined", "soc2020", "gender:1|gender:2"),
)


def put(asker: Asker, operation: Any, most: int, start: int) -> int:
    """Draw so many requests from the description of an operation, and give how many there were."""
    asked = 0

    @seed(start)
    @given(case=operation.as_strategy())
    @settings(
        max_examples=most, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck)
    )
    def one(case: schemathesis.Case) -> None:
        nonlocal asked
        asked += 1
        # A download is the whole table; its headers hold a copyright sign, which this client can't read.
        if case.query:
            case.query.pop("format", None)
        arguments = case.as_transport_kwargs(base_url="http://testserver")
        arguments.pop("cookies", None)
        response = asker.request(**arguments)
        checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
        case.validate_response(response, checks=checks)

    one()
    return asked


def test_what_is_asked_by_the_description_is_answered_by_it(full_client: TestClient, times: int) -> None:
    schema = schemathesis.openapi.from_dict(full_client.get("/openapi.json").json())
    operations = [found.ok() for found in schema.get_all_operations()]
    wanted = DESCRIBED * times
    each = wanted // len(operations) + 1
    with asking(full_client.app) as asker:
        asked = [put(asker, operation, each, 4135) for operation in operations]
        # Some operations take nothing, or one of a few things: what is left over is asked of the others.
        rich = [operation for operation, count in zip(operations, asked, strict=True) if count >= each]
        more = -(-max(0, wanted - sum(asked)) // len(rich))
        assert rich
        if more:
            asked += [put(asker, operation, more, 2017) for operation in rich]
    assert sum(asked) >= wanted


def hostile(chance: random.Random) -> Iterator[str]:
    """Give addresses of which some part is none that anybody should ask."""
    known = [*examples(datasets.every()), *(f"/api/v1/{one.path}" for _, one in endpoints(datasets.every()))]
    names = [parameter.name for _, one in endpoints(datasets.every()) for parameter in one.parameters]
    while True:
        path, _, query = chance.choice(known).partition("?")
        pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
        for _ in range(chance.randint(1, 4)):
            kind, nasty = chance.randint(0, 4), chance.choice(NASTY)
            if kind == 0 and pairs:
                place = chance.randrange(len(pairs))
                pairs[place] = (pairs[place][0], nasty)
            elif kind == 1:
                pairs.append((chance.choice([*names, "callback", "classification", nasty]), nasty))
            elif kind == 2:
                path = f"{path}/{nasty}" if chance.random() < 0.5 else path.replace("{", nasty, 1)
            elif kind == 3:
                pieces = path.split("/")
                pieces[chance.randrange(2, len(pieces))] = nasty
                path = "/".join(pieces)
            else:
                pairs *= 2
        keep = "" if chance.random() < 0.7 else "%/:|,"
        joined = "&".join(f"{quote(name, safe=keep)}={quote(value, safe=keep)}" for name, value in pairs)
        yield f"/{quote(path, safe='/%').lstrip('/')}?{joined}"


def test_what_nobody_should_ask_is_refused_or_answered_and_never_breaks_it(full_client: TestClient, times: int) -> None:
    chance = random.Random(4135)
    addresses = hostile(chance)
    statuses = set()
    with asking(full_client.app) as asker:
        for address in islice(addresses, HOSTILE * times):
            response = asker.get(address)
            assert response.status_code in (200, 400, 404), address
            if response.headers["content-type"].startswith("application/json"):
                response.json()
            if response.status_code != 200:
                assert response.json()["error"], address
            statuses.add(response.status_code)
    assert statuses == {200, 400, 404}


@pytest.mark.parametrize("nasty", NASTY)
def test_no_answer_of_v1_says_back_what_could_run_in_a_page(client: TestClient, nasty: str) -> None:
    response = client.get(f"/api/v1/soc/search?q={quote(nasty)}&callback={quote(nasty)}")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert not response.headers["content-type"].startswith("text/html")
