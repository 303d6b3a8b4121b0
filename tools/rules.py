"""The project's sources -> complaints: rules of ours that no linter knows, each a function of the folder.

Rule 1: the environment is read in ``__main__`` only.
Rule 2: the clock is read in ``__main__`` only; whoever needs a time is given it.
Rule 3: no module is called utils, helpers, common or manager: what has no room has no reason.
Rule 4: a test is a sentence, and asserts something.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMLESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
CLOCKS = {"time.time", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
ENVIRONMENT = {"os.environ", "os.getenv"}
# A name of fewer words is no sentence.
WORDS_OF_A_SENTENCE = 4


def complaints(source: Path, tests: Path) -> list[str]:
    """Give everything that breaks a rule, as file:line: what."""
    found = [*_only_in_main(source), *_rooms(source)]
    for path in sorted([*tests.rglob("test_*.py"), *source.rglob("test_*.py")]):
        found += _sentences(path)
    return found


def _only_in_main(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        if path.name == "__main__.py" or path.name.startswith("test_"):
            continue
        for node in ast.walk(_tree(path)):
            dotted = _dotted(node)
            if dotted in ENVIRONMENT:
                yield f"{path}:{_line(node)}: {dotted} is read outside of __main__"
            if dotted in CLOCKS:
                yield f"{path}:{_line(node)}: {dotted} is asked outside of __main__; pass the time in"


def _rooms(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*")):
        if path.stem in ROOMLESS:
            yield f"{path}:1: a module called {path.stem} has no room"


def _sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            if len(node.name.split("_")) - 1 < WORDS_OF_A_SENTENCE:
                yield f"{path}:{node.lineno}: {node.name} is no sentence"
            if not _asserts(node):
                yield f"{path}:{node.lineno}: {node.name} asserts nothing"


def _asserts(test: ast.FunctionDef) -> bool:
    """Say whether a test can fail by what it looks at: an assert that isn't constant, or an expected error."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
            return True
        if isinstance(node, ast.Call) and (_dotted(node.func) or "").endswith((".raises", ".fail")):
            return True
    return False


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def _dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return None


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
