"""The National Careers Service's titles with their SOC2010 codes -> how often the coder is right, beside its rivals.

The titles are a test: nothing is learnt from them or chosen by them. In one run stand exact look-up in the index,
the nearest title by trigrams, TF-IDF over words and letters, and tantivy, which have the same index titles; and
`occupationcoder` from PyPI, which has titles of its own. These two are there after `make rivals`.
"""

import csv
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from threadpoolctl import threadpool_limits

from bench import coder_report, coder_rivals, machine
from lmiforall.match import kept
from lmiforall.match.coder import Coder, Job
from lmiforall.release import folder

Guess = tuple[list[str], float]
Answer = Callable[[Sequence[str]], list[Guess]]
# The benchmark is small: its titles are asked so often for the speed.
TIMES = 12


def read(file: Path) -> list[tuple[str, str]]:
    """Read titles and their codes."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [(row["title"], row["soc2010"]) for row in csv.DictReader(stream) if row["soc2010"]]


def resident() -> float:
    """Give this process's memory in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def ours(release: Path) -> tuple[Answer, float]:
    """Open the coder of a release; say what memory that took."""
    before = resident()
    coder = Coder(kept.load(release))
    used = resident() - before

    def answer(titles: Sequence[str]) -> list[Guess]:
        coded = coder.code(Job(title) for title in titles)
        return [([c.code for c in one.alternatives_2010], one.soc2010.probability) for one in coded]

    return answer, used


def measured(answer: Answer, titles: Sequence[str]) -> tuple[list[Guess], float]:
    """Answer, and give how many titles a second of one core were answered."""
    guesses = answer(titles)
    repeats = TIMES if answer.__module__ == __name__ else 1
    # What several threads of a product spend waiting for each other isn't the work of one core.
    with threadpool_limits(1, "blas"):
        start = time.process_time()
        answer([*titles] * repeats)
        return guesses, len(titles) * repeats / max(time.process_time() - start, 1e-9)


def main(
    titles: Annotated[Path, typer.Option(envvar="LMI_TITLES", help="A CSV with the columns title and soc2010.")],
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Code the titles by each way, and print the report."""
    about = machine.about() | {"load before": f"{machine.busy():.1f}", "titles": f"sha256 {folder.sha256(titles)}"}
    about |= {"release": folder.read_catalogue(release)["release"], "command": machine.command("bench.coder")}
    asked = read(titles)
    parts = kept.load(release)
    known: dict[str, set[str]] = {}
    for entry in parts.entries:
        known.setdefault(entry.plain, set()).add(entry.soc2010)
    coder, used = ours(release)
    ways: Mapping[str, Answer | str] = {"this coder": coder, **coder_rivals.ways(parts.entries)}
    results: dict[str, Any] = {}
    for name, way in ways.items():
        if isinstance(way, str):
            results[name] = way
            continue
        print(name, file=sys.stderr)
        guesses, speed = measured(way, [title for title, _ in asked])
        results[name] = {"guesses": guesses, "titles_a_second": speed}
    report = coder_report.of(about, asked, known, results, used)
    print(report.as_json() if as_json else report.as_text())
    if write:
        report.write("coder")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    typer.run(main)
