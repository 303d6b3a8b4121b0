"""Tables with margins -> how fast ours, ipfn and humanleague fit them, in one run; then how ours grows to 10^8 cells.

Each rival's table is held against ours, cell by cell, before its time counts. All run in one thread, from a dense seed
to a dense table, and their processor time is taken, so that what others do on the machine falls on none of them; only
calls are timed, not imports and not numba's compilation.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Annotated

import numpy as np
import typer

from bench import machine, ras_report, watched
from bench.ras_report import Fitted, Grown, Measured
from bench.ras_tables import questions
from bench.rivals.ras import RIVALS, Question, Ready, installed
from lmiforall.fit.margin import Floats, positive
from lmiforall.fit.ras import TOLERANCE, fit

OURS = "ours"
# Cells differ by at most so much of the larger one or, below it, of the mean cell: each stops at another place.
EQUAL = 1e-6
SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)


def ours(question: Question, tolerance: float = TOLERANCE) -> Ready:
    """Make ours ready: it finds the cells that aren't nil, numbers the sums, checks, fits and lays the table out."""

    def run() -> Floats:
        cells, values = positive(question.seed)
        named = zip(question.axes, question.targets, strict=True)
        margins = [cells.along(f"{kept}", kept, target) for kept, target in named]
        table = np.zeros(question.seed.size)
        table[cells.numbered(range(question.seed.ndim))] = fit(values, margins, tolerance=tolerance).values
        return table.reshape(question.seed.shape)

    return run


def timed(ready: Callable[[], Ready], repeats: int) -> tuple[list[float], Floats]:
    """Time some calls, each made ready anew before its clock starts; give processor seconds and the last table."""
    seconds = []
    for _ in range(repeats):
        run = ready()
        begun = time.process_time()
        table = run()
        seconds.append(time.process_time() - begun)
    return seconds, table


def prove_equal(question: Question, wanted: Floats, tables: dict[str, Floats]) -> dict[str, float]:
    """Give the largest difference of each rival's table from ours; one that differs ends the benchmark."""
    scale = np.maximum(wanted, wanted[wanted > 0].mean())
    found = {name: float((np.abs(table - wanted) / scale).max()) for name, table in tables.items()}
    for name, off in found.items():
        if not off <= EQUAL:
            raise SystemExit(f"bench: {name} gives another table than ours on {question.name}: {off:.3g} off.")
    return found


def deviation(question: Question, table: Floats) -> float:
    """Give the largest relative deviation of any sum of a table (of a sum of nil: how many there are)."""
    worst = 0.0
    for kept, target in zip(question.axes, question.targets, strict=True):
        sums = table.sum(tuple(axis for axis in range(table.ndim) if axis not in kept))
        off = np.abs(sums - target) / np.where(target > 0, target, 1.0)
        worst = max(worst, float(off.max()))
    return worst


def measure(question: Question, repeats: int) -> Measured:
    """Fit one table by all; ours, which takes the least, a few times."""
    ours(question)()
    seconds, wanted = timed(lambda: ours(question), repeats)
    fits, tables = {OURS: Fitted(seconds, deviation(question, wanted), 0.0)}, {}
    for name, rival in installed().items():
        print(f"{question.name}: {name}", file=sys.stderr)
        taken, tables[name] = timed(lambda rival=rival: rival(question, TOLERANCE), 1)  # type: ignore[misc]
        off = prove_equal(question, wanted, {name: tables[name]})[name]
        fits[name] = Fitted(taken, deviation(question, tables[name]), off)
    # Once more after the rivals: whatever else the machine did in the meantime falls on ours as well.
    fits[OURS].seconds.extend(timed(lambda: ours(question), repeats)[0])
    cells = int((question.seed > 0).sum())
    return Measured(question.name, question.seed.shape, cells, fits)


def grown(sizes: list[int]) -> Iterator[Grown]:
    """Fit ever larger tables, each in a process of its own."""
    for count in sizes:
        print(f"{count:,} cells", file=sys.stderr)
        run = watched.run([sys.executable, "-m", "bench.ras_growth", f"--cells={count}"])
        said = json.loads(run.said)
        yield Grown(count, said["fit_s"], said["fit_processor_s"], said["sweeps"], said["worst"], run.peak)


def main(
    repeats: Annotated[int, typer.Option(min=1, help="How often ours is timed before and after the rivals.")] = 5,
    cells: Annotated[list[int] | None, typer.Option(help="Grow to so many cells; may be given several times.")] = None,
    *,
    small: Annotated[bool, typer.Option(help="Fit small tables: a look at whether the benchmark runs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Fit tables by ours and its rivals, then ever larger ones by ours, and print the report."""
    about = machine.about(("numpy", "numba", "scipy", *installed())) | {"load before": f"{machine.busy():.1f}"}
    measured = [measure(question, repeats) for question in questions(small=small)]
    growth = list(grown(cells or list(SIZES)))
    about |= {"load after": f"{machine.busy():.1f}", "command": machine.command("bench.ras")}
    missing = [name for name in RIVALS if name not in installed()]
    written = ras_report.of(about, measured, growth, missing)
    print(written.as_json() if as_json else written.as_text())
    if write:
        written.write("ras")


if __name__ == "__main__":
    typer.run(main)
