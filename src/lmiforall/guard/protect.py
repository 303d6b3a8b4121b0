"""Applies a dataset's declared rules to its table, and counts what each rule did."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from lmiforall.base.dataset import SECONDARY, Withhold
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.status import Status
from lmiforall.base.table import Table

_MADE_HERE = object()
_MODELLED = [str(Status.MODELLED), str(Status.BALANCED)]


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
    """Withhold and flag by the dataset's rules, in the order in which they are declared.

    Then withhold what would give away a figure that is withheld for disclosure. Stop, where that can't be done.
    """
    dataset = table.dataset
    if not dataset.withhold and not dataset.adds:
        return Safe(table, {}, _MADE_HERE)
    frame = table.frame
    if "withheld_by" not in frame.columns:
        frame = frame.with_columns(pl.lit("").alias("withheld_by"))
    counts = {}
    for rule in dataset.withhold:
        hit = _hit(frame, rule)
        counts[rule.name] = int(hit.sum())
        frame = _apply(frame, hit, rule)
    if dataset.adds:
        hit = _secondary(replace(table, frame=frame), table.frame["value"])
        counts[SECONDARY] = int(hit.sum())
        frame = _withhold(frame, hit, SECONDARY)
    names = ["", *(rule.name for rule in dataset.withhold), *([SECONDARY] if dataset.adds else [])]
    frame = frame.with_columns(pl.col("withheld_by").cast(pl.Enum(names)))
    return Safe(replace(table, frame=frame), counts, _MADE_HERE)


def _secondary(table: Table, held: pl.Series) -> pl.Series:
    """Mark the figures that have to be withheld besides; ``held`` are the figures before any was."""
    # A build needs scipy for this; a server, which opens a release through this room's neighbours, doesn't.
    from lmiforall.guard.bounds import ContradictionError
    from lmiforall.guard.complement import UnprotectableError, complement
    from lmiforall.guard.linked import linked

    rows: list[int] = []
    parts = [(table.dataset, rule, table.frame, held.to_numpy()) for rule in table.dataset.adds]
    try:
        for cells in linked(parts):
            if cells.withheld.any():
                rows += [row for cell in complement(cells) for row in cells.rows[cell]]
    except (ContradictionError, UnprotectableError) as error:
        do = "Withhold the table, or more of it, by a rule of its declaration."
        raise Stop(Problem(str(error), f"dataset {table.dataset.name}", do)) from None
    shown = table.frame["value"].is_not_null()
    return pl.Series(range(table.frame.height)).is_in(rows) & shown


def _hit(frame: pl.DataFrame, rule: Withhold) -> pl.Series:
    """Say which rows a rule is about; a missing figure breaks no rule, a withheld one is not counted twice."""
    if rule.base != ("", ""):
        return _beside_few(frame, rule)
    return frame.select(_breaks(rule).alias("hit"))["hit"]


def _breaks(rule: Withhold) -> pl.Expr:
    column = pl.col("quality") if rule.measure == "quality" else pl.col("value")
    bad = column < rule.below if rule.below is not None else column > rule.above
    if rule.measure != "quality":
        bad &= pl.col("measure").cast(pl.String) == rule.measure
    if rule.only_modelled:
        bad &= pl.col("status").cast(pl.String).is_in(_MODELLED)
    return (bad & pl.col("value").is_not_null() & (pl.col("withheld_by") == "")).fill_null(value=False)


def _beside_few(frame: pl.DataFrame, rule: Withhold) -> pl.Series:
    """Mark all figures beside a base that breaks the rule: those with the same other codes."""
    name, code = rule.base
    same = [column for column in _codes(frame) if column not in {name, "measure"}]
    few = frame.filter((pl.col(name).cast(pl.String) == code) & _breaks(rule)).select(same).with_columns(few=True)
    beside = frame.join(few, on=same, how="left", maintain_order="left")["few"].fill_null(value=False)
    return beside & frame["value"].is_not_null() & ~frame[name].cast(pl.String).is_in([code, *rule.but])


def _codes(frame: pl.DataFrame) -> list[str]:
    """Name the columns of codes: all that stand before the value."""
    return frame.columns[: frame.columns.index("value")]


def _apply(frame: pl.DataFrame, hit: pl.Series, rule: Withhold) -> pl.DataFrame:
    if rule.only_flag:
        return frame.with_columns(_status(hit, Status.UNRELIABLE))
    if rule.reason == "quality":
        return frame.with_columns(_status(hit, Status.UNRELIABLE), _named(hit, rule.name))
    return _withhold(frame, hit, rule.name)


def _withhold(frame: pl.DataFrame, hit: pl.Series, name: str) -> pl.DataFrame:
    gone = [column for column in ("value", "quality", "lower", "upper") if column in frame.columns]
    return frame.with_columns(
        *(pl.when(hit).then(None).otherwise(pl.col(column)).alias(column) for column in gone),
        _status(hit, Status.SUPPRESSED),
        _named(hit, name),
    )


def _named(hit: pl.Series, name: str) -> pl.Expr:
    by = pl.col("withheld_by").cast(pl.String)
    return pl.when(hit).then(pl.lit(name)).otherwise(by).alias("withheld_by")


def _status(hit: pl.Series, status: Status) -> pl.Expr:
    word = pl.lit(str(status), dtype=pl.Enum([str(one) for one in Status]))
    return pl.when(hit).then(word).otherwise(pl.col("status")).alias("status")
