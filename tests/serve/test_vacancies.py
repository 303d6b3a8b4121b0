"""vacancies/search and the adverts of v2 from a real store: the old shape, and counts beside the official series."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.base.advert import APPRENTICESHIP, Advert, Coding, Pay, Skill
from lmiforall.keep import adverts, ending
from lmiforall.keep.database import Database, opened
from lmiforall.match.adverts import place
from lmiforall.release.opened import Release
from lmiforall.serve import vacancies
from lmiforall.serve.application import application
from tests.conftest import _wait_for

DAY = "2025-11-03"
OLD = "/api/v1/vacancies/search"


def advert(number: str, title: str, area: str = "E08000035", region: str = "E12000003", **more: str) -> Advert:
    more = {"place": "Leeds"} | more
    return Advert(
        "mine", number, number.encode(), title, employer="Pipes Ltd", description="Fit boilers. " * 40,
        area=area, region=region, pay=Pay(15, 17, "hour", 29_250, 33_150), coding=Coding("5315", 0.9, "5314", 0.95),
        skills=(Skill("s1", "boilers", 4, 11),), link=f"https://jobs.example/{number}", block=number.encode(), **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three open adverts and a closed one."""
    with opened(str(tmp_path_factory.mktemp("adverts") / "adverts.db"), create=True) as made:
        several = [
            advert("1", "Plumber", postcode="LS1 1AA", posted="2025-11-01", expires="2025-12-01"),
            advert("2", "Plumber and roofer", area="E06000023", region="E12000009", place="Bristol"),
            advert("3", "Chef apprentice", kind=APPRENTICESHIP),
            advert("4", "Plumber, closed"),
        ]
        adverts.put(made, several, [], DAY)
        ending.close(made, "mine", ["4"], DAY)
        yield made


@pytest.fixture(scope="module")
def client(store: Database, starter_release: Path, table_of: Callable[..., object]) -> TestClient:
    """A client of the service with a store, on the starter release, by the places of the official files."""
    every = datasets.every()
    release = Release(starter_release, every)
    tables = {name: table_of(name).frame for name in place.NEEDED}  # type: ignore[attr-defined]
    told = vacancies.Vacancies(store, place.places(tables), lambda: DAY)
    return TestClient(application(release, every, adverts=vacancies.handlers(release, told)))


def test_a_vacancy_has_the_shape_that_the_old_api_gave_it(client: TestClient) -> None:
    answer = client.get(OLD, params={"keywords": "plumber", "location": "LS1 2BB"})
    (found,) = answer.json()
    assert list(found) == ["id", "title", "summary", "company", "activedate", "location", "link"]
    assert found["title"] == "Plumber"
    assert found["company"] == "Pipes Ltd"
    assert found["activedate"] == {"start": "2025-11-01T00:00:00Z", "end": "2025-12-01T23:59:59Z"}
    assert found["location"]["postcode"] == "LS1 1AA"
    assert list(found["location"]) == ["location", "city", "area", "postcode", "country"]
    assert len(found["summary"]) <= vacancies.SUMMARY + 3
    assert "not official statistics" in answer.headers["x-lmi-note"]
    assert answer.headers["cache-control"] == "no-store"


def test_vacancies_are_found_by_the_parameters_of_then(client: TestClient) -> None:
    everywhere = client.get(OLD, params={"keywords": "plumber"}).json()
    assert {one["title"] for one in everywhere} == {"Plumber", "Plumber and roofer"}
    assert len(client.get(f"{OLD}?keywords=plumber&limit=1").json()) == 1
    assert client.get("/api/vacancies/search?keywords=zymurgist").json() == []
    assert (
        client.get(f"{OLD}?postcode=LS11AA&keywords=plumber").json()
        == client.get(f"{OLD}?location=Leeds&keywords=plumber").json()
    )


def test_an_unknown_place_is_answered_in_words(client: TestClient) -> None:
    unknown = client.get(f"{OLD}?location=Atlantis&radius=5")
    assert unknown.json() == []
    assert "place isn't known" in unknown.headers["x-lmi-note"]


@pytest.mark.parametrize(
    ("location", "radius", "found"),
    [
        # SOURCE: LS1 is 10 miles from Bradford, Bristol 25 from Cardiff; the apprentice's advert says only Leeds.
        ("Bradford", "5", []), ("Bradford", "12.5", ["Plumber", "Chef apprentice"]), ("BD1 1AA", "1", []),
        ("LS2", "0.7", ["Plumber"]), ("LS2 9JT", "8", ["Plumber", "Chef apprentice"]), ("Leeds", "0", None),
        ("Cardiff", "30", ["Plumber and roofer"]), ("Cardiff", "20", []),
        ("Cardiff", "500", ["Plumber", "Plumber and roofer", "Chef apprentice"]),
    ],
)  # fmt: skip
def test_a_radius_is_of_miles_around_the_place_whatever_the_authority(
    client: TestClient, location: str, radius: str, found: list[str] | None
) -> None:
    asked = {"location": location, "radius": radius}
    answer = client.get(OLD, params=asked)
    wanted = ["Plumber", "Chef apprentice"] if found is None else found
    assert sorted(one["title"] for one in answer.json()) == sorted(wanted)
    assert ("as the crow flies" in answer.headers["x-lmi-note"]) == (found is not None)
    of_v2 = client.get("/api/v2/adverts", params={"place": location, "radius": radius}).json()["adverts"]
    assert [one["title"] for one in of_v2] == [one["title"] for one in answer.json()]


