"""How answers travel: ETag, 304, gzip, CORS, HEAD, OPTIONS, slashes; on the starter release."""

import gzip
import json
import random
import string

import polars
import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from lmiforall import datasets
from lmiforall.serve.answer import Answer
from lmiforall.serve.openapi import examples
from lmiforall.serve.web import Service
from tests.serve.asking import asking

EXAMPLES = [
    *examples(datasets.every()),
    "/api/v2/datasets",
    "/api/v2/datasets/pay/observations?soc=2134&limit=3",
    "/openapi.json",
]
# With `--times 10`, as `make prove` runs it, these are 200,000 in both releases together.
RANDOM = 10_000
PAY = "/api/v1/ashe/estimatePay?soc=4135"


@pytest.mark.parametrize("address", EXAMPLES)
def test_every_answer_has_a_strong_etag_a_release_and_may_be_kept(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["etag"].startswith('"')
    assert response.headers["x-lmi-release"]
    assert "max-age" in response.headers["cache-control"]
    assert response.headers["access-control-allow-origin"] == "*"
    again = client.get(address, headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == response.headers["etag"]


def test_the_same_question_gets_the_same_bytes_whether_held_or_not(client: TestClient) -> None:
    address = "/api/v1/ashe/estimatePay?soc=2136"
    first, *later = [client.get(address) for _ in range(4)]
    assert first.content
    for response in later:
        assert response.content == first.content
        assert response.headers == first.headers


def test_a_changed_etag_gets_the_whole_answer(client: TestClient) -> None:
    assert client.get(PAY, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(PAY, headers={"If-None-Match": "*"}).status_code == 304
    etag = client.get(PAY).headers["etag"]
    assert client.get(PAY, headers={"If-None-Match": f'"other", W/{etag}'}).status_code == 304


def test_gzip_is_given_to_who_takes_it_under_an_etag_of_its_own(client: TestClient) -> None:
    address = "/openapi.json"
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["vary"] == packed.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in plain.headers
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_head_gives_the_headers_and_no_body(client: TestClient) -> None:
    whole, head = client.get(PAY), client.head(PAY)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


def test_options_allows_any_origin_to_get(client: TestClient) -> None:
    response = client.options(PAY, headers={"Origin": "https://school.example", "Access-Control-Request-Method": "GET"})
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "GET" in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused_in_json(client: TestClient, method: str) -> None:
    response = client.request(method, PAY)
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
    assert response.json()["error"]


def test_doubled_slashes_and_the_older_root_work(client: TestClient) -> None:
    wanted = client.get(PAY).content
    assert client.get("/api/v1//ashe//estimatePay?soc=4135").content == wanted
    assert client.get("/api/ashe/estimatePay?soc=4135").content == wanted


def test_an_unknown_path_is_a_404_in_json_that_names_the_nearest(client: TestClient) -> None:
    response = client.get("/api/v1/ashe/estimatPay?soc=4135")
    assert response.status_code == 404
    assert "/ashe/estimatePay" in response.json()["error"]
    # The old API had one key for an error, and the nearest path is one that is described, with what stands in it.
    assert list(response.json()) == ["error"]
    for wrong, right in (
        ("wf/predict/breakdwn/region", "wf/predict/breakdown/{filter}"),
        ("soc/codes", "soc/code/{code}"),
    ):
        assert client.get(f"/api/v1/{wrong}").json()["error"].endswith(f"The nearest is /api/v1/{right}.")


def test_the_beginning_of_paths_is_a_404_that_names_what_is_below(client: TestClient) -> None:
    for root, below in (
        ("/api/v1/soc", "/api/v1/soc/search"),
        ("/api/v1/ess/", "/api/v1/ess/regions"),
        ("/api", "/api/v"),
    ):
        response = client.get(root)
        assert response.status_code == 404
        _, _, named = response.json()["error"].partition("Below it are ")
        assert below in named
        paths = named.split(";", maxsplit=1)[0].split(", ")
        assert len(paths) <= 5
        assert all(path.startswith(f"{root.rstrip('/')}/") for path in paths)


def test_a_fault_of_ours_has_the_words_of_the_old_api_and_tells_nothing_of_its_inside() -> None:
    def broken(_: str, __: bytes) -> Answer:
        raise RuntimeError("secret")

    client = TestClient(Service("0", {"/api/v1/broken": broken, "/api/v2/broken": broken}, {}))
    old, new = client.get("/api/v1/broken"), client.get("/api/v2/broken")
    # SOURCE: contract, section 0.6.
    assert old.status_code == 500
    assert old.json() == {
        "error": "Internal API error",
        "details": "Sorry, something went wrong on the API server. The error has been reported to technical staff.",
        "code": 500,
    }
    assert list(new.json()) == ["error", "what", "do"]
    assert "secret" not in old.text + new.text


def test_health_and_readiness_are_told_apart(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ready"


@pytest.mark.parametrize("page", ["/", "/datasets", "/datasets/pay", "/docs"])
def test_a_page_is_html_that_says_it_is_no_official_statistic(client: TestClient, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "not an official statistic" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("ashe/estimatePay", "soc is missing"),
        ("ashe/estimatePay?soc=", "soc is missing"),
        ("ashe/estimatePay?soc=SW1A 1AA", "postcode"),
        ("ashe/estimatePay?soc=abc", "not a code"),
        ("ashe/estimatePay?soc=9999", "not a SOC2010 code"),
        ("ashe/estimatePay?soc=1111", "SOC2020"),
        ("ashe/estimatePay?soc=4135&soc=4134", "twice"),
        ("ashe/estimatePay?soc=4135&coarse=maybe", "neither true nor false"),
        ("ashe/estimatePay?soc=4135&filters=colour:1", "no filter"),
        ("ashe/estimatePay?soc=4135&filters=gender:9", "not a code of gender"),
        ("ashe/estimatePay?soc=4135&breakdown=colour", "no filter"),
        ("wf/predict?soc=4135&minYear=soon", "not a year"),
        ("wf/predict/breakdown/colour?soc=4135", "no breakdown"),
        ("soc/code/9999", "not a SOC2010 code"),
        ("soc/search?q=", "Please give a string to search for."),
        ("soc/search", "Please give a string to search for."),
        ("ashe/estimatePay?soc=%ff", "UTF-8"),
    ],
)
def test_bad_input_to_the_old_api_is_a_400_with_one_sentence(client: TestClient, query: str, says: str) -> None:
    response = client.get(f"/api/v1/{query}")
    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert says in response.json()["error"]


def test_the_old_api_ignores_what_it_does_not_know_and_the_new_one_refuses_it(client: TestClient) -> None:
    assert client.get(f"{PAY}&age=20&_=123").content == client.get(PAY).content
    response = client.get("/api/v2/datasets/pay/observations?sco=2134")
    assert response.status_code == 400
    assert "soc" in response.json()["do"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("soc=21345", "not a code of soc"),
        ("soc=2134&soc=2135", "twice"),
        ("limit=-1", "no limit"),
        ("limit=1e9", "no limit"),
        ("offset=x", "no offset"),
        ("format=xml", "no format"),
        ("soc=2134&format=parquet", "whole"),
        ("measure=median", "not a code of measure"),
    ],
)
def test_bad_input_to_the_new_api_says_what_where_and_what_to_do(client: TestClient, query: str, says: str) -> None:
    response = client.get(f"/api/v2/datasets/pay/observations?{query}")
    assert response.status_code == 400
    assert says in response.json()["what"]
    assert response.json()["where"].startswith("parameter")
    assert response.json()["do"]


def test_a_known_group_without_figures_is_told_from_a_withheld_one(client: TestClient) -> None:
    response = client.get("/api/v1/ashe/estimatePay?soc=4135&filters=industry:11")
    assert response.status_code == 200
    assert list(response.json()) == ["soc", "error"]
    nothing = client.get("/api/v2/datasets/employment_by_region/observations?soc=312").json()
    assert nothing["total"] == 0


def test_random_addresses_never_end_in_a_5xx(client: TestClient, times: int) -> None:
    assert _wrong_answers(client.app, RANDOM * times) == []


def test_nor_do_they_where_every_dataset_is_there(full_client: TestClient, times: int) -> None:
    assert _wrong_answers(full_client.app, RANDOM * times) == []


def _wrong_answers(service: ASGIApp, questions: int) -> list[str]:
    """Ask for existing paths and made-up ones, with senseless values; give what isn't as it should be."""
    chance = random.Random(20261123)
    names = ["soc", "q", "minYear", "filters", "breakdown", "coarse"]
    names += ["limit", "offset", "format", "measure", "year", "callback"]
    stems = [address.partition("?")[0] for address in EXAMPLES]
    wrong = []
    with asking(service) as asker:
        for _ in range(questions):
            stem = chance.choice(stems) if chance.random() < 0.7 else f"/{_junk(chance)}"
            query = "&".join(f"{chance.choice(names)}={_junk(chance)}" for _ in range(chance.randrange(4)))
            address = f"{stem}{_junk(chance) if chance.random() < 0.1 else ''}?{query}"
            response = asker.get(address)
            if response.status_code not in (200, 400, 404):
                wrong.append(f"{response.status_code}: {address}")
            elif "json" in response.headers["content-type"]:
                json.loads(response.content)
            elif response.status_code != 200:
                wrong.append(f"a refusal that isn't JSON: {address}")
    return wrong


def _junk(chance: random.Random) -> str:
    kinds = [
        lambda: "".join(chance.choices(string.digits, k=chance.randrange(6))),
        lambda: "".join(chance.choices(string.ascii_letters + "%:|,'\"+ ", k=chance.randrange(12))).replace("#", ""),
        lambda: chance.choice(
            ["%00", "%ff%fe", "..%2f..%2fetc", "%27%20OR%201=1--", "true", "region:1", "4135", "é", "💥", "A" * 500]
        ),
    ]
    return chance.choice(kinds)()


def test_a_whole_table_comes_as_gzip_to_who_takes_it_and_is_the_same_table(client: TestClient) -> None:
    address = "/api/v2/datasets/hours/observations?format=csv"
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 5
    assert packed.headers["etag"] != plain.headers["etag"]
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]})
    assert again.status_code == 304


