"""lmiforall.client: every question on a real server, and what it makes of a service that is in trouble."""

import csv
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lmiforall
from lmiforall.client import LMI, HeldAnswers, Misunderstood, NoFigures, Patience, Refused, Transport, Unreachable
from lmiforall.client import transport as transport_module
from lmiforall.client.held import Held
from lmiforall.client.waiting import asked_for
from tests.client import troubled
from tests.client.troubled import Troubled, cut_short, dripping, packed, said, silent, status, with_etag

SOURCE = Path(lmiforall.__file__).resolve().parents[1]
RELEASE = '{"release":"r1","kind":"full","rows":{}}'


@pytest.fixture(scope="module")
def lmi(served: str) -> LMI:
    """A client of a real server on the starter release."""
    return LMI(served)


@dataclass
class Waits:
    """Takes the place of sleeping: how long somebody wanted to wait."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def service() -> Iterator[Troubled]:
    with troubled.serving() as one:
        yield one


def client_of(service: Troubled, waits: Waits, timeout: float = 5.0, **patience: float) -> LMI:
    steady = Patience(chance=lambda: 1.0, **patience)  # type: ignore[arg-type]
    return LMI(service.url, transport=Transport(timeout=timeout, patience=steady, sleep=waits))


# A real server.


def test_it_imports_with_the_standard_library_alone() -> None:
    """A Python without any installed package takes the package's folder, and nothing else."""
    code = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); from lmiforall.client import LMI; print(LMI.__name__)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout == "LMI\n"


def test_the_command_without_its_packages_says_what_to_install() -> None:
    code = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); from lmiforall.__main__ import main"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'lmiforall[server]'" in done.stderr


def test_a_release_and_its_datasets_are_typed(lmi: LMI, served: str) -> None:
    real = httpx.get(f"{served}/api/v2/release").json()
    release = lmi.release()
    assert (release.number, release.kind) == (real["release"], "starter")
    assert {one.name: one.rows for one in lmi.datasets()} == release.rows
    pay = lmi.dataset("pay")
    assert pay.dimensions[0].codes["2134"] == "Programmers and software development professionals"
    assert pay.release == release.number


def test_a_published_figure_comes_with_its_quality_and_its_cell(lmi: LMI) -> None:
    codes = {"soc": 2134, "basis": "year", "sex": "all", "pattern": "all", "year": 2024, "measure": "median_gbp"}
    (figure,) = lmi.observations("pay", **codes)
    assert (figure.value, figure.status, figure["soc"], figure.measure) == (53501.0, "direct", "2134", "median_gbp")
    assert figure.quality is not None
    assert (figure.quality.kind, figure.quality.value) == ("cv_pct", 3.3)
    assert figure.origin["cell"] == "D86"


def test_a_missing_figure_is_none_and_says_why(lmi: LMI) -> None:
    codes = {"soc": "2134", "basis": "year", "sex": "all", "pattern": "part_time", "year": "2024"}
    (figure,) = lmi.observations("pay", measure="median_gbp", coarsen="never", **codes)
    assert (figure.value, figure.status, figure.mark, figure.instead_of) == (None, "unreliable", "x", {})
    (wider,) = lmi.observations("pay", measure="median_gbp", **codes)
    assert wider.value is not None
    assert (wider["soc"], wider.instead_of) == ("213", {"soc": "2134", "status": "unreliable", "mark": "x"})


def test_a_modelled_figure_has_its_interval(lmi: LMI) -> None:
    figures = list(lmi.observations("pay_estimates", limit=50))
    figure = next(one for one in figures if one.interval is not None and one.value is not None)
    assert figure.status in {"modelled", "balanced"}
    assert figure.interval is not None
    assert figure.value is not None
    assert 0 < figure.interval.level < 1
    assert figure.interval.lower <= figure.value <= figure.interval.upper


def test_pages_are_followed_to_the_end_and_hold_each_row_once(lmi: LMI, served: str) -> None:
    rows = list(LMI(served, page=100).observations("soc2020_groups"))
    whole = httpx.get(f"{served}/api/v2/datasets/soc2020_groups/observations?limit=10000").json()["observations"]
    assert [row["soc"] for row in rows] == [row["soc"] for row in whole]
    assert lmi.count("soc2020_groups") == len(rows) > 400


def test_no_more_rows_are_given_and_asked_for_than_wanted(lmi: LMI, served: str) -> None:
    assert [len(list(lmi.observations("soc2020_groups", limit=most))) for most in (0, 5, "7")] == [0, 5, 7]
    few = [row["soc"] for row in LMI(served, page=100).observations("soc2020_groups", limit=150, offset=10)]
    assert few == [row["soc"] for row in lmi.observations("soc2020_groups")][10:160]