def test_a_radius_goes_with_words_and_a_limit_and_around_a_county_says_that_it_is_not_applied(
    client: TestClient,
) -> None:
    asked = {"keywords": "plumber", "location": "Bradford", "radius": "50", "limit": "1"}
    assert [one["title"] for one in client.get(OLD, params=asked).json()] == ["Plumber"]
    assert client.get(OLD, params={**asked, "limit": "0"}).json() == []
    county = client.get(OLD, params={**asked, "location": "West Yorkshire"})
    assert "radius isn't applied" in county.headers["x-lmi-note"]
    assert [one["title"] for one in county.json()] == ["Plumber"]


@pytest.mark.parametrize(
    "query", ["limit=many", "limit=-1", "radius=far", "radius=-1", "radius=nan", "keywords=%ff", "limit=1&limit=2"]
)
def test_bad_questions_are_refused_as_the_old_api_did(client: TestClient, query: str) -> None:
    answer = client.get(f"{OLD}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize("words", ["' OR 1=1 --", '"', "\x00", "🚒", "a" * 3000, "AND OR NOT NEAR(", "*"])
def test_whatever_is_looked_for_the_answer_is_a_list(client: TestClient, words: str) -> None:
    assert isinstance(client.get(OLD, params={"keywords": words}).json(), list)


def test_old_pages_get_their_script(client: TestClient) -> None:
    text = client.get(f"{OLD}?keywords=plumber&limit=1&callback=show").text
    assert text.startswith("show(")


def test_an_advert_of_v2_has_its_pay_its_codes_and_its_skills_with_their_places(client: TestClient) -> None:
    (found,) = client.get("/api/v2/adverts?kind=apprenticeship").json()["adverts"]
    assert (found["soc2020"], found["soc2020_probability"], found["soc2010"]) == ("5315", 0.9, "5314")
    assert found["pay"] == {
        "low": 15.0, "high": 17.0, "per": "hour", "yearly_low": 29250.0, "yearly_high": 33150.0, "note": "",
    }  # fmt: skip
    (skill,) = found["skills"]
    assert found["description"][skill["start"] : skill["end"]] == "boilers"


def test_apprenticeships_come_as_a_feed(client: TestClient) -> None:
    answer = client.get("/api/v2/adverts/feed?kind=apprenticeship")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert (item["title"], item["url"]) == ("Chef apprentice", "https://jobs.example/3")


@pytest.mark.parametrize(
    "query",
    ["/counts?from=2025", "/counts?from=2025-01&to=2024-01", "/counts?soc=x", "?word=x", "?limit=x", "/counts?x=1"],
)
def test_bad_questions_of_v2_say_what_was_wrong(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v2/adverts{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_counts_stand_beside_the_official_series_and_apart_from_it(client: TestClient) -> None:
    found = client.get("/api/v2/adverts/counts?soc=5315&from=2025-10&to=2025-11").json()
    assert set(found) == {"adverts", "official"}
    ours = {(one["month"], one["area"]): (one["open"], one["new"]) for one in found["adverts"]["months"]}
    assert ours == {("2025-11", "E06000023"): (1, 1), ("2025-11", "E08000035"): (3, 3)}
    assert found["official"]["dataset"] == "job_adverts"
    assert "Three-month averages" in found["official"]["what"]


def test_the_official_figures_are_those_of_the_dataset(
    store: Database, full_release: Path, table_of: Callable[..., object]
) -> None:
    every = datasets.every()
    release = Release(full_release, every)
    tables = {name: table_of(name).frame for name in place.NEEDED}  # type: ignore[attr-defined]
    told = vacancies.Vacancies(store, place.places(tables), lambda: DAY)
    full = TestClient(application(release, every, adverts=vacancies.handlers(release, told)))
    found = full.get("/api/v2/adverts/counts?soc=2134&from=2025-11&to=2025-11").json()["official"]
    # SOURCE: DfE, Local Skills Dashboard: 9,545 adverts for 2134 in November 2025.
    assert [(one["month"], round(one["adverts"] or 0)) for one in found["months"]] == [("2025-11", 9545)]


def test_the_description_of_the_api_has_adverts_only_where_there_is_a_store(
    client: TestClient, starter_release: Path
) -> None:
    every = datasets.every()
    without = TestClient(application(Release(starter_release, every), every))
    assert "/api/v2/adverts/counts" in client.get("/openapi.json").json()["paths"]
    assert "/api/v2/adverts/counts" not in without.get("/openapi.json").json()["paths"]
    assert without.get("/api/v2/adverts").status_code == 404
    assert without.get(f"{OLD}?keywords=plumber").json() == []


def test_a_server_that_is_given_a_store_answers_from_it(store: Database, full_release: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = ["--release", str(full_release), "--adverts", str(store.engine.url.database), "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "lmiforall", "serve", *given], env=os.environ, stderr=subprocess.PIPE
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server)
        found = httpx.get(f"http://127.0.0.1:{port}{OLD}?keywords=plumber&location=Bristol", timeout=20)
        assert [one["title"] for one in json.loads(found.text)] == ["Plumber and roofer"]
    finally:
        server.terminate()
        server.communicate(timeout=20)
