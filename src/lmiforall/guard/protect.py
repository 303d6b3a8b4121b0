"""Applies a dataset's declared rules to its table, and counts what each rule did."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from lmiforall.base.dataset import Withhold
from lmiforall.base.status import Status
from lmiforall.base.table import Table

_MADE_HERE = object()


@dataclass(frozen=True, eq=False)
class Safe:
    """A table that may be published. ``counts`` says for each rule how many figures it withheld or flagged."""

    table: Table
    counts: Mapping[str, int]
    made: object = field(repr=False)

    def __post_init__(self) -> None:
        if self.made is not _MADE_HERE:
            raise TypeError("only guard.protect makes a Safe")


def protect(table: Table) -> Safe:
    """Withhold and flag by the dataset's rules, in the order in which they are declared."""
    rules = table.dataset.withhold
    if not rules:
        return Safe(table, {}, _MADE_HERE)
    frame = table.frame.with_columns(pl.lit("").alias("withheld_by"))
    counts = {}
    for rule in rules:
        hit = frame.select(_breaks(rule).alias("hit"))["hit"]
        counts[rule.name] = int(hit.sum())
        frame = _flag(frame, hit) if rule.only_flag else _withhold(frame, hit, rule.name)
    names = ["", *(rule.name for rule in rules)]
    frame = frame.with_columns(pl.col("withheld_by").cast(pl.Enum(names)))
    return Safe(replace(table, frame=frame), counts, _MADE_HERE)


def _breaks(rule: Withhold) -> pl.Expr:
    """Say which rows a rule is about; a missing figure breaks no rule, a withheld one is not counted twice."""
    column = pl.col("quality") if rule.measure == "quality" else pl.col("value")
    bad = column < rule.below if rule.below is not None else column > rule.above
    if rule.measure != "quality":
        bad &= pl.col("measure").cast(pl.String) == rule.measure
    return (bad & pl.col("value").is_not_null()).fill_null(value=False)


def _withhold(frame: pl.DataFrame, hit: pl.Series, name: str) -> pl.DataFrame:
    gone = [column for column in ("value", "quality", "lower", "upper") if column in frame.columns]
    return frame.with_columns(
        *(pl.when(hit).then(None).otherwise(pl.col(column)).alias(column) for column in gone),
        _status(hit, Status.SUPPRESSED),
        pl.when(hit).then(pl.lit(name)).otherwise(pl.col("withheld_by")).alias("withheld_by"),
    )


def _flag(frame: pl.DataFrame, hit: pl.Series) -> pl.DataFrame:
    return frame.with_columns(_status(hit, Status.UNRELIABLE))


def _status(hit: pl.Series, status: Status) -> pl.Expr:
    word = pl.lit(str(status), dtype=pl.Enum([str(one) for one in Status]))
    return pl.when(hit).then(word).otherwise(pl.col("status")).alias("status")
