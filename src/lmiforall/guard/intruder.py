"""Linked cells -> which withheld cells an intruder finds, exactly or within a fifth.

Rule 1: a cell is called safe only when two tables are known that agree with all that is published, and between
which the cell moves by more than a fifth either way. Rule 2: it is called broken only when no such tables exist.
"""

from dataclasses import dataclass

import numpy as np

from lmiforall.guard import bounds
from lmiforall.guard.bounds import Bounds, ContradictionError
from lmiforall.guard.linked import Array, Linked

# PERF: one linear program gives a whole table, which shows many cells safe at once: 60 programs for the 248
# withheld cells of a year of ASHE's jobs, where two for each would be 496 (bench/disclosure.py).
ROUNDS = 12


@dataclass(frozen=True, eq=False)
class Findings:
    """What an intruder learns.

    ``broken`` marks the withheld cells that were found. ``lower`` and ``upper`` are the bounds of every cell: exact
    for broken ones, for safe ones as far as was looked. ``solved`` counts the linear programs.
    """

    broken: Array
    lower: Array
    upper: Array
    solved: int

    def exactly(self) -> Array:
        """Mark the broken cells whose bounds are one number."""
        return self.broken & (self.upper - self.lower <= 2 * bounds.TOLERANCE * (1 + np.abs(self.upper)))


@dataclass(eq=False)
class _Seen:
    """The tables seen so far, cell by cell."""

    linked: Linked
    within: Bounds
    lower: Array
    upper: Array
    solved: int = 0

    def look(self, aim: Array) -> Array:
        """Take in the table with the least ``aim``."""
        table = bounds.solve(self.linked, aim, self.within)
        np.minimum(self.lower, table, out=self.lower)
        np.maximum(self.upper, table, out=self.upper)
        self.solved += 1
        return table

    def left(self, cells: Array) -> Array:
        """Give those of some cells that no two tables show safe."""
        return cells[~bounds.safe(self.linked, self.lower, self.upper)[cells]]


def attack(linked: Linked) -> Findings:
    """Find what can be found. Deterministic: it looks the same way at the same cells."""
    within = bounds.propagated(linked)
    _refuse_contradiction(linked, within)
    seen = _Seen(linked, within, within.upper.copy(), within.lower.copy())
    by_lines = linked.withheld & ~bounds.safe(linked, within.lower, within.upper)
    if _each_in_one_line(linked):
        return Findings(by_lines, within.lower, within.upper, 0)
    broken = by_lines.copy()
    for cell in _look_at_many(seen, np.flatnonzero(linked.withheld & ~by_lines)):
        if not seen.left(np.array([cell])).size:
            continue
        aim = np.zeros(len(linked.codes))
        aim[cell] = 1.0
        seen.lower[cell], seen.upper[cell] = seen.look(aim)[cell], seen.look(-aim)[cell]
        broken[cell] = bool(seen.left(np.array([cell])).size)
    lower = np.where(by_lines, within.lower, np.minimum(seen.lower, seen.upper))
    upper = np.where(by_lines, within.upper, np.maximum(seen.lower, seen.upper))
    return Findings(broken, lower, upper, seen.solved)


def _each_in_one_line(linked: Linked) -> bool:
    """Say whether no unknown cell is in two lines: then what one line leaves for it is all that there is to know."""
    unknown = linked.upper - linked.lower > 0
    return bool((np.bincount(linked.matrix.indices, minlength=len(unknown))[unknown] <= 1).all())


def _look_at_many(seen: _Seen, cells: Array) -> Array:
    """Look for tables in which many cells are at their least, or at their most, until they show no more."""
    chance = np.random.default_rng(0)
    for turn in range(ROUNDS):
        before = cells.size
        if not before:
            break
        room = seen.within.upper[cells] - seen.within.lower[cells]
        signs = np.ones(before) if turn == 0 else chance.choice([-1.0, 1.0], before)
        aim = np.zeros(len(seen.linked.codes))
        aim[cells] = signs / np.maximum(room, 1e-9)
        seen.look(aim)
        seen.look(-aim)
        cells = seen.left(cells)
        if turn and cells.size > before * 0.9:
            break
    return cells


def _refuse_contradiction(linked: Linked, within: Bounds) -> None:
    gap = within.lower - within.upper
    worst = int(np.argmax(gap)) if gap.size else 0
    if gap.size and gap[worst] > bounds.TOLERANCE * (1 + abs(float(within.upper[worst]))):
        least, largest = within.lower[worst], within.upper[worst]
        raise ContradictionError(f"{linked.name(worst)} would have to be {least:g} or more and {largest:g} or less")
