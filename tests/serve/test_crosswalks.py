"""Crosswalks as a service: each answer held against the official tables that it is made from, and what goes wrong."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.base.model import Crosswalks
from lmiforall.client.reading import crosswalk

BASE = "/api/v2/crosswalks"
MODEL = datasets.every()["crosswalks"].model
assert isinstance(MODEL, Crosswalks)
SCHEMES = [scheme.name for scheme in MODEL.schemes]
PAIRS = [(start, finish) for start in SCHEMES for finish in SCHEMES if start != finish]
DIRECTOR = "http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34"
# Weights are rounded to six decimals, and there may be hundreds.
ROUNDED = 2e-4


def said(client: TestClient, address: str) -> Any:
    answer = client.get(f"{BASE}/{address}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(client: TestClient, dataset: str, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v2/datasets/{dataset}/observations?{query}").json()["observations"]
    return found


def test_the_list_names_every_classification_and_every_pair(full_client: TestClient) -> None:
    listed = full_client.get(BASE).json()
    assert [one["scheme"] for one in listed["schemes"]] == SCHEMES
    assert [(one["from"], one["to"]) for one in listed["crosswalks"]] == PAIRS
    assert listed["held"] is True
    assert all(full_client.head(one["file"].partition("?")[0]).status_code == 200 for one in listed["crosswalks"][:5])


def test_onss_own_parts_are_given_as_they_were_published(full_client: TestClient) -> None:
    found = said(full_client, "soc2010/isco08/2113")
    published = {row["isco08"]: row["part"] for row in rows(full_client, "soc2010_isco08", "soc2010=2113")}
    assert published == {"2111": "50 of 100", "2114": "50 of 100"}
    assert {one["code"]: one["weight"] for one in found["targets"]} == {"2111": 0.5, "2114": 0.5}
    assert (found["relation"], found["quality"], found["arrives"]) == ("one to many", "published", 1.0)
    (step,) = found["way"]
    assert (step["dataset"], step["basis"]) == ("soc2010_isco08", "publisher")
    assert step["sources"][0]["publisher"] == "Office for National Statistics"


@pytest.mark.parametrize("soc", ["1115", "2136", "3545", "9244"])
def test_between_the_socs_the_weights_are_those_of_people(full_client: TestClient, soc: str) -> None:
    found = {one["code"]: one["weight"] for one in said(full_client, f"soc2010/soc2020/{soc}")["targets"]}
    converted = full_client.get(f"/api/v1/soc/convert?soc={soc}").json()["codes"]
    assert found == {str(one["soc"]): pytest.approx(one["weight"], abs=1e-6) for one in converted if one["weight"] > 0}


def test_two_steps_are_the_product_of_both_official_tables(full_client: TestClient) -> None:
    """Of a SOC2010 group: ONS's parts in ISCO-08, each in equal parts in the occupations that BLS links."""
    found = {one["code"]: one["weight"] for one in said(full_client, "soc2010/ussoc2010/2113")["targets"]}
    by_hand: dict[str, float] = {}
    for isco in ("2111", "2114"):
        # BLS links some occupations to a wider group: that is a link to each unit group in it.
        every = rows(full_client, "isco08_ussoc2010", "direction=to_ussoc2010&limit=10000")
        linked = [row for row in every if isco.startswith(row["isco08"])]
        for row in linked:
            by_hand[row["ussoc2010"]] = by_hand.get(row["ussoc2010"], 0) + 0.5 / len(linked)
    assert found == {code: pytest.approx(weight, abs=1e-6) for code, weight in by_hand.items()}


def test_titles_weigh_between_soc2020_and_isco08(full_client: TestClient) -> None:
    found = {one["code"]: one["weight"] for one in said(full_client, "soc2020/isco08/2253")["targets"]}
    titles = full_client.get("/api/v2/datasets/soc2020_index/observations?format=csv")
    if titles.status_code != 200:
        pytest.fail(titles.text)
    counted: dict[str, int] = {}
    for row in csv.DictReader(titles.text.splitlines()):
        if row["soc"] == "2253" and row["isco08"]:
            counted[row["isco08"]] = counted.get(row["isco08"], 0) + 1
    whole = sum(counted.values())
    assert found == {code: pytest.approx(count / whole, abs=1e-6) for code, count in counted.items()}


