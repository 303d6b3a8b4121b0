"""The audit finds nothing on the release that the build makes, and finds each kind of error that is planted in it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.release import folder, freeze
from lmiforall.release.build import build
from lmiforall.watch.audit import Report, audit

# Small datasets of each kind: figures with quality, figures of a CSV, records with numbers.
SMALL = ("hours_soc2010", "employment_by_region", "apprenticeship_frameworks")

# A dataset of so many rows is audited by `make prove` only.
LARGE = 60_000

Change = Callable[[pl.DataFrame], pl.DataFrame]


@pytest.fixture(scope="session")
def small_release(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small") / "release"
    build(sources, out, SMALL, progress=lambda _name, _state: None)
    return out


def look(place: Path, sources: Path, only: Sequence[str] = ()) -> Report:
    return audit(place, sources, only, progress=lambda _path, _state: None)


def planted(release: Path, into: Path, name: str, change: Change) -> Path:
    """Copy a release and change one dataset in it so that everything else agrees: Parquet, columns, checksums."""
    copy = into / "planted"
    shutil.copytree(release, copy)
    frame = change(pl.read_parquet(folder.parquet(copy, name)))
    freeze.write_parquet(frame, folder.parquet(copy, name), freeze.LEVEL, {})
    shutil.rmtree(copy / "columns" / name)
    freeze.write_columns(frame, datasets.every()[name], copy)
    folder.write_sums(copy)
    return copy


def test_every_published_cell_comes_back_out_of_the_api(full_release: Path, sources: Path, times: int) -> None:
    """Of every dataset for `make prove`; otherwise of all but the largest, which take two minutes to be read again."""
    entries = folder.read_catalogue(full_release)["datasets"]
    of_files = [name for name, entry in entries.items() if entry["files"]]
    only = () if times > 1 else [name for name in of_files if entries[name]["rows"] < LARGE]
    report = look(full_release, sources, only)
    assert report.clean, [*report.problems, *(what for account in report.accounts.values() for what in account.shown)]
    cells = {name: account.cells for name, account in report.accounts.items()}
    assert cells.keys() >= set(only or of_files)
    assert sum(cells.values()) > 700_000
    if not only:
        # SOURCE: counted once with openpyxl and xlrd over the visible sheets: table 14 of four years has 1.28 million.
        table14 = sum(cells[name] for name in ("pay", "hours", "pay_soc2010", "hours_soc2010"))
        assert table14 > 1_280_000
        assert cells["projections"] > 1_430_000
        assert sum(cells.values()) > 4_900_000


def test_one_dataset_is_audited_with_those_that_read_its_files(sources: Path, tmp_path: Path) -> None:
    build(sources, tmp_path, ("ssc_tasks", "ssc_task_links", "employment_by_region"), progress=lambda *_: None)
    report = look(tmp_path, sources, ["ssc_tasks"])
    assert set(report.accounts) == {"ssc_tasks", "ssc_task_links"}
    assert report.clean
    with pytest.raises(Stop, match=r"no dataset 'task'.*There are: .*ssc_tasks"):
        look(tmp_path, sources, ["task"])


def test_one_digit_changed_in_a_release_is_found(small_release: Path, sources: Path, tmp_path: Path) -> None:
    def one_digit(frame: pl.DataFrame) -> pl.DataFrame:
        row = frame.with_row_index().filter(pl.col("value") == 37.0)["index"][0]
        return frame.with_columns(
            pl.when(pl.int_range(pl.len()) == row).then(37.1).otherwise(pl.col("value")).alias("value")
        )

    report = look(planted(small_release, tmp_path, "hours_soc2010", one_digit), sources)
    account = report.accounts["hours_soc2010"]
    assert account.findings == 1
    assert "37.0 is published, 37.1 is served" in account.shown[0]
    assert not report.clean


def test_a_digit_of_a_cv_is_found_too(small_release: Path, sources: Path, tmp_path: Path) -> None:
    def one_more(frame: pl.DataFrame) -> pl.DataFrame:
        first = frame["quality"].is_not_null().arg_max()
        return frame.with_columns(
            pl.when(pl.int_range(pl.len()) == first).then(99.0).otherwise(pl.col("quality")).alias("quality")
        )

    report = look(planted(small_release, tmp_path, "hours_soc2010", one_more), sources)
    assert report.accounts["hours_soc2010"].findings == 1
    assert "CV" in report.accounts["hours_soc2010"].shown[0]


def test_a_shifted_column_is_found(small_release: Path, sources: Path, tmp_path: Path) -> None:
    def shifted(frame: pl.DataFrame) -> pl.DataFrame:
        moved = pl.col("measure").cast(pl.String) == "median_hours"
        return frame.with_columns(
            pl.when(moved).then(pl.col("value").shift(1)).otherwise(pl.col("value")).alias("value")
        )

    report = look(planted(small_release, tmp_path, "hours_soc2010", shifted), sources)
    assert report.accounts["hours_soc2010"].findings > 1000


def test_a_dropped_sheet_is_found(small_release: Path, sources: Path, tmp_path: Path) -> None:
    def without_a_sheet(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.filter(pl.col("sheet").cast(pl.String) != "Male Part-Time")

    report = look(planted(small_release, tmp_path, "hours_soc2010", without_a_sheet), sources)
    account = report.accounts["hours_soc2010"]
    assert account.findings > 1000
    assert all("Male Part-Time" in what and "nothing is served" in what for what in account.shown)


def test_an_invented_figure_is_found(small_release: Path, sources: Path, tmp_path: Path) -> None:
    def invented(frame: pl.DataFrame) -> pl.DataFrame:
        missing = (pl.col("mark").cast(pl.String) == "x") & pl.col("value").is_null()
        return frame.with_columns(pl.when(missing).then(1.5).otherwise(pl.col("value")).alias("value"))

    report = look(planted(small_release, tmp_path, "hours_soc2010", invented), sources)
    assert "no number stands there" in report.accounts["hours_soc2010"].shown[0]


def test_a_changed_number_of_a_record_is_found(small_release: Path, sources: Path, tmp_path: Path) -> None:
    def dearer(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.col("funding_gbp") + 1)

    report = look(planted(small_release, tmp_path, "apprenticeship_frameworks", dearer), sources)
    assert report.accounts["apprenticeship_frameworks"].findings == 776


def test_columns_that_are_not_those_of_the_parquet_are_found(
    small_release: Path, sources: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small_release, copy)
    path = copy / "columns" / "employment_by_region" / "rows.npy"
    rows = np.load(path)
    rows["value"][0] += 1
    np.save(path, rows)
    report = look(copy, sources)
    said = " ".join(str(problem) for problem in report.problems)
    assert "rows.npy was changed after the release was frozen" in said
    assert "its column value isn't that of its Parquet" in said


def test_a_source_that_is_not_the_one_that_was_read_is_found(
    small_release: Path, sources: Path, tmp_path: Path
) -> None:
    for file in folder.read_catalogue(small_release)["datasets"]["employment_by_region"]["files"]:
        copy = tmp_path / file["path"]
        copy.parent.mkdir(parents=True)
        copy.write_bytes((sources / file["path"]).read_bytes() + b"\n")
    problems = [str(problem) for problem in look(small_release, sources).problems]
    assert problems == []
    for name in ("hours_soc2010", "apprenticeship_frameworks"):
        for file in folder.read_catalogue(small_release)["datasets"][name]["files"]:
            (tmp_path / file["path"]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(sources / file["path"], tmp_path / file["path"])
    problems = [str(problem) for problem in look(small_release, tmp_path).problems]
    assert len(problems) == 1
    assert "this file isn't the one that was read" in problems[0]


def test_the_starter_release_is_not_audited(starter_release: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="a part of a full one"):
        look(starter_release, tmp_path)


def test_the_command_prints_the_account_and_exits_by_what_it_found(
    small_release: Path, sources: Path, tmp_path: Path
) -> None:
    def run(place: Path, *more: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "lmiforall",
            "audit",
            "--release",
            str(place),
            "--sources",
            str(sources),
            *more,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    clean = run(small_release)
    assert clean.returncode == 0, clean.stderr
    assert "Every published cell is accounted for." in clean.stdout
    assert clean.stderr == ""
    halved = planted(
        small_release, tmp_path, "employment_by_region", lambda frame: frame.with_columns(pl.col("value") / 2)
    )
    found = run(halved, "--json")
    assert found.returncode == 1
    said = json.loads(found.stdout)
    assert not said["clean"]
    assert said["datasets"]["employment_by_region"]["findings"] == 1184
