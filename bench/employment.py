"""A full release -> how far employment estimates are from figures that were hidden, and how often intervals hold.

What is tried out is made without the figure that it is held against, and with a half width that was read off other
blocks: other tenths, years, groups. Of a region or major group that has a scale of its own when it is served, other
figures count besides. Plain rivals stand beside it, and know more: other hidden figures.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bench import chance, employment_trials, machine
from bench.employment_blocks import SEED, Line, Trial, block, lines, worse
from bench.report import Report, table
from lmiforall.fit.cube_error import LEVEL
from lmiforall.release import folder

NOTE = """\
Asked: 90% intervals that hold 85-95% of all figures of a trial, and 80-97% of any block of 10 to 99; nowhere
significantly worse than the better rival (paired bootstrap, 95%), or else the rival is served.

Errors are medians of the absolute logarithm, x 100: 10 is about 10%. A *share* is a figure's part of its occupation.
*Coverage* is the part of published figures within the 90% interval, *half width* its median, *score* the interval score
(Gneiting and Raftery 2007; less is better, and a wide interval doesn't help), both of the logarithm x 100. A rival's
interval is as wide everywhere as holds nine in ten of all its errors.

**The intervals are for the figure that a survey (or, of wider groups, the projections) would publish, not for the true
value**: part of each error is the survey's own, so that the true value is nearer. Levels are the projections': the
survey counts a tenth fewer people, and is compared by shares.

What would give a hidden figure away is hidden with it: of unit group by section the cells of all years, of jobs by sex
or pattern every cell across the other as well, of all of one sex every unit group's. A section's total is kept: it is
shared by hundreds of cells that are withheld or hidden. No total of a unit group over industries is published. The
rivals are made of the other unit groups' figures, hidden or not (but for the surveys, which are hidden from the rivals
of the matrix as well). A random tenth or third is no block of its own.

*Nothing known* is the coverage of a block that is hidden whole by intervals that are read off other blocks only. Where
it is given, served intervals have the block's own scale, read off its other figures (a fifth is left out at a time):
each region, each major group, London among local areas. The other columns are of these."""

ALONE = """\
**A block that is hidden whole, and of which nothing at all is known.** How unlike all others London is, or a major
group, can't be known from the others: a wider interval for whatever may be so unlike would be too wide for all that
isn't. No figure that is served is in that place. Intervals that are read off other blocks only held:"""

HEADS = (
    "",
    "figures",
    "ours",
    "rivals",
    "ours less better rival (95%)",
    "worse?",
    "coverage",
    "half width",
    "score",
    "nothing known",
)
TRACK_NOTE = """\
The projections were made in 2020. How the share of each sub-major group in all employment changed since 2021 in England
as they foretold it, and in the United Kingdom as the survey (APS) found it, in per cent of the share."""


def _row(line: Line, name: str = "") -> tuple[str, ...]:
    return (
        name or line.name,
        f"{line.figures:,}",
        f"{line.error:.1f}",
        "; ".join(f"{rival} {error:.1f}" for rival, error in line.rivals.items()),
        f"{line.low:+.1f} to {line.high:+.1f}",
        "**yes**" if line.is_worse else "no",
        f"{line.coverage:.1%}",
        f"{line.width:.0f}",
        f"{line.score:.0f} ({', '.join(f'{one:.0f}' for one in line.rival_scores.values())})",
        "" if line.nothing_known is None else f"{line.nothing_known:.1%}",
    )


def _section(trial: Trial, measured: Sequence[Line]) -> str:
    kinds = dict.fromkeys(line.kind for line in measured if line.kind != "all")
    parts = [f"## {trial.what[0].upper()}{trial.what[1:]}; hidden: {trial.way}"]
    parts += [table((kind, *HEADS[1:]), [_row(line) for line in measured if line.kind == kind]) for kind in kinds]
    return "\n\n".join(parts)


def _summary(every: Sequence[tuple[Trial, list[Line]]]) -> str:
    rows = [_row(measured[0], f"{trial.what}; hidden: {trial.way}") for trial, measured in every]
    return table(("what, and what was hidden", *HEADS[1:]), rows)


def _verdict(every: Sequence[tuple[Trial, list[Line]]]) -> str:
    found = [what for trial, measured in every for what in worse(trial, measured)]
    both = [(trial, line) for trial, measured in every for line in measured]
    blocks, alone = (
        [one for trial, line in both if (one := block(trial, line, getattr(line, name))) is not None]
        for name in ("coverage", "nothing_known")
    )
    said = [*chance.told(blocks, LEVEL), *(f"- {what}" for what in found)]
    return "\n".join([*said, "", ALONE, "", *chance.told(alone, LEVEL)])


def _record(record: Sequence[Mapping[str, Any]]) -> str:
    years = sorted({one["year"] for one in record})
    rows = []
    for year in years:
        projected, surveyed = (
            np.array([one[key] for one in record if one["year"] == year]) for key in ("projected", "surveyed")
        )
        same = float(np.mean(np.sign(projected) == np.sign(surveyed)))
        off = [f"{np.median(np.abs(errors)):.1f}%" for errors in (surveyed - projected, surveyed)]
        rows.append((str(year), *off, f"{same:.0%}", f"{np.corrcoef(projected, surveyed)[0, 1]:.2f}"))
    heads = ("change since 2021, to", "median error", "of no change", "same direction", "correlation")
    return f"## The projections' track record\n\n{TRACK_NOTE}\n\n{table(heads, rows)}"


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    *,
    write: Annotated[bool, typer.Option("--write", help="Write the report into docs/proofs/ as well.")] = False,
) -> None:
    """Try the employment estimates out on what was hidden from them, and print the report; takes a minute or two."""
    held = employment_trials.held(release)
    every = [(trial, list(lines(trial))) for trial in employment_trials.trials(held)]
    record = employment_trials.track_record(held)
    number = folder.read_catalogue(release)["release"]
    about = {"release": number, "seed": str(SEED), "command": machine.command("bench.employment")}
    sections = [NOTE, _verdict(every), _summary(every), _record(record), *(_section(*one) for one in every)]
    data = {
        "trials": [
            {
                "what": trial.what,
                "way": trial.way,
                "served": trial.served,
                "lines": [line.as_data() for line in measured],
            }
            for trial, measured in every
        ],
        "track record": record,
    }
    written = Report("How sure employment estimates are", about, sections, data)
    print(written.as_text())
    if write:
        written.write("employment")


if __name__ == "__main__":
    typer.run(main)
