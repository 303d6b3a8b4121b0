"""ONS's table of occupations by industry -> the same with made-up figures where ONS withholds, and with every total.

It is a table of the real size and with the real holes, whose truth is known: what the tests of disclosure need, and
no statistic. Minor, sub-major and major groups and all industries are added up.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from lmiforall.base.code_list import CodeList, listed
from lmiforall.base.dataset import Adds, Dimension
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.guard.linked import Part

# What ONS withholds is less than nearly all that it gives: made-up figures are spread over this range.
MADE_UP = (200, 6_000)
ALL = "all"


def with_totals(table: Table, year: str, sections: Collection[str] = (), seed: int = 7) -> Part:
    """Give one year (of some sections) with every total; figures that ONS withholds are made up, and withheld."""
    chosen = table.frame.filter(pl.col("year").cast(pl.String) == year, pl.col("soc").cast(pl.String) != ALL)
    text = chosen.select(pl.col("soc", "industry", "status").cast(pl.String), "value")
    chance = np.random.default_rng(seed)
    units: dict[tuple[str, str], float] = {}
    holes = set()
    for soc, industry, status, value in text.iter_rows():
        if sections and industry not in sections:
            continue
        if status == Status.SUPPRESSED:
            holes.add((soc, industry))
        units[soc, industry] = float(chance.integers(*MADE_UP)) if status == Status.SUPPRESSED else value or 0.0
    cells = _totals(units)
    industries = sorted({industry for _, industry in units})
    dataset = replace(
        table.dataset,
        title="Made up, for a test",
        dimensions=(
            Dimension("soc", SOC2020),
            Dimension(
                "industry",
                listed("made_up", "Made up", [(ALL, ALL), *zip(industries, industries, strict=True)], whole=ALL),
            ),
        ),
        adds=(Adds("employment", ("soc", "industry")),),
    )
    frame = pl.DataFrame([_row(cell, value, hole=cell in holes) for cell, value in cells.items()], orient="row")
    return dataset, dataset.adds[0], frame, np.array(list(cells.values()))


def _totals(units: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    cells: dict[tuple[str, str], float] = defaultdict(float)
    for (soc, industry), value in units.items():
        for group in _upwards(SOC2020, soc):
            cells[group, industry] += value
            cells[group, ALL] += value
    return cells


def _upwards(codes: CodeList, code: str) -> Sequence[str]:
    parent = codes.by_code[code].parent
    return [code, *(_upwards(codes, parent) if parent else [ALL] if code != ALL else [])]


def _row(cell: tuple[str, str], value: float, *, hole: bool) -> dict[str, str | float | None]:
    status = Status.SUPPRESSED if hole else Status.DIRECT if value else Status.NEGLIGIBLE
    given = None if hole else value
    return {"soc": cell[0], "industry": cell[1], "measure": "employment", "value": given, "status": str(status)}