def test_several_codes_are_joined_and_none_is_not_sent(lmi: LMI) -> None:
    assert lmi.count("soc2020_groups", soc=["1111", "1112"], limit=None) == 2


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_a_dataset_is_saved_whole(lmi: LMI, served: str, tmp_path: Path, format_: str) -> None:
    file = tmp_path / f"groups.{format_}"
    lmi.save("soc2020_groups", file, format_)  # type: ignore[arg-type]
    assert (
        file.read_bytes() == httpx.get(f"{served}/api/v2/datasets/soc2020_groups/observations?format={format_}").content
    )
    assert list(tmp_path.iterdir()) == [file]
    if format_ == "csv":
        lines = csv.DictReader(file.read_text("utf-8").splitlines())
        assert [line["soc"] for line in lines] == [row["soc"] for row in lmi.observations("soc2020_groups")]


def test_the_old_api_by_name_gives_what_it_gives_by_path(lmi: LMI) -> None:
    reply = lmi.v1("ashe/estimatePay", soc=2231)
    series = lmi.pay(2231)
    assert [{"year": one.year, "estpay": one.value} for one in series.figures] == reply.content["series"]
    assert series.statuses == reply.statuses
    assert "converted" in series.statuses
    assert reply.twin.startswith("/api/v2/datasets/pay_at_soc2010/observations?")
    assert lmi.hours(2231).figures[-1].value == lmi.v1("ashe/estimateHours", soc=2231).content["series"][-1]["hours"]
    change = lmi.v1("ashe/annualChanges", soc=2231).content["annual_changes"][0]
    assert lmi.pay_changes(2231).figures[0].value == change["change"]


def test_filters_and_yes_or_no_are_written_as_the_old_api_reads_them(lmi: LMI) -> None:
    women, men = (lmi.pay(2231, filters=f"gender:{code}").figures[-1].value for code in (2, 1))
    assert women != men
    assert lmi.v1("ashe/estimatePay", soc=2231, coarse=True).content["soc"] == 22


def test_each_named_question_of_the_old_api_is_typed(lmi: LMI) -> None:
    assert lmi.search("plumber")[0].soc == 5314
    assert lmi.occupation(5314).title == "Plumbers and heating and ventilating engineers"
    assert lmi.convert(5314)[0].code == "5315"
    assert sum(one.weight for one in lmi.convert(5314)) == pytest.approx(1)
    deciles = lmi.pay_deciles(2231)
    assert deciles.deciles[10] < deciles.median < deciles.deciles[90]
    people = lmi.employment(2231, minYear=2030, maxYear=2031)
    assert [one.year for one in people.figures] == [2030, 2031]
    regions = lmi.employment_by("region", 2231, minYear=2030, maxYear=2030)
    assert sum(one.figures[0].value for one in regions) == people.figures[0].value
    assert lmi.replacement_demand(2231).year == 2035


def test_soc2020_is_spoken_where_it_is_asked_for(lmi: LMI) -> None:
    assert lmi.pay(2231, classification="soc2020").soc == 2231
    with pytest.raises(Refused):
        lmi.pay(1111)
    assert lmi.pay(1111, classification="soc2020").soc == 1111


def test_a_refusal_says_what_where_and_what_to_do(lmi: LMI) -> None:
    with pytest.raises(Refused) as caught:
        lmi.pay(9999)
    assert caught.value.status == 400
    assert "9999 is not a SOC2010 code" in caught.value.what
    with pytest.raises(Refused) as caught:
        list(lmi.observations("pay", soc="99999"))
    assert (caught.value.what, caught.value.where) == ("'99999' is not a code of soc", "parameter soc")
    assert caught.value.do.startswith("Its codes here are such as")
    with pytest.raises(Refused, match="Did you mean pay"):
        lmi.dataset("payy")


def test_a_known_occupation_without_figures_gives_the_reason(lmi: LMI) -> None:
    with pytest.raises(NoFigures) as caught:
        lmi.onet_of(2231)
    assert "full release" in caught.value.what


def test_an_unchanged_answer_is_asked_for_and_not_sent_again(served: str) -> None:
    transport = Transport()
    address = f"{served}/api/v2/datasets"
    first, second = transport.ask(address), transport.ask(address)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert first.body == second.body == httpx.get(address).content
    assert first.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org", "example.org", ""])
def test_an_address_that_is_no_service_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="is no address of a service"):
        LMI(address)


# Trouble.


