"""A release and the publishers' files -> an account of every published cell: does it come back out of the API.

Every numeric cell of every visible sheet of every file that a dataset reads is read again by other programs, and
held against the whole-table answers of the real application. A cell is equal, or withheld by a rule that has a
name, or left out by a declaration that says why; whatever else there is, is a finding.
"""

import asyncio
import io
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from lmiforall import datasets
from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem
from lmiforall.base.sheet import a1
from lmiforall.release import columns, folder, freeze
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.serve.web import Service
from lmiforall.watch import other_readers
from lmiforall.watch.left_out import Excuses

# So many findings of a dataset are spelt out; the rest are counted.
SHOWN = 20

Progress = Callable[[str, str], None]


@dataclass
class Account:
    """What became of the numeric cells of one dataset."""

    cells: int = 0
    equal: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    findings: int = 0
    shown: list[str] = field(default_factory=list)

    def found(self, what: str) -> None:
        """Count a finding, and keep the first ones to show."""
        self.findings += 1
        if len(self.shown) < SHOWN:
            self.shown.append(what)

    def add(self, other: "Account") -> None:
        """Add the account of another file."""
        self.cells += other.cells
        self.equal += other.equal
        self.withheld += other.withheld
        self.left_out += other.left_out
        self.findings += other.findings
        self.shown += other.shown[: SHOWN - len(self.shown)]

    @property
    def adds_up(self) -> bool:
        """Whether equal, withheld and left out are all numeric cells."""
        return self.equal + self.withheld.total() + self.left_out.total() == self.cells


@dataclass(frozen=True)
class Report:
    """The accounts by dataset, and what is wrong with the release or the sources as a whole."""

    accounts: Mapping[str, Account]
    problems: Sequence[Problem]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.problems and all(account.adds_up and not account.findings for account in self.accounts.values())


def audit(place: Path, sources: Path, *, workers: int = 2, progress: Progress) -> Report:
    """Audit every dataset of a release that was read from files."""
    every = datasets.every()
    release = Release(place, every)
    service = application(release, every)
    accounts = {name: Account() for name in release if every[name].read is not None}
    problems = [*folder.tampered(place), *_columns_unlike_parquet(release, every)]
    tasks = []
    for name in accounts:
        progress(name, "started")
        served = _served(service, every[name])
        problems += _changed_sources(release, name, sources)
        accounts[name].add(_without_a_file(release, name, served))
        tasks += [(name, file, served.filter(pl.col("file") == file["path"])) for file in _files(release, every[name])]
    tasks.sort(key=lambda task: task[1]["path"])
    # PERF: re-reading is most of the work, and goes file by file on every core.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for name, account in zip(
            (task[0] for task in tasks), pool.map(_audit_file, tasks, [sources] * len(tasks)), strict=True
        ):
            accounts[name].add(account)
            progress(name, "finished")
    return Report(accounts, problems)


def ask(service: Service, address: str) -> bytes:
    """Ask the application as a server would, and give the whole body; stops on any status but 200."""
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


def _served(service: Service, dataset: Dataset) -> pl.DataFrame:
    """Ask for the whole table, and give what stands for a cell: file, sheet, cell, value, quality, withheld_by."""
    text = ask(service, f"/api/v2/datasets/{dataset.name}/observations?format=csv")
    table = pl.read_csv(io.BytesIO(text), infer_schema=False).fill_null("")
    if dataset.of_figures:
        kept = [name for name in ("quality", "withheld_by") if name in table.columns]
        return table.select("file", "sheet", "cell", "value", *kept)
    return table.select("file", "sheet", "row", *(one.name for one in dataset.fields if one.kind == "number"))


