"""A whole file and its place -> the file in its place, and the one that stood there kept under ``earlier/``.

Rule 1: a place never holds half a file. Bytes are staged in the same folder, and come to their place by a rename.
Rule 2: nothing is lost. A file that is replaced or superseded first stands under ``earlier/<its sha256>/``, too.
Rule 3: one fetch at a time fills a folder.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.snapshot import sha256

INCOMING = ".incoming"
LOCK = ".fetching"
EARLIER = "earlier"

# Enough of a sha256 to tell the earlier files of one place apart, and short enough to read.
_DIGITS = 12


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Give an empty folder to stage files in, for as long as nobody else fetches into this one.

    What a killed fetch left is swept away: whoever holds the lock knows that its owner is gone.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stop(
                Problem("another `lmi fetch` is filling this folder", str(root), "Wait until it is done.")
            ) from error
        staged = root / INCOMING
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir()
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def put(root: Path, staged: Path, place: str) -> str:
    """Move a staged file to its place; give where the file that it replaces is kept, empty where there was none."""
    target = root / place
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = _keep(root, place) if target.exists() else ""
    staged.replace(target)
    return kept


def set_aside(root: Path, place: str) -> str:
    """Take a superseded file out of its place; give where it is kept."""
    kept = _keep(root, place)
    (root / place).unlink()
    return kept


def _keep(root: Path, place: str) -> str:
    """Let a file stand under ``earlier/`` as well: its place isn't empty for a moment."""
    kept = f"{EARLIER}/{sha256(root / place)[:_DIGITS]}/{place}"
    target = root / kept
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        try:
            os.link(root / place, target)
        except OSError:  # a file system without links
            shutil.copy2(root / place, target)
    return kept
