"""A staged release -> its ``coder`` folder, learnt from its own tables, or carried over where none has changed."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

import lmiforall
from lmiforall.match.kept import FOLDER, save
from lmiforall.match.lessons import NEEDED
from lmiforall.release import folder

Made = Mapping[str, Any]


def teach(
    staged: Path, names: Iterable[str], out: Path, earlier: Made | None, progress: Callable[[str, str], None]
) -> Made:
    """Put the coder into a release that has all that it learns from; say from what it was made, and its files.

    Empty where a dataset is missing: a build of a few datasets has no coder, and `lmi code` says so.
    """
    if not set(NEEDED) <= set(names):
        return {}
    digest = _digest(staged)
    if earlier and earlier.get(FOLDER, {}).get("digest") == digest and (out / FOLDER).is_dir():
        # A release's files never change, so a link is a copy.
        shutil.copytree(out / FOLDER, staged / FOLDER, copy_function=_link)
        progress(FOLDER, "unchanged")
    else:
        from lmiforall.match.make import make

        progress(FOLDER, "started")
        save(make({name: pl.read_parquet(folder.parquet(staged, name)) for name in NEEDED}), staged)
        progress(FOLDER, "finished")
    files = sorted((staged / FOLDER).iterdir())
    return {"digest": digest, "content": {path.name: folder.sha256(path) for path in files}}


def _digest(staged: Path) -> str:
    """Digest the tables, the code that learns, and the packages whose arithmetic it is."""
    tables = [folder.sha256(folder.parquet(staged, name)) for name in NEEDED]
    room = Path(lmiforall.__file__).parent / "match"
    code = [folder.sha256(path) for path in sorted(room.glob("*.py")) if not path.name.startswith("test_")]
    packages = [f"{name} {version(name)}" for name in ("numba", "numpy")]
    return hashlib.sha256(json.dumps([tables, code, packages]).encode()).hexdigest()


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
