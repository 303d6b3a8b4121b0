"""The recorded answers of the old API -> their shapes, which can be kept: status, keys in their order, types.

    python tools/recorded_shapes.py FOLDER      # writes tests/serve/recorded_shapes.json

The recordings hold the old publisher's sentences and are no part of the project; their shapes are.
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KEPT = Path(__file__).parents[1] / "tests" / "serve" / "recorded_shapes.json"

# A recording that is a client's own sample has no headers.
Recorded = dict[str, Any]


def shape(value: Any) -> Any:
    """Reduce an answer to its keys in their order and its types; a list to the shapes that stand in it."""
    if isinstance(value, dict):
        return [[key, shape(item)] for key, item in value.items()]
    if isinstance(value, list):
        distinct = {json.dumps(one): one for one in map(shape, value)}
        return ["list", *(distinct[key] for key in sorted(distinct))]
    return type(value).__name__


def shapes_of(recordings: Path) -> list[Recorded]:
    """Give each recording of a real request: address, year, status, content type, shape (None where it was empty)."""
    entries = json.loads((recordings / "INDEX.json").read_text("utf-8"))
    return [_one(recordings, entry) for entry in sorted(entries, key=lambda entry: str(entry["file"]))]


def _one(recordings: Path, entry: Recorded) -> Recorded:
    url, body = urlsplit(entry["url"]), (recordings / entry["file"]).read_bytes()
    return {
        "file": entry["file"],
        "address": f"{url.path}?{url.query}" if url.query else url.path,
        "status": entry["http_status"],
        "content_type": (entry.get("response_headers") or {}).get("Content-Type", ""),
        "shape": shape(json.loads(body)) if body.strip() else None,
    }


def as_text(shapes: list[Recorded]) -> str:
    """Write shapes so that a change of one is a change of one line."""
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in shapes) + "\n]\n"


if __name__ == "__main__":
    KEPT.write_text(as_text(shapes_of(Path(sys.argv[1]))), "utf-8")
