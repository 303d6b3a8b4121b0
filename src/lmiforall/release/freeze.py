"""A safe table -> the files of one dataset: Parquet for people, columns for servers, an entry for the catalogue."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from lmiforall.base.dataset import Dataset, Starter
from lmiforall.base.table import File, Table
from lmiforall.guard import Safe
from lmiforall.release import catalogue, columns, index
from lmiforall.release.folder import parquet
from lmiforall.release.index import Index

# SOURCE: measured on pay: level 19 is a fifth smaller than level 3 and takes 20 times as long.
LEVEL_OF_THE_STARTER = 19
LEVEL = 3


def freeze(safe: Safe, folder: Path, digest: str, every: Mapping[str, Dataset]) -> catalogue.Entry:
    """Write a dataset into a full release and describe it."""
    table = safe.table
    write_parquet(table.frame, parquet(folder, table.dataset.name), LEVEL, _about(table.dataset, every))
    write_columns(table.frame, table.dataset, folder)
    return catalogue.entry(table, safe.counts, digest, every)


def write_columns(frame: pl.DataFrame, dataset: Dataset, folder: Path) -> None:
    """Write what servers map: a dataset's columns, and the index from codes to rows."""
    held, place = columns.from_frame(frame, columns.coded(dataset)), folder / "columns" / dataset.name
    columns.save(held, place)
    index.save(Index(columns.keys(dataset), held.table, held.words), place)


def freeze_for_starter(safe: Safe, folder: Path, every: Mapping[str, Dataset]) -> catalogue.Entry:
    """Write what of a dataset ships with the package: chosen rows and columns, Parquet only."""
    table, starter = safe.table, safe.table.dataset.starter
    if starter is None:
        raise ValueError(f"dataset {table.dataset.name} has no part in the starter release")
    frame = table.frame.filter(
        *(pl.col(name).cast(pl.String).is_in(list(codes)) for name, codes in starter.keep.items())
    ).drop(starter.drop)
    if starter.decimals is not None:
        frame = frame.with_columns(pl.col(pl.Float64).round(starter.decimals))
    if starter.float32:
        frame = frame.with_columns(pl.col(pl.Float64).cast(pl.Float32))
    write_parquet(frame, parquet(folder, table.dataset.name), LEVEL_OF_THE_STARTER, _about(table.dataset, every))
    entry = catalogue.entry(Table(table.dataset, frame, table.files), safe.counts, "", every)
    left = [f"{table.frame.height - frame.height:,} rows"] if frame.height < table.frame.height else []
    return entry | {
        "precision": _precision(starter),
        "left_to_the_full_release": [*left, *starter.drop],
    }


def _precision(starter: Starter) -> str:
    if starter.decimals is not None:
        return f"{starter.decimals} decimal places"
    return "float32" if starter.float32 else "float64"


def write_parquet(frame: pl.DataFrame, path: Path, level: int, about: Mapping[str, str]) -> None:
    """Write a frame so that equal frames give equal bytes; ``about`` stands in the file's own metadata."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(path, compression="zstd", compression_level=level, statistics=False, metadata=dict(about))


def _about(dataset: Dataset, every: Mapping[str, Dataset]) -> dict[str, str]:
    """Say in the file itself what it is and under which notices it travels."""
    notices = [licence["notice"] for licence in catalogue.licences(dataset, every)]
    return {"title": dataset.title, "notice": " ".join(notices)}


def thaw(folder: Path, dataset: Dataset, entry: Mapping[str, Any]) -> Table:
    """Take a dataset back out of a release as a table, to model from it."""
    files = tuple(File(**file) for file in entry["files"])
    return Table(dataset, pl.read_parquet(parquet(folder, dataset.name)), files)
