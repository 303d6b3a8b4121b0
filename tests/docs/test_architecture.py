"""The worked example of docs/developers/architecture.md: one folder, taken from the page as it stands, is enough."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import lmiforall

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "developers" / "architecture.md"

ASK = """
import json, sys
from pathlib import Path
from starlette.testclient import TestClient
from lmiforall import datasets
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.show import pages
from tools.reference import dataset_page

every = datasets.every()
release = Release(Path(sys.argv[1]), every)
client = TestClient(application(release, every, pages.handlers(release, every)))
asked = ["/api/v1/umbrellas?soc=4135", "/api/v2/datasets/umbrellas/observations"]
asked += ["/datasets/umbrellas", "/openapi.json"]
answers = {address: client.get(address).text for address in asked}
print(json.dumps(answers | {"page": dataset_page.page(every["umbrellas"], every)}))
"""


def block(language: str, place: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[place]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with one folder more, and a folder of sources with one file."""
    place = tmp_path_factory.mktemp("house")
    shutil.copytree(Path(lmiforall.__file__).parent, place / "src" / "lmiforall")
    folder = place / "src" / "lmiforall" / "datasets" / "umbrellas"
    folder.mkdir()
    (folder / "__init__.py").write_text(block("python"), "utf-8")
    (folder / "notes.md").write_text(block("markdown"), "utf-8")
    (folder / "golden.csv").write_text(block("csv", 1), "utf-8")
    (place / "sources").mkdir()
    (place / "sources" / "umbrellas_2026.csv").write_text(block("csv"), "utf-8")
    return place


def run(house: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(house / "src"), str(ROOT)])
    return subprocess.run(
        [sys.executable, *words], cwd=house, capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"PYTHONPATH": path, "LMI_SOURCES": str(house / "sources")},
    )  # fmt: skip


def build(house: Path, out: str) -> "subprocess.CompletedProcess[str]":
    return run(house, "-m", "lmiforall", "build", "--sources", "sources", "--out", out, "umbrellas")


@pytest.fixture(scope="module")
def answers(house: Path) -> dict[str, str]:
    built = build(house, "release")
    assert built.returncode == 0, built.stderr
    done = run(house, "-c", ASK, "release")
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_one_folder_gives_a_route_of_the_old_api(answers: dict[str, str]) -> None:
    # Half a step is rounded up, as the old API's integers are.
    assert json.loads(answers["/api/v1/umbrellas?soc=4135"]) == {
        "soc": 4135,
        "series": [{"year": 2026, "umbrellas": 3}],
    }


def test_one_folder_gives_every_figure_with_its_status_and_its_cell(answers: dict[str, str]) -> None:
    figures = json.loads(answers["/api/v2/datasets/umbrellas/observations"])["observations"]
    assert [(one["value"], one["status"], one["origin"]["cell"]) for one in figures] == [
        (1.5, "direct", "C2"),
        (2.5, "direct", "C3"),
        (None, "suppressed", "C4"),
    ]


def test_one_folder_gives_its_pages_and_its_description(answers: dict[str, str]) -> None:
    assert "A broken umbrella counts" in answers["/datasets/umbrellas"]
    assert "/api/v1/umbrellas" in json.loads(answers["/openapi.json"])["paths"]
    assert "`/api/v1/umbrellas`" in answers["page"]
    assert "headline of the release" in answers["page"]


def test_one_folder_gives_its_tests(house: Path) -> None:
    tests = [str(ROOT / "tests" / name) for name in ("test_every_dataset.py", "conftest.py")]
    for path in tests:
        shutil.copy2(path, house)
    done = run(house, "-m", "pytest", "-q", "-k", "umbrellas", "--import-mode=importlib", ".")
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_a_shifted_figure_stops_the_build(house: Path) -> None:
    file = house / "sources" / "umbrellas_2026.csv"
    whole = file.read_text("utf-8")
    try:
        file.write_text(whole.replace("2.5", "3.5"), "utf-8")
        stopped = build(house, "other")
    finally:
        file.write_text(whole, "utf-8")
    assert stopped.returncode == 2
    assert "dataset umbrellas: umbrellas for soc2010=4135, year=2026 is [3.5], and 2.5 was published" in stopped.stderr
    assert not (house / "other").exists()
