"""`lmi fetch` as a person runs it: exit codes, what it prints, a kill in the middle; and the official files, whole."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lmiforall import datasets
from lmiforall.extract import folder as sources_folder
from lmiforall.extract.errands import Errand, errands
from lmiforall.release import freeze
from lmiforall.release.build import build
from tests.extract.publisher import Site, redirect, stalling, status, whole, workbook, zipped

# A dataset of one file, which an official address and a copy's are declared for.
NAME = "soc2020_groups"
(ONE,) = errands([datasets.every()[NAME]], 2025)
OFFICIAL, COPY = (address.url for address in ONE.addresses)
BOOK, OTHER = workbook("first"), workbook("second")
# Too large for any buffer to hide that half of it has come.
LARGE = zipped({"xl/workbook.xml": os.urandom(2_000_000)})


def lmi(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lmiforall", "fetch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_fetch_says_what_came_and_a_second_that_nothing_changed(site: Site, folder: Path) -> None:
    site[OFFICIAL] = whole(BOOK, etag='"1"')
    first = lmi(NAME, "--into", folder, "--mirror", site.url)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith(f"fetched    {ONE.save_as} (")
    second = lmi(NAME, "--into", folder, "--mirror", site.url)
    assert (second.returncode, second.stdout, second.stderr) == (0, f"unchanged  {ONE.save_as}\n", "")


def test_a_change_is_for_a_person_to_look_at(site: Site, folder: Path) -> None:
    for content, code in ((BOOK, 0), (OTHER, 1), (OTHER, 0)):
        site[OFFICIAL] = whole(content)
        assert lmi(NAME, "--into", folder, "--mirror", site.url).returncode == code


def test_a_failure_is_named_at_the_end_and_what_came_is_kept(site: Site, folder: Path) -> None:
    site[OFFICIAL] = whole(BOOK)
    result = lmi(NAME, "employment_soc2010_sic", "--into", folder, "--mirror", site.url)
    assert result.returncode == 2
    assert result.stdout.startswith("fetched")
    assert (folder / ONE.save_as).read_bytes() == BOOK
    (line,) = result.stderr.splitlines()
    assert line.startswith("lmi: dataset employment_soc2010_sic: there is no such file (404)")


def test_what_is_got_by_hand_is_told_until_it_is_there(site: Site, folder: Path) -> None:
    site[OFFICIAL] = whole(BOOK)
    result = lmi(NAME, "employment_emp04", "--into", folder, "--mirror", site.url)
    assert result.returncode == 1
    assert "by hand    employment_emp04/emp04: " in result.stdout
    (folder / "employment").mkdir()
    (folder / "employment/EMP04_sept2018_employment_by_occupation_soc2010.xls").write_bytes(BOOK)
    assert lmi(NAME, "employment_emp04", "--into", folder, "--mirror", site.url).returncode == 0


def test_a_modelled_dataset_is_fetched_by_what_it_is_made_from(site: Site, folder: Path) -> None:
    site[OFFICIAL] = whole(BOOK)
    result = lmi("soc2010_descriptions", "--into", folder, "--mirror", site.url)
    assert ONE.save_as in result.stdout
    assert "soc2010_index" in result.stderr


@pytest.mark.parametrize("mirror", ["http://127.0.0.1:1", "http://no-such-host.invalid"])
def test_without_a_network_it_ends_at_once_with_one_sentence(folder: Path, mirror: str) -> None:
    start = time.monotonic()
    result = lmi("--into", folder, "--mirror", mirror)
    assert time.monotonic() - start < 20
    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("lmi: network: no site can be reached")


def test_a_list_asks_nobody_and_writes_nothing(site: Site, folder: Path) -> None:
    result = lmi("--list", "--into", folder, "--mirror", site.url)
    assert result.returncode == 0
    assert OFFICIAL in result.stdout
    assert COPY in result.stdout
    assert "by hand    employment_emp04/emp04: " in result.stdout
    assert site.asked == []
    assert not folder.exists()


def test_an_unknown_dataset_is_refused(folder: Path) -> None:
    result = lmi("pays", "--into", folder)
    assert result.returncode == 2
    assert "there is no dataset 'pays'" in result.stderr


@pytest.mark.parametrize("earlier", [None, BOOK])
def test_a_killed_fetch_leaves_no_half_file_and_the_next_one_is_whole(
    site: Site, folder: Path, earlier: bytes | None
) -> None:
    target = folder / ONE.save_as
    if earlier:
        site[OFFICIAL] = whole(earlier)
        assert lmi(NAME, "--into", folder, "--mirror", site.url).returncode == 0
    sent, go_on = threading.Event(), threading.Event()
    site[OFFICIAL] = stalling(LARGE, sent, go_on)
    command = [sys.executable, "-m", "lmiforall", "fetch", NAME, "--into", str(folder), "--mirror", site.url]
    with subprocess.Popen(command) as process:
        assert sent.wait(20)
        halves = folder / ".incoming"
        while not any(path.stat().st_size for path in halves.iterdir()):
            time.sleep(0.01)
        os.kill(process.pid, 9)
    go_on.set()
    assert (target.read_bytes() if target.exists() else None) == earlier
    seen = [path for path in sources_folder.look(folder).paths if path != "snapshots.json"]
    assert seen == ([ONE.save_as] if earlier else [])
    site[OFFICIAL] = whole(LARGE)
    assert lmi(NAME, "--into", folder, "--mirror", site.url).returncode == (1 if earlier else 0)
    assert target.read_bytes() == LARGE
    assert not halves.exists()


# The official files.

READ = ("pay", "hours", "pay_soc2010", "hours_soc2010", "soc2020_groups", "soc2010_index")


def put_up(site: Site, sources: Path, errand: Errand) -> None:
    """Give an official file at its own address; the archives of table 14 as ONS packs them, in a folder."""
    lies = sources / errand.save_as
    if errand.packed:
        members = {f"{lies.name}/{path.name}": path.read_bytes() for path in sorted(lies.iterdir())}
        content = zipped({**members, f"{lies.name}/Notes.txt": b"For users"})
    else:
        content = lies.read_bytes()
    # One at its first address, the next at its second, and behind a redirect.
    if errand.save_as.endswith("2023p/"):
        site[errand.addresses[1].url] = whole(content, etag='"2023"')
    else:
        site[errand.addresses[0].url] = redirect(f"/moved/{errand.title}")
        site.answers[f"/moved/{errand.title}"] = whole(content, modified="Sat, 01 Mar 2025 08:00:00 GMT")


@pytest.fixture
def official(site: Site, sources: Path) -> Site:
    for errand in errands([datasets.every()[name] for name in READ], 2024):
        put_up(site, sources, errand)
    return site


def test_what_is_fetched_builds_the_same_release_as_the_official_files(
    official: Site, sources: Path, full_release: Path, folder: Path, tmp_path: Path
) -> None:
    stand_in = "ashe/2025p_derived/ashe2025p_table14_soc2020_unit_annual_weekly_hourly_hours_by_sex.csv"
    (folder / stand_in).parent.mkdir(parents=True)
    shutil.copy2(sources / stand_in, folder / stand_in)
    result = lmi(*READ, "--into", folder, "--mirror", official.url)
    assert (result.returncode, result.stderr) == (0, "")
    assert "not yet published  ashe/table14/2025p/" in result.stdout
    record = json.loads((folder / "snapshots.json").read_text("utf-8"))
    assert len(record) == 4 * 8 + 2
    out = tmp_path / "release"
    build(folder, out, READ, progress=lambda _name, _state: None)
    for name in READ:
        assert freeze.parquet(out, name).read_bytes() == freeze.parquet(full_release, name).read_bytes(), name
    again = lmi(*READ, "--into", folder, "--mirror", official.url)
    assert again.returncode == 0
    assert "fetched" not in again.stdout
    assert build(folder, out, READ, progress=lambda _name, _state: None).unchanged


def test_a_publisher_that_corrects_a_table_changes_only_that(official: Site, folder: Path) -> None:
    lmi("hours_soc2010", "--into", folder, "--mirror", official.url)
    before = {path: (folder / path).read_bytes() for path in sources_folder.look(folder).paths if path.endswith(".xls")}
    assert len(before) == 2
    corrected = {Path(path).name: content for path, content in before.items()}
    name = next(name for name in corrected if "14.9a" in name)
    corrected[name] += b"\0" * 512
    (errand,) = errands([datasets.every()["hours_soc2010"]], 2024)
    official[errand.addresses[0].url] = whole(zipped(corrected))
    result = lmi("hours_soc2010", "--into", folder, "--mirror", official.url)
    assert result.returncode == 1
    assert sorted(line.split()[0] for line in result.stdout.splitlines()) == ["changed", "unchanged"]
    kept = [path for path in (folder / "earlier").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [before[f"{errand.save_as}{name}"]]


def test_a_site_that_has_nothing_leaves_an_empty_folder(site: Site, folder: Path) -> None:
    site[OFFICIAL], site[COPY] = status(404), status(410)
    assert lmi(NAME, "--into", folder, "--mirror", site.url).returncode == 2
    assert sources_folder.look(folder).paths == ()
