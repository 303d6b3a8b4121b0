"""Modelled figures in plain columns -> the columns, enumerations and order that a Table has."""

import polars as pl

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Dataset
from lmiforall.base.status import Status


def coded(dataset: Dataset, frame: pl.DataFrame) -> pl.DataFrame:
    """Bring modelled figures into the shape of a Table: enumerations, the columns it must have, and its order."""
    frame = frame.with_columns(
        *(pl.lit("").alias(name) for name in ("mark",) if name not in frame.columns),
        *(pl.lit(None, pl.Float64).alias(name) for name in ("lower", "upper") if name not in frame.columns),
    )
    keys = [*(dimension.name for dimension in dataset.dimensions), "measure"]
    words = {dimension.name: _ordered(dataset, dimension.name, frame) for dimension in dataset.dimensions}
    words |= {
        "measure": [measure.name for measure in dataset.measures],
        "status": [str(status) for status in Status],
        "mark": frame["mark"].unique().sort().to_list(),
    }
    if dataset.has_quality:
        frame, words = frame.with_columns(pl.lit("").alias("quality_mark")), {**words, "quality_mark": [""]}
    enumerated = frame.with_columns(pl.col(name).cast(pl.Enum(known)) for name, known in words.items())
    quality = ["quality", "quality_mark"] if dataset.has_quality else []
    return enumerated.select(*keys, "value", "status", "mark", *quality, "lower", "upper").sort(keys)


def _ordered(dataset: Dataset, name: str, frame: pl.DataFrame) -> list[str]:
    """Give the codes that occur, in the order of their list; a code that the list hasn't got is refused."""
    codes = dataset.dimension(name).codes
    met = frame[name].unique().sort().to_list()
    if unknown := [code for code in met if code not in codes]:
        raise ValueError(f"{dataset.name}: {unknown[:5]} are no codes of {name}")
    return [entry.code for entry in codes.codes if entry.code in set(met)] if isinstance(codes, CodeList) else met
