"""Every recorded question to the old API that this service answers, asked again: same status, keys, order, types, form.

The values are newer. What is kept here of the recordings is their shape; LMI_RECORDED says where they are themselves.
"""

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from lmiforall.serve import places
from tools import recorded
from tools.recorded_shapes import KEPT, as_text, shape, shapes_of

# These are asked of made-up files, through the readers that real ones would go through.
MADE_UP = ("hesa/", "census/")

BREAKDOWN = "wf_predict_breakdown_region_soc-2815.matchskills-2020.json"

RECORDED = {one["file"]: one for one in recorded.answers()}
ASKED = [one for one in RECORDED.values() if one["file"] != BREAKDOWN]
STATUSES = {"status of an unknown code": 400, "status of an empty search": 400}


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of the recordings themselves."""
    place = os.environ.get("LMI_RECORDED", "")
    if not place:
        pytest.skip("LMI_RECORDED is not set: the kept shapes are taken on trust")
    return Path(place)


def test_the_kept_shapes_are_those_of_the_recordings(recordings: Path) -> None:
    assert KEPT.read_text("utf-8") == as_text(shapes_of(recordings))


@pytest.fixture
def asked_again(one: recorded.Answer, full_client: TestClient, made_up_client: TestClient) -> httpx.Response:
    """What we answer to a recorded question."""
    return (made_up_client if is_made_up(one) else full_client).get(one["address"])


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one["file"])
def test_a_recorded_question_gets_an_answer_of_the_same_form(one: recorded.Answer, asked_again: httpx.Response) -> None:
    differs = recorded.differs(one)
    status = next((STATUSES[name] for name in differs if name in STATUSES), one["status"])
    assert asked_again.status_code == status
    assert asked_again.headers["access-control-allow-origin"] == "*"
    assert asked_again.headers["content-type"].replace(" ", "").lower() == "application/json;charset=utf-8"
    given = asked_again.json()
    assert asked_again.content.decode("utf-8") == json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    if status != one["status"]:
        assert list(given) == ["error"]
    elif "keys" in differs:
        assert shape(given) != one["shape"]
        assert keys(shape(given)) >= keys(one["shape"])
    else:
        assert shape(given) == one["shape"]


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one["file"])
def test_an_answer_differs_from_the_recorded_one_where_that_is_declared_and_nowhere_else(
    one: recorded.Answer, asked_again: httpx.Response, recordings: Path
) -> None:
    then = (recordings / one["file"]).read_bytes().decode("utf-8").strip()
    differs = recorded.differs(one)
    same = asked_again.text == then and asked_again.status_code == one["status"]
    assert same == (not differs), differs
    if "groups" in differs:
        old, new = json.loads(then), asked_again.json()
        parts = next(key for key, value in old.items() if isinstance(value, list))
        added = [part["socGroup"] for part in new[parts]]
        assert set(added) - {part["socGroup"] for part in old[parts]} in ({"926", "927"}, {"91", "92"})


@pytest.mark.parametrize("one", [one for one in ASKED if "census_" in one["file"]], ids=lambda one: one["file"])
def test_a_percentage_is_worked_out_to_the_last_digit_as_it_was(one: recorded.Answer, recordings: Path) -> None:
    then = json.loads((recordings / one["file"]).read_text("utf-8"))
    total = next(value for key, value in then.items() if key.startswith("total"))
    parts = next(value for value in then.values() if isinstance(value, list))
    assert parts
    for part in parts:
        assert part["percentage"] == places.percentage(part["value"], total)


def test_every_recording_is_replayed_and_every_difference_is_one_of_some_answer(recordings: Path) -> None:
    files = {path.name for path in recordings.glob("*.json")} - {"INDEX.json"}
    assert files == set(RECORDED)
    assert {name for one in RECORDED.values() for name in recorded.differs(one)} == set(recorded.DIFFERENCES)


def is_made_up(one: recorded.Answer) -> bool:
    """Whether it is of a source that nobody has."""
    path: str = one["address"].removeprefix("/api/v1/")
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
