"""A number of cells -> one line of JSON: how long such a table took to be fitted, in how many sweeps.

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
    seed, margins = sparse(count)
    begun, used = time.perf_counter(), time.process_time()
    found = fit(seed, margins)
    taken = {"fit_s": time.perf_counter() - begun, "fit_processor_s": time.process_time() - used}
    print(json.dumps({**taken, "sweeps": found.sweeps, "worst": max(found.worst.values())}))


if __name__ == "__main__":
    typer.run(main)
