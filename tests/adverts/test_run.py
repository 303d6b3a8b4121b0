"""`lmi adverts`: files and sources into a store, killed in the middle, asked again, deleted, counted."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql
from typer.testing import CliRunner

from lmiforall.__main__ import app
from lmiforall.base.problem import Stop
from lmiforall.keep import asked, tables
from lmiforall.keep.asked import Kept, Wanted
from lmiforall.keep.database import opened
from tests.adverts import protocols
from tests.adverts.protocols import advert_page, result, vacancy
from tests.extract.publisher import Site, status, whole

DAY = "2026-03-02"
DESCRIPTION = (
    "<p>We need a plumber in Leeds who knows <b>JavaScript</b>.</p><script>steal()</script><p>Call Jane Smith on "
    "0113 496 0000. £15 an hour.</p>"
)


def lmi(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["adverts", *words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def everything(store: str, day: str = DAY) -> list[Kept]:
    with opened(store, create=False) as database:
        return asked.search(database, Wanted(), day, 10_000)


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "adverts.db")


def write(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def take(file: Path, store: str, release: Path, *more: str, code: int = 0, day: str = DAY) -> str:
    given = ("--store", store, "--release", str(release), "--source", "mine", "--workers", "1", "--day", day)
    return lmi("import", str(file), *given, *more, code=code)


def test_an_advert_of_a_file_is_cleaned_parsed_placed_and_coded(tmp_path: Path, store: str, knowing: Path) -> None:
    row = {
        "id": "1", "title": "Plumber - Leeds - £15ph - immediate start", "employer": "Pipes Ltd",
        "place": "Leeds LS1 1AA", "description": DESCRIPTION, "posted": "2026-03-01",
        "link": "https://jobs.example/1", "contacts": ["Mary Poppins"],
    }  # fmt: skip
    said = take(write(tmp_path / "a.jsonl", [row]), store, knowing)
    assert "mine: 1 read, 1 new" in said
    (kept,) = everything(store)
    assert (kept.soc2020, kept.soc2010) == ("5315", "5314")
    assert kept.soc2020_probability > 0.5
    assert kept.description == (
        "We need a plumber in Leeds who knows JavaScript.\nCall [name] on [phone]. £15 an hour."
    )
    assert kept.pay is not None
    assert (kept.pay.low, kept.pay.per, kept.pay.yearly_low) == (15, "hour", 29_250)
    assert (kept.area, kept.region) == ("E08000035", "E12000003")
    (skill,) = kept.skills
    assert (skill.label, kept.description[skill.start : skill.end]) == ("JavaScript", "JavaScript")


def test_nothing_personal_is_anywhere_in_the_store(tmp_path: Path, store: str, knowing: Path) -> None:
    row = {
        "title": "Plumber for Mary Poppins", "description": f"{DESCRIPTION} mary.poppins@nanny.example",
        "contacts": "Mary Poppins", "employer": "Mrs Poppins",
    }  # fmt: skip
    take(write(tmp_path / "a.jsonl", [row]), store, knowing)
    content = b"".join(path.read_bytes() for path in tmp_path.glob("adverts.db*"))
    assert b"Plumber for [name]" in content
    for word in (b"Poppins", b"Jane", b"Smith", b"496 0000", b"nanny.example", b"steal"):
        assert word not in content


def test_rows_that_can_not_be_read_are_named_and_the_rest_is_taken(tmp_path: Path, store: str, knowing: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('Job,place\nPlumber,Leeds\n🚒,Leeds\nRoofer,"Leeds\nRoofer,York\n' + "x" * 1_000_000 + ",Hull\n")
    said = take(file, store, knowing, "--column", "title=Job", code=1)
    assert "5 read, 3 new" in said
    assert "2 could not be read" in said
    assert "line 4: a quote is opened and never closed" in said
    assert "no word in Latin letters" in said


def test_a_file_that_is_asked_again_is_seen_again(tmp_path: Path, store: str, knowing: Path) -> None:
    file = write(tmp_path / "a.jsonl", [{"id": f"{n}", "title": "Plumber", "employer": f"Firm {n}"} for n in range(5)])
    take(file, store, knowing)
    assert "5 read, 0 new, 0 the same as another source's, 5 seen again" in take(file, store, knowing, day="2026-03-09")
    assert {(one.first_seen, one.last_seen) for one in everything(store)} == {(DAY, "2026-03-09")}


def rows(count: int) -> list[dict[str, Any]]:
    titles = ["Plumber", "Roofer", "Lorry driver", "Head chef", "Civil engineer"]
    return [
        {
            "id": f"{n}", "title": titles[n % 5], "employer": f"Firm {n % 97}", "place": "Leeds",
            "description": " ".join(f"word{(n * 31 + k * 7) % 1009}" for k in range(40)),
        }
        for n in range(count)
    ]  # fmt: skip


def dump(store: str) -> list[list[tuple[Any, ...]]]:
    """Give all that a store holds."""
    with opened(store, create=False) as database, database.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(sql.select(table).order_by(*table.primary_key.columns))]
            for table in tables.metadata.sorted_tables
        ]


def test_a_run_that_is_killed_again_and_again_loses_nothing_and_takes_nothing_twice(
    tmp_path: Path, address: str, knowing: Path, times: int
) -> None:
    # A server's database undoes what a dead client began; a file has nobody to do it, and is killed more often.
    count = 2_500 + 500 * times if "://" not in address else 1_000 + 500 * times
    store = address
    file = write(tmp_path / "a.jsonl", rows(count))
    whole_run = str(tmp_path / "whole.db")
    take(file, whole_run, knowing)
    command = [
        sys.executable, "-m", "lmiforall", "adverts", "import", str(file), "--store", store, "--release", str(knowing),
        "--source", "mine", "--workers", "2", "--day", DAY,
    ]  # fmt: skip
    kills = 0
    for target in range(500, count - 500, 1_000):
        running = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        _wait_until_read(store, target, running)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            kills += 1
        running.communicate(timeout=30)
    assert kills >= min(2, count // 1_500)
    assert 0 < _read(store) < count
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"mine: {count:,} read" in done.stdout
    assert dump(store) == dump(whole_run)


def _wait_until_read(store: str, target: int, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while _read(store) < target and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)


def _read(store: str) -> int:
    """Say how far the unfinished run has come."""
    try:
        with opened(store, create=False) as database, database.reading() as connection:
            return connection.scalar(sql.select(tables.runs.c.read)) or 0
    except (Stop, sql.exc.DBAPIError):
        return 0


@pytest.fixture
def configured(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file of one source of each kind, all on one site."""
    monkeypatch.setenv("ADZUNA_KEY", "right")
    file = tmp_path / "sources.toml"
    file.write_text(
        f'[adz]\nkind = "adzuna"\naddress = "{site.url}/v1/api/jobs/gb/search"\n'
        'app_id = "me"\napp_key = "$ADZUNA_KEY"\npause = 0\n'
        f'[dfe]\nkind = "display-advert"\naddress = "{site.url}/vacancies/vacancy"\nkey = "right"\npause = 0\n'
        f'[paper]\nkind = "site"\naddress = "{site.url}"\nsitemaps = ["/sitemap.xml"]\npause = 0\n'
    )
    protocols.adzuna(site, [result(1, title="Plumber"), result(2, title="Roofer")])
    answers = site.answers
    protocols.display_advert(site, [vacancy(1, title="Head chef apprentice")])
    site.answers |= answers
    same = advert_page(
        title="Plumber", hiringOrganization="Pipes Ltd", description="Fit boilers … and more",
        jobLocation={"address": {"addressLocality": "Leeds"}},
    )  # fmt: skip
    site.answers |= {
        "/robots.txt": status(404),
        "/sitemap.xml": whole(protocols.sitemap(f"{site.url}/job/1", f"{site.url}/job/2")),
        "/job/1": whole(same, etag='"one"'),
        "/job/2": whole(advert_page(title="Lorry driver", hiringOrganization="Haul"), etag='"two"'),
    }
    return str(file)


