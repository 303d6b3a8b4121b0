"""What was fetched -> ``snapshots.json`` beside it, and back: of each file its sha256, its address and its dates.

Paths are those below the sources folder. A file under ``earlier/`` keeps the record that it had in its place.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from lmiforall.base.problem import Problem, Stop

SNAPSHOTS = "snapshots.json"


@dataclass(frozen=True)
class Snapshot:
    """One file as it was fetched.

    ``url`` is the declared address, ``asked`` the one that was asked (a mirror's, where one was used) and ``final``
    the one that gave the bytes, after redirects. ``member`` is the file's name in the archive that it came in.
    ``fetched`` is when these bytes were got, ``checked`` when the address last had no others (both ISO, UTC).
    ``sources`` are those that wanted it, as ``dataset/source``.
    """

    sha256: str
    bytes: int
    fetched: str
    checked: str
    url: str
    asked: str
    final: str
    publisher: str
    title: str
    licence: str
    sources: tuple[str, ...]
    through: str = ""
    member: str = ""
    etag: str = ""
    last_modified: str = ""


def read(root: Path) -> dict[str, Snapshot]:
    """Read the record of a sources folder: path -> snapshot; empty where nothing was ever fetched into it."""
    path = root / SNAPSHOTS
    if not path.is_file():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Snapshot])
    except msgspec.DecodeError as error:
        raise Stop(
            Problem(
                f"the record of what was fetched can't be read: {error}",
                str(path),
                "Take it out of the folder: `lmi fetch` then asks for every file anew, and writes it again.",
            )
        ) from error


def write(root: Path, snapshots: Mapping[str, Snapshot]) -> None:
    """Write the record in one step, so that equal records give equal bytes and a kill leaves the earlier one."""
    content = {path: asdict(snapshots[path]) for path in sorted(snapshots)}
    fresh = root / f".{SNAPSHOTS}"
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    fresh.replace(root / SNAPSHOTS)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def intact(root: Path, path: str, record: Snapshot) -> bool:
    """Whether the file in its place is still the one that was fetched."""
    return (root / path).is_file() and sha256(root / path) == record.sha256
