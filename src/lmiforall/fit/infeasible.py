"""A fit that didn't come to its margins -> why: which sums can't be met together, and by how much.

A linear program looks for the table (on the same cells) that misses the margins by the least; what it must miss is
what can't be met. Where it misses nothing, the margins can be met and the fit was only too slow.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, hstack, identity

from lmiforall.base.problem import Problem
from lmiforall.fit.margin import Floats, Margin

# A larger program takes minutes; then only the margins that are missed are named.
MOST_CELLS = 200_000
SHOWN = 10


def reasons(
    values: Floats, seed: Floats, margins: Sequence[Margin], worst: Mapping[str, float], *, table: str, sweeps: int
) -> Iterator[Problem]:
    """Say which margins were missed after the last sweep, and which sums no table on these cells can meet."""
    missed = max(worst, key=lambda name: worst[name])
    yield Problem(
        f"no convergence in {sweeps:,} sweeps: the worst margin is {missed}, missed by {worst[missed]:.3g} of its size",
        f"{table}, {_worst(values, next(margin for margin in margins if margin.name == missed))}",
    )
    if len(seed) > MOST_CELLS:
        yield Problem(f"the table has {len(seed):,} cells, too many to look for the reason", table)
        return
    impossible = list(_impossible(seed, margins, table))
    if not impossible:
        what = "its margins can be met on these cells, but only just: some cells must become nil"
        yield Problem(what, table, "Give the seed fewer nils, or allow more sweeps.")
    yield from impossible[:SHOWN]
    if len(impossible) > SHOWN:
        yield Problem(f"{len(impossible) - SHOWN} more sums can't be met", table)


def _worst(values: Floats, margin: Margin) -> str:
    """Name the sum that is missed by the largest part of its size."""
    inside = margin.groups >= 0
    sums = np.bincount(margin.groups[inside], values[inside], margin.size)
    off = np.maximum(np.maximum(margin.lower - sums, sums - margin.upper), 0.0)
    bound = np.where(sums < margin.lower, margin.lower, margin.upper)
    number = int(np.divide(off, bound, out=off.copy(), where=bound > 0).argmax())
    return (
        f"margin {margin.name}, {margin.label(number)}: {margin.wanted(number)} is wanted, {sums[number]:.12g} reached"
    )


def _impossible(seed: Floats, margins: Sequence[Margin], table: str) -> Iterator[Problem]:
    """Find the sums that the nearest possible table misses."""
    support = np.flatnonzero(seed > 0)
    sums = [_matrix(margin, support) for margin in margins]
    rows = sum(matrix.shape[0] for matrix in sums)
    # Variables: the cells, then for each sum how much it is over and how much it is under.
    stacked = coo_array(
        (
            np.concatenate([matrix.data for matrix in sums]),
            (
                np.concatenate([matrix.coords[0] + at for matrix, at in zip(sums, _starts(sums), strict=True)]),
                np.concatenate([matrix.coords[1] for matrix in sums]),
            ),
        ),
        shape=(rows, len(support)),
    )
    lower = np.maximum(np.concatenate([margin.lower for margin in margins]), 0.0)
    upper = np.concatenate([margin.upper for margin in margins])
    over_and_under = hstack([stacked, -identity(rows), identity(rows)], format="csr")
    cost = np.concatenate([np.zeros(len(support)), np.ones(2 * rows)])
    bounded = np.isfinite(upper)
    solved = linprog(
        cost,
        A_ub=_both(over_and_under[bounded], -over_and_under),
        b_ub=np.concatenate([upper[bounded], -lower]),
        method="highs",
    )
    if not solved.success:
        return
    slack = solved.x[len(support) :]
    missed = slack[:rows] - slack[rows:]
    slightest = 1e-7 * max(float(lower.max(initial=0.0)), 1.0)
    at = 0
    for margin in margins:
        part = missed[at : at + margin.size]
        at += margin.size
        for number in np.flatnonzero(np.abs(part) > slightest):
            yield Problem(
                f"{margin.wanted(int(number))} can't be met beside the other margins: the nearest possible is "
                f"{(margin.lower if part[number] < 0 else margin.upper)[number] + part[number]:.12g}",
                f"{table}, margin {margin.name}, {margin.label(int(number))}",
                "Cells that would have to hold people are nil in the seed, or the margins contradict each other.",
            )


def _matrix(margin: Margin, support: np.ndarray) -> coo_array:
    groups = margin.groups[support]
    inside = np.flatnonzero(groups >= 0)
    return coo_array((np.ones(len(inside)), (groups[inside], inside)), shape=(margin.size, len(support)))


def _starts(sums: Sequence[coo_array]) -> list[int]:
    return [int(start) for start in np.cumsum([0, *(matrix.shape[0] for matrix in sums)])[:-1]]


def _both(one: object, other: object) -> object:
    from scipy.sparse import vstack

    return vstack([one, other], format="csr")
