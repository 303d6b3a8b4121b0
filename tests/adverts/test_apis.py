"""Adzuna's API and the Display Advert API, by real servers that speak them: pages, limits, keys, changes, faults."""

import time
from typing import Any

import pytest

from lmiforall.base.advert import APPRENTICESHIP, YEAR, Faulty, Posting
from lmiforall.base.problem import Stop
from lmiforall.extract.adverts import adzuna, display_advert
from lmiforall.extract.adverts.adzuna import Adzuna
from lmiforall.extract.adverts.asking import Asker
from lmiforall.extract.adverts.display_advert import DisplayAdvert
from lmiforall.extract.transfer import AGENT
from tests.adverts import protocols
from tests.adverts.protocols import as_json, headers_of, result, vacancy
from tests.extract.publisher import Site, cut_short, in_turn, redirect, status

FIRST = "/v1/api/jobs/gb/search/1"


def of_adzuna(asker: Asker, site: Site, **changes: Any) -> list[Posting | Faulty]:
    told = {
        "address": f"{site.url}/v1/api/jobs/gb/search",
        "app_id": "me",
        "app_key": "right",
        "ask": {"what": "plumber"},
    }
    return list(adzuna.read(asker, "adz", Adzuna(**{**told, **changes})))


def of_dfe(asker: Asker, site: Site, **changes: Any) -> list[Posting | Faulty]:
    told = {"address": f"{site.url}/vacancies/vacancy", "key": "right"}
    return list(display_advert.read(asker, "dfe", DisplayAdvert(**{**told, **changes})))


def titles(found: list[Posting | Faulty]) -> list[str]:
    return [item.title if isinstance(item, Posting) else item.why for item in found]


def test_adzuna_is_read_page_after_page_with_a_pause_between(asker: Asker, site: Site, pauses: list[float]) -> None:
    protocols.adzuna(site, [result(number) for number in range(120)])
    found = of_adzuna(asker, site)
    assert titles(found) == [f"Plumber {number}" for number in range(120)]
    assert len(site.asked) == 3
    assert pauses == [0.5, 0.5]
    assert "what=plumber" in site.asked[0][0]
    assert headers_of(site, FIRST)["user-agent"] == AGENT


