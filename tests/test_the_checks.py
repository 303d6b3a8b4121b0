"""Each rule is broken on purpose in a copy of the project, and must be caught there."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import rules

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the checks look at, without the starter release."""
    copy = tmp_path_factory.mktemp("pristine") / "project"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "starter", "*.egg-info"))
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    return copy


@pytest.fixture
def project(pristine: Path, tmp_path: Path) -> Path:
    """A fresh copy, to be broken."""
    return Path(shutil.copytree(pristine, tmp_path / "project"))


def tool(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the virtual environment on the copy, not on the installed package."""
    environment = {"PYTHONPATH": str(project / "src"), "PATH": str(Path(sys.executable).parent), "HOME": str(project)}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def lint_imports(project: Path) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = {"PYTHONPATH": str(project / "src"), "PATH": "/usr/bin:/bin", "HOME": str(project)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def test_the_imports_of_the_project_keep_its_rules(pristine: Path) -> None:
    said = lint_imports(pristine)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("base", "from lmiforall.codes import sex"),
        ("codes/sex", "from lmiforall.datasets import reading"),
        ("datasets", "from lmiforall.extract import folder"),
        ("fit", "from lmiforall.release import freeze"),
        ("guard", "from lmiforall.serve import web"),
        ("release", "from lmiforall.serve import web"),
        ("serve", "from lmiforall.show import pages"),
        ("serve", "from lmiforall import __main__"),
    ],
)
def test_a_room_that_imports_a_later_one_is_caught(project: Path, room: str, line: str) -> None:
    with (project / "src" / "lmiforall" / room / "__init__.py").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    said = lint_imports(project)
    assert said.returncode == 1
    assert "is not allowed to import" in said.stdout


def test_a_new_room_without_a_place_is_caught(project: Path) -> None:
    (project / "src" / "lmiforall" / "attic").mkdir()
    (project / "src" / "lmiforall" / "attic" / "__init__.py").write_text('"""Odds and ends."""\n', "utf-8")
    said = lint_imports(project)
    assert said.returncode == 1
    assert "attic" in said.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("client", "from lmiforall.base import problem"),
        ("client", "from lmiforall.datasets import reading"),
        ("base", "from lmiforall.client import trouble"),
        ("show", "from lmiforall.client import LMI"),
    ],
)
def test_the_client_stands_apart_from_every_room(project: Path, room: str, line: str) -> None:
    append(f"{room}/__init__.py", f"\n{line}\n")(project)
    said = lint_imports(project)
    assert said.returncode == 1
    assert "is not allowed to import" in said.stdout


def test_the_contracts_of_the_client_name_every_room() -> None:
    contracts = {
        one["name"]: one
        for one in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    }
    every = {f"lmiforall.{room}" for room in contracts["A room imports only rooms before it"]["layers"]}
    assert set(contracts["The client imports no room"]["forbidden_modules"]) == every
    assert set(contracts["No room imports the client"]["source_modules"]) == every


@pytest.mark.parametrize("line", ["import httpx", "import httpx as client", "from httpx import Client"])
def test_an_http_client_outside_of_extract_is_caught(project: Path, line: str) -> None:
    with (project / "src" / "lmiforall" / "fit" / "run.py").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    said = lint_imports(project)
    assert said.returncode == 1
    assert "httpx" in said.stdout


def append(name: str, text: str) -> Callable[[Path], None]:
    """Give a change that adds a text to a module."""

    def change(project: Path) -> None:
        with (project / "src" / "lmiforall" / name).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("F401", "\nimport secrets\n"),
        ("E501", f"\nX = '{'x' * 130}'\n"),
        ("T201", "\nprint('here')\n"),
        ("DTZ005", "\nimport datetime\nNOW = datetime.datetime.now()\n"),
        ("S101", "\n\ndef f(x: int) -> None:\n    assert x\n"),
        ("D103", "\n\ndef public() -> int:\n    return 1\n"),
        (
            "C901",
            "\n\ndef f(x: int) -> int:\n"
            + "".join(f"    if x == {n}:\n        x += 1\n" for n in range(12))
            + "    return x\n",
        ),
        ("B006", "\n\ndef f(x: list[int] = []) -> None:\n    x.append(1)\n"),
        ("S608", "\n\ndef f(x: str) -> str:\n    return f'SELECT * FROM t WHERE x = {x}'\n"),
    ],
)
def test_what_ruff_forbids_is_caught(project: Path, code: str, text: str) -> None:
    append("fit/run.py", text)(project)
    said = tool(project, "ruff", "check", "--no-cache", "src")
    assert said.returncode == 1
    assert code in said.stdout


def test_code_that_is_not_formatted_is_caught(project: Path) -> None:
    append("fit/run.py", "\nx   =  {  'a':1 }\n")(project)
    assert tool(project, "ruff", "format", "--check", "--no-cache", "src").returncode == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("no-untyped-def", "\n\ndef f(x):\n    return x\n"),
        ("return-value", "\n\ndef f(x: int) -> str:\n    return x\n"),
        (
            "call-arg",
            "\nfrom lmiforall.base.dataset import Withhold\n\nRULE = Withhold('under_10', 'quality', below=10)\n",
        ),
        ("type-arg", "\n\ndef f(x: list) -> None:\n    x.append(1)\n"),
    ],
)
def test_what_mypy_forbids_is_caught_even_a_threshold_without_a_because(project: Path, code: str, text: str) -> None:
    append("fit/run.py", text)(project)
    said = tool(
        project,
        "mypy",
        "--cache-dir",
        str(ROOT / ".mypy_cache" / "checks"),
        "--follow-imports=silent",
        "src/lmiforall/fit/run.py",
    )
    assert said.returncode == 1
    assert f"[{code}]" in said.stdout, said.stdout + said.stderr


def test_our_own_rules_hold() -> None:
    assert rules.complaints(ROOT / "src", ROOT / "tests") == []


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("fit/run.py", "\nimport os\n\nHOME = os.environ['HOME']\n", "os.environ is read outside of __main__"),
        ("serve/web.py", "\nimport os\n\nHOME = os.getenv('HOME')\n", "os.getenv is read outside of __main__"),
        ("fit/run.py", "\nimport time\n\nNOW = time.time()\n", "time.time is asked outside of __main__"),
        ("serve/utils.py", "X = 1\n", "a module called utils has no room"),
        ("fit/test_run.py", "def test_run() -> None:\n    assert 1 < 2\n", "test_run is no sentence"),
        ("fit/test_run.py", "def test_it_runs_to_the_end() -> None:\n    assert True\n", "asserts nothing"),
        ("fit/test_run.py", "def test_it_runs_to_the_end() -> None:\n    print(1)\n", "asserts nothing"),
    ],
)
def test_our_own_rules_are_caught_when_they_are_broken(project: Path, name: str, text: str, says: str) -> None:
    append(name, text)(project)
    found = rules.complaints(project / "src", project / "tests")
    assert len(found) == 1
    assert says in found[0]
