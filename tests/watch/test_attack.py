"""The intruder finds nothing in the release that the build makes, and something where protection was left out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.release import folder, freeze
from lmiforall.release.build import build
from lmiforall.watch.attack import as_text, attack_releases

SMALL = ("skills_shortages_by_area",)
SCILLY = "Isles of Scilly"


@pytest.fixture(scope="session")
def skills(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("skills") / "release"
    build(sources, out, SMALL, progress=lambda _name, _state: None)
    return out


@pytest.fixture
def unprotected(skills: Path, sources: Path, tmp_path: Path) -> Path:
    """The same release with secondary suppression switched off: what was withheld by it stands there again."""
    from lmiforall.datasets import reading
    from lmiforall.extract import dialect
    from lmiforall.extract import folder as sources_folder

    copy = tmp_path / "unprotected"
    shutil.copytree(skills, copy)
    dataset = datasets.every()[SMALL[0]]
    files = sources_folder.files_of(sources_folder.look(sources), dataset)
    published = reading.read(dataset, dialect.books(sources, dataset, files), files).frame
    frame = pl.read_parquet(folder.parquet(copy, dataset.name))
    off = pl.col("withheld_by") == "secondary"
    frame = frame.with_columns(
        pl.when(off).then(published["value"]).otherwise("value").alias("value"),
        pl.when(off).then(published["status"]).otherwise("status").alias("status"),
    )
    freeze.write_parquet(frame, folder.parquet(copy, dataset.name), freeze.LEVEL, {})
    shutil.rmtree(copy / "columns" / dataset.name)
    freeze.write_columns(frame, dataset, copy)
    folder.write_sums(copy)
    return copy


def quietly(*places: Path) -> list[str]:
    return list(attack_releases(places, lambda _title, _state: None).named)


def test_no_withheld_figure_of_the_full_release_is_found(full_release: Path) -> None:
    report = attack_releases([full_release], lambda _title, _state: None)
    assert report.found == 0, as_text(report)
    withheld = sum(one.withheld for one in report.tables)
    # SOURCE: ONS's table by industry has 6,864 holes, ASHE's tables of jobs of four years the others.
    assert withheld > 9_000
    assert all(one.closest >= 0.2 for one in report.tables if one.withheld)


def test_without_secondary_suppression_the_figures_of_few_are_found(unprotected: Path, skills: Path) -> None:
    named = quietly(unprotected)
    assert len(named) >= 4
    assert all(SCILLY in name for name in named)
    # 221,438 staff of the partnership less Cornwall's 220,178.
    assert any("Total number of staff" in name and "between 1259 and 1261" in name for name in named)
    assert quietly(skills) == []


def test_what_one_release_withholds_another_may_give_away(unprotected: Path, skills: Path) -> None:
    assert quietly(skills, unprotected) == quietly(unprotected)


def test_a_figure_that_only_the_parquet_gives_is_known_to_the_intruder(skills: Path, tmp_path: Path) -> None:
    copy = tmp_path / "leaking"
    shutil.copytree(skills, copy)
    path = folder.parquet(copy, SMALL[0])
    frame = pl.read_parquet(path)
    hit = (pl.col("area").cast(pl.String) == SCILLY) & (pl.col("question").cast(pl.String) == "Total number of staff")
    freeze.write_parquet(
        frame.with_columns(pl.when(hit).then(1260.0).otherwise("value").alias("value")), path, freeze.LEVEL, {}
    )
    assert any("between 1259.5 and 1260.5" in name for name in quietly(copy))


def test_the_command_says_what_it_found_and_exits_with_1(unprotected: Path, skills: Path) -> None:
    def run(place: Path, *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "lmiforall", "attack", "--release", str(place), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    clean, found = run(skills), run(unprotected)
    assert clean.returncode == 0, clean.stderr
    assert "0 of" in clean.stdout
    assert found.returncode == 1
    assert f"area={SCILLY} lies between" in found.stdout
    told = json.loads(run(unprotected, "--json").stdout)
    assert told["found"] == len(told["named"]) == len(quietly(unprotected))


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lmiforall", "attack", "--release", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
