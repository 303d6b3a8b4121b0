"""The folder of a release on disk: its checksums, its number, and how it comes to its place in one step."""

import ctypes
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lmiforall.base.problem import Problem, Stop

CATALOGUE = "catalogue.json"
SUMS = "SHA256SUMS"
CHANGES = ("CHANGES.md", "changes.json")

# SOURCE: linux/fs.h and fcntl.h; renameat2(2) exchanges two folders in one step.
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def read_catalogue(folder: Path) -> dict[str, Any]:
    """Read what a release says about itself; stops where the folder is no release."""
    path = folder / CATALOGUE
    if not path.is_file():
        raise Stop(
            Problem("this folder is no release: it has no catalogue.json", str(folder), "Build one with `lmi build`.")
        )
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def write_json(path: Path, content: Any) -> None:
    """Write data so that equal data gives equal bytes."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def sums_of(folder: Path) -> dict[str, str]:
    """Hash every file of a release but the list of hashes itself: path -> sha256."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return {path.relative_to(folder).as_posix(): sha256(path) for path in paths}


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS as `sha256sum --check` reads it."""
    lines = "".join(f"{digest}  {path}\n" for path, digest in sums_of(folder).items())
    (folder / SUMS).write_text(lines, "utf-8")


def recorded_sums(folder: Path) -> dict[str, str]:
    """Read SHA256SUMS: path -> sha256; empty where there is none."""
    path = folder / SUMS
    if not path.is_file():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text("utf-8").splitlines())
    return {name: digest for digest, name in pairs}


def tampered(folder: Path) -> list[Problem]:
    """List every file that isn't what SHA256SUMS says, is missing, or was added."""
    recorded, found = recorded_sums(folder), sums_of(folder)
    problems = []
    for path in sorted(recorded.keys() | found.keys()):
        if recorded.get(path) != found.get(path):
            what = "is missing" if path not in found else "was added" if path not in recorded else "was changed"
            problems.append(Problem(f"{path} {what} after the release was frozen", f"release {folder}"))
    return problems


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Give a fresh folder beside ``out`` to build in; whatever is left of it at the end is removed.

    Stops at once where ``out`` holds something that is no release: nobody's files are ever replaced.
    """
    if out.exists() and (out.is_file() or any(out.iterdir())):
        read_catalogue(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.building-{os.getpid()}-", dir=out.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(staged: Path, out: Path) -> Path | None:
    """Move a finished release to its place in one step; give where the one that it replaces is kept.

    One of the same number holds the same, and isn't kept twice.
    """
    if not out.exists():
        staged.rename(out)
        return None
    if not any(out.iterdir()):
        out.rmdir()
        staged.rename(out)
        return None
    earlier = read_catalogue(out)["release"]
    kept = out.with_name(f"{out.name}.{earlier}")
    _exchange(staged, out)
    if kept.exists() or read_catalogue(out)["release"] == earlier:
        shutil.rmtree(staged)
        return kept if kept.exists() else None
    staged.rename(kept)
    return kept


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders; in one step where the system can (Linux), else in two."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
    except (OSError, AttributeError):
        done = False
    if not done:
        aside = one.with_name(f"{one.name}.aside")
        other.rename(aside)
        one.rename(other)
        aside.rename(one)


def _sweep(out: Path) -> None:
    """Remove what a killed build left: building folders whose process is gone."""
    for left in out.parent.glob(f".{out.name}.building-*"):
        process = left.name.removeprefix(f".{out.name}.building-").split("-")[0]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
