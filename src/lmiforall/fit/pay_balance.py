"""Mean pay of unit groups, and of regions or industries -> mean pay of each cell, so that both pay bills add up.

A cell's bill is its people times their mean pay. The bills of unit groups stand as published; those of the other side
are brought to the same total, within each block of occupations that they are published for. Then RAS.
"""

from dataclasses import dataclass

import numpy as np

from lmiforall.fit import ras
from lmiforall.fit.margin import Cells, Margin, positive
from lmiforall.fit.mixed import Floats, Ints


@dataclass(frozen=True, eq=False)
class Balanced:
    """``means`` by unit group and code, NaN where there are no people or no figure; the fit, and what was moved.

    ``moved`` gives for each block what the other side's bills had to be multiplied by, to agree with the unit groups'.
    """

    means: Floats
    moved: Floats
    fit: ras.Fit


def balance(people: Floats, ratio: Floats, units: Floats, others: Floats, block: Ints) -> Balanced:
    """Fit means of units x codes to ``units`` (of each unit group) and ``others`` (blocks x codes).

    ``people`` and the first guess ``ratio`` (to the unit group's own mean) are units x codes; ``block`` says to which
    row of ``others`` a unit group belongs. Codes without a published mean are left as guessed, within the total.
    """
    there = np.isfinite(units)[:, None] & (people > 0) & np.isfinite(others)[block]
    weights = np.where(there, people, 0.0)
    seed = weights * np.nan_to_num(units)[:, None] * np.where(there, ratio, 0.0)
    bills = weights.sum(axis=1) * np.nan_to_num(units)
    wanted, moved = np.zeros(others.shape), np.ones(len(others))
    for row in range(len(others)):
        within = block == row
        wanted[row] = weights[within].sum(axis=0) * np.nan_to_num(others[row])
        moved[row] = bills[within].sum() / wanted[row].sum()
        wanted[row] *= moved[row]
    cells, values = positive(seed, ("soc", "code"))
    groups = _sums_of_blocks(cells, block)
    margins = [
        cells.along("pay bills of unit groups", (0,), bills),
        Margin("pay bills of the other side", groups.astype(np.int32), wanted.ravel(), wanted.ravel()),
    ]
    fitted = ras.fit(values, margins, table="pay bills", cell=cells.cell)
    means = np.full(people.shape, np.nan)
    means[cells.at] = fitted.values / weights[cells.at]
    return Balanced(means, moved, fitted)


def _sums_of_blocks(cells: Cells, block: Ints) -> Ints:
    """Number for each cell the sum of its block and code."""
    rows, columns = cells.at
    return block[rows] * cells.shape[-1] + columns
