"""A release's Parquet -> FastAPI and DuckDB, a query for each question, as Explore Education Statistics answers.

Tuned as far as was found to help: one kept connection on one thread; files sorted by their codes, with the least
and greatest of each block of rows, so that a query reads one block; SQL with parameters; async functions, so that
no thread is waited for; no response model; msgspec in place of FastAPI's encoder.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
import uvicorn
from fastapi import FastAPI, Request, Response

from bench.rivals.tables import Row, Table, opened
from lmiforall import datasets
from lmiforall.__main__ import SERVER
from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import Breakdown, Endpoint, Forecast, Series, Wire
from lmiforall.base.sheet import a1
from lmiforall.release import folder
from lmiforall.serve.answer import JSON, encode
from lmiforall.serve.occupation import DIMENSION, nothing, whole
from lmiforall.serve.openapi import V1, V2
from lmiforall.serve.series import why_none

Asked = Mapping[str, str]
Content = dict[str, Any]


def application(tables: Mapping[str, Table], release: str) -> FastAPI:
    """Give the routes that the benchmark asks."""
    app = FastAPI(openapi_url=None)

    @app.get(f"{V2}/datasets/{{name}}/observations")
    async def _observations(name: str, request: Request) -> Response:
        wanted = {key: text.split(",") for key, text in request.query_params.items() if key != "coarsen"}
        found = [_observation(tables[name].dataset, row) for row in tables[name].rows(wanted)]
        return _answer({"dataset": name, "release": release, "total": len(found), "observations": found})

    for table in tables.values():
        for endpoint in table.dataset.endpoints:
            if type(endpoint) in SHAPES:
                app.add_api_route(V1 + endpoint.path, _route(table, endpoint), methods=["GET"])
    return app


def _route(table: Table, endpoint: Endpoint) -> Any:
    async def answer(request: Request) -> Response:
        return _answer(SHAPES[type(endpoint)](table, endpoint, {**request.query_params, **request.path_params}))

    return answer


def _answer(content: Any) -> Response:
    return Response(encode(content), media_type=JSON)


def _observation(dataset: Dataset, row: Row) -> Content:
    """Lay a row out as an observation of API v2."""
    measure = dataset.measure(row["measure"])
    entry = {name: row[name] for name in [*(one.name for one in dataset.dimensions), "measure"]}
    entry |= {"value": row["value"], "unit": measure.unit, "status": row["status"]}
    if row["mark"]:
        entry["mark"] = row["mark"]
    if measure.quality:
        entry["quality"] = {"kind": measure.quality, "value": row["quality"]}
        if row["quality_mark"]:
            entry["quality"]["mark"] = row["quality_mark"]
    cell = a1(row["row"] - 1, row["column"] - 1)
    return entry | {"origin": {"file": row["file"], "sheet": row["sheet"], "cell": cell}}


def _series(table: Table, ask: Series, asked: Asked) -> Content:
    wires = {wire.name: wire for wire in ask.filters}
    people = {DIMENSION: [asked["soc"]]}
    for part in filter(None, asked.get("filters", "").split(",")):
        name, _, number = part.partition(":")
        people[wires[name].dimension] = [wires[name].codes[int(number)][0]]
    series = _by(table, ask, people, wires[asked["breakdown"]]) if "breakdown" in asked else _plain(table, ask, people)
    if series:
        return {"soc": int(asked["soc"]), "series": series}
    told_by = {*people} | ({wires[asked["breakdown"]].dimension} if "breakdown" in asked else set())
    return nothing(asked["soc"], why_none(asked["soc"], told_by, table.cut))


def _plain(table: Table, ask: Series, people: Mapping[str, Sequence[str]]) -> list[Content]:
    rows = table.figures(people, ask.measure)
    return [{"year": int(row["year"]), ask.figure: whole(row["value"], ask.step)} for row in rows]


def _by(table: Table, ask: Series, people: Mapping[str, Sequence[str]], wire: Wire) -> list[Content]:
    return [
        {
            "year": year,
            "breakdown": [{wire.name: number, ask.figure: whole(value, ask.step)} for number, _, value in part],
        }
        for year, part in _broken_down(table, people, ask.measure, wire)
    ]


def _forecast(table: Table, ask: Forecast, asked: Asked) -> Content:
    rows = table.figures({DIMENSION: [asked["soc"]], "year": _years(asked)}, ask.measure)
    content = [{"year": int(row["year"]), "employment": whole(row["value"])} for row in rows]
    return {"soc": int(asked["soc"]), "predictedEmployment": content}


def _breakdown(table: Table, ask: Breakdown, asked: Asked) -> Content:
    wire = next(wire for wire in ask.wires if wire.name == asked["filter"])
    people = {DIMENSION: [asked["soc"]], "year": _years(asked)}
    content = [
        {"year": year, "breakdown": [_part(ask, number, name, whole(value)) for number, name, value in part]}
        for year, part in _broken_down(table, people, ask.measure, wire)
    ]
    return {"soc": int(asked["soc"]), "breakdown": wire.name, "predictedEmployment": content}


def _broken_down(
    table: Table, people: Mapping[str, Sequence[str]], measure: str, wire: Wire
) -> list[tuple[int, list[tuple[int, str, float]]]]:
    """Give year by year the number on the wire, the name and the value of each code of a dimension."""
    numbers = {code: (number, name) for number, (code, name) in wire.codes.items()}
    years: dict[int, list[tuple[int, str, float]]] = {}
    for row in table.figures({**people, wire.dimension: list(numbers)}, measure, wire.dimension):
        years.setdefault(int(row["year"]), []).append((*numbers[row[wire.dimension]], row["value"]))
    return [(year, sorted(part)) for year, part in sorted(years.items())]


def _part(ask: Breakdown, number: int, name: str, people: int) -> Content:
    entry = {"code": number, "name": name, "employment": people}
    return entry | {"note": ask.small} if people < ask.note_below else entry


def _years(asked: Asked) -> list[str]:
    return [str(year) for year in range(int(asked["minYear"]), int(asked["maxYear"]) + 1)]


SHAPES: Mapping[type[Endpoint], Any] = {Series: _series, Forecast: _forecast, Breakdown: _breakdown}


def main(
    port: Annotated[int, typer.Option()],
    release: Annotated[Path, typer.Option()],
    *,
    in_memory: Annotated[bool, typer.Option("--in-memory", help="From tables in memory, no longer Parquet.")] = False,
) -> None:
    """Serve the release by FastAPI and DuckDB under the settings of `lmi serve`."""
    every = datasets.every()
    made = folder.read_catalogue(release)
    asked = ["pay", *(name for name in made["datasets"] if any(type(one) in SHAPES for one in every[name].endpoints))]
    with TemporaryDirectory() as sorted_files:
        tables = opened(release, Path(sorted_files), asked, in_memory=in_memory)
        uvicorn.run(application(tables, made["release"]), port=port, **SERVER)


if __name__ == "__main__":
    typer.run(main)
