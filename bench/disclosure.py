"""A release and the publishers' files -> whether an intruder finds what is withheld, with and without secondary
suppression; and the same of a made-up table of the real size, whose truth is known.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from bench import machine, made_up
from bench.report import Report, table
from lmiforall import datasets
from lmiforall.guard.complement import complement, without
from lmiforall.guard.intruder import Findings, attack
from lmiforall.guard.linked import Linked, linked
from lmiforall.release import folder, freeze
from lmiforall.watch.attack import attack_releases

NOTE = """*Found* are withheld figures that are left less than a fifth of room either way, by linear programming
over all that is published together; *exactly*, those that are left none. A figure that a publisher withheld isn't
known here: it is taken for the middle of its bounds. The made-up table has ONS's occupations, industries and holes
of 2024 (withheld figures are drawn by chance) and every total: it isn't served, and stands for what would happen if
totals were."""

HEADS = ("table", "cells", "withheld for disclosure", "withheld besides", "found", "exactly", "programs", "s")
MINUTES = 15


@dataclass(frozen=True)
class Line:
    title: str
    cells: int
    withheld: int
    besides: int
    found: int
    exactly: int
    programs: int
    seconds: float

    def row(self) -> list[str]:
        counts = (self.cells, self.withheld, self.besides, self.found, self.exactly, self.programs)
        return [self.title, *(f"{count:,}" for count in counts), f"{self.seconds:.0f}"]


def _release(place: Path) -> Line:
    began = time.perf_counter()
    tables = attack_releases([place], lambda _title, _state: None).tables
    counts = folder.read_catalogue(place)["datasets"].values()
    return Line(
        "the release",
        sum(one.cells for one in tables),
        sum(one.withheld for one in tables),
        sum(one["withheld"].get("secondary", 0) for one in counts),
        sum(one.found for one in tables),
        sum(one.exactly for one in tables),
        sum(one.programs for one in tables),
        time.perf_counter() - began,
    )


def _line(title: str, cells: Linked, found: Findings, besides: int, seconds: float) -> Line:
    counts = int(cells.withheld.sum()), besides, int(found.broken.sum()), int(found.exactly().sum())
    return Line(title, len(cells.codes), *counts, found.solved, seconds)


def _made_up(place: Path) -> Iterator[Line]:
    every = datasets.every()
    dataset = every["employment_by_industry"]
    entry = folder.read_catalogue(place)["datasets"][dataset.name]
    # What ONS withheld is made up here, so that what this service withheld besides must not count twice.
    part = made_up.with_totals(freeze.thaw(place, dataset, entry), "2024")
    (cells,) = linked([part])
    cells = replace(cells, title="made up")
    began = time.perf_counter()
    found = attack(cells)
    yield _line("made up, without secondary suppression", cells, found, 0, time.perf_counter() - began)
    began = time.perf_counter()
    hidden = complement(cells)
    protected = time.perf_counter() - began
    after = attack(without(cells, hidden))
    yield _line("made up, with it (s: to find what to withhold)", cells, after, len(hidden), protected)


def _verdicts(lines: Sequence[Line]) -> list[list[str]]:
    release, bare, safe = lines
    return [
        ["withheld figures found in the release", "0", f"{release.found}", _verdict(release.found == 0)],
        ["minutes", f"at most {MINUTES}", f"{release.seconds / 60:.1f}", _verdict(release.seconds <= MINUTES * 60)],
        ["made up: found exactly without secondary suppression", "some", f"{bare.exactly}", _verdict(bare.exactly > 0)],
        ["made up: found with it", "0", f"{safe.found}", _verdict(safe.found == 0)],
    ]


def _verdict(met: bool) -> str:  # noqa: FBT001
    return "met" if met else "**missed**"


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    *,
    write: Annotated[bool, typer.Option("--write", help="Write the report into docs/proofs/ as well.")] = False,
) -> None:
    """Attack a release, and a made-up table, and print the report."""
    lines = [_release(release), *_made_up(release)]
    about = {"release": folder.read_catalogue(release)["release"], "command": machine.command("bench.disclosure")}
    sections = [
        NOTE,
        table(("what", "asked", "measured", ""), _verdicts(lines)),
        table(HEADS, [line.row() for line in lines]),
    ]
    written = Report("What an intruder finds", about, sections, {line.title: line.__dict__ for line in lines})
    print(written.as_text())
    if write:
        written.write("disclosure")


if __name__ == "__main__":
    typer.run(main)
