"""The old API, endpoint by endpoint, on the full release: forms, filters, scripts, SOC2020, and having nothing."""

import json
import socket
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.base.endpoint import NoData
from lmiforall.datasets import not_held
from lmiforall.serve.v1 import ROOTS, endpoints

V1 = "/api/v1/"
PAY = f"{V1}ashe/estimatePay?soc=4135"


def asked(client: TestClient, address: str) -> Any:
    response = client.get(V1 + address)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("endpoint", [one for _, one in endpoints(datasets.every())], ids=lambda one: one.path)
def test_each_endpoint_answers_its_example_at_both_roots_and_as_a_script(
    full_client: TestClient, endpoint: Any
) -> None:
    given = full_client.get(V1 + endpoint.example)
    assert given.status_code == getattr(endpoint, "status", 200)
    for root in ROOTS:
        assert full_client.get(root + endpoint.example).content == given.content
    joined = "&" if "?" in endpoint.example else "?"
    script = full_client.get(f"{V1}{endpoint.example}{joined}callback=jQuery1_2&_=1")
    assert script.status_code == 200
    assert script.content == b"jQuery1_2(%s)" % given.content
    assert script.headers["content-type"] == "application/javascript; charset=UTF-8"
    assert script.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["a.b", "a(b", "1a", "a%28", "%3Cscript%3E", "a%0Ab", "é", "a" * 200])
def test_a_callback_that_is_no_identifier_is_refused_as_json(client: TestClient, name: str) -> None:
    response = client.get(f"{PAY}&callback={name}")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/json")
    assert list(response.json()) == ["error"]


def test_an_empty_callback_is_none_and_v2_knows_none(client: TestClient) -> None:
    assert client.get(f"{PAY}&callback=").content == client.get(PAY).content
    assert client.get("/api/v2/datasets/pay/observations?callback=f").status_code == 400


@pytest.mark.parametrize("path", ["ashe/estimatePay?soc=9999", "soc/search?q=", "no/such/path"])
def test_a_refusal_as_a_script_is_200_or_nobody_would_see_it(client: TestClient, path: str) -> None:
    joined = "&" if "?" in path else "?"
    response = client.get(f"{V1}{path}{joined}callback=cb")
    assert response.status_code == 200
    assert next(iter(json.loads(response.text.removeprefix("cb(").removesuffix(")")))) == "error"


@pytest.mark.parametrize(
    "query",
    [
        "filters=gender:2|status:1",
        "filters=gender%3A2%7Cstatus%3A1",
        "filters=gender:2,status:1",
        "filters=gender: 2 , status: 1",
        "filterBy=gender:2|status:1",
    ],
)
def test_filters_are_read_in_every_spelling_that_clients_have(client: TestClient, query: str) -> None:
    wanted = client.get(f"{PAY}&filters=status:1|gender:2")
    assert wanted.json()["series"]
    assert client.get(f"{PAY}&{query}").content == wanted.content
    assert wanted.content != client.get(PAY).content


@pytest.mark.parametrize("query", ["soc=4135&minYear=٢٠٢٠", "soc=4135&maxYear=２０２０", "soc=٤١٣٥"])
def test_digits_of_other_scripts_are_no_year_and_no_code(client: TestClient, query: str) -> None:
    response = client.get(f"{V1}lfs/weeklypay?{query}")
    assert response.status_code == 400
    assert "is not a" in response.json()["error"]


def test_two_codes_of_one_filter_are_of_no_single_figure(client: TestClient) -> None:
    given = client.get(f"{PAY}&filters=gender:1,2").json()
    assert list(given) == ["soc", "error"]
    assert client.get(f"{PAY}&filters=gender:1,1").json()["series"]


def test_both_lists_of_filters_have_their_own_form(client: TestClient) -> None:
    assert asked(client, "ashe/filters") == ["region", "gender", "status", "qualification", "industry", "age"]
    region = asked(client, "ashe/filter/region")
    assert list(region) == ["name", "codings"]
    assert region["codings"][0] == {"name": "London", "value": 1}
    assert region in asked(client, "ashe/filters/all")
    gender = asked(client, "lfs/filters/info/gender")
    assert list(gender) == ["name", "description", "coding"]
    assert gender["coding"] == [{"code": 1, "description": "male"}, {"code": 2, "description": "female"}]
    assert gender in asked(client, "wf/filters/all")
    refused = client.get(f"{V1}ashe/filter/regoin")
    assert refused.status_code == 400
    assert "region" in refused.json()["error"]