def test_who_is_told_to_wait_waits_so_long_and_asks_again(service: Troubled) -> None:
    service.answers["/api/v2/release"] = [status(429, {"Retry-After": "3"}), status(503), said(RELEASE)]
    waits = Waits()
    assert client_of(service, waits).release().number == "r1"
    # The first wait is what it was told to, and a little more; the second is doubled, for nobody said how long.
    assert waits.seconds == [3.25, 1.0]


def test_a_date_to_wait_for_counts_from_the_date_of_the_answer() -> None:
    headers = {"retry-after": "Wed, 25 Nov 2026 10:00:30 GMT", "date": "Wed, 25 Nov 2026 10:00:00 GMT"}
    assert asked_for(headers) == 30.0
    assert asked_for({**headers, "date": "Wed, 25 Nov 2026 11:00:00 GMT"}) == 0.0
    assert asked_for({"retry-after": "soon"}) is None
    assert asked_for({"retry-after": "Wed, 25 Nov 2026 10:00:30 GMT"}) is None


def test_who_asks_to_wait_for_too_long_is_not_waited_for(service: Troubled) -> None:
    service.answers["/api/v2/release"] = [status(429, {"Retry-After": "3600"})]
    waits = Waits()
    with pytest.raises(Refused) as caught:
        client_of(service, waits).release()
    assert (caught.value.status, caught.value.retry_after, waits.seconds) == (429, 3600.0, [])


def test_after_so_many_attempts_it_gives_up_and_says_so(service: Troubled) -> None:
    service.answers["/api/v2/release"] = [status(503)]
    waits = Waits()
    with pytest.raises(Refused, match="503"):
        client_of(service, waits).release()
    assert len(service.asked) == 4
    assert waits.seconds == [0.5, 1.0, 2.0]


@given(st.integers(1, 12), st.one_of(st.none(), st.floats(0, 100)), st.floats(0, 1))
def test_no_wait_is_longer_than_the_longest_and_none_is_negative(
    retry: int, asked: float | None, chance: float
) -> None:
    wait = Patience(attempts=10, chance=lambda: chance).wait(retry, asked)
    if retry >= 10 or (asked is not None and asked > 30):
        assert wait is None
    else:
        assert wait is not None
        assert (asked or 0) <= wait <= 30


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 500])
def test_what_would_be_refused_again_is_asked_once(service: Troubled, code: int) -> None:
    service.answers["/api/v2/release"] = [said('{"error":"no. Never.","what":"no","do":"Never."}', code=code)]
    with pytest.raises(Refused) as caught:
        client_of(service, Waits()).release()
    assert (caught.value.status, caught.value.what, caught.value.do) == (code, "no", "Never.")
    assert len(service.asked) == 1


def test_the_old_services_bodies_are_told_too(service: Troubled) -> None:
    service.answers["/api/v1/ashe/estimatePay?soc=1115"] = [said('{"error":"Access denied."}', code=403)]
    with pytest.raises(Refused, match=r"403 Access denied\."):
        client_of(service, Waits()).pay(1115)


@pytest.mark.parametrize("broken", [cut_short(RELEASE, 500), packed(RELEASE, cut=6), packed(RELEASE, cut=12)])
def test_half_an_answer_is_asked_for_again_and_never_taken(service: Troubled, broken: troubled.Answer) -> None:
    service.answers["/api/v2/release"] = [broken, packed(RELEASE)]
    assert client_of(service, Waits()).release().number == "r1"
    assert len(service.asked) == 2


def test_a_service_that_says_nothing_is_left_after_the_time_out(service: Troubled) -> None:
    go_on = threading.Event()
    service.answers["/api/v2/release"] = [silent(go_on)]
    with pytest.raises(Unreachable, match=r"no whole answer, tried 2 times: .*timed out"):
        client_of(service, Waits(), timeout=0.2, attempts=2).release()
    go_on.set()


def test_an_answer_that_only_drips_is_left_after_the_time_out(service: Troubled) -> None:
    go_on = threading.Event()
    service.answers["/api/v2/release"] = [dripping(RELEASE * 100, go_on)]
    with pytest.raises(Unreachable, match=r"it took longer than 0\.3 s"):
        client_of(service, Waits(), timeout=0.3, attempts=1).release()
    go_on.set()


def test_a_port_where_nobody_listens_is_told_after_all_attempts() -> None:
    waits = Waits()
    with pytest.raises(Unreachable, match="refused"):
        LMI("http://127.0.0.1:9", transport=Transport(sleep=waits)).release()
    assert len(waits.seconds) == 3


