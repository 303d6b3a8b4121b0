"""Figures in a long frame -> an array along some codes of each key, for the employment cube."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from lmiforall.codes.soc2010 import SOC2010
from lmiforall.fit.cube_axes import UNITS
from lmiforall.fit.margin import Floats

UNITS2010 = tuple(entry.code for entry in SOC2010.at_level("unit"))


def laid_out(frame: pl.DataFrame, keys: Mapping[str, Sequence[str]]) -> Floats:
    """Lay figures out along some codes of each key; NaN where there is none."""
    chosen = frame.select(pl.col(*keys).cast(pl.String), pl.col("value"))
    for name, codes in keys.items():
        places = {code: place for place, code in enumerate(codes)}
        chosen = chosen.with_columns(pl.col(name).replace_strict(places, default=None, return_dtype=pl.Int64))
    chosen = chosen.drop_nulls()
    figures = np.full([len(codes) for codes in keys.values()], np.nan)
    figures[tuple(chosen[name].to_numpy() for name in keys)] = chosen["value"].to_numpy()
    return figures


def shares(weights: pl.DataFrame, direction: str) -> Floats:
    """Give SOC2010 unit groups x unit groups: the part of one that is in the other, by the direction."""
    chosen = weights.filter(
        pl.col("direction").cast(pl.String) == direction, pl.col("measure").cast(pl.String) == "share"
    )
    return np.nan_to_num(laid_out(chosen, {"soc2010": [*UNITS2010], "soc": [*UNITS]}))
