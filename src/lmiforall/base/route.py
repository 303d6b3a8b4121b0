"""Steps between schemes -> the way from one scheme to another: which links are followed, in which order.

Rule 1: the way back is the way there, backwards, so that a round trip tells what the links lose and nothing else.
Rule 2: of several ways the cheapest is taken; of equal ones the shorter, then the first by name.
Rule 3: no way leads through an open list (ESCO, job profiles): its entries cover a group by chance only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lmiforall.base.model import Basis, Crosswalks, Step


@dataclass(frozen=True)
class Leg:
    """A step as it is gone: from its first scheme to its second, or the other way."""

    step: Step
    forward: bool

    @property
    def start(self) -> str:
        return self.step.first if self.forward else self.step.second

    @property
    def finish(self) -> str:
        return self.step.second if self.forward else self.step.first

    @property
    def basis(self) -> Basis:
        return self.step.there if self.forward else self.step.back


Route = tuple[Leg, ...]

# What the weights along a way are worth.
PUBLISHED, ESTIMATED, EQUAL_PARTS = "published", "estimated", "in equal parts"


def routes(model: Crosswalks, start: str, finish: str) -> tuple[Route, ...]:
    """Give the way, and a second one where links on the first leave many codes without any; empty if there is none."""
    open_lists = {scheme.name for scheme in model.schemes if not scheme.codes}
    steps = [step for step in model.steps if {step.first, step.second} & open_lists <= {start, finish}]
    first = _best(steps, start, finish)
    if not any(leg.step.partial for leg in first):
        return (first,) if first else ()
    whole = _best([step for step in steps if not step.partial], start, finish)
    return (first, whole) if whole else (first,)


def quality(route: Route) -> str:
    """Say what the weights along a way are worth, by the worst of its steps."""
    bases = {leg.basis for leg in route}
    if "equal" in bases:
        return EQUAL_PARTS
    return ESTIMATED if bases & {"titles", "model"} else PUBLISHED


def reverse(route: Route) -> Route:
    """Give the same way backwards."""
    return tuple(Leg(leg.step, not leg.forward) for leg in reversed(route))


def _best(steps: Sequence[Step], start: str, finish: str) -> Route:
    """Take the cheapest way of those between the two, looked for from the end that comes first by name."""
    ends = sorted((start, finish))
    found = min(_ways(steps, ends[0], ends[1], {ends[0]}), key=_cost, default=())
    return found if ends[0] == start else reverse(found)


def _cost(route: Route) -> tuple[float, int, list[str]]:
    return sum(leg.step.cost for leg in route), len(route), [leg.step.table for leg in route]


def _ways(steps: Sequence[Step], start: str, finish: str, been: set[str]) -> Iterator[Route]:
    """Give every way that meets no scheme twice."""
    for step in steps:
        for leg in (Leg(step, forward=True), Leg(step, forward=False)):
            if leg.start != start or leg.finish in been:
                continue
            if leg.finish == finish:
                yield (leg,)
            else:
                yield from ((leg, *rest) for rest in _ways(steps, leg.finish, finish, been | {leg.finish}))
