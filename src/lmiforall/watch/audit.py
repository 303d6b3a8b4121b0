"""A release and the publishers' files -> a report on every published cell: whether it comes back out of the API.

Every numeric cell of every visible sheet of every file that a dataset reads is read again by other programs, and
held against the whole-table answers of the real application.
"""

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from lmiforall import datasets
from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop
from lmiforall.release import columns, folder
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.watch import account, other_readers, served
from lmiforall.watch.account import Account, Reading, Reasons
from lmiforall.watch.left_out import Excuses

Progress = Callable[[str, str], None]


@dataclass(frozen=True)
class Report:
    """The accounts by dataset, and what is wrong with the release or the sources as a whole."""

    accounts: Mapping[str, Account]
    problems: Sequence[Problem]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.problems and all(one.adds_up and not one.findings for one in self.accounts.values())


@dataclass
class _File:
    """One file of the sources, and what each dataset that reads it serves from it."""

    path: str
    dialect: str
    parts: list[served.Part] = field(default_factory=list)


def audit(place: Path, sources: Path, only: Sequence[str] = (), *, workers: int = 2, progress: Progress) -> Report:
    """Audit every dataset of a full release that was read from files; with ``only`` those and who reads their files."""
    every = datasets.every()
    release = Release(place, every)
    if release.kind != "full":
        raise Stop(Problem("it is the starter release, a part of a full one", f"release {place}", "Audit a full one."))
    names = _with_readers_of_the_same(release, [name for name in release if every[name].read is not None], only)
    accounts = {name: Account() for name in names}
    problems = [*folder.tampered(place), *_columns_unlike_parquet(release, every)]
    for name in names:
        problems += _changed_sources(release, name, sources)
    files = _files(release, every, accounts)
    # PERF: re-reading is most of the work, and goes file by file on every core.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(_of_file, file, sources): file.path for file in files}
        for done, path in running.items():
            progress(path, "started")
            for name, found in done.result().items():
                accounts[name].add(found)
            progress(path, "finished")
    return Report(accounts, problems)


def _with_readers_of_the_same(release: Release, names: Sequence[str], only: Sequence[str]) -> Sequence[str]:
    """Give the datasets that are asked for, and those that serve other cells of the same files; of nothing, all."""
    if unknown := [name for name in only if name not in names]:
        raise Stop(
            Problem(f"it has no dataset {unknown[0]!r} that was read from files", do=f"There are: {', '.join(names)}")
        )
    read = {name: {file["path"] for file in release.entry(name)["files"]} for name in names}
    asked = set[str]().union(*(read[name] for name in only))
    return [name for name in names if not only or read[name] & asked]


def _files(release: Release, every: Mapping[str, Dataset], accounts: Mapping[str, Account]) -> list[_File]:
    """Ask for every table, and lay out by file what is served from it."""
    service = application(release, every)
    files: dict[str, _File] = {}
    for name, one in accounts.items():
        dataset = every[name]
        table = served.table(service, dataset)
        known = release.entry(name)["files"]
        for path in set(table["file"].unique()) - {file["path"] for file in known}:
            one.found(f"rows are served from {path!r}, which the catalogue doesn't know")
        for path, part in served.parts(dataset, known, table):
            files.setdefault(path, _File(path, dataset.source(part.source).dialect)).parts.append(part)
    return [files[path] for path in sorted(files)]


def _of_file(file: _File, sources: Path) -> dict[str, Account]:
    """Read a file again and account for it; runs in a process of its own."""
    every = datasets.every()
    readings = [Reading(part.dataset, served.gather(every[part.dataset], part)) for part in file.parts]
    rules = {part.dataset: Excuses(every[part.dataset].left_out, part.source) for part in file.parts}
    pages = other_readers.pages(sources / file.path, file.dialect)
    return account.of_file(file.path, pages, file.dialect, readings, Reasons(rules))


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
        told, held = columns.from_frame(frame, columns.coded(every[name])), release.dataset(name).arrays
        problems += [
            Problem(f"its column {column} isn't that of its Parquet", f"dataset {name}")
            for column, array in told.arrays.items()
            if column not in held or not columns.same(array, held[column])
        ]
    return problems
