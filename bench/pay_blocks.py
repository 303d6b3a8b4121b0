"""What was foretold and what was published -> errors, coverage and scores by block, the model's and the rivals'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lmiforall.codes.region import REGION
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit import pay_region
from lmiforall.fit.pay_inputs import MAJOR_OF, MAJORS, REGIONS, Known

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Chosen once; another seed gives other tenths and other resamples.
SEED = 2025
RIVALS = ("UK median", "UK median x region's ratio")
# Resamples of a block: the ends of a 95% interval then move by a tenth of its width from seed to seed.
RESAMPLES = 2000
# A cell that is so large a part of a total is half told by it.
GIVES_AWAY = 0.25


@dataclass(frozen=True, eq=False)
class Foretold:
    """By cell: number, published log-ratio, the model's and its half-width, the rivals' and theirs (2 x cells)."""

    cells: Ints
    z: Floats
    ratio: Floats
    width: Floats
    rivals: Floats
    rival_widths: Floats


@dataclass(frozen=True)
class Line:
    """One block: errors are median absolute errors in per cent of the published figure.

    ``low`` and ``high`` bound the difference of the model's and the better rival's error (95%, paired bootstrap), in
    percentage points. ``width`` is the median of an interval's half-width, in per cent; scores are interval scores of
    the logarithm, times 100: less is better.
    """

    name: str
    cells: int
    error: float
    rivals: tuple[float, float]
    low: float
    high: float
    coverage: float
    width: float
    score: float
    rival_scores: tuple[float, float]

    @property
    def is_worse(self) -> bool:
        """Whether the model is significantly worse than the better rival."""
        return self.low > 0


def rivals(known: Known, cells: Ints) -> Floats:
    """Give the log-ratios that the rivals foretell: nil, and the region's major group's."""
    units, regions = np.divmod(cells, len(REGIONS))
    return np.stack([np.zeros(len(cells)), known.regional[MAJOR_OF[units], regions]])


def error(foretold: Floats, z: Floats) -> Floats:
    """Give the absolute error in per cent of the published figure."""
    found: Floats = 100.0 * np.abs(np.exp(foretold - z) - 1.0)
    return found


def score(off: Floats, width: Floats, level: float) -> Floats:
    """Give the interval score.

    SOURCE: T. Gneiting and A. E. Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", JASA 102 (2007).
    """
    found: Floats = 100.0 * (2.0 * width + 2.0 / (1.0 - level) * np.maximum(np.abs(off) - width, 0.0))
    return found


def blocks(known: Known, cells: Ints) -> Iterator[tuple[str, str, Bools]]:
    """Give kind, name and cells of every block by which errors are told."""
    units, regions = np.divmod(cells, len(REGIONS))
    yield "all", "all cells", np.ones(len(cells), np.bool_)
    part, share = pay_region.part_of_total(known).ravel()[cells], known.share.ravel()[cells]
    gives_away = (part >= GIVES_AWAY) | (share >= GIVES_AWAY)
    yield "all", "without cells that a total gives away", ~gives_away
    for place, code in enumerate(REGIONS):
        if (regions == place).any():
            yield "region", REGION.title_of(code), regions == place
    for place, code in enumerate(MAJORS):
        yield "major group", f"{code} {SOC2020.title_of(code)}", MAJOR_OF[units] == place
    jobs = (known.jobs[:, None] * known.share).ravel()[cells]
    yield from cut("size", jobs, (2.0, 5.0, 10.0, 20.0), "thousand jobs")
    yield from cut("CV of the UK's median", 100.0 * known.variation[units], (2.0, 4.0, 6.0, 10.0), "%")


def cut(kind: str, values: Floats, at: Sequence[float], unit: str) -> Iterator[tuple[str, str, Bools]]:
    """Cut cells into blocks at some values; the last is open."""
    ends = (0.0, *at, np.inf)
    for low, high in pairwise(ends):
        name = f"{low:g} {unit} and more" if np.isinf(high) else f"{low:g} to {high:g} {unit}"
        yield kind, name, (values >= low) & (values < high)


def line(name: str, rounds: Sequence[Foretold], chosen: Bools, level: float, chance: np.random.Generator) -> Line:
    """Measure one block; of several rounds the mean is told, and they are compared by a cell's mean error."""
    z, plain = rounds[0].z[chosen], rounds[0].rivals[:, chosen]
    errors = np.stack([error(one.ratio[chosen], z) for one in rounds])
    rival_errors = error(plain, z)
    medians = np.median(rival_errors, axis=1)
    low, high = difference(errors.mean(axis=0), rival_errors[int(np.argmin(medians))], chance)
    offs, widths = (np.stack([getattr(one, part)[..., chosen] for one in rounds]) for part in ("ratio", "width"))
    rival_widths = np.stack([one.rival_widths[:, chosen] for one in rounds]).mean(axis=0)
    rival_scores = score(plain - z, rival_widths, level).mean(axis=1)
    return Line(
        name,
        cells=int(chosen.sum()),
        error=float(np.median(errors, axis=1).mean()),
        rivals=(float(medians[0]), float(medians[1])),
        low=low,
        high=high,
        coverage=float(np.mean(np.abs(offs - z) <= widths)),
        width=float(np.median(100.0 * np.expm1(widths))),
        score=float(score(offs - z, widths, level).mean()),
        rival_scores=(float(rival_scores[0]), float(rival_scores[1])),
    )


def difference(one: Floats, other: Floats, chance: np.random.Generator) -> tuple[float, float]:
    """Bound the difference of two medians of errors of the same cells (95%), by drawing the cells again."""
    drawn = chance.integers(0, len(one), (RESAMPLES, len(one)))
    low, high = np.quantile(np.median(one[drawn], axis=1) - np.median(other[drawn], axis=1), (0.025, 0.975))
    return float(low), float(high)