def test_two_long_questions_for_a_table_have_two_etags(client: TestClient) -> None:
    many = "&".join(f"{name}=all" for name in ("sex", "pattern"))
    codes = "1111,1112,1121,1122,1123,1131,1132,1133,1134,1135,1136,1137"
    stem = f"/api/v2/datasets/hours/observations?format=csv&soc={codes}&{many}&year="
    assert client.get(f"{stem}2023").headers["etag"] != client.get(f"{stem}2024").headers["etag"]


def test_the_notices_travel_with_every_export(client: TestClient) -> None:
    for form in ("csv", "parquet"):
        response = client.get(f"/api/v2/datasets/hours/observations?format={form}")
        assert "Open Government Licence v3.0" in response.headers["x-lmi-notice"]
    metadata = polars.read_parquet_metadata(response.content)
    assert "Open Government Licence v3.0" in metadata["notice"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ashe/estimatePay?soc=4135", "pay_at_soc2010/observations?soc2010=4135&measure=mean_gbp"),
        ("ashe/estimatePay?soc=4135&coarse=true", "pay_at_soc2010/observations?soc2010=41&measure=mean_gbp"),
        ("ashe/estimatePay?soc=4135&filters=gender:2", "pay_at_soc2010/observations?soc2010=4135&sex=female"),
        ("wf/predict/breakdown/gender?soc=4135", "employment_at_soc2010/observations?soc2010=4135&measure=employment"),
        ("soc/code/4135", "soc2010_descriptions/observations?soc2010=4135"),
        ("soc/search?q=library", "soc2010_descriptions"),
    ],
)
def test_an_answer_of_the_old_api_names_the_same_question_to_the_new_one(
    client: TestClient, old: str, new: str
) -> None:
    said = client.get(f"/api/v1/{old}").links["describedby"]["url"]
    assert said.startswith(f"/api/v2/datasets/{new}")
    twin = client.get(said).json()
    assert twin.get("total", 1) > 0


def test_health_is_of_this_moment_and_nobody_may_keep_it(client: TestClient) -> None:
    for address in ("/healthz", "/readyz"):
        assert client.get(address).headers["cache-control"] == "no-store"


def test_every_header_of_ours_can_be_read_by_a_script_of_another_site(client: TestClient) -> None:
    addresses = [*EXAMPLES, "/api/v2/datasets/hours/observations?format=csv"]
    ours = {name for address in addresses for name in client.get(address).headers if name.startswith("x-lmi")}
    exposed = client.get(PAY).headers["access-control-expose-headers"].lower().split(", ")
    assert ours <= set(exposed)


def test_a_code_that_holds_a_comma_can_be_asked_for(full_client: TestClient) -> None:
    answer = full_client.get(
        "/api/v2/datasets/apprenticeship_starts/observations?subject=Business, Administration and Law&limit=1"
    )
    assert answer.status_code == 200
    assert answer.json()["total"] > 0
