"""A number of cells -> one line of JSON: how long such a table took to draw and to fit, in how many sweeps.

A process of its own, so that its memory can be watched from outside, whole: table, margins, fit and interpreter.
"""

import json
import time
from typing import Annotated

import numpy as np
import typer

from bench.ras_tables import sparse
from lmiforall.fit.margin import dense
from lmiforall.fit.ras import fit


def main(count: Annotated[int, typer.Option("--cells", min=1)]) -> None:
    """Compile on a table of four cells, then fit the one that is asked for."""
    four = dense((2, 2))
    fit(np.ones(4), [four.along("rows", (0,), np.ones(2)), four.along("columns", (1,), np.ones(2))])
    begun = time.perf_counter()
    seed, margins = sparse(count)
    drawn = time.perf_counter()
    found = fit(seed, margins)
    done = time.perf_counter()
    worst = max(found.worst.values())
    print(json.dumps({"draw_s": drawn - begun, "fit_s": done - drawn, "sweeps": found.sweeps, "worst": worst}))


if __name__ == "__main__":
    typer.run(main)
