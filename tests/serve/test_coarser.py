"""A figure that is withheld is stood in for by a wider group's, which says so; nobody takes it for the group's own."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

ESTIMATES = "/api/v2/datasets/employment_estimates/observations"
PAY = "/api/v2/datasets/pay/observations"
WHERE = "region=E12000001&year=2026&employment_status=all&qualification=all&industry=all"


def rows(client: TestClient, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["observations"]
    return found


def test_a_modelled_figure_under_1000_is_stood_in_for_by_the_wider_occupation(full_client: TestClient) -> None:
    (given,) = rows(full_client, f"{ESTIMATES}?soc=1211&sex=female&{WHERE}")
    (wider,) = rows(full_client, f"{ESTIMATES}?soc=12&sex=female&{WHERE}")
    assert given["instead_of"] == {"soc": "1211", "status": "unreliable", "withheld_by": "modelled_under_1000"}
    assert given["soc"] in {"121", "12"}
    assert given["value"] >= 1000
    assert given["status"] == "modelled"
    assert "instead_of" not in wider


def test_any_quality_gives_the_figure_itself_and_never_leaves_it_missing(full_client: TestClient) -> None:
    (itself,) = rows(full_client, f"{ESTIMATES}?soc=1211&sex=female&{WHERE}&quality=any")
    (missing,) = rows(full_client, f"{ESTIMATES}?soc=1211&sex=female&{WHERE}&coarsen=never")
    assert itself["soc"] == missing["soc"] == "1211"
    assert 0 < itself["value"] < 1000
    assert missing["value"] is None
    assert itself["status"] == missing["status"] == "unreliable"
    assert itself["withheld_by"] == missing["withheld_by"] == "modelled_under_1000"


def test_what_ons_withheld_is_stood_in_for_with_ons_own_sign(full_client: TestClient) -> None:
    address = f"{PAY}?soc=1111&basis=week&year=2024&sex=female&pattern=part_time&measure=median_gbp"
    (given,) = rows(full_client, address)
    (wider,) = rows(full_client, address.replace("1111", "11"))
    assert given.pop("instead_of") == {"soc": "1111", "status": "unreliable", "mark": "x"}
    assert given == wider
    for setting in ("coarsen=never", "coarsen=never&quality=any"):
        (itself,) = rows(full_client, f"{address}&{setting}")
        assert itself["soc"] == "1111"
        assert itself["value"] is None


def test_where_no_wider_group_has_a_figure_the_row_says_why_it_has_none(full_client: TestClient) -> None:
    address = (
        "/api/v2/datasets/skills_shortages_by_area/observations?area=Isles of Scilly&question=Total number of staff"
    )
    (given,) = rows(full_client, address)
    assert given["value"] is None
    assert given["status"] == "suppressed"
    assert "instead_of" not in given


@pytest.mark.parametrize("setting", ["", "&quality=any", "&coarsen=never", "&quality=any&coarsen=never"])
def test_no_setting_gives_what_is_withheld_for_disclosure(full_client: TestClient, setting: str) -> None:
    both = "Cornwall and Isles of Scilly"
    name = "skills_shortages_by_area"
    address = f"/api/v2/datasets/{name}/observations?area={both}&question=Total number of staff{setting}"
    (given,) = rows(full_client, address)
    assert given["value"] is None
    assert given["withheld_by"] == "secondary"


def test_wider_areas_come_after_wider_occupations_and_filters_last(full_client: TestClient) -> None:
    """Nobody asks for men and gets women and men while a wider occupation of men has a figure."""
    found = rows(full_client, f"{ESTIMATES}?soc=1112&region=E12000001&year=2026")
    stood_in = [one for one in found if "instead_of" in one]
    assert stood_in
    for one in stood_in:
        asked = one["instead_of"]
        assert one["value"] >= 1000
        assert "soc" in asked or "region" in asked
        assert asked["status"] == "unreliable"


def test_a_publishers_flag_alone_withholds_nothing(full_client: TestClient) -> None:
    (given,) = rows(
        full_client,
        "/api/v2/datasets/projections/observations?soc=all&area=EN&table=ind_t5&period=2020&industry=G01"
        "&measure=employment_thousand&sex=male&employment_status=part_time&qualification=all",
    )
    assert given["status"] == "unreliable"
    assert given["value"] == pytest.approx(9.25, abs=0.01)


def test_whole_tables_hold_uncertain_figures_with_their_status_and_never_withheld_ones(full_client: TestClient) -> None:
    text = full_client.get(f"{ESTIMATES}?soc=1211&sex=female&{WHERE}&format=csv").text
    head, line = text.splitlines()
    told = dict(zip(head.split(","), line.split(","), strict=True))
    assert 0 < float(told["value"]) < 1000
    assert told["withheld_by"] == "modelled_under_1000"


@pytest.mark.parametrize(("name", "word"), [("coarsen", "maybe"), ("quality", "good"), ("coarsen", "any")])
def test_an_unknown_setting_is_refused_with_what_to_write(client: TestClient, name: str, word: str) -> None:
    answer = client.get(f"{PAY}?{name}={word}")
    assert answer.status_code == 400
    told = json.loads(answer.text)
    assert told["where"] == f"parameter {name}"
    assert "Leave it out" in told["do"]
