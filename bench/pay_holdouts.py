"""A full release -> how well each part of the pay model foretells figures that it wasn't shown, as a dated report.

`bench.pay_model` tries regional medians. This tries the rest: men and women, full-time and part-time, all of one sex, a
year (2024 from 2021 to 2023), industries, and part-timers by region in 2020. A minute and a half on two quiet cores.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bench import chance, machine, pay_charts, pay_trials, pay_trials_cross
from bench.chance import Block
from bench.pay_blocks import SEED, Bools, Line, line
from bench.pay_model import tables
from bench.pay_report import ASKED_OF_ALL, ASKED_OF_BLOCKS, FEW, diagnostics
from bench.pay_trials import Read, Trial
from bench.report import PROOFS, Report, table
from lmiforall import datasets
from lmiforall.fit import pay_inputs, pay_people, pay_region, pay_spread
from lmiforall.fit.pay_people import DIVISIONS
from lmiforall.release import folder
from lmiforall.release.freeze import thaw

WEIGHTS = "soc2010_soc2020_weights"
RIVALS = ("first rival", "second rival")
HEADS = (
    "",
    "figures",
    "model",
    *RIVALS,
    "model less better rival (95%)",
    "worse?",
    "coverage",
    "half-width",
    "score",
    *RIVALS,
    "coverage, nothing known",
)
INTRODUCTION = """\
Asked: 90% intervals that hold 85-95% of all figures of a trial, and 80-97% of any block of fewer than 100; no block
significantly worse than the better of two plain rivals (paired bootstrap).

