"""Measured blocks -> charts as SVG: a row for each block, its errors or its coverage as dots on a line."""

from collections.abc import Sequence

from bench.charts import chart
from bench.pay_blocks import RIVALS, Line


def errors(lines: Sequence[Line]) -> str:
    """Draw the median errors of the model and of both rivals."""
    most = max(max(one.error, *one.rivals) for one in lines)
    rows = [(one.name, (one.error, *one.rivals)) for one in lines]
    return chart("Median error in per cent, by block", rows, span=(0.0, most * 1.05), names=("model", *RIVALS))


def coverage(lines: Sequence[Line], level: float) -> str:
    """Draw how much of each block the intervals held, beside the bounds that are asked for all cells."""
    rows = [(f"{one.name} ({one.cells:,})", (100 * one.coverage,)) for one in lines]
    title = f"Held by the {level:.0%} intervals, in per cent; dashed: what is asked of all cells"
    return chart(title, rows, span=(75.0, 100.0), names=("model",), marks=(85.0, 95.0))
