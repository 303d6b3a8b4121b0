"""A build gives the same bytes each time, makes only what changed, and leaves the last release alone when it fails."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.release import folder
from lmiforall.release.build import Outcome, build, build_starter

# A chain: the dual coding is read, the weights are modelled from it; and one that has nothing to do with them.
CHAIN = ("soc2010_soc2020_weights", "employment_by_region")
REGIONS = "employment/APS_2024_employment_SOC2020_minor_group_by_region_derived.csv"
CODING = "crosswalks/ONS_SOC2010_SOC2020.xlsx"


# What is quickly made, of each kind: figures out of workbooks, CSV and JSON, records, and what is modelled from them.
EACH_KIND = (
    *("hours_soc2010", "employment_by_region", "vacancies_by_industry", "pay_by_region", "unemployment_census2011"),
    *("soc2020_groups", "esco_occupations", "onet_at_soc2010", "soc2010_soc2020_weights", "hours_estimates"),
)


def quiet(_name: str, _state: str) -> None:
    """Say nothing."""


@pytest.fixture
def few_sources(sources: Path, tmp_path: Path) -> Path:
    """A folder with copies of just the files that the chain is read from."""
    copies = tmp_path / "sources"
    for path in (REGIONS, CODING):
        (copies / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sources / path, copies / path)
    return copies


def make(few: Path, out: Path) -> Outcome:
    return build(few, out, CHAIN, workers=1, progress=quiet)


def sums(place: Path) -> str:
    return (place / folder.SUMS).read_text("utf-8")


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "lmiforall", *map(str, arguments)]


def test_building_again_gives_identical_bytes(full_release: Path, sources: Path, tmp_path: Path) -> None:
    """Another process, one worker, another order of hashes. (`make prove` does it with everything.)"""
    again = tmp_path / "again"
    subprocess.run(
        command("build", "--sources", sources, "--out", again, "--workers", "1", *EACH_KIND),
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": "4135"},
    )
    first, second = folder.recorded_sums(full_release), folder.recorded_sums(again)
    theirs = {path for path in second if path.startswith(("data/", "columns/"))}
    assert {path for path in theirs if second[path] != first.get(path)} == set()
    assert {path.split("/")[1].partition(".")[0] for path in theirs} >= set(EACH_KIND)
    assert folder.tampered(again) == []


def test_the_starter_release_is_what_the_build_makes(full_release: Path, starter_release: Path, tmp_path: Path) -> None:
    out = tmp_path / "starter"
    build_starter(full_release, out)
    assert sums(out) == sums(starter_release), "make starter LMI_SOURCES=... makes it anew"
    assert folder.tampered(starter_release) == []


def test_the_starter_release_is_small_and_holds_no_sentences(starter_release: Path) -> None:
    files = [path for path in starter_release.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 8_000_000
    said = folder.read_catalogue(starter_release)["datasets"]
    for name in said:
        prose = {field.name for field in datasets.every()[name].fields if field.sentences}
        assert prose <= set(said[name]["left_to_the_full_release"]), name


def test_a_release_names_its_files_and_their_hashes(few_sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    make(few_sources, out)
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    (entry,) = folder.read_catalogue(out)["datasets"]["employment_by_region"]["files"]
    assert entry["path"] == REGIONS
    assert entry["sha256"] == folder.sha256(few_sources / REGIONS)


def test_what_is_unchanged_is_not_made_again(few_sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    first = make(few_sources, out)
    assert set(first.made) == {"employment_by_region", "soc2010_soc2020", "soc2010_soc2020_weights"}
    second = make(few_sources, out)
    assert second.unchanged
    assert second.made == ()
    assert second.release == first.release


def test_a_changed_file_makes_only_what_depends_on_it(few_sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    first = make(few_sources, out)
    text = (few_sources / REGIONS).read_text("utf-8")
    (few_sources / REGIONS).write_text(text.replace(",14400", ",14500", 1), "utf-8")
    second = make(few_sources, out)
    assert second.made == ("employment_by_region",)
    assert set(second.carried_over) == {"soc2010_soc2020", "soc2010_soc2020_weights"}
    assert second.kept == out.with_name(f"release.{first.release}")
    assert folder.tampered(second.kept) == []
    assert folder.tampered(out) == []


def test_a_carried_over_release_has_the_bytes_of_one_that_was_made_afresh(few_sources: Path, tmp_path: Path) -> None:
    out, afresh = tmp_path / "release", tmp_path / "afresh"
    make(few_sources, out)
    text = (few_sources / REGIONS).read_text("utf-8")
    (few_sources / REGIONS).write_text(text.replace(",14400", ",14500", 1), "utf-8")
    make(few_sources, out)
    make(few_sources, afresh)
    one, other = folder.recorded_sums(out), folder.recorded_sums(afresh)
    assert {path for path in one if one[path] != other.get(path)} <= set(folder.CHANGES)
    assert one.keys() == other.keys()


def test_building_one_dataset_keeps_the_others_as_they_were(few_sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    make(few_sources, out)
    before = folder.recorded_sums(out)
    (few_sources / CODING).unlink()
    build(few_sources, out, ("employment_by_region",), progress=quiet)
    after = folder.recorded_sums(out)
    assert {path for path in before if before[path] != after.get(path)} <= {*folder.CHANGES}


def test_a_failed_build_leaves_the_earlier_release_and_no_half_one(few_sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    make(few_sources, out)
    before = sums(out)
    (few_sources / REGIONS).write_text("soc2020_minor,title,region,employment_2024\n999,Nobody,London,1\n", "utf-8")
    with pytest.raises(Stop, match="'999' is not a code of soc"):
        make(few_sources, out)
    assert sums(out) == before
    assert folder.tampered(out) == []
    assert [path.name for path in tmp_path.iterdir() if "building" in path.name] == []


def test_a_killed_build_leaves_the_earlier_release_and_the_next_one_sweeps_up(
    sources: Path, few_sources: Path, tmp_path: Path
) -> None:
    out = tmp_path / "release"
    make(few_sources, out)
    before = sums(out)
    building = subprocess.Popen(
        command("build", "--sources", sources, "--out", out), stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".release.building-*/data/*.parquet")):
        assert building.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(building.pid, signal.SIGKILL)
    building.wait()
    assert sums(out) == before
    assert folder.tampered(out) == []
    assert list(tmp_path.glob(".release.building-*")), "a killed process can't sweep up after itself"
    make(few_sources, out)
    assert list(tmp_path.glob(".release.building-*")) == []


def test_a_folder_that_is_no_release_is_never_replaced(few_sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    out.mkdir()
    (out / "thesis.txt").write_text("ten years of work", "utf-8")
    with pytest.raises(Stop, match="no release"):
        make(few_sources, out)
    assert (out / "thesis.txt").read_text("utf-8") == "ten years of work"
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]


def test_the_command_says_what_where_and_what_to_do_and_exits_with_2(few_sources: Path, tmp_path: Path) -> None:
    (few_sources / REGIONS).unlink()
    said = subprocess.run(
        command("build", "--sources", few_sources, "--out", tmp_path / "release", "employment_by_region"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 2
    assert said.stdout == ""
    assert "Traceback" not in said.stderr
    for part in ("dataset employment_by_region", "0 files where 1", "nomisweb.co.uk", f"`{REGIONS}`"):
        assert part in said.stderr
    assert not (tmp_path / "release").exists()


def test_an_unknown_dataset_is_refused_with_those_that_there_are(few_sources: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="there is no dataset 'pays'"):
        build(few_sources, tmp_path / "release", ("pays",), progress=quiet)


def test_a_quiet_build_writes_nothing_to_stderr(few_sources: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        command("build", "--sources", few_sources, "--out", tmp_path / "release", *CHAIN),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stderr == ""
    assert "3 made, 0 unchanged" in said.stdout
