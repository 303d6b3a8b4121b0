"""Two releases -> what changed, for a person to sign and for a machine to read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from lmiforall.release import folder

# How many of the largest changes of a dataset are spelt out; the rest are counted.
EXAMPLES = 10

Change = dict[str, Any]


def compare(old: Path, new: Path) -> Change:
    """Compare two releases, dataset by dataset, figure by figure."""
    before, after = folder.read_catalogue(old), folder.read_catalogue(new)
    names = sorted(before["datasets"].keys() | after["datasets"].keys())
    found = {name: _dataset(name, old, new, before, after) for name in names}
    return {
        "old": before["release"],
        "new": after["release"],
        "datasets": {name: change for name, change in found.items() if change},
        "unchanged": [name for name, change in found.items() if not change],
    }


def first(new: Path) -> Change:
    """Describe a release that has none before it."""
    after = folder.read_catalogue(new)
    return {
        "old": None,
        "new": after["release"],
        "datasets": {name: {"change": "added", "rows": entry["rows"]} for name, entry in after["datasets"].items()},
        "unchanged": [],
    }


def write(into: Path, old: Path | None, new: Path) -> None:
    """Write CHANGES.md and changes.json into a release."""
    found = compare(old, new) if old else first(new)
    text, data = folder.CHANGES
    (into / text).write_text(as_text(found), "utf-8")
    folder.write_json(into / data, found)


def as_text(found: Change) -> str:
    """Say it in Markdown, with a line to sign."""
    lines = [f"# Changes in release {found['new']}", ""]
    lines += [f"Since release {found['old']}." if found["old"] else "The first release: everything is new.", ""]
    for name, change in found["datasets"].items():
        lines += [f"## {name}: {change['change']}", "", *_lines(change), ""]
    if found["unchanged"]:
        lines += [f"Unchanged: {', '.join(found['unchanged'])}.", ""]
    if not found["datasets"]:
        lines += ["Nothing has changed.", ""]
    lines += ["Looked at by: ____________________  on: ____________", ""]
    return "\n".join(lines)


def _lines(change: Change) -> list[str]:
    lines = []
    if "rows" in change:
        lines.append(f"- {change['rows']:,} rows")
    lines += [f"- {change[what]:,} rows {what}" for what in ("added", "removed", "changed") if change.get(what)]
    lines += [f"- file {file['path']}: {file['what']}" for file in change.get("files", ())]
    for example in change.get("examples", ()):
        where = ", ".join(f"{key}={code}" for key, code in example["where"].items())
        lines.append(f"- {where}: {example['old']} -> {example['new']}")
    return lines


def _dataset(name: str, old: Path, new: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    if name not in after["datasets"]:
        return {"change": "removed", "rows": before["datasets"][name]["rows"]}
    if name not in before["datasets"]:
        return {"change": "added", "rows": after["datasets"][name]["rows"]}
    if before["content"][name] == after["content"][name]:
        return {}
    frames = [_keyed(pl.read_parquet(folder.parquet(place, name)), after["datasets"][name]) for place in (old, new)]
    return {
        "change": "changed",
        **_rows(*frames),
        "files": _files(before["datasets"][name], after["datasets"][name]),
    }


def _keyed(frame: pl.DataFrame, entry: Mapping[str, Any]) -> pl.DataFrame:
    """Give each row a key of words and a content; a record's key is all of it, for it has no value of its own.

    A release may be older than a dimension: its figures were those of everyone, and have the dimension's default.
    """
    later = [one for one in entry["dimensions"] if one["name"] not in frame.columns]
    frame = frame.with_columns(pl.lit(one.get("default", "")).alias(one["name"]) for one in later)
    keys = [dimension["name"] for dimension in entry["dimensions"]]
    if entry["kind"] == "figures":
        content = [column for column in ("value", "status", "mark", "quality") if column in frame.columns]
        keys = [*keys, "measure"]
    else:
        content = [field["name"] for field in entry["fields"] if field["name"] in frame.columns]
    shown = [pl.col(column) for column in content]
    return frame.select(
        pl.struct([pl.col(key).cast(pl.String) for key in keys]).alias("key"),
        pl.struct(shown).struct.json_encode().alias("content"),
        (pl.col("value") if "value" in content else pl.lit(None, pl.Float64)).alias("number"),
    )


def _rows(old: pl.DataFrame, new: pl.DataFrame) -> Change:
    """Count rows that came, went and changed, and spell out the largest changes."""
    once_old, once_new = (frame.unique("key", keep="first", maintain_order=True) for frame in (old, new))
    both = once_old.join(once_new, on="key", how="full", coalesce=True, suffix="_new")
    changed = both.filter(
        pl.col("content").is_not_null()
        & pl.col("content_new").is_not_null()
        & (pl.col("content") != pl.col("content_new"))
    )
    size = ((pl.col("number_new") - pl.col("number")).abs() / pl.col("number").abs()).fill_null(0.0)
    largest = changed.with_columns(size.alias("size")).sort("size", descending=True, maintain_order=True).head(EXAMPLES)
    return {
        "added": int(both["content"].null_count()),
        "removed": int(both["content_new"].null_count()),
        "changed": changed.height,
        "examples": [
            {"where": row["key"], "old": row["content"], "new": row["content_new"]}
            for row in largest.iter_rows(named=True)
        ],
    }


def _files(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    old = {file["path"]: file["sha256"] for file in before["files"]}
    new = {file["path"]: file["sha256"] for file in after["files"]}
    what = {path: "removed" if path not in new else "added" if path not in old else "changed" for path in old | new}
    return [{"path": path, "what": what[path]} for path in sorted(what) if old.get(path) != new.get(path)]