Errors are medians of the absolute error in per cent of the published figure; the half-width is the middle one, in per
cent; scores are mean interval scores of the logarithm (x 100, less is better), the model's and the rivals', whose
intervals are as wide everywhere as holds 90% of the figures that were not kept aside. **The intervals are for the
figure that ONS published (or would publish), not for the true value**: a part of each error is the figure's own error
of sampling. Their widths come from the figures that the model was fitted to, each left out, never from those kept
aside; each major group has its own scale. Of all of one sex and of a major group that is hidden whole no such figure
is left: there the widths come from the errors of other unit groups, and the last column says what they held that come
from other groups only. Regional medians of everyone are tried in `pay-model-*.md`."""

ALONE = """\
**A group that is hidden whole, and of which nothing at all is known.** Intervals that are read off the other sex or
other major groups (the last column) can't know how unlike them the group is. No figure that is served is in that
place: ONS publishes both sexes and every major group. They held:"""


def read(release: Path) -> Read:
    """Take what the trials need out of a full release."""
    model, found = tables(release)
    every, entries = datasets.every(), folder.read_catalogue(release)["datasets"]
    frames = {name: one.frame for name, one in found.items()}
    frames[WEIGHTS] = thaw(release, every[WEIGHTS], entries[WEIGHTS]).frame
    return Read(pay_inputs.known(model, found), model.level, frames)


def trials(about: Read, sources: Path) -> Iterator[Trial]:
    """Make every trial."""
    yield from pay_trials.year(about)
    yield from pay_trials.people(about)
    both = about.frames["pay"], about.frames["pay_by_region"]
    rule = pay_spread.rule(pay_spread.crosses(about.known, *both), about.level)
    yield from pay_trials_cross.industries(about, rule)
    regional = pay_region.fit(about.known, about.level)
    yield pay_trials_cross.part_time(about, pay_trials_cross.part_time_2020(sources), regional)


def lines(trial: Trial, level: float) -> list[tuple[str, Line]]:
    """Measure a trial: all of it, then its blocks."""
    draws = np.random.default_rng(SEED)
    return [(kind, line(name, [trial.foretold], where, level, draws)) for kind, name, where in _blocks(trial)]


def _blocks(trial: Trial) -> Iterator[tuple[str, str, Bools]]:
    yield "all", "all", np.ones(len(trial.foretold.cells), np.bool_)
    yield from trial.blocks


def alone(trial: Trial) -> list[float | None]:
    """Give for all of a trial and its blocks what the intervals held that know nothing of what is hidden together."""
    if trial.alone is None:
        return [None for _ in _blocks(trial)]
    held = np.abs(trial.foretold.ratio - trial.foretold.z) <= trial.alone
    return [float(held[where].mean()) for _, _, where in _blocks(trial)]


def worse(name: str, measured: Sequence[tuple[str, Line]]) -> Iterator[str]:
    """Say where a rival is significantly nearer."""
    for _, one in measured:
        if one.is_worse:
            yield f"- {name}: significantly worse than a rival in {one.name}"


def asked(name: str, measured: Sequence[tuple[str, Line]], coverages: Sequence[float | None]) -> Iterator[Block]:
    """Give the blocks of which a coverage is asked: all of a trial, and those of few figures."""
    for (kind, one), coverage in zip(measured, coverages, strict=True):
        if coverage is not None and (kind == "all" or one.cells < FEW):
            bounds = ASKED_OF_ALL if kind == "all" else ASKED_OF_BLOCKS
            yield Block(f"{name}: {one.name}", one.cells, round(coverage * one.cells), bounds)


def fits(about: Read) -> Iterator[str]:
    """Say how the fits to all figures by sex and pattern went."""
    for division in DIVISIONS:
        for basis, word in pay_trials.BASES.items():
            divided = pay_people.divided(about.known, about.pay, about.frames["pay_by_region"], division, basis)
            whole = pay_people.fit(divided, about.level)
            said = diagnostics(whole.model, whole.error, whole.width, whole.model.seen // 2)
            yield f"## The fit to all {word} medians by {division}\n\n{said}"


def report(
    found: Sequence[tuple[Trial, list[tuple[str, Line]]]], said: dict[str, str], also: Sequence[str], level: float
) -> Report:
    """Write the report."""
    summary = [(trial.name, *_row(measured[0][1], alone(trial)[0])[1:]) for trial, measured in found]
    blocks = [one for trial, of in found for one in asked(trial.name, of, [measured.coverage for _, measured in of])]
    unknown = [one for trial, of in found for one in asked(trial.name, of, alone(trial))]
    further = [what for trial, measured in found for what in worse(trial.name, measured)]
    told = "\n".join([*chance.told(blocks, level), *further, "", ALONE, "", *chance.told(unknown, level)])
    charts = [f"![{what}](pay-holdouts-{machine.today()}-{what}.svg)" for what in ("errors", "coverage")]
    sections = [INTRODUCTION, table(HEADS, summary), told, *charts]
    for trial, measured in found:
        head = f"## {trial.name[0].upper()}{trial.name[1:]}\n\nHidden: {trial.hidden} Rivals: {trial.rivals}."
        sections += [head, table(HEADS, [_row(one, of) for (_, one), of in zip(measured, alone(trial), strict=True)])]
    sections += also
    data = {
        trial.name: [
            {"kind": kind, **asdict(one), "nothing_known": of}
            for (kind, one), of in zip(measured, alone(trial), strict=True)
        ]
        for trial, measured in found
    }
    return Report("The pay model's other parts, tried on figures that they weren't shown", said, sections, data)


def _row(one: Line, unknown: float | None) -> tuple[str, ...]:
    return (
        one.name,
        f"{one.cells:,}",
        f"{one.error:.2f}%",
        *(f"{rival:.2f}%" for rival in one.rivals),
        f"{one.low:+.2f} to {one.high:+.2f}",
        "**yes**" if one.is_worse else "no",
        f"{one.coverage:.1%}",
        f"{one.width:.1f}%",
        f"{one.score:.1f}",
        *(f"{score:.1f}" for score in one.rival_scores),
        "" if unknown is None else f"{unknown:.1%}",
    )


def draw(found: Sequence[tuple[Trial, list[tuple[str, Line]]]], level: float) -> None:
    """Write the two charts, of whole trials, beside the report."""
    whole = [replace(measured[0][1], name=trial.name) for trial, measured in found]
    stem = PROOFS / f"pay-holdouts-{machine.today()}"
    stem.with_name(f"{stem.name}-errors.svg").write_text(pay_charts.errors(whole, RIVALS), "utf-8")
    stem.with_name(f"{stem.name}-coverage.svg").write_text(pay_charts.coverage(whole, level), "utf-8")


def main(
    release: Annotated[Path, typer.Option(help="A full release, made by `lmi build`.")],
    sources: Annotated[Path, typer.Option(help="The publishers' files.")],
    *,
    write: Annotated[bool, typer.Option(help="Write the report into docs/proofs.")] = False,
) -> None:
    """Make every trial, and report."""
    about = read(release)
    found = []
    for trial in trials(about, sources):
        typer.echo(trial.name, err=True)
        found.append((trial, lines(trial, about.level)))
    slope, cells = pay_trials_cross.follows(about, pay_trials_cross.part_time_2020(sources))
    followed = (
        f"How far part-timers follow their region's pay: the slope of major groups' regional log-ratios of part-timers "
        f"(2020) on everyone's ({about.known.year}) is {slope:.2f}, in {cells} cells."
    )
    said = {
        "release": folder.read_catalogue(release)["release"],
        "seed": str(SEED),
        "command": machine.command("bench.pay_holdouts"),
    }
    made = report(found, said, [f"## Part-timers and their region\n\n{followed}", *fits(about)], about.level)
    typer.echo(made.as_text())
    if write:
        made.write("pay-holdouts")
        draw(found, about.level)


if __name__ == "__main__":
    typer.run(main)
