"""What each way found -> the report of ``bench.search``: how often right, how fast, how often nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from bench.report import Report, table

NOTE = """All ways have the same titles: those of groups, of ONS's coding indexes, of ESCO and O*NET. An answer is
right where one of its first (five) SOC2020 unit groups is one that ONS's titles of the same words have. Errors are
one letter left out, twice, swapped with its neighbour, or another, anywhere in a title of the index of at least
five letters. *Real titles* are the job titles that Skills England gives for its occupations, with the one unit
group that it gives for all titles of an occupation: that is a rough reference (it has management consultants with
accountants), and the same for all ways. Times are of the wall clock, from text to codes, one query at a time; of
PostgreSQL through its socket."""

Row = Mapping[str, Any]
# What the issue asks: of one error, and of queries that mean nothing; milliseconds; MiB.
FIRST, AMONG_FIVE, NOTHING, SLOWEST, MOST_MEMORY = 0.94, 0.995, 0.95, 1.0, 30


def of(about: Mapping[str, str], results: Mapping[str, Any], left: Mapping[str, str]) -> Report:
    """Write the report."""
    absent = "\n".join(f"- {name}: {why}" for name, why in left.items())
    sections = [
        NOTE, "## Targets", _targets(results["this search"]), "## Beside the others", _beside(results),
        *(["Not measured:", absent] if left else []), "## By kind of error", _kinds(results, "errors"),
        "## Other forms", _kinds(results, "forms"), "## Real titles", _kinds(results, "real"),
    ]  # fmt: skip
    data = {"results": {name: _short(result) for name, result in results.items()}}
    return Report("Search by job titles", about, sections, data)


def _short(result: Mapping[str, Any]) -> dict[str, Any]:
    """Give the figures without the single queries."""
    kinds = {kind: rows for kind, rows in result.items() if isinstance(rows, list)}
    return {"memory_mib": result["memory_mib"]} | {kind: _figures(rows) for kind, rows in kinds.items()}


def _figures(rows: Sequence[Row]) -> dict[str, float]:
    parts = {name: _part(rows, says) for name, says in (("first", _first), ("five", _five), ("nothing", _none))}
    return {"asked": len(rows), **parts, "p50_ms": _at(rows, 0.5), "p99_ms": _at(rows, 0.99)}


def _first(row: Row) -> bool:
    return bool(row["place"] == 0)


def _five(row: Row) -> bool:
    return bool(row["place"] >= 0)


def _none(row: Row) -> bool:
    return bool(row["given"] == 0)


def _part(rows: Sequence[Row], says: Callable[[Row], bool]) -> float:
    return float(np.mean([says(row) for row in rows])) if rows else float("nan")


def _at(rows: Sequence[Row], part: float) -> float:
    return float(np.quantile([row["ms"] for row in rows], part))


def _targets(own: Mapping[str, Any]) -> str:
    together = [row for kind in ("errors", "forms", "real", "typed", "nonsense") for row in own[kind]]
    first, five, none = _part(own["errors"], _first), _part(own["errors"], _five), _part(own["nonsense"], _none)
    slow, memory = _at(together, 0.99), own["memory_mib"]
    busy = _at([{**row, "ms": row["cpu_ms"]} for row in together], 0.99)
    lines = [
        ["one error: the first group right", f"{FIRST}", f"{first:.4f}", _met(first >= FIRST)],
        ["one error: one of five right", f"{AMONG_FIVE}", f"{five:.4f}", _met(five >= AMONG_FIVE)],
        ["queries that mean nothing: nothing given", f"{NOTHING}", f"{none:.3f}", _met(none >= NOTHING)],
        ["p99 of all queries, ms, at most", f"{SLOWEST:g}", f"{slow:.2f}", _met(slow <= SLOWEST)],
        ["the same in processor time, ms", f"{SLOWEST:g}", f"{busy:.2f}", _met(busy <= SLOWEST)],
        ["memory, MiB, at most", f"{MOST_MEMORY}", f"{memory:.0f}", _met(memory <= MOST_MEMORY)],
    ]
    return table(["what", "asked", "measured", ""], lines)


def _met(yes: object) -> str:
    return "met" if yes else "**missed**"


def _beside(results: Mapping[str, Any]) -> str:
    lines = []
    for name, result in results.items():
        errors, typed = result["errors"], result["typed"]
        figures = [_part(errors, _first), _part(errors, _five), _part(result["real"], _first)]
        figures += [_part(result["real"], _five), _part(result["nonsense"], _none)]
        times = [_at(errors, 0.5), _at(errors, 0.99), _at(typed, 0.5), _at(typed, 0.99)]
        memory = result["memory_mib"]
        held = "a server" if np.isnan(memory) else f"{memory:.0f}"
        lines.append([name, *(f"{one:.3f}" for one in figures), *(f"{one:.2f}" for one in times), held])
    heads = ["way", "one error, top 1", "top 5", "real titles, top 1", "top 5", "nothing for nonsense"]
    return table([*heads, "p50 ms", "p99 ms", "p50 as one types", "p99", "MiB"], lines)


def _kinds(results: Mapping[str, Any], asked: str) -> str:
    kinds = list(dict.fromkeys(row["kind"] for row in results["this search"][asked]))
    lines = []
    for name, result in results.items():
        parts = [[row for row in result[asked] if row["kind"] == kind] for kind in kinds]
        lines.append([name, *(f"{_part(rows, _first):.3f} / {_part(rows, _five):.3f}" for rows in parts)])
    counts = [sum(row["kind"] == kind for row in results["this search"][asked]) for kind in kinds]
    return table(["top 1 / top 5", *(f"{kind} ({count:,})" for kind, count in zip(kinds, counts, strict=True))], lines)
