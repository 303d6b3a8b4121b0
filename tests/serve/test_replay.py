"""Every recorded answer of the old API that this service gives, asked again: same status, keys, order, types, form.

The values are newer. The recordings are no part of the project; LMI_RECORDED says where they are.
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

HERE = ("soc/", "ashe/", "wf/")

# What was decided differently from a recording, and why.
DECIDED = {
    "soc_code_9999999.200.2015-09-17.json": (400, "an unknown code was 200 without a body in 2015; clients read a 400"),
    "soc_search_q-.200.2016-06-16.json": (400, "2017 wins over 2016"),
}


def recordings() -> list[dict[str, Any]]:
    place = os.environ.get("LMI_RECORDED", "")
    if not place:
        return []
    entries = json.loads((Path(place) / "INDEX.json").read_text("utf-8"))
    asked = [entry for entry in entries if "breakdown" not in entry["url"]]
    return [entry for entry in asked if urlsplit(entry["url"]).path.removeprefix("/api/v1/").startswith(HERE)]


def shape(value: Any) -> Any:
    """Reduce an answer to its keys in their order and its types; a list to the shapes that stand in it."""
    if isinstance(value, dict):
        return [(key, shape(item)) for key, item in value.items()]
    if isinstance(value, list):
        return ["list", *sorted({json.dumps(shape(item)) for item in value})]
    return type(value).__name__


@pytest.mark.skipif(not recordings(), reason="LMI_RECORDED is not set: no recorded answers to replay")
@pytest.mark.parametrize("entry", recordings(), ids=lambda entry: entry["file"])
def test_a_recorded_question_gets_an_answer_of_the_same_form(entry: dict[str, Any], full_client: TestClient) -> None:
    recorded = (Path(os.environ["LMI_RECORDED"]) / entry["file"]).read_bytes()
    url = urlsplit(entry["url"])
    response = full_client.get(f"{url.path}?{url.query}")
    if entry["file"] in DECIDED:
        status, _why = DECIDED[entry["file"]]
        assert response.status_code == status
        assert list(response.json()) == ["error"]
        return
    assert response.status_code == entry["http_status"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"].replace(" ", "").lower() == "application/json;charset=utf-8"
    given, was = response.json(), json.loads(recorded)
    assert response.content.decode("utf-8") == json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    if "2017" in entry["file"] or url.path.startswith("/api/v1/ashe"):
        assert shape(given) == shape(was)
    else:
        assert _keys(given) >= _keys(was)


def _keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*(_keys(item) for item in value)) if value else set()
    return set(value)


@pytest.mark.skipif(not recordings(), reason="LMI_RECORDED is not set: no recorded answers to replay")
def test_the_recorded_breakdown_by_region_has_the_same_form(full_client: TestClient) -> None:
    place = Path(os.environ["LMI_RECORDED"]) / "wf_predict_breakdown_region_soc-2815.matchskills-2020.json"
    was = json.loads(place.read_text("utf-8"))
    # 2815 is a code of neither classification (the recording is a client's own sample): another one, the same form.
    given = full_client.get("/api/v1/wf/predict/breakdown/region?soc=2231").json()
    assert list(given) == list(was)
    item = given["predictedEmployment"][0]
    assert list(item) == list(was["predictedEmployment"][0])
    names = {(part["code"], part["name"]) for part in was["predictedEmployment"][0]["breakdown"]}
    assert {(part["code"], part["name"]) for part in item["breakdown"]} == names
    for year in given["predictedEmployment"]:
        for part in year["breakdown"]:
            assert ("note" in part) == (part["employment"] < 10_000)
            assert isinstance(part["employment"], int)