def test_the_changes_of_pay_are_those_of_its_series(full_client: TestClient) -> None:
    years = {one["year"]: one["weekpay"] for one in asked(full_client, "lfs/weeklypay?soc=4135")["years"]}
    changes = asked(full_client, "ashe/annualChanges?soc=4135")["annual_changes"]
    # 2021 is published in SOC2010 and 2022 converted: what lies between them is the classification.
    assert [one["year"] for one in changes][:3] == [2021, 2022, 2023]
    for one in changes[2:]:
        expected = (years[one["year"]] / years[one["year"] - 1] - 1) * 100
        assert one["change"] == pytest.approx(expected, abs=0.1)


def test_unemployment_is_of_2011_and_of_major_groups_or_not_at_all(full_client: TestClient) -> None:
    # SOURCE: census2011_teaching/derived_unemployment_by_last_occupation_major_group_2011.csv, 50,000 records.
    assert asked(full_client, "lfs/unemployment?soc=9") == {"soc": 9, "years": [{"year": 2011, "unemprate": 13.6}]}
    assert asked(full_client, "lfs/unemployment?soc=9233&coarse=true")["soc"] == 9
    for query in ("soc=9233", "soc=9&minYear=2020", "soc=9&filterBy=gender:1"):
        assert list(asked(full_client, f"lfs/unemployment?{query}")) == ["soc", "error"]


def test_weekly_pay_is_broken_down_by_the_filters_it_has(full_client: TestClient) -> None:
    given = asked(full_client, "lfs/weeklypay/breakdown/gender?soc=4135&minYear=2024")
    assert list(given) == ["soc", "breakdownBy", "series"]
    assert [one["breakName"] for one in given["series"]] == ["male", "female"]
    assert given["series"][0]["years"][0]["year"] == 2024
    assert "error" in asked(full_client, "lfs/weeklypay/breakdown/region?soc=4135")


def test_the_way_to_onet_and_back(full_client: TestClient) -> None:
    # SOURCE: O*NET 29: 43-4121.00 is "Library Assistants, Clerical".
    codes = asked(full_client, "o-net/soc2onet/4135")["onetCodes"]
    assert codes[0] == {"code": "43-4121.00", "title": "Library Assistants, Clerical"}
    (back,) = asked(full_client, "o-net/onet2soc?onetCodes=43-4121.00")
    assert back["socCodes"][0] == {"soc": 4135, "title": "Library clerks and assistants"}
    assert asked(full_client, "o-net/onet2soc?onetCodes=99-9999.99") == [{"onetCode": "99-9999.99", "socCodes": []}]


def test_ratings_have_the_scales_that_clients_take(full_client: TestClient) -> None:
    # SOURCE: O*NET 29, "Skills": chief executives, reading comprehension, level 4.62, importance 4.12.
    skills = asked(full_client, "o-net/skills/11-1011.00")["scales"]
    assert [scale["id"] for scale in skills] == ["LV", "IM"]
    assert skills[0]["skills"][0] == {"id": "2.A.1.a", "name": "Reading Comprehension", "value": 4.62}
    assert asked(full_client, "o-net/interests/11-1011.00")["scales"][1]["id"] == "OI"
    assert len(asked(full_client, "o-net/abilities/11-1011.00")["scales"][0]["abilities"]) == 52
    # An occupation that O*NET describes and nobody has rated; and one that it never had.
    assert list(asked(full_client, "o-net/skills/55-1019.00")) == ["onetCode", "error"]
    for code in ("99-9999.99", "4135", "11-1011.00,13-1151.00"):
        refused = full_client.get(f"{V1}o-net/skills/{code}")
        assert refused.status_code == 400
        assert list(refused.json()) == ["error"]


