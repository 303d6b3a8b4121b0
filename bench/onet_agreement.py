"""A release and the National Careers Service's own pairs in it -> how often both link SOC and O*NET in the same way.

The pairs are judgements of the content team, one a job profile (dataset `ncs_profiles`); nothing is fitted to them.
A pair whose O*NET code went out of use in 2019 can't be met by ours, and is counted apart, by US occupation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from bench import onet_agreement_report
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.release import folder

NO_CODE = "00-0000.00"
COMMAND = "python -m bench.onet_agreement --release DIR --write"

# Of a group, its counterparts with their shares, the largest first.
Ranked = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class Pair:
    """A profile with the codes that the content team gave it."""

    title: str
    soc2010: str
    onet: str


def pairs(release: Path) -> list[Pair]:
    """Read the pairs that have both codes."""
    frame = pl.read_parquet(folder.parquet(release, "ncs_profiles")).select("title", "soc2010", "onet2010")
    return [Pair(*row) for row in frame.iter_rows() if row[2] != NO_CODE]


def ranked(release: Path, dataset: str, direction: str, start: str, finish: str) -> Ranked:
    """Read the shares of one direction, the largest first; equal ones by their code."""
    frame = (
        pl.read_parquet(folder.parquet(release, dataset))
        .with_columns(pl.col("direction", "measure", start, finish).cast(pl.String))
        .filter(pl.col("direction") == direction, pl.col("measure") == "share", pl.col("value") > 0)
        .filter(pl.col(start) != "all", pl.col(finish) != "all")
        .sort([start, "value", finish], descending=[False, True, False])
    )
    return {
        group[0]: list(part.select(finish, "value").iter_rows())
        for group, part in frame.group_by([start], maintain_order=True)
    }


def through_soc2020(pair: Pair, weights: Ranked, shares: Ranked) -> Sequence[tuple[str, float]]:
    """Give what SOC2020 says of a SOC2010 group: the shares of the unit group that it mostly became."""
    return shares.get(weights[pair.soc2010][0][0], ())


def carried_to_us(release: Path) -> Mapping[str, set[str]]:
    """Give of each code of O*NET-SOC 2010 the occupations of US SOC 2018 that it became, by the official tables."""
    first = pl.read_parquet(folder.parquet(release, "onet_soc2010_ussoc2010")).select("onet2010", "ussoc2010")
    second = pl.read_parquet(folder.parquet(release, "ussoc2010_ussoc2018")).select("ussoc2010", "ussoc2018")
    texts = [frame.select(pl.all().cast(pl.String)) for frame in (first, second)]
    found: dict[str, set[str]] = {}
    for onet, us in texts[0].join(texts[1], on="ussoc2010").select("onet2010", "ussoc2018").iter_rows():
        found.setdefault(onet, set()).add(us)
    return found


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Compare, and print the report."""
    given = pairs(release)
    to_onet = ranked(release, "onet_at_soc2010", "to_onet", "soc2010", "onet")
    to_soc = ranked(release, "onet_at_soc2010", "to_soc2010", "onet", "soc2010")
    weights = ranked(release, "soc2010_soc2020_weights", "to_soc2020", "soc2010", "soc")
    by_2020 = ranked(release, "onet_at_soc2020", "to_onet", "soc", "onet")
    became = carried_to_us(release)
    in_use = [pair for pair in given if pair.onet in ONET_SOC2019]
    report = onet_agreement_report.of(
        {"release": folder.read_catalogue(release)["release"], "command": COMMAND},
        {
            "all": given,
            "in_use": in_use,
            "to_onet": [to_onet.get(pair.soc2010, ()) for pair in in_use],
            "to_onet_2020": [through_soc2020(pair, weights, by_2020) for pair in in_use],
            "to_soc": [to_soc.get(pair.onet, ()) for pair in in_use],
            "us": [became.get(pair.onet, set()) for pair in given],
            "to_us": [to_onet.get(pair.soc2010, ()) for pair in given],
        },
    )
    print(report.as_json() if as_json else report.as_text())
    if write:
        report.write("onet-agreement")


if __name__ == "__main__":
    typer.run(main)
