"""A table and a margin -> the margin's sums, added up in the order of the cells."""

import numpy as np
from numba import njit

from lmiforall.fit.margin import Floats, Ints, Margin


def sums_of(values: Floats, margin: Margin) -> Floats:
    """Add up the cells of each sum of a margin."""
    sums = np.zeros(margin.size)
    add_up(values, margin.groups, sums)
    return sums


@njit(cache=True, boundscheck=False)
def add_up(values: Floats, groups: Ints, sums: Floats) -> None:
    """Add up the cells (one number of a sum for each in ``groups``, or OUTSIDE) into ``sums``."""
    sums[:] = 0.0
    for i in range(len(values)):
        if groups[i] >= 0:
            sums[groups[i]] += values[i]