def test_a_result_of_adzuna_is_read_field_by_field(asker: Asker, site: Site) -> None:
    protocols.adzuna(site, [result(7)])
    assert of_adzuna(asker, site) == [
        Posting(
            source="adz", id="4000000007", title="Plumber 7", employer="Pipes Ltd",
            description="Fit <strong>boilers</strong> …", place="Leeds, West Yorkshire", pay_low=30000,
            pay_high=35000.5, pay_per=YEAR, link="https://jobs.example/7", posted="2026-03-01",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["1", 1, True])
def test_pay_that_adzuna_guesses_is_not_taken_for_the_adverts(asker: Asker, site: Site, sign: Any) -> None:
    protocols.adzuna(site, [result(1, salary_is_predicted=sign)])
    (found,) = of_adzuna(asker, site)
    assert isinstance(found, Posting)
    assert (found.pay_low, found.pay_high, found.pay_per) == (None, None, "")


def test_who_is_asked_to_wait_waits_so_long_and_asks_again(asker: Asker, site: Site) -> None:
    protocols.adzuna(site, [result(1)])
    site.answers[FIRST] = in_turn(status(429, {"Retry-After": "1"}), site.answers[FIRST])
    began = time.monotonic()
    assert titles(of_adzuna(asker, site)) == ["Plumber 1"]
    assert time.monotonic() - began >= 1


def test_who_is_asked_to_come_back_in_an_hour_stops_and_says_so(asker: Asker, site: Site) -> None:
    protocols.adzuna(site, [result(number) for number in range(60)])
    site.answers["/v1/api/jobs/gb/search/2"] = status(429, {"Retry-After": "3600"})
    told = Adzuna(address=f"{site.url}/v1/api/jobs/gb/search", app_id="me", app_key="right")
    reading = adzuna.read(asker, "adz", told)
    first = [next(reading) for _ in range(50)]
    assert len(first) == 50
    with pytest.raises(Stop, match=r"source adz, page 2: .*429.*come back after 3600.*kept"):
        next(reading)
    assert len(site.asked) == 2


def test_an_expired_key_is_said_to_be_one_and_is_not_printed(asker: Asker, site: Site) -> None:
    protocols.adzuna(site, [result(1)], key="new")
    with pytest.raises(Stop, match=r"401.*Is the key expired") as stop:
        of_adzuna(asker, site)
    assert "right" not in str(stop.value)


def test_a_key_does_not_follow_a_redirect_to_another_host(asker: Asker, site: Site) -> None:
    protocols.adzuna(site, [])
    site.answers[FIRST] = redirect(f"{site.url.replace('127.0.0.1', 'localhost')}/elsewhere?app_key=right")
    with pytest.raises(Stop, match="isn't followed") as stop:
        of_adzuna(asker, site)
    assert "app_key" not in str(stop.value)
    assert len(site.asked) == 1


def test_a_page_that_is_cut_short_is_asked_for_again(asker: Asker, site: Site) -> None:
    protocols.adzuna(site, [result(1)])
    site.answers[FIRST] = in_turn(cut_short(b'{"results":[{"id":', 4000), site.answers[FIRST])
    assert titles(of_adzuna(asker, site)) == ["Plumber 1"]


@pytest.mark.parametrize("content", [{"results": None}, {"error": "x"}, [], "text", None])
def test_an_answer_of_another_shape_stops_the_source(asker: Asker, site: Site, content: Any) -> None:
    site.answers = protocols.Paths({FIRST: as_json(content)})
    with pytest.raises(Stop, match="has the API changed"):
        of_adzuna(asker, site)


def test_an_answer_that_is_no_json_stops_the_source(asker: Asker, site: Site) -> None:
    content = b"<html>Down for maintenance</html>"
    site.answers = protocols.Paths({FIRST: lambda request: request.send(200, {"Content-Length": "33"}, content)})
    with pytest.raises(Stop, match="no whole JSON document"):
        of_adzuna(asker, site)


def test_a_result_that_can_not_be_read_is_named_and_stops_no_other(asker: Asker, site: Site) -> None:
    broken = [
        {"title": "no id"},
        {"id": 5},
        "text",
        None,
        7,
        [result(1)],
        result(2, company=None, location=[], created=3),
    ]
    protocols.adzuna(site, [*broken, result(3)])
    found = of_adzuna(asker, site)
    assert titles(found) == [*["it has no id or no title"] * 6, "Plumber 2", "Plumber 3"]
    assert isinstance(found[0], Faulty)
    assert found[0].where == "source adz, page 1, result 1"
    assert isinstance(found[6], Posting)
    assert (found[6].employer, found[6].place, found[6].posted) == ("", "", "")


def test_the_display_advert_api_is_asked_with_key_and_version_for_each_page(asker: Asker, site: Site) -> None:
    protocols.display_advert(site, [vacancy(number) for number in range(101)])
    found = of_dfe(asker, site)
    assert len(found) == 101
    assert len(site.asked) == 3
    assert headers_of(site, "/vacancies/vacancy")["x-version"] == "2"


def test_a_vacancy_is_an_apprenticeship_with_its_day_and_its_contacts_apart(asker: Asker, site: Site) -> None:
    protocols.display_advert(site, [vacancy(7)])
    (found,) = of_dfe(asker, site)
    assert isinstance(found, Posting)
    assert (found.kind, found.id, found.employer) == (APPRENTICESHIP, "VAC0000000007", "Pipes Ltd")
    assert (found.place, found.postcode) == ("1 High Street, Leeds", "LS1 1AA")
    assert (found.pay_low, found.pay_high, found.pay_per) == (14500, 14500, YEAR)
    assert (found.posted, found.expires) == ("2026-02-01", "2026-04-01")
    assert found.contacts == ("Jo Bloggs", "jo@pipes.example", "0113 496 0000")


def test_an_expired_subscription_key_is_said_to_be_one(asker: Asker, site: Site) -> None:
    protocols.display_advert(site, [vacancy(7)], key="new")
    with pytest.raises(Stop, match="Is the key expired"):
        of_dfe(asker, site)


def test_a_vacancy_with_other_fields_is_read_as_far_as_it_goes(asker: Asker, site: Site) -> None:
    changed = vacancy(7, wage=None, addresses=None, address={"postcode": "LS2 2BB"}, closingDate="soon")
    protocols.display_advert(site, [changed, {"title": "no reference"}, 5])
    found = of_dfe(asker, site)
    assert titles(found)[1:] == ["it has no vacancyReference or no title"] * 2
    assert isinstance(found[0], Posting)
    assert (found[0].postcode, found[0].pay_low, found[0].expires) == ("LS2 2BB", None, "")


def test_an_api_of_another_version_stops_the_source(asker: Asker, site: Site) -> None:
    site.answers = protocols.Paths({"/vacancies/vacancy": as_json({"items": [], "pages": 1})})
    with pytest.raises(Stop, match="has the API changed"):
        of_dfe(asker, site)
