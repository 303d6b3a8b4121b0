"""The application -> what it serves from each file, asked for as anybody would: a dataset's whole table as CSV."""

import asyncio
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.sheet import a1
from lmiforall.serve.web import Service
from lmiforall.watch.account import Served

# A text that another reader may take for a number: only those are kept of a row's codes and texts.
NUMBER_LIKE = r"^[\d.,eE+-]+$"
# No column of a table can have this name.
_TEXT = "a text"


def ask(service: Service, address: str) -> bytes:
    """Ask the application as a server would, and give the whole body; an error on any status but 200."""
    path, _, query = address.partition("?")
    body = io.BytesIO()
    statuses: list[int] = []

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        else:
            body.write(message["body"])

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [],
    }  # fmt: skip
    asyncio.run(service(scope, receive, send))
    if statuses != [200]:
        raise RuntimeError(f"{address} was answered with {statuses}: {body.getvalue()[:300]!r}")
    return body.getvalue()


def table(service: Service, dataset: Dataset) -> pl.DataFrame:
    """Ask for a dataset's whole table; every column as text, a missing value as empty text."""
    text = ask(service, f"/api/v2/datasets/{dataset.name}/observations?format=csv")
    frame = pl.read_csv(io.BytesIO(text), infer_schema=False).fill_null("")
    if not dataset.of_figures:
        return frame
    # PERF: every table is held until its files have been read again: a third less memory without these columns.
    return frame.drop("measure", "unit", "status", "mark").with_columns(
        pl.col("file", "sheet").cast(pl.Categorical), pl.col("cell").str.extract(r"(\d+)$").alias("row")
    )


@dataclass(frozen=True, eq=False)
class Part:
    """What one dataset serves from one file: rows of its table, and the column that holds the file's figures.

    ``places`` says for records in which column of the sheet (from 1) each number field stands.
    """

    dataset: str
    source: str
    rows: pl.DataFrame
    column: str = "value"
    places: Mapping[str, int] = field(default_factory=dict)


def parts(dataset: Dataset, files: Sequence[Mapping[str, Any]], table: pl.DataFrame) -> Iterator[tuple[str, Part]]:
    """Take a table apart by file; a file of quality gets the rows whose quality it gives."""
    by_file = {path: rows for (path,), rows in table.partition_by("file", as_dict=True).items()}
    sources = {file["path"]: file["source"] for file in files}
    for file in files:
        if dataset.source(file["source"]).quality_of:
            continue
        path, rows = file["path"], by_file.get(file["path"], table.clear())
        yield path, Part(dataset.name, file["source"], rows, places=file["places"])
        if quality := file["quality_path"]:
            yield quality, Part(dataset.name, sources[quality], rows, "quality")


def gather(dataset: Dataset, part: Part) -> Served:
    """Lay out by place what a part holds."""
    cells = _cells(part.rows, part.column) if dataset.of_figures else _numbers(part.rows, part.places)
    return Served(cells, _codes(dataset, part.rows))


def _cells(rows: pl.DataFrame, column: str) -> dict[tuple[str, str], tuple[str, str]]:
    rules = rows["withheld_by"].to_list() if "withheld_by" in rows.columns else [""] * rows.height
    places = zip(rows["sheet"], rows["cell"], strict=True)
    return dict(zip(places, zip(rows[column], rules, strict=True), strict=True))


def _numbers(rows: pl.DataFrame, places: Mapping[str, int]) -> dict[tuple[str, str], tuple[str, str]]:
    """Lay the number fields of records out as cells."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for name, column in places.items():
        letters = a1(0, column - 1)[:-1]
        for sheet, row, value in rows.select("sheet", "row", name).iter_rows():
            found[sheet, f"{letters}{row}"] = (value, "")
    return found


def _codes(dataset: Dataset, rows: pl.DataFrame) -> dict[tuple[str, int], set[str]]:
    names = [dimension.name for dimension in dataset.dimensions]
    names += [one.name for one in dataset.fields if one.kind == "text" and one.name in rows.columns]
    columns = [rows.select("sheet", "row", pl.col(name).alias(_TEXT)) for name in names]
    kept = pl.concat(columns).filter(pl.col(_TEXT).str.contains(NUMBER_LIKE)).unique()
    found: dict[tuple[str, int], set[str]] = {}
    for sheet, row, text in kept.iter_rows():
        found.setdefault((sheet, int(row)), set()).add(text)
    return found
