"""Linked cells -> which others must be withheld, so that nobody can work out those withheld for disclosure.

First, a line with one hole gets another one. Then, cell by cell that the intruder still finds, the cheapest
change of published figures is looked for that would let the cell move by a fifth: what would have to change is
withheld. This goes on until the intruder finds nothing.

# SOURCE: Kelly, Golden and Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22
# (1992), 397-417, whose program this is with the whole move at once.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, hstack

from lmiforall.guard import bounds
from lmiforall.guard.intruder import Findings, attack
from lmiforall.guard.linked import Array, Linked

ROUNDS = 40
# The least move that hides a figure of nil or nearly so, in the figure's own unit.
LEAST_MOVE = 1.0
# What moves by less than this isn't withheld: HiGHS leaves such crumbs.
CRUMB = 1e-5


class UnprotectableError(ValueError):
    """Nothing else that could be withheld would hide a cell."""


def complement(linked: Linked) -> list[int]:
    """Give the cells to withhold besides, none where the withheld ones are safe as they are."""
    hidden: set[int] = set()
    for _ in range(ROUNDS):
        current = without(linked, hidden)
        found = attack(current)
        if not found.broken.any():
            return sorted(hidden)
        more = _second_holes(current, found) or _by_moves(linked, hidden, found)
        hidden |= more
    raise UnprotectableError(f"{linked.title}: after {ROUNDS} rounds {_first(linked, found)} can still be worked out")


def without(linked: Linked, hidden: Collection[int]) -> Linked:
    """Give the cells as they are published when some more are withheld."""
    if not hidden:
        return linked
    places = sorted(hidden)
    lower, upper = linked.lower.copy(), linked.upper.copy()
    lower[places], upper[places] = 0.0, np.inf
    return replace(linked, lower=lower, upper=upper)


def _first(linked: Linked, found: Findings) -> str:
    cell = int(np.flatnonzero(found.broken)[0])
    return f"{linked.name(cell)}, which lies between {found.lower[cell]:g} and {found.upper[cell]:g},"


def _figures(linked: Linked, found: Findings) -> Array:
    """Give what a cell is taken for: its figure where it is known here, else the middle of its bounds."""
    return np.where(np.isnan(linked.held), (found.lower + found.upper) / 2, linked.held)


def _second_holes(linked: Linked, found: Findings) -> set[int]:
    """Give for each line whose only hole is a broken cell the cheapest other figure that is large enough."""
    known = np.isfinite(linked.upper)
    figures, matrix, hidden = _figures(linked, found), linked.matrix, set[int]()
    for line in np.flatnonzero(~linked.more):
        cells = matrix.indices[matrix.indptr[line] : matrix.indptr[line + 1]]
        holes = [int(cell) for cell in cells if not known[cell] or int(cell) in hidden]
        if len(holes) == 1 and found.broken[holes[0]]:
            large = [
                int(cell)
                for cell in cells
                if known[cell] and linked.upper[cell] >= bounds.WITHIN * figures[holes[0]] and linked.lower[cell] > 0
            ]
            if large:
                hidden.add(min(large, key=lambda cell: (linked.cost[cell], cell)))
    return hidden


def _by_moves(linked: Linked, hidden: set[int], found: Findings) -> set[int]:
    """Give for each broken cell what has to change that it can move up, and down, by a fifth."""
    more: set[int] = set()
    figures = _figures(linked, found)
    for cell in map(int, np.flatnonzero(found.broken)):
        for sign in (1.0, -1.0):
            figure = float(figures[cell])
            move = max(bounds.WITHIN * figure, LEAST_MOVE) * 1.01
            if sign < 0:
                move = min(move, figure)
            more |= _changed(without(linked, hidden | more), cell, figure + sign * move, sign)
    if not more:
        raise UnprotectableError(f"{_first(linked, found)} can be worked out, whatever else is withheld")
    return more


def _changed(linked: Linked, cell: int, target: float, sign: float) -> set[int]:
    """Find the cheapest changes of published figures with which a cell can be beyond ``target``."""
    size = len(linked.codes)
    known = np.isfinite(linked.upper)
    upper = np.where(known, linked.upper, bounds.most(linked))
    lower = linked.lower.copy()
    if sign > 0:
        lower[cell] = max(lower[cell], target)
    else:
        upper[cell] = min(upper[cell], target)
    # A figure = what is published of it + what it is raised - what it is lowered; nil stays nil.
    may = known & (linked.lower > 0)
    raised = np.where(may, bounds.most(linked), 0.0)
    lowered = np.where(may, linked.lower, 0.0)
    matrix = csr_array(hstack([linked.matrix, linked.matrix, -linked.matrix]))
    cost = np.concatenate([np.zeros(size), linked.cost, linked.cost])
    lows = np.concatenate([lower, np.zeros(2 * size)])
    highs = np.concatenate([np.maximum(lower, upper), raised, lowered])
    solved = bounds.least(matrix, linked.more, cost, np.column_stack([lows, highs]))
    if solved is None:
        raise UnprotectableError(f"{linked.name(cell)} can be worked out, whatever else is withheld")
    moved = solved[size : 2 * size] + solved[2 * size :]
    return {int(place) for place in np.flatnonzero(moved > CRUMB)}
