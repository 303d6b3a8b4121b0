"""Every snippet of docs/developers/clients.md, run as it stands against a real server."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "developers" / "clients.md"
SHOWN_ADDRESS = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_the_python_example_prints_what_the_page_shows(served: str, tmp_path: Path) -> None:
    (code,) = blocks("python")
    assert SHOWN_ADDRESS in code
    script = tmp_path / "example.py"
    script.write_text(code.replace(SHOWN_ADDRESS, served), "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.stdout == blocks("text")[-1]


def test_every_method_of_the_client_is_on_the_page_and_no_other() -> None:
    from lmiforall.client import LMI

    methods = {name for name in vars(LMI) if not name.startswith("_") and callable(getattr(LMI, name))}
    table = PAGE.read_text("utf-8").split("| Ask |")[1].split("\n\n")[0]
    named = {
        name for name in re.findall(r"`(\w+)[(`]", table) if name not in {"value", "quality", "interval", "origin"}
    }
    assert named - {"status", "statuses", "note", "twin"} == methods


def test_every_block_of_code_on_the_page_is_run() -> None:
    assert set(re.findall(r"^```(\w+)$", PAGE.read_text("utf-8"), re.MULTILINE)) == {"text", "python"}


def test_the_example_of_the_readme_gives_a_figure_a_year(served: str, tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (PAGE.parents[2] / "README.md").read_text("utf-8"), re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(code.replace(SHOWN_ADDRESS, served), "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert "2024 53501.0 direct D86" in lines
    assert len(lines) >= 4


def test_the_package_alone_needs_no_other() -> None:
    project = tomllib.loads((PAGE.parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"] == []
    assert {"numpy", "uvicorn[standard]"} <= set(project["optional-dependencies"]["server"])
