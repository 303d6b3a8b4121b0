"""The same fit as ``ras.py``, as plainly as it can be written: to read, and to hold the fast one against.

SOURCE: W. E. Deming and F. F. Stephan, "On a Least Squares Adjustment of a Sampled Frequency Table When the Expected
Marginal Totals are Known", Annals of Mathematical Statistics 11 (1940), section 5; with bounds, Y. Censor and
A. Lent, "An Iterative Row-Action Method for Interval Convex Programming", JOTA 34 (1981).
"""

from collections.abc import Sequence

from lmiforall.fit.margin import Floats, Margin


def fit(seed: Floats, margins: Sequence[Margin], sweeps: int) -> list[float]:
    """Sweep so many times over all margins; whether the margins are met then is for the caller to see."""
    values = [float(value) for value in seed]
    given = [[1.0] * margin.size for margin in margins]
    for _ in range(sweeps):
        for margin, taken in zip(margins, given, strict=True):
            sums = [0.0] * margin.size
            for value, group in zip(values, margin.groups, strict=True):
                if group >= 0:
                    sums[group] += value
            factors = [
                _factor(total, max(lower, 0.0), upper, taken, number)
                for number, (total, lower, upper) in enumerate(zip(sums, margin.lower, margin.upper, strict=True))
            ]
            values = [
                value * factors[group] if group >= 0 else value
                for value, group in zip(values, margin.groups, strict=True)
            ]
    return values


def _factor(total: float, lower: float, upper: float, taken: list[float], number: int) -> float:
    if total <= 0.0:
        return 1.0
    if lower == upper:
        return lower / total
    factor = min(max(1.0 / taken[number], lower / total), upper / total)
    taken[number] *= factor
    return factor