def crawl(configured: str, store: str, release: Path, *names: str, code: int = 0, day: str = DAY) -> str:
    given = ("--store", store, "--release", str(release), "--workers", "1", "--day", day)
    return lmi("crawl", configured, *names, *given, code=code)


def test_sources_of_every_kind_are_read_and_one_advert_of_two_of_them_is_one(
    configured: str, store: str, knowing: Path
) -> None:
    said = crawl(configured, store, knowing)
    assert "adz: 2 read, 2 new" in said
    assert "dfe: 1 read, 1 new" in said
    assert "paper: 2 read, 1 new, 1 the same as another source's" in said
    kinds = {one.title: one.kind for one in everything(store)}
    assert kinds == {
        "Plumber": "job", "Roofer": "job", "Lorry driver": "job", "Head chef apprentice": "apprenticeship",
    }  # fmt: skip


def test_an_unchanged_page_is_seen_again_and_one_that_is_gone_closes_its_advert(
    configured: str, store: str, knowing: Path, site: Site
) -> None:
    crawl(configured, store, knowing, "paper")
    site.answers["/job/2"] = status(404)
    said = crawl(configured, store, knowing, "paper", day="2026-03-09")
    assert "1 seen again" in said
    assert "1 closed" in said
    assert [(one.title, one.last_seen) for one in everything(store)] == [("Plumber", "2026-03-09")]


