"""/api/v2/code: one title or a thousand, each with its probability; bad bodies and bad jobs are told what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.serve.coding import MOST_JOBS
from lmiforall.serve.gate import Gate, KeysInMemory, Limits
from lmiforall.serve.web import MOST_BODY

PATH = "/api/v2/code"


def post(client: TestClient, content: Any) -> dict[str, Any]:
    response = client.post(PATH, content=content if isinstance(content, bytes) else json.dumps(content).encode())
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    given: dict[str, Any] = response.json()
    return given


def test_one_title_is_coded_with_its_probability_its_runners_up_and_its_reason(full_client: TestClient) -> None:
    (found,) = full_client.get(f"{PATH}?title=head+chef").json()["results"]
    assert found["soc2020"]["code"] == found["soc2010"]["code"] == "5434"
    assert found["soc2020"]["title"] == "Chefs"
    assert 0.9 < found["soc2020"]["probability"] <= 1
    assert next(one["code"] for one in found["soc2020_alternatives"]) == "5434"
    assert len(found["soc2010_alternatives"]) == 5
    assert found["evidence"].lower() == "head chef"
    assert "index" in found["reason"]


def test_an_industry_decides_between_occupations_of_one_title(full_client: TestClient) -> None:
    codes = {
        industry: full_client.get(f"{PATH}?title=manager&industry={industry}").json()["results"][0]["soc2020"]["code"]
        for industry in ("hotel", "farm")
    }
    assert codes["hotel"] == "1221"
    assert codes["farm"] != codes["hotel"]


def test_below_the_threshold_a_wider_group_is_given_or_none(full_client: TestClient) -> None:
    (found,) = full_client.get(f"{PATH}?title=nurse&threshold=0.97").json()["results"]
    assert found["soc2020"] is None or len(found["soc2020"]["code"]) < 4
    assert found["soc2020"] is None or found["soc2020"]["probability"] >= 0.97
    assert len(found["soc2020_alternatives"]) == 5


def test_many_are_answered_in_their_order_as_each_by_itself(full_client: TestClient) -> None:
    titles = ["head chef", "nurse, paediatric", "", "lorry driver", "消防士"]
    given = post(full_client, {"jobs": [{"title": title} for title in titles], "threshold": 0.5})
    alone = [post(full_client, {"title": title, "threshold": 0.5})["results"][0] for title in titles]
    assert [one["soc2020"] and one["soc2020"]["code"] for one in given["results"]] == [
        "5434",
        "2236",
        None,
        "8211",
        None,
    ]
    assert [one["soc2010"] for one in given["results"]] == [one["soc2010"] for one in alone]
    assert given["results"][2]["reason"] == "the title is empty"


def test_a_thousand_titles_are_coded_at_once_and_one_more_is_refused(full_client: TestClient) -> None:
    jobs = [{"title": f"assistant {number}"} for number in range(MOST_JOBS)]
    assert len(post(full_client, {"jobs": jobs})["results"]) == MOST_JOBS
    refused = full_client.post(PATH, json={"jobs": [*jobs, {"title": "one more"}]})
    assert refused.status_code == 400
    assert "1,000" in refused.json()["error"]


def test_a_job_that_cannot_be_read_has_its_reason_and_the_others_their_codes(full_client: TestClient) -> None:
    jobs = [{"title": "chef"}, {"title": 7}, "chef", {"job": "chef"}, None, {"title": "chef", "industry": None}, {}]
    results = post(full_client, {"jobs": jobs})["results"]
    assert [("error" in one) for one in results] == [False, True, True, True, True, False, False]
    assert results[0]["soc2020"] == results[5]["soc2020"]
    assert results[3]["error"] == "a job has no 'job'. It has title, description, industry, pay, qualification."


def test_pay_and_qualification_count_with_get_and_post_and_what_cannot_be_read_of_them_does_not(
    full_client: TestClient,
) -> None:
    high = {"title": "engineer", "pay": "£75,000 a year", "qualification": "MSc"}
    low = {"title": "engineer", "pay": "£13 an hour", "qualification": "level 2"}
    odd = {"title": "engineer", "pay": "competitive", "qualification": "a licence"}
    results = post(full_client, {"jobs": [high, low, odd, {"title": "engineer"}]})["results"]
    professional = [_of(one, "21") for one in results]
    assert professional[0] > professional[3] > professional[1]
    assert results[2] == results[3]
    assert full_client.get(PATH, params=high).json()["results"][0] == results[0]


def _of(result: dict[str, Any], begin: str) -> float:
    return sum(one["probability"] for one in result["soc2020_alternatives"] if one["code"].startswith(begin))


@pytest.mark.parametrize(
    "title", ["\u202eLorry driver\u202c", "🚛 lorry driver 🚛", "lorry\u200b driver", "LORRY\tDRIVER\x00"]
)
def test_marks_emoji_and_controls_around_a_title_do_not_matter(full_client: TestClient, title: str) -> None:
    assert post(full_client, {"title": title})["results"][0]["soc2020"]["code"] == "8211"


def test_a_title_of_ten_megabytes_is_cut_and_a_longer_body_is_refused(full_client: TestClient) -> None:
    found = post(full_client, {"title": "lorry driver " + "x" * 10_000_000})["results"][0]
    assert found["soc2020"]["code"]
    too_long = full_client.post(PATH, content=b" " * (MOST_BODY + 1))
    assert too_long.status_code == 413
    pieces = full_client.post(PATH, content=iter([b" " * (MOST_BODY // 2)] * 3))
    assert pieces.status_code == 413


BAD_BODIES = (
    *(b"", b"null", b"[]", b"7", b'"chef"', b"{", bytes(range(256)), b'{"title": "\xff"}', b"title=chef"),
    *(
        b'{"jobs": []}',
        b'{"jobs": {}}',
        b'{"jobs": [{}], "extra": 1}',
        b"[" * 100_000,
        b'{"jobs": [{}], "threshold": 2}',
    ),
    *(b'{"jobs": [{}], "threshold": "x"}', b'{"jobs": [{}], "threshold": true}', b'{"threshold": NaN}'),
)


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_body_that_is_no_question_is_refused_in_json(full_client: TestClient, body: bytes) -> None:
    response = full_client.post(PATH, content=body)
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize(
    "query", ["", "title=", "titel=chef", "title=chef&threshold=2", "title=chef&threshold=nan", "title=%ff"]
)
def test_a_query_that_is_no_question_is_refused_in_json(full_client: TestClient, query: str) -> None:
    assert full_client.get(f"{PATH}?{query}").status_code == 400


def test_a_browser_may_post_from_another_site_and_other_paths_take_no_post(full_client: TestClient) -> None:
    assert "POST" in full_client.options(PATH).headers["access-control-allow-methods"]
    assert "POST" not in full_client.options("/api/v2/release").headers["access-control-allow-methods"]
    assert full_client.post("/api/v2/release").status_code == 405
    assert full_client.put(PATH).status_code == 405


def test_a_release_without_a_coder_says_so(client: TestClient) -> None:
    assert client.get(f"{PATH}?title=chef").status_code == 404
    response = client.post(PATH, json={"title": "chef"})
    assert response.status_code == 404
    assert "no coder" in response.json()["error"]


def test_posted_questions_count_for_the_quota(full_release: Path) -> None:
    gate = Gate(KeysInMemory({}, {}), Limits(keyless_per_ip=1), lambda: 0.0)
    every = datasets.every()
    guarded = TestClient(application(Release(full_release, every), every, {}, gate))
    assert guarded.post(PATH, json={"title": "chef"}).status_code == 200
    assert guarded.post(PATH, json={"title": "chef"}).status_code == 403
