"""Observations with loadings on random effects -> variances by restricted likelihood, predictions, and their errors.

The model is z = X b + sum of random effects + noise. The covariance of two cells by one component is the product of
their loadings where both belong to the same group of it, and nil elsewhere.

SOURCE: A. R. Gilmour, R. Thompson and B. R. Cullis, "Average Information REML", Biometrics 51 (1995); the best linear
unbiased prediction of C. R. Henderson, "Best Linear Unbiased Estimation and Prediction", Biometrics 31 (1975).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lmiforall.base.problem import Problem, Stop

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A likelihood that rises by less than this has arrived: a thousandth of what would tell two models apart.
ARRIVED = 1e-2
STEPS = 40
# A variance isn't let fall under this part of the whole: it is nil then, and its logarithm goes nowhere.
NIL = 1e-5
# The longest step of a variance, as a factor e^1.5; longer ones overshoot in the first steps.
LONGEST = 1.5


@dataclass(frozen=True, eq=False)
class Component:
    """``group`` (one for each cell) says whose random effect it is, ``loadings`` (cells x effects) how much of it.

    ``noise`` marks what is no property of the cell, but of who happened to be in the sample.
    """

    name: str
    group: Ints
    loadings: Floats
    noise: bool = False

    def between(self, rows: Ints, columns: Ints) -> Floats:
        """Give the covariances of cells, at a variance of one."""
        alike = self.group[rows][:, None] == self.group[columns][None, :]
        found: Floats = (self.loadings[rows] @ self.loadings[columns].T) * alike
        return found

    def own(self, rows: Ints) -> Floats:
        """Give the variance of each cell, at a variance of one."""
        found: Floats = np.square(self.loadings[rows]).sum(axis=1)
        return found


@dataclass(frozen=True, eq=False)
class Mixed:
    """A fitted model. ``variances`` are by component and, last, of the cell's own noise."""

    components: Sequence[Component]
    fixed: Floats = field(repr=False)
    seen: Ints = field(repr=False)
    z: Floats = field(repr=False)
    variances: Floats
    likelihood: float
    steps: int

    def predict(self, cells: Ints, seen: Ints | None = None, z: Floats | None = None) -> tuple[Floats, Floats]:
        """Give mean and standard error of what would be observed in cells, given those that were seen."""
        if seen is None or z is None:
            seen, z, inverse = self.seen, self.z, self._inverse
        else:
            inverse, _ = inverted(self._covariance(seen))
        within, new = self.fixed[seen], self.fixed[cells]
        precision, _ = inverted(within.T @ inverse @ within)
        effects = precision @ within.T @ inverse @ z
        across = self._across(cells, seen)
        mean = new @ effects + across @ (inverse @ (z - within @ effects))
        unexplained = new - across @ inverse @ within
        variance = self._own(cells) - np.einsum("ij,jk,ik->i", across, inverse, across, optimize=True)
        variance += np.einsum("ij,jk,ik->i", unexplained, precision, unexplained, optimize=True)
        return mean, np.sqrt(np.maximum(variance, 0.0))

    def expected(self, cells: Ints) -> Floats:
        """Give what is expected of cells without the noise, given all that was seen, themselves included."""
        inverse, within = self._inverse, self.fixed[self.seen]
        effects = np.linalg.solve(within.T @ inverse @ within, within.T @ inverse @ self.z)
        weighted = inverse @ (self.z - within @ effects)
        found = self.fixed[cells] @ effects
        for variance, component in zip(self.variances, self.components, strict=False):
            if not component.noise:
                found += variance * (component.between(cells, self.seen) @ weighted)
        return np.asarray(found, np.float64)

    def noise(self, cells: Ints) -> Floats:
        """Give the variance of the noise of sampling in cells."""
        parts = [
            variance * component.own(cells)
            for variance, component in zip(self.variances, self.components, strict=False)
            if component.noise
        ]
        return np.sum(parts, axis=0) if parts else np.zeros(len(cells))

    def left_out(self, together: Ints | None = None) -> tuple[Floats, Floats]:
        """Give of each seen cell the error and its standard error, predicted from all others; exact, without refits.

        Cells of the same number in ``together`` are left out together.
        """
        projection = _projection(self._inverse, self.fixed[self.seen])
        weighted = projection @ self.z
        if together is None:
            own = np.diag(projection)
            return weighted / own, 1.0 / np.sqrt(own)
        off, error = np.empty(len(self.z)), np.empty(len(self.z))
        for number in np.unique(together):
            cells = np.flatnonzero(together == number)
            covariance, _ = inverted(projection[np.ix_(cells, cells)])
            off[cells], error[cells] = covariance @ weighted[cells], np.sqrt(np.diag(covariance))
        return off, error

    @cached_property
    def _inverse(self) -> Floats:
        return inverted(self._covariance(self.seen))[0]

    def _covariance(self, cells: Ints) -> Floats:
        whole = self._across(cells, cells)
        whole[np.diag_indices(len(cells))] += self.variances[-1]
        return whole

    def _across(self, rows: Ints, columns: Ints) -> Floats:
        whole = np.zeros((len(rows), len(columns)))
        for variance, component in zip(self.variances, self.components, strict=False):
            whole += variance * component.between(rows, columns)
        return whole

    def _own(self, cells: Ints) -> Floats:
        parts = [v * component.own(cells) for v, component in zip(self.variances, self.components, strict=False)]
        whole: Floats = np.sum(parts, axis=0) + self.variances[-1]
        return whole