def test_a_source_that_fails_stops_no_other_and_is_said(configured: str, store: str, knowing: Path, site: Site) -> None:
    protocols_key = Path(configured)
    protocols_key.write_text(protocols_key.read_text().replace('key = "right"', 'key = "old"'))
    done = CliRunner().invoke(
        app, ["adverts", "crawl", configured, "--store", store, "--release", str(knowing), "--workers", "1"]
    )
    assert done.exit_code != 0
    assert "Is the key expired" in str(done.exception)
    assert "paper: 2 read" in done.output


def test_what_was_deleted_on_request_does_not_come_back_from_any_source(
    configured: str, store: str, knowing: Path
) -> None:
    crawl(configured, store, knowing)
    assert "2 copies deleted" in lmi("delete", "adz", "4000000001", "--store", store)
    said = crawl(configured, store, knowing)
    assert "1 deleted on request before" in said
    assert "Plumber" not in {one.title for one in everything(store)}


def test_counts_are_by_month_occupation_and_area_as_csv(configured: str, store: str, knowing: Path) -> None:
    crawl(configured, store, knowing, "adz")
    said = lmi("counts", "2026-02", "2026-03", "--store", store, "--area", "E12000003")
    found = list(csv.DictReader(io.StringIO(said)))
    assert {(row["month"], row["soc2020"], row["area"], row["open"], row["new"]) for row in found} == {
        ("2026-03", "5315", "E08000035", "1", "1"), ("2026-03", "5314", "E08000035", "1", "1"),
    }  # fmt: skip


def test_expiry_closes_what_was_not_seen_for_long(configured: str, store: str, knowing: Path) -> None:
    crawl(configured, store, knowing, "adz")
    assert "2 closed, 0 without their words" in lmi("expire", "--store", store, "--day", "2026-06-01")
    assert "0 closed, 2 without their words" in lmi("expire", "--store", store, "--day", "2027-07-01")


@pytest.mark.parametrize("words", [("crawl", "{}", "nobody"), ("expire", "--day", "soon"), ("counts", "2026-01")])
def test_what_can_not_be_done_is_refused_in_words(
    configured: str, store: str, knowing: Path, words: Sequence[str]
) -> None:
    told = [configured if word == "{}" else word for word in words]
    release = ["--release", str(knowing)] if "crawl" in told else []
    done = CliRunner().invoke(app, ["adverts", *told, "--store", store, *release])
    assert done.exit_code != 0
    assert any(said in str(done.exception) for said in ("there is no source", "is no day", "there is no store"))
