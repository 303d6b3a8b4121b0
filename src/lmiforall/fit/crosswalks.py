"""Tables of links between classifications -> from each code of each scheme the parts in each other scheme.

At each step a code divides among its counterparts by people, titles or a publisher's parts where somebody counted,
and in equal parts where nobody did. What has no link ends on the way; ``arrives`` says how much didn't, and the
weights of what arrives add to 1. A round trip goes the same way back: ``returns`` is the part that comes home.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import permutations
from operator import matmul
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Crosswalks, Step
from lmiforall.base.route import PUBLISHED, Route, quality, reverse, routes
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.fit.links import Floats, parts
from lmiforall.fit.shape import coded
from lmiforall.fit.steps import axes, matrices

ALL = "all"
# Because a part in a million of a code is a rounding error of the links, and no fact about an occupation.
DECIMALS = 6


Texts = NDArray[np.str_]
_TYPES = {"code": pl.String, "target": pl.String, "status": pl.String, "value": pl.Float64}
# Of each step, forward and back, its links as parts of each code.
Divided = Mapping[tuple[Step, bool], Any]


@dataclass(frozen=True, eq=False)
class Crossed:
    """From one scheme to another, a row for each code of the first and a column for each of the second.

    ``weights`` of its targets, ``back``: the part of the target that is the code; ``arrives`` and ``way`` (0: none)
    by code, and ``status``: ``converted`` where every step divides as a publisher says, else ``modelled``.
    """

    weights: Floats
    back: Floats
    arrives: Floats
    way: Floats
    status: Texts


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give the weights of all pairs of schemes, and how each code as a whole is joined."""
    model = dataset.model
    if not isinstance(model, Crosswalks):
        raise TypeError(f"{dataset.name} declares no crosswalks")
    frames = {name: tables[name].frame for name in model.inputs}
    codes = axes(model, frames)
    links = matrices(model, frames, codes)
    # PERF: a code has a handful of links out of a thousand: 2 s as sparse matrices where dense ones take 21.
    divided = {step: csr_array(parts(found)) for step, found in links.items()}
    rows: list[pl.DataFrame] = []
    for pair in permutations([scheme.name for scheme in model.schemes], 2):
        rows += _frames(pair, crossed(routes(model, *pair), divided), codes)
    return Table(dataset, coded(dataset, pl.concat(rows)))


def crossed(ways: Sequence[Route], divided: Divided) -> Crossed:
    """Go the first way; a code of which nothing arrives goes the second, and comes back by it."""
    arrived = [along(way, divided) for way in ways]
    returning = [parts(along(reverse(way), divided)).T for way in ways]
    weights, back = arrived[0].copy(), returning[0].copy()
    taken = (weights.sum(axis=1) > 0).astype(np.float64)
    for number, (other, its_back) in enumerate(zip(arrived[1:], returning[1:], strict=True), 2):
        lost = (taken == 0) & (other.sum(axis=1) > 0)
        weights[lost], back[lost], taken[lost] = other[lost], its_back[lost], number
    published = np.array([False, *(quality(way) == PUBLISHED for way in ways)])[taken.astype(int)]
    status = np.where(published, str(Status.CONVERTED), str(Status.MODELLED))
    return Crossed(parts(weights), back, weights.sum(axis=1), taken, status)


def along(way: Route, divided: Divided) -> Floats:
    """Follow a way: of each code the parts that arrive, which add to less than 1 where some end on the way."""
    arrived: Floats = reduce(matmul, [divided[leg.step, leg.forward] for leg in way]).toarray()
    return arrived


def _frames(pair: tuple[str, str], there: Crossed, codes: Mapping[str, Sequence[str]]) -> Iterator[pl.DataFrame]:
    """Lay out one pair of schemes as rows: each link with weight and way back, each code as a whole."""
    kept = np.round(there.weights, DECIMALS) > 0
    rows, columns = np.nonzero(kept)
    starts, targets = np.array(codes[pair[0]], dtype=object), np.array(codes[pair[1]], dtype=object)
    returns = (there.weights * there.back).sum(axis=1)
    linked = {"weight": there.weights[rows, columns], "back": there.back[rows, columns]}
    wholes = {"targets": kept.sum(axis=1), "arrives": there.arrives, "returns": returns, "way": there.way}
    fixed = {"from": pair[0], "to": pair[1]}
    link = {"code": starts[rows], "target": targets[columns], "status": there.status[rows]}
    whole = {"code": starts, "target": np.full(len(starts), ALL), "status": there.status}
    for texts, measured in ((link, linked), (whole, wholes)):
        for name, values in measured.items():
            yield _frame(texts, values, measure=name, **fixed)


def _frame(texts: Mapping[str, Texts], values: Floats, **fixed: str) -> pl.DataFrame:
    columns = {name: text.tolist() for name, text in texts.items()}
    frame = pl.DataFrame({**columns, "value": np.round(values.astype(np.float64), DECIMALS)}, _TYPES)
    return frame.with_columns(pl.lit(text).alias(name) for name, text in fixed.items())