def fit(components: Sequence[Component], fixed: Floats, seen: Ints, z: Floats) -> Mixed:
    """Find the variances under which what was seen is likeliest; stops where the search doesn't arrive."""
    kernels = [*(component.between(seen, seen) for component in components), np.eye(len(seen))]
    within = fixed[seen]
    spread = np.array([np.trace(kernel) / len(seen) for kernel in kernels])
    whole = float(np.var(z))
    logs, before = np.log(whole / len(kernels) / spread), -np.inf
    for step in range(STEPS):
        likelihood, slope, information = _about(np.exp(logs), kernels, within, z)
        if step and likelihood - before < ARRIVED:
            return Mixed(components, fixed, seen, z, np.exp(logs), likelihood, step)
        before = likelihood
        damped = information + np.diag(np.abs(slope) + 0.05)
        logs = logs + np.clip(np.linalg.solve(damped, slope), -LONGEST, LONGEST)
        logs = np.maximum(logs, np.log(NIL * whole / spread))
    raise Stop(Problem(f"the variances didn't settle in {STEPS} steps", f"a mixed model of {len(z)} cells"))


def _about(variances: Floats, kernels: Sequence[Floats], within: Floats, z: Floats) -> tuple[float, Floats, Floats]:
    """Give the restricted log-likelihood, its slope by the log-variances, and the average information."""
    whole = np.zeros_like(kernels[-1])
    for variance, kernel in zip(variances, kernels, strict=True):
        whole += variance * kernel
    inverse, size = inverted(whole)
    projection = _projection(inverse, within)
    weighted = projection @ z
    towards = np.array([kernel @ weighted for kernel in kernels])
    traces = np.array([np.vdot(projection, kernel) for kernel in kernels])
    sizes = size + np.linalg.slogdet(within.T @ inverse @ within)[1]
    slope = 0.5 * variances * (towards @ weighted - traces)
    information = 0.5 * np.outer(variances, variances) * (towards @ projection @ towards.T)
    return -0.5 * float(sizes + z @ weighted), slope, information


def inverted(covariance: Floats) -> tuple[Floats, float]:
    """Give the inverse of a covariance and the logarithm of its determinant."""
    sign, size = np.linalg.slogdet(covariance)
    if sign <= 0:
        raise Stop(Problem("a covariance isn't positive", f"a mixed model of {len(covariance)} cells"))
    return np.asarray(np.linalg.inv(covariance), np.float64), float(size)


def _projection(inverse: Floats, within: Floats) -> Floats:
    """Take the fixed effects out of an inverse covariance."""
    left = inverse @ within
    precision, _ = inverted(within.T @ left)
    found: Floats = inverse - left @ precision @ left.T
    return found
