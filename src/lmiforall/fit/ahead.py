"""The last sweeps of a fit -> how far ahead it may go: Anderson's acceleration, on the logarithms of the factors.

A sweep takes the logarithms x of what each sum's cells are multiplied by in all to x + f(x), and the fit is done where
f is nil. From the last few sweeps it is seen how f changes with x, and the point is taken where it would be nil if it
went on so. Every point leads to the same table, so a bad one costs time and nothing else.

SOURCE: D. G. Anderson, "Iterative Procedures for Nonlinear Integral Equations", JACM 12 (1965); every few sweeps only,
as P. P. Pratapa, P. Suryanarayana and J. E. Pask do for linear equations, J. Comput. Phys. 306 (2016).
"""

from dataclasses import dataclass, field

import numpy as np

from lmiforall.fit.margin import Floats

# Tried in bench/ras.py's tables: every second to fifth sweep and three to five remembered are within a tenth.
EVERY, REMEMBERED = 3, 4
# A logarithm is moved by so much at most, which is a factor of 148.
FURTHEST = 5.0
# Below this part of the largest, a direction of the remembered sweeps is only rounding.
ROUNDING = 1e-12


@dataclass(eq=False)
class Ahead:
    """What is remembered of the sweeps. ``weights`` (one for each sum) say how much a sum's deviation counts."""

    weights: Floats
    changes: list[Floats] = field(default_factory=list)
    moves: list[Floats] = field(default_factory=list)
    last: tuple[Floats, Floats] | None = None
    now: Floats | float = 0.0

    def swept(self, logarithms: Floats, number: int) -> Floats | None:
        """Take what a sweep added to the logarithms; every third time give what to add besides."""
        there = self.now + logarithms
        if self.last is not None:
            self.changes = [*self.changes, (logarithms - self.last[0]) * self.weights][-REMEMBERED:]
            self.moves = [*self.moves, there - self.last[1]][-REMEMBERED:]
        self.last, self.now = (logarithms, there), there
        if number % EVERY or not self.moves:
            return None
        changes = np.array(self.changes)
        # Not by BLAS, whose order of additions is another with another number of cores.
        each, wanted = (changes[:, None] * changes).sum(2), (changes * (logarithms * self.weights)).sum(1)
        parts = np.linalg.lstsq(each, wanted, rcond=ROUNDING)[0]
        step: Floats = np.clip(-(parts @ np.array(self.moves)), -FURTHEST, FURTHEST)
        self.now = there + step
        return step