@pytest.mark.parametrize("code", [DIRECTOR, quote(DIRECTOR, safe=""), DIRECTOR.rsplit("/", 1)[1]])
def test_an_esco_occupation_is_found_by_its_address_and_by_the_end_of_it(full_client: TestClient, code: str) -> None:
    found = said(full_client, f"esco/isco08/{code}")
    assert found["from"] == {"scheme": "esco", "code": DIRECTOR, "title": "technical director"}
    assert [one["code"] for one in found["targets"]] == ["2654"]
    assert found["relation"] == "many to one"


def test_who_is_on_no_list_of_judgements_goes_by_isco08_and_comes_back_by_it(full_client: TestClient) -> None:
    found = said(full_client, f"esco/onet/{DIRECTOR.rsplit('/', 1)[1]}")
    assert [step["to"] for step in found["way"]] == ["isco08", "ussoc2010", "ussoc2018", "onet"]
    assert found["returns"] > 0


def test_one_to_many_is_never_narrowed_unless_it_is_asked_and_then_counted(full_client: TestClient) -> None:
    whole = said(full_client, "soc2020/onet/2134")
    assert len(whole["targets"]) > 10
    assert whole["left_out"] == 0
    weights = [one["weight"] for one in whole["targets"]]
    assert weights == sorted(weights, reverse=True)
    large = said(full_client, "soc2020/onet/2134?least=0.05")
    assert large["targets"] == [one for one in whole["targets"] if one["weight"] >= 0.05]
    assert large["left_out"] == len(whole["targets"]) - len(large["targets"]) > 0


def test_a_code_that_leads_nowhere_says_why(full_client: TestClient) -> None:
    found = said(full_client, "apprenticeship/soc2020/ST0004")
    assert (found["targets"], found["relation"], found["arrives"]) == ([], "none", 0.0)
    assert found["why"].startswith("No link leads all the way (apprenticeship -> soc2010 -> soc2020)")


def lines(client: TestClient, start: str, finish: str) -> Iterator[dict[str, Any]]:
    yield from said(client, f"{start}/{finish}")["links"]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_code_is_in_its_file_and_its_weights_add_to_one(full_client: TestClient, pair: tuple[str, str]) -> None:
    sums: dict[str, float] = {}
    for link in lines(full_client, *pair):
        assert (link["target"] is None) == (link["weight"] is None)
        assert 0 <= (link["back"] or 0) <= 1
        sums[link["code"]] = sums.get(link["code"], 0) + (link["weight"] or 0)
    counts = rows(full_client, "crosswalks", f"from={pair[0]}&to={pair[1]}&target=all&measure=targets&limit=10000")
    assert set(sums) == {row["code"] for row in counts}
    linked = {row["code"] for row in counts if row["value"]}
    assert {code for code, whole in sums.items() if whole} == linked
    assert all(abs(sums[code] - 1) < ROUNDED for code in linked)


@pytest.mark.parametrize("pair", [("ncs", "soc2020"), ("soc2010", "onet"), ("apprenticeship", "soc2010")])
def test_file_and_answer_say_the_same_and_a_round_trip_is_what_its_links_make(
    full_client: TestClient, pair: tuple[str, str]
) -> None:
    by_code: dict[str, list[dict[str, Any]]] = {}
    for link in lines(full_client, *pair):
        by_code.setdefault(link["code"], []).append(link)
    for code in list(by_code)[::40]:
        found = said(full_client, f"{'/'.join(pair)}/{code}")
        links = [link for link in by_code[code] if link["target"]]
        assert {(one["code"], one["weight"], one["back"]) for one in found["targets"]} == {
            (link["target"], link["weight"], link["back"]) for link in links
        }
        assert found["returns"] == pytest.approx(sum(one["weight"] * one["back"] for one in links), abs=ROUNDED)


