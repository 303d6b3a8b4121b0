"""Adding a dataset takes one folder: it gets its routes, page, description, docs, tests and audit for nothing."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

DECLARATION = '''"""How many people in each occupation wear a hat at work: a toy, to show what a dataset needs."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.endpoint import Forecast
from lmiforall.base.licence import OGL3
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.flat import Flat, figures

DATASET = Dataset(
    name="hats",
    title="Hats by occupation",
    summary="People who wear a hat at work.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("soc2010", SOC2010, "Occupation (SOC2010)"), Dimension("year", YEAR, "Year")),
    measures=(Measure("hats", "People with a hat", "people"),),
    sources=(
        Source(
            name="hats",
            publisher="Nobody",
            title="Hats",
            page="https://example.org/hats",
            licence=OGL3,
            files=r"hats_(?P<edition>\\d{4})\\.csv$",
            dialect="csv",
            marks=(Mark("x", Status.SUPPRESSED, "Too few hats."),),
            holds=(2, 10),
        ),
    ),
    read=figures({"hats": Flat(keys={"code": "soc2010", "when": "year"}, values={"hats": "hats"}, fixed={})}),
    rows=(3, 10),
    endpoints=(Forecast(path="hats/predict", summary="Hats", example="hats/predict?soc=4135", measure="hats"),),
    history=(Edition("2026", "2026"),),
)
'''
FILE = "code,when,hats\n4135,2025,12\n4135,2026,13\n5314,2026,x\n"
NOTES = "# Hats\n\n" + "A hat is worn on the head, and this says how many people wear one at work. " * 5 + "\n"
GOLDEN = (
    "soc2010,year,measure,value,status,mark,sheet,cell\n"
    "4135,2025,hats,12,direct,,hats_2026,C2\n"
    "4135,2026,hats,13,direct,,hats_2026,C3\n"
    "5314,2026,hats,,suppressed,x,hats_2026,C4\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more folder, and a source for it."""
    copy = tmp_path_factory.mktemp("with hats") / "project"
    ignored = shutil.ignore_patterns("__pycache__", "starter", "*.egg-info")
    for name in ("src", "tests", "tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    folder = copy / "src" / "lmiforall" / "datasets" / "hats"
    folder.mkdir()
    for name, text in (("__init__.py", DECLARATION), ("notes.md", NOTES), ("golden.csv", GOLDEN)):
        (folder / name).write_text(text, "utf-8")
    (copy / "sources").mkdir()
    (copy / "sources" / "hats_2026.csv").write_text(FILE, "utf-8")
    return copy


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(project / "src")}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def release(project: Path) -> Path:
    built = run(project, "lmiforall", "build", "--sources", "sources", "--out", "release", "hats")
    assert built.returncode == 0, built.stderr
    return project / "release"


@pytest.fixture(scope="module")
def server(project: Path, release: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-m", "lmiforall", "serve", "--release", str(release), "--port", str(port)]
    serving = subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        serving.terminate()
        serving.wait()


def _wait(address: str) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz").close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def get(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return str(response.read().decode("utf-8"))


def test_it_gets_its_routes_in_the_old_api_and_the_new(server: str) -> None:
    old = json.loads(get(f"{server}/api/v1/hats/predict?soc=4135"))
    assert old["predictedEmployment"] == [{"year": 2025, "employment": 12}, {"year": 2026, "employment": 13}]
    new = json.loads(get(f"{server}/api/v2/datasets/hats/observations?soc2010=5314"))
    (observation,) = new["observations"]
    assert (observation["value"], observation["status"], observation["mark"]) == (None, "suppressed", "x")
    assert observation["origin"] == {"file": "hats_2026.csv", "sheet": "hats_2026", "cell": "C4"}


def test_it_gets_its_description_for_programs_and_its_page_for_people(server: str) -> None:
    paths = json.loads(get(f"{server}/openapi.json"))["paths"]
    assert "/api/v1/hats/predict" in paths
    assert "/api/v2/datasets/hats/observations" in paths
    page = get(f"{server}/datasets/hats")
    assert "A hat is worn on the head" in page
    assert "Too few hats." in page
    assert "Hats by occupation" in get(f"{server}/datasets")


def test_it_gets_its_tests(project: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(project / "src"), "LMI_SOURCES": str(project / "sources")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "tests/test_every_dataset.py",
        "tests/test_bad_sources.py",
        "-k",
        "hats",
    ]
    said = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert "skipped" not in said.stdout


def test_it_gets_its_audit(project: Path, release: Path) -> None:
    said = run(project, "lmiforall", "audit", "--release", str(release), "--sources", "sources", "--json")
    assert said.returncode == 0, said.stdout + said.stderr
    hats = json.loads(said.stdout)["datasets"]["hats"]
    assert (hats["cells"], hats["equal"], hats["codes"]) == (8, 2, 6)