def test_a_client_that_goes_from_soc_to_onet_to_skills_finds_some(full_client: TestClient) -> None:
    # 15-1252.00, most of 2136, has no ratings in O*NET 29 as it was to be had.
    for soc in ("2136", "2211", "2442", "3113"):
        codes = [one["code"] for one in asked(full_client, f"o-net/soc2onet/{soc}")["onetCodes"]]
        assert codes
        for code in codes:
            assert asked(full_client, f"o-net/skills/{code}")["scales"][0]["skills"]
    # None of those that are elected officers is rated: then they are named all the same.
    assert asked(full_client, "o-net/soc2onet/1116")["onetCodes"][0]["title"] == "Legislators"


def test_a_code_of_onet_from_before_2020_is_understood_where_one_alone_followed_it(full_client: TestClient) -> None:
    # SOURCE: BLS, 2010 to 2018: 15-1131 is 15-1251, both "Computer Programmers"; 15-1132 became a part of two.
    old = full_client.get(f"{V1}o-net/skills/15-1131.00")
    assert old.json()["onetCode"] == "15-1131.00"
    assert old.json()["scales"] == asked(full_client, "o-net/skills/15-1251.00")["scales"]
    assert "15-1251.00" in old.headers["x-lmi-note"]
    assert "&onet=15-1251.00>" in old.headers["link"]
    assert list(asked(full_client, "o-net/skills/15-1132.00")) == ["onetCode", "error"]
    # Abilities are of the edition before.
    assert asked(full_client, "o-net/abilities/15-1251.00")["scales"][0]["id"] == "IM"
    before, now = asked(full_client, "o-net/onet2soc?onetCodes=15-1131.00,15-1251.00")
    assert before["socCodes"] == now["socCodes"] != []


def test_a_match_asks_for_the_skills_and_weights_count(full_client: TestClient) -> None:
    one = asked(full_client, "o-net/reversematch?weights=100,0&skills=2.A.1.e%2C2.B.1.a")
    assert list(one) == ["selection", "results"]
    assert one["selection"] == {"skills": {"2.A.1.e": "Mathematics", "2.B.1.a": "Social Perceptiveness"}}
    assert "Mathematicians" in {result["title"] for result in one["results"]}
    other = asked(full_client, "o-net/reversematch?weights=0,100&skills=2.A.1.e,2.B.1.a")
    assert other["results"] != one["results"]
    assert all(isinstance(soc, int) for result in one["results"] for soc in result["likely_soc_codes"])
    # SOURCE: contract, section 6: four weights for two skills.
    two = asked(full_client, "o-net/reversematch?weights=100,100,0,50&skills=2.A.1.e,2.B.1.a")
    assert two == asked(full_client, "o-net/reversematch?weights=100,100&skills=2.A.1.e,2.B.1.a")
    for query in (
        "weights=1&skills=2.A.1.a,2.B.1.a",
        "weights=0&skills=2.A.1.a",
        "skills=2.Z",
        "weights=nan&skills=2.A.1.a",
    ):
        assert full_client.get(f"{V1}o-net/reversematch?{query}").status_code == 400


def test_the_ten_foremost_skills_are_ranked(full_client: TestClient) -> None:
    given = asked(full_client, "onet/importance/4135")
    assert [one["rank"] for one in given["skills"]] == list(range(1, 11))
    scores = [one["score"] for one in given["skills"]]
    assert scores == sorted(scores, reverse=True)
    assert all(1 <= score <= 5 for score in scores)


def test_codes_are_converted_both_ways_by_weights_that_add_up(full_client: TestClient) -> None:
    for query in ("soc=2136", "soc=2134&from=soc2020"):
        weights = [one["weight"] for one in asked(full_client, f"soc/convert?{query}")["codes"]]
        assert sum(weights) == pytest.approx(1, abs=1e-5)
        assert weights == sorted(weights, reverse=True)
    assert full_client.get(f"{V1}soc/convert?soc=21").status_code == 400
    assert full_client.get(f"{V1}soc/convert?soc=2134&from=soc1990").status_code == 400


def test_a_converted_answer_names_the_question_that_tells_what_was_merged(full_client: TestClient) -> None:
    link = full_client.get(PAY).headers["link"]
    assert '</api/v1/soc/convert?soc=4135>; rel="related"' in link
    assert 'rel="describedby"' in link
    assert "soc/convert" not in full_client.get(f"{PAY}&classification=soc2020").headers["link"]


