"""Rows of codes and figures, as a publisher's table has them -> a margin; a code that the cells haven't got stops it.

Rule 1: every figure is of one sum: a code that nobody knows, or a sum that stands twice, is refused with its figure.
Rule 2: what isn't listed is asked of nobody: cells of which no row speaks are outside of the margin, not nil.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from lmiforall.base.problem import Problem, Stop
from lmiforall.fit.margin import OUTSIDE, Cells, Margin

Row = tuple[tuple[str, ...], float]


def listed(
    cells: Cells, name: str, dimensions: Sequence[str], rows: Sequence[Row], *, table: str = "table", trust: float = 1.0
) -> Margin:
    """Make a margin of rows, each the codes of the dimensions, in that order, and its figure."""
    axes = [_axis(cells, dimension, name, table) for dimension in dimensions]
    known = [{code: place for place, code in enumerate(cells.codes[axis])} for axis in axes]
    if wrong := list(_problems(rows, known, dimensions, f"{table}, margin {name}")):
        raise Stop(*wrong)
    numbers = np.full(tuple(cells.shape[axis] for axis in axes), OUTSIDE, np.int32)
    for number, (codes, _) in enumerate(rows):
        numbers[tuple(codes_of[code] for codes_of, code in zip(known, codes, strict=True))] = number
    figures = np.array([figure for _, figure in rows], np.float64)
    names = [_place(dimensions, codes) for codes, _ in rows]
    return Margin(name, numbers.ravel()[cells.numbered(axes)], figures, figures, names.__getitem__, trust)


def _place(dimensions: Sequence[str], codes: Sequence[str]) -> str:
    return ", ".join(f"{name}={code}" for name, code in zip(dimensions, codes, strict=True))


def _axis(cells: Cells, dimension: str, name: str, table: str) -> int:
    if dimension not in cells.names:
        what = f"the table has no dimension {dimension}: it has {', '.join(cells.names) or 'none with a name'}"
        raise Stop(Problem(what, f"{table}, margin {name}"))
    return cells.names.index(dimension)


def _problems(
    rows: Sequence[Row], known: Sequence[dict[str, int]], dimensions: Sequence[str], where: str
) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], float] = {}
    for codes, figure in rows:
        at = f"{where}, {_place(dimensions, codes)}"
        for name, code, places in zip(dimensions, codes, known, strict=True):
            if code not in places:
                yield Problem(f"{code} is no code of {name} in this table; its figure is {figure:.12g}", at)
        if codes in seen:
            yield Problem(f"it stands twice, as {seen[codes]:.12g} and as {figure:.12g}", at)
        seen[codes] = figure
