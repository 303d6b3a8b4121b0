"""import-linter's layers and the docstrings -> the page that says which rooms there are, and what is in each."""

import ast
import tomllib
from pathlib import Path

from tools.reference.markdown import first_sentence, render

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lmiforall"
CONTRACT = "A room imports only rooms before it"


def page() -> str:
    """Write the page."""
    return render(
        "rooms.md",
        "pyproject.toml and the docstrings of src/lmiforall",
        order=rooms(),
        about={room: docstring(_of(room)) for room in rooms()},
        client=docstring(_of("client")),
        inside={room: _inside(room) for room in (*rooms(), "client")},
    )


def rooms() -> list[str]:
    """Give the rooms in the order in which a figure flows, as the import rules hold it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(contract["layers"] for contract in contracts if contract["name"] == CONTRACT)
    return list(reversed(layers))


def docstring(path: Path) -> str:
    """Give a module's docstring without importing it."""
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def _of(room: str) -> Path:
    module = PACKAGE / f"{room}.py"
    return module if module.is_file() else PACKAGE / room / "__init__.py"


def _inside(room: str) -> list[tuple[str, str]]:
    """List the modules of a room; a dataset's folder has a page of its own."""
    folder = PACKAGE / room
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    modules += [path / "__init__.py" for path in folder.iterdir() if _is_code_folder(path)] if folder.is_dir() else []
    return sorted((_name(path), first_sentence(docstring(path))) for path in modules)


def _is_code_folder(path: Path) -> bool:
    return path.parent.name != "datasets" and (path / "__init__.py").is_file()


def _name(path: Path) -> str:
    return path.parent.name if path.name == "__init__.py" else path.stem
