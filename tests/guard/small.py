"""Small made-up datasets that add up, for the tests of this room: nothing in them is a statistic."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from lmiforall.base.code_list import Code, CodeList, listed
from lmiforall.base.dataset import Adds, Dataset, Dimension, Measure, Withhold
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.guard.bounds import propagated, solve
from lmiforall.guard.linked import Linked

STATUSES = pl.Enum([str(one) for one in Status])
TREE = CodeList(
    "tree",
    "A whole, two parts, two parts of each",
    (
        Code("all", "All"), Code("1", "One", 1), Code("2", "Two", 1), Code("11", "One one", 2, "1"),
        Code("12", "One two", 2, "1"), Code("21", "Two one", 2, "2"), Code("22", "Two two", 2, "2"),
    ),
    ("all", "major", "unit"),
    "all",
)  # fmt: skip
SEX = listed("sex", "Sex", [("all", "All"), ("male", "Men"), ("female", "Women")], whole="all")
BOTH_WAYS = Adds("people", ("group", "sex"))


def dataset(adds: Sequence[Adds] = (BOTH_WAYS,), withhold: Sequence[Withhold] = ()) -> Dataset:
    return Dataset(
        name="made_up",
        title="Made up",
        summary="Made up.",
        folder=Path(),
        dimensions=(Dimension("group", TREE), Dimension("sex", SEX)),
        measures=(Measure("people", "People", "people"),),
        rows=(1, 1000),
        adds=tuple(adds),
        withhold=tuple(withhold),
    )


def whole(units: Mapping[str, tuple[float, float]]) -> dict[tuple[str, str], float]:
    """Add men and women of each unit up to every total."""
    cells: dict[tuple[str, str], float] = {}
    for unit, (men, women) in units.items():
        for group in (unit, unit[0], "all"):
            for sex, value in (("male", men), ("female", women), ("all", men + women)):
                cells[group, sex] = cells.get((group, sex), 0.0) + value
    return cells


def exact(cells: Linked, chosen: Iterable[int]) -> Iterator[tuple[int, float, float]]:
    """Give the least and the most that each cell can be: two programs for each, whatever the intruder spares."""
    within = propagated(cells)
    for cell in map(int, chosen):
        aim = np.zeros(len(cells.codes))
        aim[cell] = 1.0
        yield cell, float(solve(cells, aim, within)[cell]), float(solve(cells, -aim, within)[cell])


def table(
    cells: Mapping[tuple[str, str], float | None], hidden: Sequence[tuple[str, str]] = (), of: Dataset | None = None
) -> Table:
    """Lay cells out as a table, the ``hidden`` ones withheld for disclosure."""
    rows = [
        {"group": group, "sex": sex, "measure": "people", "value": None, "status": "suppressed"}
        if (group, sex) in hidden
        else {"group": group, "sex": sex, "measure": "people", "value": value, "status": "direct"}
        for (group, sex), value in cells.items()
    ]
    schema = {"group": pl.String, "sex": pl.String, "measure": pl.String, "value": pl.Float64, "status": STATUSES}
    return Table(of or dataset(), pl.DataFrame(rows, schema=schema))