def test_the_client_reads_an_answer_into_types(full_client: TestClient) -> None:
    found = crosswalk(said(full_client, "soc2010/isco08/2113"))
    assert [(one.code, one.weight) for one in found.targets] == [("2111", 0.5), ("2114", 0.5)]
    assert (found.way[0].start, found.way[0].finish, found.why) == ("soc2010", "isco08", "")


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("soc2001/isco08/2113", 404, "there is no classification 'soc2001'. Did you mean soc20"),
        ("soc2010/isco/2113", 404, "Did you mean isco08?"),
        ("soc2010/soc2010/2113", 404, "soc2010 needs no crosswalk to itself"),
        ("soc2010", 404, "there is no classification ''"),
        ("soc2010/isco08/21", 404, "It is a wider group: ask for 2111, 2112, 2113, 2114, 2119 ..."),
        ("soc2010/isco08/1111", 404, "It is one of soc2020, isco08"),
        ("soc2010/isco08/99999", 404, "'99999' is no SOC2010 unit group"),
        ("soc2010/isco08/nurses", 404, "The nearest are 2231 Nurses"),
        ("ncs/soc2020/zoologst", 404, "The nearest are zoologist Zoologist"),
        ("onet/soc2020/11-1011", 404, "It is one of ussoc2010, ussoc2018. A code here is such as 29-1141.00"),
        ("esco/soc2020/technical%20director", 404, "technical director"),
        ("soc2010/isco08/", 200, ""),
        ("soc2010/isco08/2113?least=2", 400, "'2' is no part. A number from 0 to 1"),
        ("soc2010/isco08/2113?least=nan", 400, "'nan' is no part"),
        ("soc2010/isco08/2113?leest=0.1", 400, "Did you mean least?"),
        ("soc2010/isco08?format=xml", 400, "'xml' is no format. One of: csv, json"),
        (f"soc2010/isco08/{'9' * 3000}", 404, "is no SOC2010 unit group"),
        ("soc2010/isco08/%00%ff%F0%9F%92%A9", 404, "is no SOC2010 unit group"),
        ("soc2010/isco08/../../../etc/passwd", 404, ""),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(full_client: TestClient, address: str, status: int, says: str) -> None:
    answer = full_client.get(f"{BASE}/{address}")
    assert answer.status_code == status, answer.text[:300]
    if status != 200:
        assert says in answer.json()["error"]


def test_the_starter_release_says_that_it_has_none_and_where_there_is(client: TestClient) -> None:
    answer = client.get(f"{BASE}/soc2010/isco08/2113")
    assert answer.status_code == 404
    assert "full release only" in answer.json()["error"]
    assert "/api/v1/soc/convert" in answer.json()["do"]
    assert client.get(BASE).json()["held"] is False


def test_an_answer_has_status_licence_and_etag(full_client: TestClient) -> None:
    answer = full_client.get(f"{BASE}/soc2010/onet/2113")
    assert answer.headers["x-lmi-status"] == "modelled"
    assert 'rel="license"' in answer.headers["link"]
    again = full_client.get(f"{BASE}/soc2010/onet/2113", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert full_client.get(f"{BASE}/soc2010/isco08/2113").headers["x-lmi-status"] == "converted"


def test_the_page_shows_what_the_service_answers(full_client: TestClient) -> None:
    text = (Path(__file__).parents[2] / "docs" / "crosswalks.md").read_text("utf-8")
    shown = re.search(r"<!-- from the full release -->\n```text\n(.*?)```", text, re.DOTALL)
    assert shown
    real = said(full_client, "soc2010/isco08/2113")
    # The number of a release is of its day.
    assert json.loads(shown[1]) | {"release": real["release"]} == real