def _files(release: Release, dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Give each file that holds figures, with its dialect; files of quality come with their partner."""
    for file in release.entry(dataset.name)["files"]:
        if not dataset.source(file["source"]).quality_of:
            yield {**file, "dialect": dataset.source(file["source"]).dialect}


def _without_a_file(release: Release, name: str, served: pl.DataFrame) -> Account:
    """Find rows that name a file which the catalogue doesn't know."""
    account = Account()
    known = [file["path"] for file in release.entry(name)["files"]]
    for path in served.filter(~pl.col("file").is_in(known))["file"].unique().to_list():
        account.found(f"rows are served from {path!r}, which the catalogue doesn't know")
    return account


def _changed_sources(release: Release, name: str, sources: Path) -> list[Problem]:
    problems = []
    for file in release.entry(name)["files"]:
        path = sources / file["path"]
        if not path.is_file():
            problems.append(Problem("the file that it was read from isn't there", f"dataset {name}, {file['path']}"))
        elif folder.sha256(path) != file["sha256"]:
            problems.append(Problem("this file isn't the one that was read", f"dataset {name}, {file['path']}"))
    return problems


def _columns_unlike_parquet(release: Release, every: Mapping[str, Dataset]) -> list[Problem]:
    """Find datasets whose mapped columns, from which answers come, aren't those of the Parquet that people get."""
    problems = []
    for name in release:
        frame = pl.read_parquet(release.parquet(name))
        told, held = columns.from_frame(frame, freeze.coded(every[name])), release.dataset(name).arrays
        for column, array in told.arrays.items():
            if not isinstance(array, columns.Texts) and not np.array_equal(
                array, np.asarray(held.get(column)), equal_nan=array.dtype.kind == "f"
            ):
                problems.append(Problem(f"its column {column} isn't that of its Parquet", f"dataset {name}"))
    return problems


def _audit_file(task: tuple[str, Mapping[str, Any], pl.DataFrame], sources: Path) -> Account:
    """Account for one file and, where there is one, the file of its quality; runs in a process of its own."""
    name, file, served = task
    dataset = datasets.every()[name]
    if not dataset.of_figures:
        return _account(dataset, file, file["path"], sources, _long(served, file["places"]))
    account = _account(dataset, file, file["path"], sources, served.drop("quality", strict=False))
    if file["quality_path"]:
        quality = served.select("sheet", "cell", pl.col("quality").alias("value"), *_rule(served))
        account.add(_account(dataset, file, file["quality_path"], sources, quality))
    return account


def _rule(served: pl.DataFrame) -> list[str]:
    return ["withheld_by"] if "withheld_by" in served.columns else []


def _long(served: pl.DataFrame, places: Mapping[str, int]) -> pl.DataFrame:
    """Lay the number fields of records out as cells."""
    parts = [
        served.select(
            "sheet",
            (pl.lit(a1(0, column - 1)[:-1]) + pl.col("row")).alias("cell"),
            pl.col(name).alias("value"),
        )
        for name, column in places.items()
    ]
    empty = pl.DataFrame(schema={"sheet": pl.String, "cell": pl.String, "value": pl.String})
    return pl.concat([empty, *parts]).unique(["sheet", "cell"], maintain_order=True)


def _account(dataset: Dataset, file: Mapping[str, Any], path: str, sources: Path, served: pl.DataFrame) -> Account:
    """Hold the numeric cells of a file against what is served from them."""
    account = Account()
    held: dict[tuple[str, str], tuple[str, str]] = {}
    rules = served["withheld_by"].to_list() if "withheld_by" in served.columns else [""] * served.height
    for sheet, cell, value, rule in zip(served["sheet"], served["cell"], served["value"], rules, strict=True):
        held[sheet, cell] = (value, rule)
    for page in other_readers.pages(sources / path, file["dialect"]):
        excuses = Excuses(dataset.left_out, file["source"], page)
        _account_page(account, page, file["dialect"], held, excuses, path)
    for (sheet, cell), (value, _) in held.items():
        if value:
            account.found(f"{path}, {sheet}, {cell}: {value} is served, and no number stands there")
    return account


def _account_page(
    account: Account,
    page: other_readers.Page,
    dialect: str,
    held: dict[tuple[str, str], tuple[str, str]],
    excuses: Excuses,
    path: str,
) -> None:
    """Go through a page cell by cell; what is accounted for is taken out of ``held``."""
    letters = [a1(0, column)[:-1] for column in range(max((len(row) for row in page.rows), default=0))]
    for row, cells in enumerate(page.rows):
        for column, cell in enumerate(cells):
            if cell is None or (value := other_readers.number(cell, dialect)) is None:
                continue
            account.cells += 1
            place = (page.name, f"{letters[column]}{row + 1}")
            served, rule = held.pop(place, ("", ""))
            if served and float(served) == value:
                account.equal += 1
            elif served:
                account.found(f"{path}, {page.name}, {place[1]}: {value!r} is published, {served} is served")
            elif rule:
                account.withheld[rule] += 1
            elif reason := excuses.because(row, column, value):
                account.left_out[reason] += 1
            else:
                account.found(f"{path}, {page.name}, {place[1]}: {value!r} is published, and nothing is served")