@pytest.mark.parametrize(
    "text",
    [
        "<html>Welcome to the hotel's network</html>",
        "[]",
        '{"release":1}',
        "",
        "\ud800".encode("utf-8", "replace").decode(),
    ],
)
def test_what_is_no_answer_of_this_service_is_told_as_that(service: Troubled, text: str) -> None:
    service.answers["/api/v2/release"] = [said(text)]
    with pytest.raises(Misunderstood, match="/api/v2/release: the answer"):
        client_of(service, Waits()).release()


def test_gzip_that_swells_without_end_is_not_taken(service: Troubled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "LARGEST", 1_000_000)
    service.answers["/api/v2/release"] = [packed(" " * 50_000_000)]
    with pytest.raises(Misunderstood, match="longer than 1,000,000 bytes"):
        client_of(service, Waits()).release()


def test_a_release_that_is_replaced_between_two_pages_stops_the_reading(service: Troubled) -> None:
    row = {"soc": "1111", "status": "direct", "origin": {}}
    first = {"release": "r1", "total": 2, "next": "/api/v2/datasets/x/observations?offset=1", "observations": [row]}
    second = {"release": "r2", "total": 2, "observations": [row]}
    service.answers["/api/v2/datasets/x/observations?limit=10000"] = [said(json.dumps(first))]
    service.answers["/api/v2/datasets/x/observations?offset=1"] = [said(json.dumps(second))]
    rows = client_of(service, Waits()).observations("x")
    assert next(rows)["soc"] == "1111"
    with pytest.raises(Misunderstood, match="the release was replaced"):
        next(rows)


def test_a_next_page_on_another_host_is_asked_of_this_service(service: Troubled) -> None:
    first = {"release": "r1", "total": 1, "next": "http://elsewhere.invalid/api/v2/more", "observations": []}
    service.answers["/api/v2/datasets/x/observations?limit=10000"] = [said(json.dumps(first))]
    service.answers["/api/v2/more"] = [said('{"release":"r1","total":1,"observations":[]}')]
    assert list(client_of(service, Waits()).observations("x")) == []
    assert [path for path, _ in service.asked][-1] == "/api/v2/more"


def test_a_changed_answer_takes_the_place_of_the_held_one(service: Troubled) -> None:
    other = RELEASE.replace("r1", "r2")
    service.answers["/api/v2/release"] = [with_etag(RELEASE, '"a"'), with_etag(RELEASE, '"a"'), with_etag(other, '"b"')]
    lmi = client_of(service, Waits())
    assert [lmi.release().number for _ in range(3)] == ["r1", "r1", "r2"]
    assert [headers.get("if-none-match") for _, headers in service.asked] == [None, '"a"', '"a"']


def test_a_saving_that_breaks_leaves_no_file_and_the_old_one_stays(service: Troubled, tmp_path: Path) -> None:
    service.answers["/api/v2/datasets/x/observations?format=csv"] = [cut_short("soc\n1111\n", 500)]
    file = tmp_path / "x.csv"
    file.write_text("old")
    with pytest.raises(Unreachable):
        client_of(service, Waits()).save("x", file)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("x.csv", "old")]


def test_a_saving_that_broke_once_begins_anew_and_is_whole(service: Troubled, tmp_path: Path) -> None:
    whole = "soc\n1111\n1112\n"
    service.answers["/api/v2/datasets/x/observations?format=csv"] = [cut_short(whole[:9], len(whole)), packed(whole)]
    client_of(service, Waits()).save("x", tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text() == whole


def test_the_least_used_answers_go_first() -> None:
    held = HeldAnswers(most=100)
    for name in "abc":
        held.put(name, Held(name, {}, b"x" * 40))
        held.get("a")
    assert [name for name in "abc" if held.get(name)] == ["a", "c"]
    held.put("huge", Held("h", {}, b"x" * 101))
    assert len(held) == 0


def test_a_key_is_sent_to_the_old_api_and_not_shown(service: Troubled) -> None:
    path = "/api/v1/ashe/estimatePay?soc=1115&accessKey=s%C3%A9same%26x"
    service.answers[path] = [said('{"soc":1115,"series":[]}')]
    lmi = LMI(service.url, access_key="sésame&x")
    assert lmi.pay(1115).figures == ()
    assert "same" not in repr(lmi)


def test_a_service_below_a_path_is_asked_there(service: Troubled) -> None:
    service.answers["/lmi/api/v2/release"] = [said(RELEASE)]
    assert LMI(f"{service.url}/lmi/").release().number == "r1"


def test_several_threads_share_a_client(lmi: LMI) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(lmi.count("soc2020_groups"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
