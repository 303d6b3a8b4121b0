"""A full release -> how often search leads to the right occupation, how fast, and how often to nothing, beside others.

Asked are titles with an error each, drawn by a seed; titles in other forms; the job titles that Skills England gives
for its occupations, as real ones; and queries that mean no occupation. All ways have the same titles.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from bench import machine, search_errors, search_postgres, search_report, search_rivals
from bench.coder import resident
from lmiforall.match.search import kept
from lmiforall.match.search.finder import Finder
from lmiforall.match.search.kept import Parts
from lmiforall.release import folder

SEED = 20261125
# How many titles of each kind are asked.
ERRORS, FORMS, TYPED = 5000, 2000, 300
# How many groups an answer may name to be right.
FIVE = 5

Codes = Callable[[str], Sequence[str]]
Way = tuple[str, Codes, float]


def ours(release: Path) -> tuple[Codes, Parts, float]:
    """Open the search of a release; say what memory that took."""
    before = resident()
    parts = kept.load(release)
    if parts is None:
        raise FileNotFoundError(f"{release} has no search: build a full release")
    finder = Finder(parts)
    used = resident() - before
    return lambda text: [hit.code for hit in finder.find(text, FIVE, units=True)], parts, used


def of_titles(find: search_rivals.Titles, codes: Sequence[str]) -> Codes:
    """Give the first groups of what a way finds."""
    return lambda text: list(dict.fromkeys(codes[number] for number in find(text) if codes[number]))[:FIVE]


def ways(release: Path, left: dict[str, str]) -> Iterator[tuple[Way, Parts]]:
    """Open one way after the other; say of those that aren't here why."""
    own, parts, used = ours(release)
    yield ("this search", own, used), parts
    titles = [" ".join(parts.text(number)[:1]) for number in range(len(parts.source))]
    codes = [parts.groups[group].removeprefix("20:") for group in parts.soc2020.tolist()]
    codes = [code if len(code) == 4 else "" for code in codes]
    for name, make in (
        ("SQLite FTS5, trigrams", search_rivals.fts5),
        ("tantivy, fuzzy", search_rivals.tantivy_fuzzy),
        ("tantivy, trigrams, re-ranked", search_rivals.tantivy_trigrams),
    ):
        before = resident()
        made = make(titles)
        if isinstance(made, str):
            left[name] = made
        else:
            yield (name, of_titles(made, codes), resident() - before), parts
    if missing := search_postgres.absent():
        left["PostgreSQL pg_trgm"] = missing
    else:
        with search_postgres.trigrams(titles) as find:
            yield ("PostgreSQL pg_trgm", of_titles(find, codes), float("nan")), parts


def real(release: Path, parts: Parts) -> list[search_errors.Asked]:
    """Give Skills England's job titles with the unit group of their occupation, by whether ONS has the same words."""
    known = {parts.text(number)[0].casefold() for number in range(len(parts.source)) if parts.source[number] <= 1}
    table = pl.read_parquet(folder.parquet(release, "skills_england_occupations")).cast({"soc": pl.String})
    rows = (
        table.select("soc", "job_titles")
        .explode("job_titles", empty_as_null=True)
        .drop_nulls()
        .unique(maintain_order=True)
    )
    return [
        ("in the index" if title.casefold() in known else "not in the index", title, frozenset([soc]))
        for soc, title in rows.iter_rows()
    ]


def measured(codes: Codes, asked: Sequence[search_errors.Asked]) -> list[dict[str, Any]]:
    """Ask each title, and say at which place the right group came, and how long it took."""
    found = []
    for kind, text, right in asked:
        start, busy = time.perf_counter(), time.thread_time()
        given = codes(text)
        took, busy = (time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000
        place = next((at for at, code in enumerate(given) if code in right), -1)
        found.append({"kind": kind, "place": place, "ms": took, "cpu_ms": busy, "given": len(given)})
    return found


def questions(release: Path, parts: Parts, *, part: float) -> Mapping[str, list[search_errors.Asked]]:
    """Draw what every way is asked; ``part`` of it."""
    chance = random.Random(SEED)
    errors = search_errors.asked(parts, chance, round(ERRORS * part))
    forms = search_errors.asked(parts, chance, round(FORMS * part), search_errors.WHOLES)
    typed = [
        ("as one types", text[:length], right)
        for _, text, right in search_errors.asked(parts, chance, round(TYPED * part), ("plural",))
        for length in range(1, len(text))
    ]
    nothing = [("nonsense", text, frozenset[str]()) for text in search_errors.nonsense()]
    return {"errors": errors, "forms": forms, "real": real(release, parts), "typed": typed, "nonsense": nothing}


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    part: Annotated[float, typer.Option(help="Ask only this part of the drawn titles.")] = 1.0,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Ask every way the same, and print the report."""
    about = machine.about(("numpy", "rapidfuzz")) | {"load before": f"{machine.busy():.1f}"}
    about |= {"release": folder.read_catalogue(release)["release"], "command": machine.command("bench.search")}
    left: dict[str, str] = {}
    results: dict[str, Any] = {}
    asked: Mapping[str, list[search_errors.Asked]] = {}
    for (name, codes, used), parts in ways(release, left):
        print(name, file=sys.stderr)
        asked = asked or questions(release, parts, part=part)
        for _, text, _ in asked["real"][:20]:
            codes(text)
        results[name] = {"memory_mib": used, **{kind: measured(codes, own) for kind, own in asked.items()}}
    report = search_report.of(about, results, left)
    print(report.as_json() if as_json else report.as_text())
    if write:
        report.write("search")


if __name__ == "__main__":
    typer.run(main)
