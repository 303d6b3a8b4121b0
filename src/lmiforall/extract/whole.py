"""A file as it came and the kind that is wanted -> what is wrong with it, or nothing: cut short, empty, a web page."""

import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from lmiforall.extract import compound

# The largest workbook of any source unpacks to 36 MB, an archive to 25 MB. Ten times more is a mistake or meant ill.
MOST_BYTES_UNPACKED = 500_000_000

_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1"
# A page opens within its first kilobyte, after comments and blank lines.
_OPENING = 1024


def fault(path: Path, dialect: str) -> str:
    """Say what is wrong with a file of this dialect (or ``zip``); empty where it is whole and of that kind."""
    with path.open("rb") as stream:
        opening = stream.read(_OPENING)
    if not opening.strip():
        return "it is empty"
    if _is_page(opening):
        return f"it is a web page, not {_NAMES[dialect]}"
    return _CHECKS[dialect](path)


def _is_page(opening: bytes) -> bool:
    text = opening.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<!doctype html", b"<html")) or (text.startswith(b"<") and b"<html" in text)


def _workbook(path: Path) -> str:
    if compound.is_compound(path):
        return "it is cut short" if compound.cut_short(path) else ""
    with path.open("rb") as stream:
        is_zip = stream.read(len(_ZIP)) == _ZIP
    return _zip(path) if is_zip else "it is no workbook"


def _zip(path: Path) -> str:
    """Read an archive to its end: its list stands there, and each member has a checksum.

    zipfile gives no byte more of a member than the list declares, so that the list can be trusted in this.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > MOST_BYTES_UNPACKED:
                return f"it unpacks to {size:,} bytes, which no source does"
            broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        return f"it is no whole archive ({error})"
    return f"its part {broken} is damaged" if broken else ""


def _csv(path: Path) -> str:
    try:
        path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        return f"it isn't text in UTF-8 ({error})"
    return ""


def _json(path: Path) -> str:
    try:
        json.loads(path.read_bytes())
    except ValueError as error:
        return f"it is no whole JSON ({error})"
    return ""


def _parquet(path: Path) -> str:
    content = path.read_bytes()
    return "" if content.startswith(_PARQUET) and content.endswith(_PARQUET) else "it is no whole Parquet file"


_CHECKS: Mapping[str, Callable[[Path], str]] = {
    "workbook": _workbook,
    "shaded_workbook": _workbook,
    "zip": _zip,
    "csv": _csv,
    "json": _json,
    "nested_json": _json,
    "parquet": _parquet,
}
_NAMES: Mapping[str, str] = {
    "workbook": "a workbook",
    "shaded_workbook": "a workbook",
    "zip": "a zip archive",
    "csv": "a CSV file",
    "json": "a JSON file",
    "nested_json": "a JSON file",
    "parquet": "a Parquet file",
}
