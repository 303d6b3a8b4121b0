"""How a site is asked, and what its misbehaviour comes to; against a real server on this machine."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lmiforall.base.dataset import Address, Download
from lmiforall.base.problem import Stop
from lmiforall.extract.fetch import Outcome
from lmiforall.extract.filing import State
from lmiforall.extract.manners import Manners, may_follow
from tests.extract.publisher import (
    CERTIFICATE,
    HOST,
    QUICK,
    Site,
    cut_chunks,
    cut_short,
    dataset,
    in_turn,
    redirect,
    slowly,
    source,
    stalling,
    status,
    whole,
    workbook,
)

Run = Callable[..., tuple[Outcome, ...]]

URL = f"{HOST}/2024/table.xlsx"
PLACE = "tables/table_2024.xlsx"
BOOK = workbook("first")


def said(outcomes: tuple[Outcome, ...]) -> str:
    (outcome,) = outcomes
    assert outcome.problem is not None
    assert outcome.files == ()
    return str(outcome.problem)


def test_a_file_comes_to_its_place_as_it_is(run: Run, site: Site, folder: Path) -> None:
    site[URL] = whole(BOOK)
    (outcome,) = run()
    assert [filed.place for filed in outcome.files] == [PLACE]
    assert (folder / PLACE).read_bytes() == BOOK


def test_we_say_who_asks_and_take_the_file_uncompressed(run: Run, site: Site) -> None:
    site[URL] = whole(BOOK)
    run()
    ((path, headers),) = site.asked
    assert path == "/stats.example/2024/table.xlsx"
    assert headers["User-Agent"].startswith("lmiforall/")
    assert "https://" in headers["User-Agent"]
    assert headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "answer", [cut_short(BOOK[:100], len(BOOK)), cut_short(BOOK, len(BOOK) + 1), cut_chunks(BOOK[:100])]
)
def test_a_transfer_that_breaks_off_is_tried_again_and_then_leaves_what_was_there(
    run: Run, site: Site, folder: Path, answer: Callable
) -> None:
    site[URL] = whole(BOOK)
    run()
    site.asked.clear()
    site[URL] = answer
    assert "broke off" in said(run())
    assert len(site.asked) == QUICK.attempts
    assert (folder / PLACE).read_bytes() == BOOK
    site[URL] = in_turn(answer, whole(workbook("second")))
    (outcome,) = run()
    assert outcome.files[0].state is State.CHANGED


def test_a_site_that_falls_silent_is_given_up(run: Run, site: Site, folder: Path) -> None:
    sent, go_on = threading.Event(), threading.Event()
    site[URL] = stalling(BOOK, sent, go_on)
    try:
        assert "stopped answering" in said(run(manners=Manners(attempts=1, silence=0.2)))
    finally:
        go_on.set()
    assert sent.is_set()
    assert not (folder / PLACE).exists()


def test_redirects_are_followed_and_the_last_address_is_recorded(run: Run, site: Site, folder: Path) -> None:
    site[URL] = redirect("/moved")
    site.answers["/moved"] = redirect(f"{site.url}/here.xlsx")
    site.answers["/here.xlsx"] = whole(BOOK)
    run()
    record = json.loads((folder / "snapshots.json").read_text())[PLACE]
    assert record["url"] == URL
    assert record["asked"] == f"{site.url}/stats.example/2024/table.xlsx"
    assert record["final"] == f"{site.url}/here.xlsx"


def test_a_circle_of_redirects_is_left(run: Run, site: Site) -> None:
    site[URL] = redirect("/stats.example/2024/table.xlsx")
    assert "more than 5 times" in said(run())
    assert len(site.asked) == QUICK.redirects + 1


@pytest.mark.parametrize("to", ["ftp://127.0.0.1/table.xlsx", "file:///etc/passwd", "data:,text"])
def test_a_redirect_to_another_scheme_is_not_followed(run: Run, site: Site, to: str) -> None:
    site[URL] = redirect(to)
    assert "isn't followed" in said(run())


def test_https_is_never_left_for_http(run: Run, site: Site, secure_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    site.answers["/plain.xlsx"] = whole(BOOK)
    secure_site[URL] = redirect(f"{site.url}/plain.xlsx")
    assert "redirects from https to http://" in said(run(mirror=secure_site.url))
    assert site.asked == []
    secure_site[URL] = redirect(f"{secure_site.url}/kept.xlsx")
    secure_site.answers["/kept.xlsx"] = whole(BOOK)
    (outcome,) = run(mirror=secure_site.url)
    assert outcome.files[0].snapshot.final == f"{secure_site.url}/kept.xlsx"


def test_a_certificate_that_nobody_vouches_for_is_no_site(run: Run, secure_site: Site) -> None:
    secure_site[URL] = whole(BOOK)
    with pytest.raises(Stop, match="certificate"):
        run(mirror=secure_site.url)


@pytest.mark.parametrize(
    ("scheme", "to", "may"),
    [
        ("https", "https", True),
        ("http", "https", True),
        ("http", "http", True),
        ("https", "http", False),
        ("http", "ftp", False),
        ("https", "file", False),
    ],
)
def test_where_a_redirect_may_lead(scheme: str, to: str, may: bool) -> None:
    assert may_follow(scheme, to) is may


def test_a_server_that_fails_once_is_asked_again(run: Run, site: Site) -> None:
    site[URL] = in_turn(status(500), status(502), whole(BOOK))
    (outcome,) = run()
    assert outcome.files[0].state is State.FETCHED
    assert len(site.asked) == 3


def test_a_server_that_goes_on_failing_is_given_up(run: Run, site: Site) -> None:
    site[URL] = status(500)
    assert "500" in said(run())
    assert len(site.asked) == QUICK.attempts


@pytest.mark.parametrize("code", [400, 401, 403])
def test_a_refusal_is_taken_for_what_it_is(run: Run, site: Site, code: int) -> None:
    site[URL] = status(code)
    assert f"{code}" in said(run())
    assert len(site.asked) == 1


@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_site_is_asked_again_when_it_said(run: Run, site: Site, code: int) -> None:
    site[URL] = in_turn(status(code, {"Retry-After": "1"}), whole(BOOK))
    start = time.monotonic()
    (outcome,) = run()
    assert outcome.files[0].state is State.FETCHED
    assert 1.0 <= time.monotonic() - start < 3.0


def test_a_busy_site_may_name_a_time_of_day(run: Run, site: Site) -> None:
    site[URL] = in_turn(status(503, {"Retry-After": "Sat, 01 Mar 2025 09:00:01 GMT"}), whole(BOOK))
    start = time.monotonic()
    run(at="2025-03-01T09:00:00")
    assert 1.0 <= time.monotonic() - start < 3.0


def test_nobody_waits_an_hour(run: Run, site: Site) -> None:
    site[URL] = status(429, {"Retry-After": "3600"})
    start = time.monotonic()
    assert "come back after 3600" in said(run())
    assert time.monotonic() - start < 1.0
    assert len(site.asked) == 1


@pytest.mark.parametrize("said_so", ["", "soon", "-5", "Sat, 99 Foo", "Sat, 01 Mar 2025 09:00:01 -0000"])
def test_a_wait_that_says_nothing_is_ours_to_choose(run: Run, site: Site, said_so: str) -> None:
    site[URL] = in_turn(status(503, {"Retry-After": said_so}), whole(BOOK))
    (outcome,) = run()
    assert outcome.files[0].state is State.FETCHED


def test_a_file_that_is_not_there_is_named_with_its_page_and_asked_for_once(run: Run, site: Site) -> None:
    problem = said(run())
    for part in ("404", "dataset toy", f"{site.url}/stats.example/2024/table.xlsx", f"{HOST}/about"):
        assert part in problem
    assert "verified" in problem
    assert len(site.asked) == 1


def test_a_host_is_asked_for_two_files_at_once_at_most(run: Run, site: Site) -> None:
    years = [str(year) for year in range(2010, 2018)]
    for year in years:
        site[f"{HOST}/{year}/table.xlsx"] = slowly(whole(BOOK), 0.05)
    outcomes = run(dataset(source(editions=tuple({"year": year} for year in years))))
    assert sum(len(outcome.files) for outcome in outcomes) == len(years)
    assert site.most_at_once == QUICK.at_once


def test_a_file_larger_than_any_source_is_not_taken(run: Run, site: Site, folder: Path) -> None:
    site[URL] = whole(BOOK)
    assert "more than 100 bytes" in said(run(manners=Manners(most_bytes=100)))
    assert not (folder / PLACE).exists()


@pytest.mark.parametrize("mirror", ["http://127.0.0.1:1", "http://no-such-host.invalid"])
def test_without_a_network_one_sentence_says_so_and_at_once(run: Run, folder: Path, mirror: str) -> None:
    years = tuple({"year": str(year)} for year in range(2000, 2025))
    start = time.monotonic()
    with pytest.raises(Stop) as caught:
        run(dataset(source(editions=years)), mirror=mirror, manners=Manners())
    assert time.monotonic() - start < 10
    (problem,) = caught.value.problems
    assert "no site can be reached" in problem.what
    assert "online" in problem.do
    assert [path.name for path in folder.iterdir()] == [".fetching"]


def test_one_host_that_cannot_be_reached_does_not_stop_the_others(run: Run, site: Site) -> None:
    site[URL] = whole(BOOK)
    site[f"{HOST}/other.xlsx"] = redirect("http://127.0.0.1:1/other.xlsx")
    elsewhere = (Download((Address(f"{HOST}/other.xlsx"),), "other.xlsx"),)
    other = source(name="other", files=r"other\.xlsx$", editions=(), downloads=elsewhere)
    good, bad = run(dataset(source(), other))
    assert good.files
    assert "127.0.0.1 can't be reached" in str(bad.problem)
