"""What changed between two releases: counted, spelt out, and told by the exit code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from lmiforall.release import changes, folder
from lmiforall.release.build import build

REGIONS = "employment/APS_2024_employment_SOC2020_minor_group_by_region_derived.csv"


@pytest.fixture
def two_releases(sources: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A release, and one that was built after somebody revised a figure, withheld one and took one away."""
    copy = tmp_path / "sources" / REGIONS
    copy.parent.mkdir(parents=True)
    shutil.copyfile(sources / REGIONS, copy)
    old, new = tmp_path / "old", tmp_path / "new"
    build(tmp_path / "sources", old, ("employment_by_region",), progress=lambda _name, _state: None)
    lines = copy.read_text("utf-8").splitlines()
    # Not the first row: that is a total which the declaration watches over.
    assert lines[4].endswith("North East,3000.0")
    lines[4] = lines[4].removesuffix("3000.0") + "9000.0"
    lines[5] = lines[5].rpartition(",")[0] + ","
    del lines[6]
    copy.write_text("\n".join(lines) + "\n", "utf-8")
    build(tmp_path / "sources", new, ("employment_by_region",), progress=lambda _name, _state: None)
    return old, new


def test_a_release_from_before_a_dimension_is_compared_as_one_of_everyone(
    two_releases: tuple[Path, Path], tmp_path: Path
) -> None:
    """The old release hadn't told years apart; the whole of a dimension stands for what it had."""
    old, new = two_releases
    catalogue = json.loads((new / "catalogue.json").read_text("utf-8"))
    for dimension in catalogue["datasets"]["employment_by_region"]["dimensions"]:
        if dimension["name"] == "year":
            dimension["default"] = "2024"
    (new / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
    parquet = folder.parquet(old, "employment_by_region")
    pl.read_parquet(parquet).drop("year").write_parquet(parquet)
    found = changes.compare(old, new)["datasets"]["employment_by_region"]
    assert found["changed"] == 2
    assert found["removed"] == 1


def test_what_changed_is_counted_and_the_largest_change_is_spelt_out(two_releases: tuple[Path, Path]) -> None:
    found = changes.compare(*two_releases)
    change = found["datasets"]["employment_by_region"]
    assert (change["added"], change["removed"], change["changed"]) == (0, 1, 2)
    assert change["files"] == [{"path": REGIONS, "what": "changed"}]
    first = change["examples"][0]
    assert first["where"] == {"soc": "111", "region": "E12000001", "year": "2024", "measure": "employment"}
    assert json.loads(first["old"])["value"] == 3000
    assert json.loads(first["new"])["value"] == 9000


def test_the_release_itself_carries_the_list_for_people_and_for_machines(two_releases: tuple[Path, Path]) -> None:
    _, new = two_releases
    assert "The first release: everything is new." in (new / "CHANGES.md").read_text("utf-8")
    assert json.loads((new / "changes.json").read_text("utf-8"))["old"] is None


def compare(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lmiforall", "compare", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_exits_with_1_when_something_changed_and_has_a_line_to_sign(
    two_releases: tuple[Path, Path],
) -> None:
    said = compare(*two_releases)
    assert said.returncode == 1
    assert "- 2 rows changed" in said.stdout
    assert "- 1 rows removed" in said.stdout
    assert "Looked at by:" in said.stdout
    assert json.loads(compare(*two_releases, "--json").stdout)["datasets"]["employment_by_region"]["changed"] == 2


def test_the_command_exits_with_0_when_nothing_changed_and_with_2_where_there_is_no_release(
    two_releases: tuple[Path, Path], tmp_path: Path
) -> None:
    old, _ = two_releases
    same = compare(old, old)
    assert same.returncode == 0
    assert "Nothing has changed." in same.stdout
    none = compare(old, tmp_path)
    assert none.returncode == 2
    assert "no release" in none.stderr
