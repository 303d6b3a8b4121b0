"""A staged release -> its ``coder`` and ``search`` folders, made from its tables, or carried over if none changed."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

import lmiforall
from lmiforall.match import kept
from lmiforall.match.lessons import NEEDED
from lmiforall.match.search import kept as kept_search
from lmiforall.match.search import titles
from lmiforall.release import folder

Made = Mapping[str, Any]

# What a search takes from the code outside of its own folder: words, titles, the net that weighs them, and the groups.
_USED = ("match/words.py", "match/lessons.py", "match/net.py", "match/kept.py", "codes/soc2010", "codes/soc2020")


@dataclass(frozen=True)
class Part:
    """A folder that stands beside a release's tables: the tables and the parts that it is made from, its code, how."""

    tables: Sequence[str]
    parts: Sequence[str]
    code: Sequence[str]
    make: Callable[[Path], None]


def parts_of(names: Iterable[str]) -> list[str]:
    """Give the parts that a release of these datasets can have, each after what it is made from.

    None where a dataset is missing: a build of a few datasets has neither part, and `lmi code` says so.
    """
    names = set(names)
    found: list[str] = []
    for name, part in PARTS.items():
        if set(part.tables) <= names and set(part.parts) <= set(found):
            found.append(name)
    return found


def carried_over(name: str, staged: Path, made: Mapping[str, Made], out: Path, earlier: Made) -> Made | None:
    """Put the earlier release's part into a staged one where it was made from the same; None if it wasn't."""
    there: Made = earlier.get(name, {})
    if there.get("digest") != _digest(PARTS[name], staged, made) or not (out / name).is_dir():
        return None
    # A release's files never change, so a link is a copy.
    shutil.copytree(out / name, staged / name, copy_function=_link)
    return there


def make(name: str, staged: Path, made: Mapping[str, Made]) -> Made:
    """Make a part from a staged release's tables and the parts before it; say from what, and what its files are."""
    PARTS[name].make(staged)
    files = sorted((staged / name).iterdir())
    return {
        "digest": _digest(PARTS[name], staged, made),
        "content": {path.name: folder.sha256(path) for path in files},
    }


def _digest(part: Part, staged: Path, made: Mapping[str, Made]) -> str:
    basis = [
        [folder.sha256(folder.parquet(staged, name)) for name in part.tables],
        [made[name]["content"] for name in part.parts],
        _code(part.code),
        [f"{name} {version(name)}" for name in ("numba", "numpy")],
    ]
    return hashlib.sha256(json.dumps(basis).encode()).hexdigest()


def _learn(staged: Path) -> None:
    from lmiforall.match import asked
    from lmiforall.match.make import make

    with threadpool_limits(1, "blas"):  # The same weights to the last bit on any number of cores.
        kept.save(make({name: asked.read(name, folder.parquet(staged, name)) for name in NEEDED}), staged)


def _index(staged: Path) -> None:
    from lmiforall.match.search.make import make

    tables = {name: titles.read(name, folder.parquet(staged, name)) for name in titles.NEEDED}
    kept_search.save(make(titles.collect(tables, kept.load(staged)), titles.people(tables)), staged)


def _code(patterns: Iterable[str]) -> list[str]:
    root = Path(lmiforall.__file__).parent
    paths = [path for pattern in patterns for path in sorted(root.glob(pattern))]
    files = [inner for path in paths for inner in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    wanted = (path for path in files if path.suffix in {".py", ".csv"} and not path.name.startswith("test_"))
    return [folder.sha256(path) for path in wanted]


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


PARTS: Mapping[str, Part] = {
    kept.FOLDER: Part(NEEDED, (), ("match/*.py", "match/adverts/pay.py"), _learn),
    kept_search.FOLDER: Part(titles.NEEDED, (kept.FOLDER,), (*_USED, "match/search/*"), _index),
}
