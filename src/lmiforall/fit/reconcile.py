"""Margins that contradict each other -> margins that agree, and an account of what was changed for it.

Rule 1: of two margins the one with more trust stands as it is; the other is moved as little as agreement takes.
Rule 2: margins of equal trust that contradict each other all give way, by their weights (``halfway.py``).
Rule 3: every change is told: which margin, against which, by how much.

A margin is moved by the same fit as a table (``ras.py``): its own figures are the seed, and what the more trusted
margins say of groups of them is what they must add up to. So it keeps its proportions within each such group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lmiforall.base.problem import Stop
from lmiforall.fit.agree import ties
from lmiforall.fit.halfway import halfway
from lmiforall.fit.margin import Floats, Margin
from lmiforall.fit.ras import fit

# Differences under this part of a figure are of its last printed digit, and no conflict.
PRINTED = 1e-12


@dataclass(frozen=True)
class Adjustment:
    """How a margin was moved: how many of its sums, by how much at most and where, and its total before and after.

    ``against`` are the margins that it had to agree with: those with more trust, and those with as much.
    """

    margin: str
    against: tuple[str, ...]
    changed: int
    largest: float
    where: str
    before: float
    after: float


def reconcile(
    support: NDArray[np.bool_], margins: Sequence[Margin], *, table: str = "table"
) -> tuple[list[Margin], list[Adjustment]]:
    """Make exact margins agree, the most trusted first; those with bounds are taken as they are.

    ``support`` says which cells may hold anybody. The margins come back in the order in which they were given.
    """
    agreed: dict[int, Margin] = {}
    told: list[Adjustment] = []
    for level in _levels(margins):
        above = [margin for margin in agreed.values() if margin.is_exact]
        exact = [place for place in level if margins[place].is_exact]
        moved = [_moved(support, margins[place], above, table) for place in exact]
        if len(exact) > 1:
            met = halfway(support, moved, above, table=table)
            moved = [_with(margin, sums) for margin, sums in zip(moved, met, strict=True)]
        for place, margin in zip(exact, moved, strict=True):
            if margin is not margins[place]:
                against = [*above, *(margins[other] for other in exact if other != place)]
                told.append(_told(margins[place], margin, [one.name for one in against]))
        agreed |= {place: margins[place] for place in level} | dict(zip(exact, moved, strict=True))
    return [agreed[place] for place in range(len(margins))], told


def _levels(margins: Sequence[Margin]) -> Iterator[list[int]]:
    """Give the places of margins of equal trust, the most trusted first."""
    for trust in sorted({margin.trust for margin in margins}, reverse=True):
        yield [place for place, margin in enumerate(margins) if margin.trust == trust]


def _with(margin: Margin, sums: Floats) -> Margin:
    return margin if _same(sums, margin.lower) else replace(margin, lower=sums, upper=sums)


def _moved(support: NDArray[np.bool_], margin: Margin, above: Sequence[Margin], table: str) -> Margin:
    """Move a margin until it agrees with those above it; the margin itself where it does already."""
    wanted = [one for other in above if (one := _wanted(support, margin, other)) is not None]
    if not wanted:
        return margin
    try:
        found = fit(margin.lower, wanted, table=f"{table}, margin {margin.name}", cell=margin.label)
    except Stop as stop:
        raise Stop(
            *(replace(problem, what=f"it can't be reconciled: {problem.what}") for problem in stop.problems)
        ) from stop
    return _with(margin, found.values)


def _wanted(support: NDArray[np.bool_], margin: Margin, other: Margin) -> Margin | None:
    """Give what a more trusted margin says of groups of this one's sums; nothing where they share no cells alone."""
    tied = ties(support, margin, other)
    both = tied.one_within & tied.other_within & (np.bincount(tied.one, minlength=tied.count) > 0)
    if not both.any():
        return None
    number = np.where(both, np.cumsum(both) - 1, -1)
    totals = tied.totals(margin.lower, other.lower)[1][both]
    return Margin(other.name, number[tied.one].astype(np.int32), totals, totals, str)


def _same(one: Floats, other: Floats) -> bool:
    return bool(np.all(np.abs(one - other) <= PRINTED * np.maximum(np.abs(other), 1.0)))


def _told(before: Margin, after: Margin, against: Sequence[str]) -> Adjustment:
    off = np.abs(after.lower - before.lower)
    relative = np.divide(off, before.lower, out=np.zeros_like(off), where=before.lower > 0)
    worst = int(relative.argmax())
    return Adjustment(
        margin=before.name,
        against=tuple(against),
        changed=int((relative > PRINTED).sum()),
        largest=float(relative[worst]),
        where=before.label(worst),
        before=float(before.lower.sum()),
        after=float(after.lower.sum()),
    )