def test_employment_is_given_in_both_classifications(full_client: TestClient) -> None:
    for path in ("wf/predict?soc=2134", "wf/predict/breakdown/region?soc=2134", "wf/replacement_demand?soc=2134"):
        old, new = asked(full_client, path), asked(full_client, f"{path}&classification=soc2020")
        assert list(old) == list(new)
        assert old != new


def test_in_soc2020_the_published_figures_are_given(full_client: TestClient) -> None:
    # 2134 is a code of both, for different occupations.
    new = asked(full_client, "ashe/estimatePay?soc=2134&classification=soc2020")
    (mean,) = full_client.get(
        "/api/v2/datasets/pay/observations?soc=2134&basis=week&sex=all&pattern=all&year=2024&measure=mean_gbp"
    ).json()["observations"]
    assert {one["year"]: one["estpay"] for one in new["series"]}[2024] == int(mean["value"] / 10 + 0.5) * 10
    assert new != asked(full_client, "ashe/estimatePay?soc=2134")
    assert (
        asked(full_client, "soc/code/2134?classification=soc2020")["title"]
        == "Programmers and software development professionals"
    )
    assert all(1000 <= one["soc"] <= 9999 for one in asked(full_client, "soc/search?q=software&classification=soc2020"))
    assert full_client.get(f"{V1}ashe/estimatePay?soc=4135&classification=soc1990").status_code == 400


@pytest.mark.parametrize(
    "endpoint", [one for one in not_held.ENDPOINTS if isinstance(one, NoData)], ids=lambda one: one.path
)
def test_where_there_is_no_source_the_old_form_of_nothing_is_given_and_the_reason(
    client: TestClient, endpoint: Any
) -> None:
    response = client.get(V1 + endpoint.example)
    assert response.headers["x-lmi-note"] == endpoint.why
    if endpoint.empty == "list":
        assert response.text == "[]"
    else:
        assert response.json()["error"] == endpoint.why
        assert not {"years", "series", "area"} & set(response.json())


def test_a_client_that_asks_finely_for_shortages_is_told_by_the_status(client: TestClient) -> None:
    assert client.get(f"{V1}ess/uk/4135?coarse=false").status_code == 404
    assert client.get(f"{V1}ess/uk/4135?coarse=true").status_code == 200
    assert client.get(f"{V1}ess/region/01/4135").status_code == 200
    assert client.get(f"{V1}ess/region/13/4135").status_code == 400
    assert client.get(f"{V1}ess/uk/9999").status_code == 400


def test_pay_and_hours_by_region_and_industry_are_estimated_in_soc2020(full_client: TestClient) -> None:
    # 2237, "Other registered nurses", is a code of SOC2020 only.
    of = "soc=2237&classification=soc2020"
    published = full_client.get(f"{V1}ashe/estimatePay?{of}")
    assert published.headers["x-lmi-status"] == "direct"
    given = full_client.get(f"{V1}ashe/estimatePay?{of}&filters=region:1")
    assert given.headers["x-lmi-status"] == "balanced"
    assert "pay_estimates/observations?basis=week&soc=2237&region=E12000007" in given.headers["link"]
    (london,) = given.json()["series"]
    by_region = asked(full_client, f"ashe/estimatePay?{of}&breakdown=region")["series"][0]["breakdown"]
    assert by_region[0] == {"region": 1, "estpay": london["estpay"]}
    assert len(by_region) == 12
    assert "SIC 2007" in full_client.get(f"{V1}ashe/estimatePay?{of}&breakdown=industry").headers["x-lmi-note"]
    assert asked(full_client, f"ashe/estimateHours?{of}&filters=region:1")["series"]
    # Hours are estimated for both sexes together.
    assert list(asked(full_client, f"ashe/estimateHours?{of}&filters=region:1|gender:2")) == ["soc", "error"]


def test_who_asked_for_the_wider_group_is_not_told_to_ask_for_it(full_client: TestClient) -> None:
    assert asked(full_client, "ashe/estimatePay?soc=1171")["error"].endswith(
        "Try coarse=true for the wider two-digit group."
    )
    in_scotland = "ashe/estimatePay?soc=2237&classification=soc2020&filters=region:11"
    for query in ("&coarse=true", "&coarse=1"):
        assert asked(full_client, in_scotland + query) == {"soc": 22, "error": "There is no figure for this group."}


