"""The whole table, or chosen rows of it, as CSV or Parquet; and the headers that every answer on a dataset has."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np

from lmiforall.base.problem import Problem, Stop
from lmiforall.base.sheet import letters
from lmiforall.release.columns import Texts
from lmiforall.release.index import Rows
from lmiforall.release.opened import Opened, Release
from lmiforall.serve.answer import Stream

FORMATS = {
    "csv": "text/csv; charset=UTF-8; header=present",
    "parquet": "application/vnd.apache.parquet",
}
# Rows of a CSV are made in blocks of so many: large enough for NumPy, small enough that others wait 10 ms at most.
BLOCK = 2_000


def answer(release: Release, opened: Opened, rows: Rows, form: str, raw: bytes) -> Stream:
    """Stream rows as CSV, or the release's own Parquet, which is given whole only."""
    name = opened.dataset.name
    about = (
        *headers(release, name),
        ("X-LMI-Notice", " ".join(licence["notice"] for licence in opened.entry["licences"])),
        ("Content-Disposition", f'attachment; filename="{name}-{release.number}.{form}"'),
    )
    if form == "csv":
        asked = blake2b(raw, digest_size=9).hexdigest()
        return Stream(_csv(opened, rows), FORMATS[form], f"{release.number}-{name}-{asked}", about)
    if len(rows) < opened.rows:
        raise Stop(Problem("Parquet is given whole", "parameter format", "Leave the codes out, or take CSV."))
    return Stream(_file(release, name), FORMATS[form], f"{release.number}-{name}-parquet", about, packable=False)


@cache
def headers(release: Release, name: str) -> tuple[tuple[str, str], ...]:
    """Say where a dataset is described, its licences, and what the starter release leaves to the full one."""
    entry = release.entry(name)
    links = ("Link", f'</api/v2/datasets/{name}>; rel="describedby"{licences(release, name)}')
    notes = [f"values rounded to {entry['precision']}"] if entry["precision"] != "float64" else []
    if left := entry["left_to_the_full_release"]:
        notes.append(f"only in the full release: {', '.join(left)}")
    return (links, ("X-LMI-Note", "; ".join(notes))) if notes else (links,)


@cache
def licences(release: Release, name: str) -> str:
    """Write the end of a Link header: under which licences a dataset's figures travel."""
    return "".join(f', <{licence["url"]}>; rel="license"' for licence in release.entry(name)["licences"])


async def _file(release: Release, name: str) -> AsyncIterator[bytes]:
    with release.parquet(name).open("rb") as stream:
        while piece := stream.read(1 << 18):
            yield piece


async def _csv(opened: Opened, rows: Rows) -> AsyncIterator[bytes]:
    """Write rows as CSV; its last line is a row like the others, errors never stand in it."""
    columns = _csv_columns(opened)
    yield _lines([columns])
    for start in range(0, len(rows), BLOCK):
        block = np.asarray(rows[start : start + BLOCK])
        yield _lines(zip(*(_csv_column(opened, name, block) for name in columns), strict=True))
        # A worker that has handed out every table would hold 100 MB of pages that it doesn't need.
        opened.give_back()


def _csv_columns(opened: Opened) -> list[str]:
    names = list(opened.keys)
    if not opened.dataset.of_figures:
        names += [field.name for field in opened.dataset.fields if field.name in opened.arrays]
        return [*names, "status", *(name for name in ("file", "sheet", "row") if name in opened.arrays)]
    names += ["value", "unit", "status", "mark"]
    names += [name for name in ("quality", "quality_mark", "withheld_by", "lower", "upper") if name in opened.arrays]
    return [*names, *(("file", "sheet", "cell") if "file" in opened.arrays else ())]


def _csv_column(opened: Opened, name: str, block: np.ndarray) -> Sequence[Any]:
    if name == "unit":
        units = np.array([opened.dataset.measure(measure).unit for measure in opened.words["measure"]], object)
        return units[opened.array("measure")[block]]  # type: ignore[no-any-return]
    if name == "cell":
        return _cells(opened, block)
    array = opened.arrays[name]
    if isinstance(array, Texts):
        return [array[int(row)] for row in block]
    part = np.asarray(array)[block]
    if name in opened.words:
        return np.array(opened.words[name], object)[part]  # type: ignore[no-any-return]
    return [None if value != value else value for value in part.tolist()]  # noqa: PLR0124 - NaN


def _cells(opened: Opened, block: np.ndarray) -> Sequence[str]:
    columns = opened.array("column")[block].tolist()
    rows = opened.array("row")[block].tolist()
    return [f"{letters(column - 1)}{row}" for column, row in zip(columns, rows, strict=True)]


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
