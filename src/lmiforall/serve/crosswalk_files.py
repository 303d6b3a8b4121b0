"""GET .../crosswalks/soc2010/onet?format=csv -> every link between two classifications, streamed as CSV or JSON.

Rule 1: a code without a target isn't left out: it stands at the end, with an empty target.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import table
from lmiforall.serve.answer import JSON, Stream, encode
from lmiforall.serve.crosswalk_codes import Coded

FORMATS: Mapping[str, str] = {"csv": table.FORMATS["csv"], "json": JSON}
NAME = "crosswalks"
COLUMNS = ("code", "title", "target", "target_title", "weight", "back")
# Links are made in blocks of so many, so that others wait a few milliseconds at most.
BLOCK = 1_000

Ends = tuple[Coded, Coded]
Link = tuple[str, str, str, str, float | None, float | None]


def answer(release: Release, ends: Ends, ways: Sequence[Mapping[str, Any]], form: str) -> Stream:
    """Stream a whole crosswalk."""
    if form not in FORMATS:
        raise Stop(Problem(f"{form[:40]!r} is no format", "parameter format", f"One of: {', '.join(FORMATS)}"))
    name = f"crosswalk-{ends[0].scheme.name}-{ends[1].scheme.name}"
    about = table.headers(release, NAME)
    if form == "csv":
        notice = " ".join(licence["notice"] for licence in release.entry(NAME)["licences"])
        saved = f'attachment; filename="{name}-{release.number}.csv"'
        about = (*about, ("X-LMI-Notice", notice), ("Content-Disposition", saved))
    blocks = _blocks(release, ends)
    pieces = _csv(blocks) if form == "csv" else _json(release, ends, ways, blocks)
    return Stream(pieces, FORMATS[form], f"{release.number}-{name}-{form}", about)


def _blocks(release: Release, ends: Ends) -> Iterator[list[Link]]:
    """Give the links block by block, in the order of their codes; then the codes without any."""
    opened = release.dataset(NAME)
    pair = {"from": [ends[0].scheme.name], "to": [ends[1].scheme.name]}
    weights, backs = (opened.find({**pair, "measure": [measure]}) for measure in ("weight", "back"))
    for start in range(0, len(weights), BLOCK):
        rows = zip(weights[start : start + BLOCK], backs[start : start + BLOCK], strict=True)
        yield [_link(opened, ends, int(row), int(back)) for row, back in rows]
    counts = opened.find({**pair, "measure": ["targets"]})
    bare = [opened.word("code", int(row)) for row in counts if not opened.number("value", int(row))]
    yield [(code, ends[0].titles[code], "", "", None, None) for code in bare]


def _link(opened: Opened, ends: Ends, row: int, back: int) -> Link:
    code, target = opened.word("code", row), opened.word("target", row)
    titles = ends[0].titles[code], ends[1].titles[target]
    return code, titles[0], target, titles[1], opened.number("value", row), opened.number("value", back)


async def _csv(blocks: Iterator[list[Link]]) -> AsyncIterator[bytes]:
    yield _lines([COLUMNS])
    for block in blocks:
        yield _lines(block)


def _lines(rows: Sequence[Sequence[Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")


async def _json(
    release: Release, ends: Ends, ways: Sequence[Mapping[str, Any]], blocks: Iterator[list[Link]]
) -> AsyncIterator[bytes]:
    head = {"release": release.number, "from": ends[0].scheme.name, "to": ends[1].scheme.name, "ways": ways}
    yield encode(head)[:-1] + b',"links":['
    first = True
    for block in blocks:
        # A code without a target says so by null, as JSON does.
        items = [dict(zip(COLUMNS, (part if part != "" else None for part in link), strict=True)) for link in block]
        piece = b",".join(map(encode, items))
        yield piece if first or not piece else b"," + piece
        first = first and not piece
    yield b"]}"