def test_what_only_the_full_release_has_says_so(client: TestClient) -> None:
    for query in (
        "soc=2231&filters=region:1",
        "soc=2231&breakdown=region",
        "soc=2237&classification=soc2020&filters=region:1",
    ):
        assert "full release" in asked(client, f"ashe/estimatePay?{query}")["error"]
    assert "wider" in asked(client, "ashe/estimatePay?soc=1171&filters=gender:1")["error"]
    given = asked(client, "o-net/soc2onet/4135")
    assert list(given) == ["soc", "error", "onetCodes"]
    assert "full release" in given["error"]
    # SOURCE: contract, section 6: clients go through the list, which may be empty.
    assert given["onetCodes"] == []
    assert asked(client, "o-net/reversematch?skills=2.A.1.a")["results"] == []


def test_swagger_describes_every_endpoint_as_it_did(client: TestClient) -> None:
    listed = client.get("/api-docs").json()
    assert listed["swaggerVersion"] == "1.2"
    paths = set()
    for resource in listed["apis"]:
        told = client.get(f"/api-docs{resource['path']}").json()
        assert told["resourcePath"] == resource["path"]
        paths |= {one["path"] for one in told["apis"]}
    assert paths == {f"/{one.path}" for _, one in endpoints(datasets.every())}
    search, convert = (
        next(one for one in client.get("/api-docs/soc").json()["apis"] if one["path"] == path)["operations"][0]
        for path in ("/soc/search", "/soc/convert")
    )
    # SOURCE: contract, section 1: what a client that was generated from the declarations calls it.
    assert (search["nickname"], search["type"], search["items"]) == ("find", "array", {"type": "object"})
    assert (convert["nickname"], convert["type"]) == ("soc_convert", "object")
    names = next(one for one in client.get("/api-docs/ashe").json()["apis"] if one["path"] == "/ashe/filters")
    assert names["operations"][0]["items"] == {"type": "string"}
    assert client.get("/api-docs/nothing").status_code == 404


@pytest.mark.parametrize("line", ["GET /api/v1/soc/search?q=bus driver", "HEAD /api/v1/soc/search?q=bus  driver"])
def test_spaces_that_nobody_escaped_are_read_from_the_wire(served: str, line: str) -> None:
    host, port = served.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as wire:
        wire.sendall(f"{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        given = b"".join(iter(lambda: wire.recv(65536), b""))
    assert given.startswith(b"HTTP/1.1 200")
    if line.startswith("GET"):
        assert b'"soc":8213' in given


def test_letters_with_accents_that_nobody_escaped_are_read_from_the_wire(served: str) -> None:
    host, port = served.removeprefix("http://").split(":")
    address = "/api/v1/soc/search?q=café manager"
    given = {}
    for encoding in ("utf-8", "latin-1"):
        with socket.create_connection((host, int(port)), 10) as wire:
            wire.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode(encoding))
            given[encoding] = b"".join(iter(lambda: wire.recv(65536), b"")).partition(b"\r\n\r\n")
    escaped = httpx.get(f"{served}/api/v1/soc/search", params={"q": "café manager"})
    assert given["utf-8"][2] == escaped.content != b"[]"
    assert given["latin-1"][0].startswith(b"HTTP/1.1 400")
    assert b"not UTF-8" in given["latin-1"][2]


def test_a_body_that_looks_like_a_request_stays_a_body(served: str) -> None:
    host, port = served.removeprefix("http://").split(":")
    body = b"GET /a b c HTTP/1.1\r\n\r\n"
    head = b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
    with socket.create_connection((host, int(port)), 10) as wire:
        wire.sendall(head)
        wire.recv(65536)
        wire.sendall(body)
        wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        given = b"".join(iter(lambda: wire.recv(65536), b""))
    assert given.startswith(b"HTTP/1.1 200") or b"\r\nHTTP/1.1 200" in given or b'{"status":"ok"}' in given
    assert b"400 Bad Request" not in given
