"""Datasets of a release -> tables that DuckDB is asked about by SQL: its Parquet in sorted blocks, or in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from lmiforall import datasets
from lmiforall.base.dataset import Dataset
from lmiforall.release import folder
from lmiforall.serve.series import cut_short

# SOURCE: measured on pay: 20,480 rows cost 3.5 ms a query, 61,440 cost 2.5, DuckDB's own 122,880 cost 3.0.
ROWS_OF_A_BLOCK = 61_440

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One dataset, asked by SQL."""

    dataset: Dataset
    connection: duckdb.DuckDBPyConnection

    @cached_property
    def names(self) -> list[str]:
        """The columns."""
        return [row[0] for row in self.connection.execute(f"DESCRIBE {self.dataset.name}").fetchall()]

    def codes(self, name: str) -> set[str]:
        """Give the codes that occur in a dimension."""
        found = self.connection.execute(f'SELECT DISTINCT "{name}" FROM {self.dataset.name}').fetchall()
        return {code for (code,) in found}

    @cached_property
    def cut(self) -> frozenset[str]:
        """The dimensions that the starter release has cut short."""
        return cut_short(self.dataset, self.codes)

    def rows(self, wanted: Mapping[str, Sequence[str]], columns: Sequence[str] = ()) -> Iterator[Row]:
        """Give the rows with some of the wanted codes in each column, in the order of the file."""
        names = columns or self.names
        shown = ", ".join(f'"{name}"' for name in names)
        where = " AND ".join(f"{name} IN ({', '.join('?' * len(codes))})" for name, codes in wanted.items())
        given = [code for codes in wanted.values() for code in codes]
        found = self.connection.execute(f"SELECT {shown} FROM {self.dataset.name} WHERE {where}", given)
        for row in found.fetchall():
            yield dict(zip(names, row, strict=True))

    def figures(self, people: Mapping[str, Sequence[str]], measure: str, *by: str) -> list[Row]:
        """Give year, value and other columns of what has a value; dimensions not named take their default."""
        codes = {one.name: [one.default] for one in self.dataset.dimensions if one.default}
        rows = self.rows({**codes, **people, "measure": [measure]}, ["year", "value", *by])
        return [row for row in rows if row["value"] is not None]


def opened(release: Path, sorted_files: Path, names: Sequence[str], *, in_memory: bool) -> dict[str, Table]:
    """Write the Parquet of some datasets anew in sorted blocks, or take it into indexed tables in memory."""
    connection = duckdb.connect(config={"threads": 1})
    for name in names:
        source = f"SELECT * FROM read_parquet('{folder.parquet(release, name)}')"
        keys = ", ".join([one.name for one in datasets.every()[name].dimensions] + ["measure"])
        if in_memory:
            connection.execute(f"CREATE TABLE {name} AS {source}")
            connection.execute(f"CREATE INDEX {name}_by_codes ON {name} ({keys})")
            continue
        path = sorted_files / f"{name}.parquet"
        connection.execute(f"COPY ({source}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE {ROWS_OF_A_BLOCK})")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
    return {name: Table(datasets.every()[name], connection) for name in names}
