"""Links between classifications, as matrices -> of each group, the part that reaches each group at the other end.

A matrix has a row for each group that the links start from and a column for each that they lead to: 1 for a link,
or how much it counts. Nobody publishes how many people go along a link, so a group divides in equal parts.
"""

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def matrix(pairs: Iterable[tuple[str, str]], rows: Sequence[str], columns: Sequence[str]) -> Floats:
    """Count each pair of codes; KeyError for a code that is in neither list."""
    at = {code: place for place, code in enumerate(rows)}, {code: place for place, code in enumerate(columns)}
    found = np.zeros((len(rows), len(columns)))
    for row, column in pairs:
        found[at[0][row], at[1][column]] += 1.0
    return found


def parts(links: Floats) -> Floats:
    """Divide each row by its sum; a row without links stays nil."""
    sums = links.sum(axis=1, keepdims=True)
    divided: Floats = np.divide(links, sums, out=np.zeros_like(links), where=sums > 0)
    return divided


def through(steps: Sequence[Floats]) -> Floats:
    """Follow the steps from the first to the last; what ends on the way is left out of the parts."""
    return parts(reduce(np.matmul, [parts(step) for step in steps]))


def back(steps: Sequence[Floats]) -> list[Floats]:
    """Give the same links in the other direction."""
    return [step.T for step in reversed(steps)]
