"""Every recorded question to the old API that this service answers, asked again: same status, keys, order, types, form.

The values are newer. What is kept here of the recordings is their shape; LMI_RECORDED says where they are themselves.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tools.recorded_shapes import KEPT, as_text, shape, shapes_of

# These are asked of made-up files, through the readers that real ones would go through.
MADE_UP = ("hesa/", "census/")

# What was decided differently from a recording, and why.
DECIDED = {
    "soc_code_9999999.200.2015-09-17.json": (400, "an unknown code was 200 without a body in 2015; clients read a 400"),
    "soc_search_q-.200.2016-06-16.json": (400, "2017 wins over 2016"),
}
BREAKDOWN = "wf_predict_breakdown_region_soc-2815.matchskills-2020.json"

RECORDED = {one["file"]: one for one in json.loads(KEPT.read_text("utf-8"))}
ASKED = [one for one in RECORDED.values() if one["file"] != BREAKDOWN]


def test_the_kept_shapes_are_those_of_the_recordings() -> None:
    place = os.environ.get("LMI_RECORDED", "")
    if not place:
        pytest.skip("LMI_RECORDED is not set: the kept shapes are taken on trust")
    assert KEPT.read_text("utf-8") == as_text(shapes_of(Path(place)))


@pytest.mark.parametrize("recorded", ASKED, ids=lambda one: one["file"])
def test_a_recorded_question_gets_an_answer_of_the_same_form(
    recorded: dict[str, Any], full_client: TestClient, made_up_client: TestClient
) -> None:
    response = (made_up_client if is_made_up(recorded) else full_client).get(recorded["address"])
    if recorded["file"] in DECIDED:
        status, _why = DECIDED[recorded["file"]]
        assert response.status_code == status
        assert list(response.json()) == ["error"]
        return
    assert response.status_code == recorded["status"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"].replace(" ", "").lower() == "application/json;charset=utf-8"
    given = response.json()
    assert response.content.decode("utf-8") == json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    if "2017" in recorded["file"] or "/ashe/" in recorded["address"] or is_made_up(recorded):
        assert shape(given) == recorded["shape"]
    else:
        assert keys(shape(given)) >= keys(recorded["shape"])


def is_made_up(recorded: dict[str, Any]) -> bool:
    """Whether it is of a source that nobody has."""
    path: str = recorded["address"].removeprefix("/api/v1/")
    return path.startswith(MADE_UP)


def keys(shaped: Any) -> set[str]:
    """Give the keys of an object's shape, or of the objects in a list; 2015 and 2016 had some of those of 2017."""
    if shaped[:1] == ["list"]:
        return set().union(*(keys(item) for item in shaped[1:]))
    return {key for key, _ in shaped}


def test_the_recorded_breakdown_by_region_has_the_same_form(full_client: TestClient) -> None:
    # 2815 is a code of neither classification (the recording is a client's own sample): another one, the same form.
    given = full_client.get("/api/v1/wf/predict/breakdown/region?soc=5231").json()
    assert shape(given) == RECORDED[BREAKDOWN]["shape"]
    # SOURCE: contract, section 0.7 and 4: twelve regions, and a note at exactly the counts under 10,000.
    for year in given["predictedEmployment"]:
        assert {part["code"] for part in year["breakdown"]} == set(range(1, 13))
        assert all(("note" in part) == (part["employment"] < 10_000) for part in year["breakdown"])
    names = {part["code"]: part["name"] for part in given["predictedEmployment"][0]["breakdown"]}
    assert names[2] == "South East (England)"
    assert names[7] == "Yorkshire and the Humber"
