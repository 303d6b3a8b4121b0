"""A fitted model and standard errors -> half-widths of intervals: as wide as hold cells of a like error, left out.

One factor for all cells would be too wide for the surest and too narrow for others; so the factor is taken from those
cells alone whose standard error is nearest, a tenth of all. Major groups differ besides, each by its own scale
(``own_scale.py``). Only what was fitted to is used, each cell left out.
"""

import numpy as np

from lmiforall.fit import own_scale
from lmiforall.fit.mixed import Floats, Ints, Mixed

# The part of the cells that a factor is taken from. Between a tenth and a quarter, tried where tenths of the cells
# were kept aside, the interval score hardly differs (43.1 to 43.3; one factor for all: 43.6).
NEAREST = 0.1
# A tenth of few cells is too few for a quantile: at a level of 90%, five of fifty lie outside.
FEWEST = 50


def widths(model: Mixed, error: Floats, level: float, together: Ints | None = None) -> Floats:
    """Give a half-width for each standard error; cells of a number in ``together`` are left out together."""
    return like(*model.left_out(together), error, level)


def like(off: Floats, errors: Floats, error: Floats, level: float, kin: tuple[Ints, Ints] | None = None) -> Floats:
    """Give half-widths for ``error`` from cells that were ``off``, with the standard ``errors`` that they had.

    ``kin`` numbers the groups of those cells, and of the others: each group then has its own scale. A group of which no
    cell is known has that of all.
    """
    found = _nearest(off, errors, error, level)
    if kin is None:
        return found
    own = own_scale.factors(np.abs(off) / _nearest(off, errors, errors, level), kin[0], level)
    scale = np.array([own.get(str(group), 1.0) for group in kin[1].ravel()])
    return np.asarray(found * scale.reshape(found.shape), np.float64)


def _nearest(off: Floats, errors: Floats, error: Floats, level: float) -> Floats:
    """Give half-widths as wide as hold the cells of the nearest standard errors."""
    # Figures of equal errors stay in their order: else which of them are near would depend on the processor.
    order = np.argsort(errors, kind="stable")
    known, missed = errors[order], np.abs(off[order]) / errors[order]
    count = min(max(round(NEAREST * len(known)), FEWEST), len(known))
    first = np.clip(np.searchsorted(known, error.ravel()) - count // 2, 0, len(known) - count)
    # PERF: cells with the same neighbours share a quantile; 5,000 cells take 0.05 s instead of 0.5.
    starts, which = np.unique(first, return_inverse=True)
    factors = np.array([np.quantile(missed[start : start + count], level) for start in starts])
    found: Floats = factors[which].reshape(error.shape) * error
    return found
