"""Samples of people coded twice -> weights both ways: of each group, the part that belongs to each other group.

Men and women, and the samples, are pooled by people: n(g, u) = sum of base x share. Then P(u|g) = n(g, u) / n(g)
and, by Bayes with the samples' own sizes as the prior, P(g|u) = n(g, u) / n(u).
"""

from collections.abc import Mapping

import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Weights
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.fit.shape import coded


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Pool the samples and give for each pair its share and its people, in both directions."""
    model = dataset.model
    if not isinstance(model, Weights):
        raise TypeError(f"{dataset.name} declares no weights")
    pairs = people(tables[model.inputs[0]].frame, model)
    parts = [
        pairs.with_columns(
            pl.lit(direction).alias("direction"), (pl.col("people") / pl.col("people").sum().over(of)).alias("share")
        )
        for direction, of in (("to_soc2020", model.old), ("to_soc2010", model.new))
    ]
    keys = [dimension.name for dimension in dataset.dimensions]
    long = pl.concat(parts).unpivot(("share", "people"), index=keys, variable_name="measure", value_name="value")
    return Table(dataset, coded(dataset, long.with_columns(pl.lit(str(Status.CONVERTED)).alias("status"))))


def people(frame: pl.DataFrame, model: Weights) -> pl.DataFrame:
    """Give the pooled people of each pair of groups that has any: columns old, new, people."""
    plain = frame.select(pl.col(model.old, model.new, "sex", "sample", "measure").cast(pl.String), pl.col("value"))
    groups = [model.old, "sex", "sample"]
    bases = plain.filter(pl.col("measure") == model.base).select(*groups, pl.col("value").alias("base"))
    shares = plain.filter(pl.col("measure") == model.share)
    return (
        shares.join(bases, on=groups, how="inner", validate="m:1")
        .group_by(model.old, model.new)
        .agg((pl.col("base") * pl.col("value")).sum().alias("people"))
        .filter(pl.col("people") > 0)
    )
