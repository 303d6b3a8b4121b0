"""A full release -> how well the model of pay foretells regional medians that it wasn't shown, beside two plain rivals.

Kept aside are tenths of the cells at random, tenths of the unit groups with all their regions, whole regions, whole
major groups; each time everything is fitted anew. The rivals are the unit group's median in the UK, and that times
the ratio of the region's major group to the UK's.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bench import machine, pay_blocks, pay_report
from bench.pay_blocks import SEED, Foretold
from lmiforall import datasets
from lmiforall.base.model import PayModel
from lmiforall.base.table import Table
from lmiforall.fit import pay_inputs, pay_region, pay_scale, pay_spread
from lmiforall.fit.pay_inputs import MAJOR_OF, REGIONS, Known
from lmiforall.release import folder
from lmiforall.release.freeze import thaw

Ints = NDArray[np.int64]
Tables = dict[str, Table]

TENTHS = 10


def tables(release: Path) -> tuple[PayModel, Tables]:
    """Take what the model reads out of a full release."""
    every = datasets.every()
    model = every["pay_estimates"].model
    if not isinstance(model, PayModel):
        raise TypeError("pay_estimates declares no model of pay")
    entries = folder.read_catalogue(release)["datasets"]
    return model, {name: thaw(release, every[name], entries[name]) for name in model.inputs}


def tenths(count: int, chance: np.random.Generator) -> list[Ints]:
    """Deal numbers out into ten hands at random."""
    return [np.sort(part) for part in np.array_split(chance.permutation(count), TENTHS)]


def parts(seen: Ints, repeats: int) -> dict[str, list[list[Ints]]]:
    """Say for each way of keeping aside which cells (places in ``seen``) are kept aside together, repeat by repeat."""
    chance = np.random.default_rng(SEED)
    units, regions = np.divmod(seen, len(REGIONS))
    there = np.unique(units)
    return {
        "tenths of the cells": [tenths(len(seen), chance) for _ in range(repeats)],
        "tenths of the unit groups": [
            [np.flatnonzero(np.isin(units, there[part])) for part in tenths(len(there), chance)]
        ],
        "one region": [[np.flatnonzero(regions == region) for region in np.unique(regions)]],
        "one major group": [[np.flatnonzero(MAJOR_OF[units] == major) for major in np.unique(MAJOR_OF[units])]],
    }


def foretell(known: Known, level: float, aside: list[Ints]) -> Foretold:
    """Foretell each part from all the others; the scale of the intervals comes from the others as well."""
    seen, z = pay_region.observed(known)
    ratio, width = np.full(len(seen), np.nan), np.full(len(seen), np.nan)
    rivals = pay_blocks.rivals(known, seen)
    plain_widths = np.full(rivals.shape, np.nan)
    for part in aside:
        rest = np.setdiff1d(np.arange(len(seen)), part)
        model = pay_region.fitted(known, seen[rest], z[rest])
        ratio[part], error = model.predict(seen[part])
        width[part] = pay_scale.widths(model, error, level)
        plain_widths[:, part] = np.quantile(np.abs(z[rest] - rivals[:, rest]), level, axis=1)[:, None]
    return Foretold(seen, z, ratio, width, rivals, plain_widths)


def measured(known: Known, level: float, repeats: int) -> Iterator[tuple[str, list[Foretold]]]:
    """Foretell in every way; says on standard error how far it is."""
    seen, _ = pay_region.observed(known)
    for way, rounds in parts(seen, repeats).items():
        typer.echo(way, err=True)
        yield way, [foretell(known, level, aside) for aside in rounds]


def main(
    release: Annotated[Path, typer.Option(help="A full release, made by `lmi build`.")],
    *,
    repeats: Annotated[int, typer.Option(min=1, help="How often the cells are dealt out into tenths anew.")] = 3,
    write: Annotated[bool, typer.Option(help="Write the report into docs/proofs.")] = False,
) -> None:
    """Fit some fifty times without what is kept aside, and report; takes ten minutes."""
    model, read = tables(release)
    known = pay_inputs.known(model, read)
    crosses = pay_spread.crosses(known, read[model.pay].frame, read[model.regions].frame)
    found = dict(measured(known, model.level, repeats))
    about = {
        "release": folder.read_catalogue(release)["release"],
        "figures": f"annual medians of {known.year}, unit groups by region, as ONS published them",
        "seed": str(SEED),
        "command": machine.command("bench.pay_model"),
    }
    whole = pay_region.fit(known, model.level)
    report = pay_report.of(about, known, found, crosses=crosses, whole=whole, level=model.level)
    typer.echo(report.as_text())
    if write:
        report.write("pay-model")
        pay_report.draw(found, known, model.level)


if __name__ == "__main__":
    typer.run(main)
