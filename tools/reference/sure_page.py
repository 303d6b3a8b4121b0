"""The reports of what was tried out, as JSON -> the page that says how sure the estimates are, with its charts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.charts import chart
from tools.reference.markdown import render

# The report names of the two models; the newest of each is shown.
EMPLOYMENT, PAY, OTHERS = "employment", "pay-model", "pay-holdouts"
# So many of the blocks that would be held least often are told; fewer figures than ten say nothing of nine in ten.
LEAST_HELD, FEWEST = 5, 10
# SOURCE: issue 3 of the project, where they are asked.
ASKED = (85.0, 95.0)
RIVALS_OF_PAY = ("UK median", "UK median x region's ratio")

# So many letters fit beside a chart's lines.
LONGEST = 50

Line = Mapping[str, Any]


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """Give the page and its charts by their paths; none where a report isn't there."""
    employment, pay, others = (newest(root / "docs" / "proofs", name) for name in (EMPLOYMENT, PAY, OTHERS))
    if employment is None or pay is None or others is None:
        return
    trials, record = _trials(employment[1]), employment[1]["track record"]
    ways = list(_ways(pay[1]))
    yield (
        "docs/how-sure.md",
        render(
            "how-sure.md",
            " and ".join(f"docs/proofs/{stem}.json" for stem in (employment[0], pay[0], others[0])),
            employment=employment[0],
            pay=pay[0],
            others=others[0],
            trials=trials,
            unknown=_unknown(employment[1]),
            ways=ways,
            parts=list(_ways(others[1])),
            years=list(_years(record)),
            last=max(one["year"] for one in record),
            record=sorted(_of_last_year(record), key=lambda one: abs(one["surveyed"] - one["projected"]), reverse=True)[
                :5
            ],
        ),
    )
    yield "docs/how-sure-employment-errors.svg", _errors(trials)
    yield "docs/how-sure-employment-coverage.svg", _coverage("Employment", trials)
    yield "docs/how-sure-pay.svg", _coverage("Pay", ways)
    yield "docs/how-sure-track-record.svg", _record(record)


def newest(folder: Path, name: str) -> tuple[str, Mapping[str, Any]] | None:
    """Give the stem and the data of the newest report of a name."""
    found = sorted(folder.glob(f"{name}-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"))
    return (found[-1].stem, json.loads(found[-1].read_text("utf-8"))) if found else None


def _trials(data: Mapping[str, Any]) -> list[tuple[str, Line]]:
    """Give the title of each trial of employment, and what it came to in all."""
    return [(f"{one['what']}; hidden: {one['way']}", one["lines"][0]) for one in data["trials"]]


def _unknown(data: Mapping[str, Any]) -> list[tuple[str, Line]]:
    """Give the blocks that were hidden whole and would be held least often if nothing were known of them."""
    found = []
    for one in data["trials"]:
        # Where each kind is hidden together, it isn't told twice.
        kind = "hidden together" if any(line["kind"] == "hidden together" for line in one["lines"]) else "of one kind"
        lines = [line for line in one["lines"] if line["kind"] == kind and line["figures"] >= FEWEST]
        chosen = [line for line in lines if line["nothing_known"] is not None]
        found += [(f"{one['what']}; hidden: {one['way']}", line) for line in chosen]
    return sorted(found, key=lambda one: one[1]["nothing_known"])[:LEAST_HELD]


def _ways(data: Mapping[str, Any]) -> Iterator[tuple[str, Line]]:
    """Give each way in which pay was kept aside, in the names that employment has."""
    for way, lines in data.items():
        if isinstance(lines, list) and lines and "coverage" in lines[0]:
            first = lines[0]
            rivals = dict(zip(RIVALS_OF_PAY, first["rivals"], strict=True))
            yield way, {**first, "figures": first["cells"], "rivals": rivals, "worse": first["low"] > 0}


def _errors(trials: Sequence[tuple[str, Line]]) -> str:
    rows = [(name, (line["error"], min(line["rivals"].values()))) for name, line in trials]
    return chart(
        "Employment: median error in per cent, of shares", _short(rows), span=(0.0, 100.0),
        names=("ours", "the better rival"),
    )  # fmt: skip


def _coverage(what: str, trials: Sequence[tuple[str, Line]]) -> str:
    rows = [(name, (100 * line["coverage"],)) for name, line in trials]
    title = f"{what}: figures within the 90% intervals, in per cent; dashed: what is asked"
    return chart(title, _short(rows), span=(75.0, 100.0), names=("ours",), marks=ASKED)


def _record(record: Sequence[Line]) -> str:
    rows = [(one["group"], (one["projected"], one["surveyed"])) for one in _of_last_year(record)]
    most = 5 * (1 + max(abs(value) for _, pair in rows for value in pair) // 5)
    title = "Change of a group's share of all employment since 2021, in per cent"
    return chart(title, _short(rows), span=(-most, most), names=("projected in 2020", "surveyed"), marks=(0.0,))


def _of_last_year(record: Sequence[Line]) -> list[Line]:
    last = max(one["year"] for one in record)
    return [one for one in record if one["year"] == last]


def _years(record: Sequence[Line]) -> Iterator[Mapping[str, Any]]:
    """Sum each year of the track record up."""
    for year in sorted({one["year"] for one in record}):
        pairs = [(one["projected"], one["surveyed"]) for one in record if one["year"] == year]
        yield {
            "year": year,
            "error": _median([abs(surveyed - projected) for projected, surveyed in pairs]),
            "still": _median([abs(surveyed) for _, surveyed in pairs]),
            "same": sum((projected > 0) == (surveyed > 0) for projected, surveyed in pairs),
            "groups": len(pairs),
        }


def _median(values: Sequence[float]) -> float:
    middle = len(values) // 2
    ordered = sorted(values)
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _short(rows: Sequence[tuple[str, Sequence[float]]]) -> list[tuple[str, Sequence[float]]]:
    """Cut names to what a chart has room for; the table beside it has them whole."""
    short = [(name.replace("a unit group's ", "").replace("; hidden:", ","), values) for name, values in rows]
    return [(name if len(name) <= LONGEST else f"{name[: LONGEST - 3]}...", values) for name, values in short]
