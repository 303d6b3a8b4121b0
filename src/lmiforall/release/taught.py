"""A staged release -> its ``coder`` and ``search`` folders, made from its tables, or carried over if none changed."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
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
Progress = Callable[[str, str], None]

# What a search takes from the code outside of its own folder: words, titles, the net that weighs them, and the groups.
_USED = ("match/words.py", "match/lessons.py", "match/net.py", "match/kept.py", "codes/soc2010", "codes/soc2020")


def teach(staged: Path, names: Iterable[str], out: Path, earlier: Made | None, progress: Progress) -> dict[str, Made]:
    """Put the coder and the search into a release that has all that they are made from; say from what, and their files.

    Empty where a dataset is missing: a build of a few datasets has neither, and `lmi code` says so.
    """
    names = set(names)
    if not set(NEEDED) <= names:
        return {}
    made: dict[str, Made] = {}
    put = _Put(staged, out, earlier, progress)
    packages = [f"{name} {version(name)}" for name in ("numba", "numpy")]
    made[kept.FOLDER] = put(
        kept.FOLDER, [_tables(staged, NEEDED), _code(["match/*.py", "match/adverts/pay.py"]), packages], _learn
    )
    if set(titles.NEEDED) <= names:
        code = _code([*_USED, "match/search/*"])
        basis = [_tables(staged, titles.NEEDED), code, made[kept.FOLDER]["content"], packages]
        made[kept_search.FOLDER] = put(kept_search.FOLDER, basis, _index)
    return made


class _Put:
    """Puts a folder into a staged release: the earlier release's, where it was made from the same."""

    def __init__(self, staged: Path, out: Path, earlier: Made | None, progress: Progress) -> None:
        self._staged, self._out, self._earlier, self._progress = staged, out, earlier or {}, progress

    def __call__(self, name: str, basis: Sequence[Any], make: Callable[[Path], None]) -> Made:
        digest = hashlib.sha256(json.dumps(basis).encode()).hexdigest()
        if self._earlier.get(name, {}).get("digest") == digest and (self._out / name).is_dir():
            # A release's files never change, so a link is a copy.
            shutil.copytree(self._out / name, self._staged / name, copy_function=_link)
            self._progress(name, "unchanged")
        else:
            self._progress(name, "started")
            make(self._staged)
            self._progress(name, "finished")
        files = sorted((self._staged / name).iterdir())
        return {"digest": digest, "content": {path.name: folder.sha256(path) for path in files}}


def _learn(staged: Path) -> None:
    from lmiforall.match import asked
    from lmiforall.match.make import make

    with threadpool_limits(1, "blas"):  # The same weights to the last bit on any number of cores.
        kept.save(make({name: asked.read(name, folder.parquet(staged, name)) for name in NEEDED}), staged)


def _index(staged: Path) -> None:
    from lmiforall.match.search.make import make

    tables = {name: titles.read(name, folder.parquet(staged, name)) for name in titles.NEEDED}
    kept_search.save(make(titles.collect(tables, kept.load(staged)), titles.people(tables)), staged)


def _tables(staged: Path, names: Iterable[str]) -> list[str]:
    return [folder.sha256(folder.parquet(staged, name)) for name in names]


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
