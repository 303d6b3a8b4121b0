"""What the fits took -> the report of ``bench.ras``: targets, each table beside its rivals, and growth."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median

from bench.memory import Memory
from bench.report import Report, table

OURS = "ours"

NOTE = """Each fits the same dense table to the same margins, from a dense seed to a dense table, in one thread;
seconds are of the processor, so that what others do on the machine counts for none. Ours is the whole call: it finds
the cells that aren't nil, numbers the sums, looks for what is wrong with them, sweeps, and measures every margin. A
quarter of the cells holds anybody, and they differ by orders of magnitude. A rival runs once, ours before and after
the rivals; the figure is the median. ipfn is asked for the same tolerance as ours, 1e-9 of each sum; humanleague
stops at an absolute 1e-8, and the table is of a size at which that comes to about as much."""

GROWTH = """Cells that aren't nil, in four dimensions, of which the last grows; four two-way margins. Memory is the
peak of the whole process, interpreter, table, margins and fit, read ten times a second."""

# What the issue asks: times as fast, and gibibytes at 10^8 cells.
TIMES = {"ipfn": 500, "humanleague": 50}
LARGE, LARGE_GIB = 100_000_000, 16
# "Close to linear": a sweep of ten times the cells takes at most so many times as long; half as much again, because the
# caches that hold the sums of a small table don't hold those of a large one.
STEEPEST = 15


@dataclass(frozen=True)
class Fitted:
    """How long one took, its worst relative deviation from a margin, and how far its table is from ours."""

    seconds: list[float]
    worst: float
    off: float


@dataclass(frozen=True)
class Measured:
    """One table and all who fitted it."""

    name: str
    shape: tuple[int, ...]
    cells: int
    fits: dict[str, Fitted]

    def times(self, rival: str) -> float:
        """How many times as long as ours a rival took."""
        return median(self.fits[rival].seconds) / median(self.fits[OURS].seconds)


@dataclass(frozen=True)
class Grown:
    """One size of table."""

    cells: int
    seconds: float
    processor: float
    sweeps: int
    worst: float
    peak: Memory

    @property
    def of_a_sweep(self) -> float:
        """Processor seconds of a sweep; a larger table may take more sweeps or fewer, which is no matter of growth."""
        return self.processor / self.sweeps


def of(
    about: Mapping[str, str], measured: Sequence[Measured], growth: Sequence[Grown], missing: Sequence[str]
) -> Report:
    """Write the report."""
    sections = [NOTE, "## Targets", _targets(measured, growth)]
    sections += [f"{name} isn't installed, so it wasn't measured: `make rivals` installs it." for name in missing]
    for one in measured:
        sections += [f"## {one.name[:1].upper()}{one.name[1:]}", _fits(one)]
    sections += ["## Growth", GROWTH, _growth(growth)]
    return Report("Fitting tables to their margins", about, sections, _data(measured, growth, missing))


def _targets(measured: Sequence[Measured], growth: Sequence[Grown]) -> str:
    rows = [
        (
            f"{one.name}: times as fast as {rival}",
            f"at least {wanted}",
            f"{one.times(rival):,.0f}",
            one.times(rival) >= wanted,
        )
        for one in measured
        for rival, wanted in TIMES.items()
        if rival in one.fits
    ]
    for less, more in pairwise(growth):
        steep = more.of_a_sweep / less.of_a_sweep * 10 * less.cells / more.cells
        name = f"a sweep of {more.cells:,} cells against {less.cells:,}, for ten times the cells"
        rows.append((name, f"at most {STEEPEST}", f"{steep:.1f}", steep <= STEEPEST))
    rows += [
        (
            f"{one.cells:,} cells, GiB",
            f"at most {LARGE_GIB}",
            f"{one.peak.rss / 1024:.1f}",
            one.peak.rss / 1024 <= LARGE_GIB,
        )
        for one in growth
        if one.cells >= LARGE
    ]
    return table(["what", "asked", "measured", ""], [[*row[:3], "met" if row[3] else "**missed**"] for row in rows])


def _fits(one: Measured) -> str:
    rows = [
        [
            name,
            f"{median(fit.seconds):,.3f}",
            f"{one.times(name):,.0f}",
            f"{fit.worst:.1e}",
            f"{fit.off:.1e}" if name != OURS else "",
        ]
        for name, fit in one.fits.items()
    ]
    shape = " x ".join(str(length) for length in one.shape)
    heads = ["", "processor s", "times ours", "worst margin missed by", "largest difference of a cell"]
    return f"{shape}, {one.cells:,} cells that aren't nil.\n\n{table(heads, rows)}"


def _growth(growth: Sequence[Grown]) -> str:
    rows = [
        [
            f"{one.cells:,}",
            f"{one.seconds:,.2f}",
            f"{one.processor:,.2f}",
            f"{one.sweeps}",
            f"{one.of_a_sweep / one.cells * 1e9:.1f}",
            f"{one.worst:.1e}",
            f"{one.peak.rss / 1024:.2f}",
        ]
        for one in growth
    ]
    return table(
        ["cells", "s", "processor s", "sweeps", "ns a cell and sweep", "worst margin missed by", "peak RSS GiB"], rows
    )


def _data(measured: Sequence[Measured], growth: Sequence[Grown], missing: Sequence[str]) -> dict[str, object]:
    return {
        "tables": {one.name: {"shape": one.shape, "cells": one.cells, "fits": _each(one)} for one in measured},
        "not_installed": list(missing),
        "growth": [asdict(one) for one in growth],
    }


def _each(one: Measured) -> dict[str, object]:
    return {name: {**asdict(fit), "times_ours": one.times(name)} for name, fit in one.fits.items()}
