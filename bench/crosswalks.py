"""A full release -> between any two classifications: how much arrives, in how many codes, what a round trip loses.

Everything is counted from the release's own table `crosswalks`; nothing is measured in time.
"""

from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from bench.report import Report, table
from lmiforall import datasets
from lmiforall.base.model import Crosswalks
from lmiforall.base.route import quality, routes
from lmiforall.release import folder

COMMAND = "python -m bench.crosswalks --release DIR --write"
NAME = "crosswalks"
NOTE = """A round trip goes from a code to the other classification and back by the same way. *Returns* is the part that
is the code itself again, in the mean of the codes with any target, and *lost* the rest; *nothing lost* is the part of
these codes that come back whole. *Arrives* is the part of all codes that has links all the way, and *one* the part of
the codes with exactly one target. A way that divides in equal parts says nothing about people: its figures are about
links. Where a code has no link on the way, it goes the second one, if there is one."""
# Weights are rounded to six decimals.
WHOLE = 1 - 5e-6


def summary(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a line for each pair of classifications."""
    plain = frame.with_columns(pl.col("from", "to", "code", "target", "measure").cast(pl.String))
    wholes = plain.filter(pl.col("target") == "all").pivot("measure", index=["from", "to", "code"], values="value")
    linked = pl.col("targets") > 0
    return wholes.group_by("from", "to").agg(
        codes=pl.len(),
        arrives=pl.col("arrives").mean(),
        one=((pl.col("targets") == 1).sum() / pl.len()),
        targets=pl.col("targets").filter(linked).mean(),
        most=pl.col("targets").max(),
        returns=pl.col("returns").filter(linked).mean(),
        nothing_lost=(pl.col("returns") >= WHOLE).filter(linked).mean(),
        second_way=(pl.col("way") == 2).sum(),
    )


def lines(found: pl.DataFrame, model: Crosswalks) -> list[list[str]]:
    """Write the lines in the order in which the classifications are declared."""
    at = {(row["from"], row["to"]): row for row in found.iter_rows(named=True)}
    names = [scheme.name for scheme in model.schemes]
    return [_line(at[start, finish], model) for start in names for finish in names if start != finish]


def _line(row: dict[str, Any], model: Crosswalks) -> list[str]:
    ways = routes(model, row["from"], row["to"])
    between = [leg.finish for leg in ways[0][:-1]]
    return [
        f"{row['from']} to {row['to']}",
        ", ".join(between) or "directly",
        quality(ways[0]),
        str(row["codes"]),
        f"{row['arrives']:.3f}",
        f"{row['one']:.3f}",
        f"{row['targets']:.1f}",
        f"{row['most']:.0f}",
        f"{row['returns']:.3f}",
        f"{1 - row['returns']:.3f}",
        f"{row['nothing_lost']:.3f}",
        str(row["second_way"]),
    ]


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Count, and print the report."""
    model = datasets.every()[NAME].model
    if not isinstance(model, Crosswalks):
        raise typer.BadParameter("this program declares no crosswalks")
    found = summary(pl.read_parquet(folder.parquet(release, NAME))).sort("from", "to")
    heads = [
        *("", "through", "quality", "codes", "arrives", "one", "targets", "most"),
        *("returns", "lost", "nothing lost", "by the second way"),
    ]
    about = {"release": folder.read_catalogue(release)["release"], "command": COMMAND}
    sections = [NOTE, "## Every pair", table(heads, lines(found, model))]
    report = Report("Crosswalks: what a round trip loses", about, sections, {"pairs": found.to_dicts()})
    print(report.as_json() if as_json else report.as_text())
    if write:
        report.write(NAME)


if __name__ == "__main__":
    typer.run(main)
