"""A release -> how far employment estimates are from what surveys publish, and how often their intervals hold.

What is tried out is always made without the figure that it is held against, and with a half width that was read off
other blocks: other survey years, other regions. Plain rivals stand beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import polars as pl
import typer

from bench import machine
from bench.report import Report, table
from lmiforall.fit import cube_error
from lmiforall.fit.cube_error import LEVEL, Errors
from lmiforall.fit.cube_margins import employed
from lmiforall.release import folder

NOTE = """Errors are of the logarithm: 0.10 is about 10%. *Median* is that of their sizes. *Coverage* is the part of
published figures that lie within the interval, whose half width was read off the other blocks; 0.9 is asked for. The
*interval score* (Gneiting and Raftery 2007) is its width, and 20 times what lies outside; less is better, and a wide
interval doesn't help. Intervals are for what the survey would publish, which has an error of its own: the true value is
nearer. London divides unlike any other region, so that its intervals are read off its own errors, where it isn't left
out. A year of growth by the projections is hardly nearer than no change; much of a survey's year is chance."""


BY_BLOCK = ("block left out", "figures", "median", "coverage", "half width", "interval score")


@dataclass(frozen=True)
class Trial:
    """Errors of the estimates and of plain rivals, of the same figures."""

    title: str
    ours: Errors
    rivals: dict[str, Errors]


def _trials(release: Path) -> Iterator[Trial]:
    def frame(name: str) -> pl.DataFrame:
        return pl.read_parquet(folder.parquet(release, name))

    sections, minors = frame("employment_by_industry"), frame("employment_by_region")
    levels = employed(frame("projections"), "EN")
    yield Trial(
        "A unit group's share of its sub-major group, in a year that is left out",
        cube_error.of_units(sections),
        {"every unit group the same share": cube_error.of_units(sections, alike=True)},
    )
    yield Trial(
        "A minor group's spread over England's regions, from the rest of its sub-major group",
        cube_error.of_regions(minors),
        {"spread as all occupations are": cube_error.of_regions(minors, "national")},
    )
    yield Trial(
        "The change of a sub-major group's share since 2021, by the projections of 2020, for one year",
        cube_error.of_growth(sections, levels),
        {"no change": cube_error.of_growth(sections, levels, still=True)},
    )


def _blocks(errors: Errors) -> Iterator[list[str]]:
    for block in [*sorted(set(errors.block)), ""]:
        tried = errors.only(block) if block else errors
        widths = cube_error.fitted(errors.without(block)).at(tried.people) if block else _held_out(errors)
        inside = np.abs(tried.error) <= widths
        score = 2 * widths + 2 / (1 - LEVEL) * np.maximum(np.abs(tried.error) - widths, 0)
        yield [
            block or "all", f"{len(tried.error):,}", f"{np.median(np.abs(tried.error)):.3f}", f"{inside.mean():.3f}",
            f"{np.median(widths):.3f}", f"{score.mean():.3f}",
        ]  # fmt: skip


def _held_out(errors: Errors) -> np.ndarray:
    """Give each error the half width that was read off the other blocks."""
    found = np.empty(len(errors.error))
    for block in set(errors.block):
        found[np.array(errors.block) == block] = cube_error.fitted(errors.without(block)).at(errors.only(block).people)
    return found


def _by_size(errors: Errors) -> Iterator[list[str]]:
    widths = _held_out(errors)
    for part in np.array_split(np.argsort(errors.people, kind="stable"), 5):
        inside = (np.abs(errors.error) <= widths)[part]
        low, high = errors.people[part].min(), errors.people[part].max()
        error = np.median(np.abs(errors.error[part]))
        yield [f"{low:,.0f} to {high:,.0f} people", f"{len(part)}", f"{error:.3f}", f"{inside.mean():.3f}"]


def _section(trial: Trial) -> str:
    rivals = [
        [name, f"{np.median(np.abs(one.error)):.3f}", f"{np.quantile(np.abs(one.error), LEVEL):.3f}"]
        for name, one in {"ours": trial.ours, **trial.rivals}.items()
    ]
    parts = [
        f"## {trial.title}",
        table(["estimate", "median error", "nine in ten within"], rivals),
        table(
            ["block left out", "figures", "median", "coverage", "half width", "interval score"],
            list(_blocks(trial.ours)),
        ),
        table(["size", "figures", "median", "coverage"], list(_by_size(trial.ours))),
    ]
    return "\n\n".join(parts)


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    *,
    write: Annotated[bool, typer.Option("--write", help="Write the report into docs/proofs/ as well.")] = False,
) -> None:
    """Try the employment estimates out on what the surveys publish, and print the report."""
    trials = list(_trials(release))
    number = folder.read_catalogue(release)["release"]
    about = {"release": number, "command": machine.command("bench.employment")}
    data = {
        trial.title: {
            "blocks": list(_blocks(trial.ours)),
            "sizes": list(_by_size(trial.ours)),
        }
        for trial in trials
    }
    written = Report("How sure employment estimates are", about, [NOTE, *map(_section, trials)], data)
    print(written.as_text())
    if write:
        written.write("employment")


if __name__ == "__main__":
    typer.run(main)
