"""A dense seed and its margins -> the fitted table, by ipfn and by humanleague, each as its own pages say to call it.

Both get what they ask for: arrays in double precision and in C order, and margins whose axes ascend (ipfn says
"converged" with margins unmet where they don't). What each is given is made before the clock starts.
Each is imported when it is asked for, so that the benchmark says which of them isn't installed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from lmiforall.fit.margin import Floats


@dataclass(frozen=True)
class Question:
    """A dense table to be fitted: ``targets`` are the margins that keep ``axes``, in that order."""

    name: str
    seed: Floats
    axes: Sequence[tuple[int, ...]]
    targets: Sequence[Floats]


Ready = Callable[[], Floats]

# A bound on the sweeps that none of the benchmark's tables comes near: convergence ends each fit.
MOST_SWEEPS = 10_000


def ipfn(question: Question, tolerance: float) -> Ready:
    """Make ipfn ready; it changes the seed that it is given, so it gets its own."""
    fitter = import_module("ipfn.ipfn").ipfn(
        question.seed.copy(),
        [target.copy() for target in question.targets],
        [list(kept) for kept in question.axes],
        convergence_rate=tolerance,
        max_iteration=MOST_SWEEPS,
        # Otherwise it stops, and says "converged", once it comes nearer by less than 1e-8 a sweep.
        rate_tolerance=0.0,
    )
    return fitter.iteration  # type: ignore[no-any-return]


def humanleague(question: Question, _: float) -> Ready:
    """Make humanleague ready; its tolerance (1e-8, absolute) can't be set."""
    fit = import_module("humanleague").ipf
    asked = question.seed, [list(kept) for kept in question.axes], list(question.targets)

    def run() -> Floats:
        table, about = fit(*asked)
        if not about["conv"]:
            raise SystemExit(f"bench: humanleague didn't converge on {question.name}: {about}")
        return table  # type: ignore[no-any-return]

    return run


RIVALS: dict[str, Callable[[Question, float], Ready]] = {"ipfn": ipfn, "humanleague": humanleague}


def installed() -> dict[str, Callable[[Question, float], Ready]]:
    """Give the rivals that are here; requirements/dev.txt has ipfn, requirements/rivals.txt humanleague."""
    return {name: rival for name, rival in RIVALS.items() if find_spec(name)}
