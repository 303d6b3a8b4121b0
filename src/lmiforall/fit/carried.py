"""Shares between O*NET and SOC2020, and weights between SOC2020 and SOC2010 -> shares between O*NET and SOC2010.

Of an old group g, the part in occupation o is the sum over unit groups u of P(u|g) x P(o|u); of an occupation, the
part in g is the sum of P(u|o) x P(g|u).
"""

from collections.abc import Mapping

import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Carried
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.fit.bridge import DECIMALS
from lmiforall.fit.shape import coded

# Direction -> the directions of the shares and of the weights that lead there.
THROUGH = {"to_onet": ("to_onet", "to_soc2020"), "to_soc2010": ("to_soc2020", "to_soc2010")}


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give the share of each pair of an occupation and an old group, both ways."""
    model = dataset.model
    if not isinstance(model, Carried):
        raise TypeError(f"{dataset.name} declares nothing to carry")
    shares, weights = (_shares(tables[name].frame) for name in (model.shares, model.weights))
    carried = [
        _joined(shares.filter(pl.col("direction") == first), weights.filter(pl.col("direction") == second), direction)
        for direction, (first, second) in THROUGH.items()
    ]
    return Table(dataset, coded(dataset, pl.concat(carried)))


def _shares(frame: pl.DataFrame) -> pl.DataFrame:
    codes = [name for name in ("direction", "onet", "soc", "soc2010") if name in frame.columns]
    return frame.filter(pl.col("measure") == "share").select(pl.col(codes).cast(pl.String), "value")


def _joined(shares: pl.DataFrame, weights: pl.DataFrame, direction: str) -> pl.DataFrame:
    return (
        shares.join(weights, on="soc", suffix="_of_weight")
        .sort("onet", "soc2010", "soc")
        .group_by("onet", "soc2010", maintain_order=True)
        .agg((pl.col("value") * pl.col("value_of_weight")).sum().round(DECIMALS))
        .filter(pl.col("value") > 0)
        .with_columns(
            pl.lit(direction).alias("direction"),
            pl.lit("share").alias("measure"),
            pl.lit(str(Status.MODELLED)).alias("status"),
        )
    )
