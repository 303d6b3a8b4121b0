"""A sources folder -> a release in its place: what has to be made is made, what is unchanged is carried over.

Every dataset is made in a process of its own, inputs before what is modelled from them. A dataset whose
files, code and inputs are those of the earlier release at the same place is carried over from there.
"""

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from threadpoolctl import threadpool_limits

import lmiforall
from lmiforall import datasets
from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.table import File
from lmiforall.datasets import reading
from lmiforall.extract import dialect
from lmiforall.extract import folder as sources_folder
from lmiforall.guard import protect
from lmiforall.release import catalogue, changes, folder, freeze, taught

Progress = Callable[[str, str], None]
Entries = dict[str, catalogue.Entry]


@dataclass(frozen=True)
class Outcome:
    """What a build did. ``release`` is the number of what now stands at the place, ``kept`` the replaced one.

    ``left_out`` are datasets of which no file is to be had.
    """

    release: str
    made: tuple[str, ...]
    carried_over: tuple[str, ...]
    unchanged: bool
    kept: Path | None
    left_out: tuple[str, ...] = ()


@dataclass
class _Work:
    """A build under way: where it stages and what stood at its place, each dataset's digest, and what is finished."""

    sources: Path
    staged: Path
    out: Path
    earlier: Mapping[str, Any]
    files: Mapping[str, tuple[File, ...]]
    digests: Mapping[str, str]
    entries: Entries = field(default_factory=dict)
    parts: dict[str, taught.Made] = field(default_factory=dict)


def build(sources: Path, out: Path, names: Sequence[str] = (), *, workers: int = 2, progress: Progress) -> Outcome:
    """Build a release; with ``names`` only those and what they need, the rest as in the earlier release."""
    every = datasets.every()
    wanted = datasets.with_inputs(names or every)
    seen = sources_folder.look(sources)
    files = {name: sources_folder.files_of(seen, every[name]) for name in wanted if every[name].sources}
    left_out = _left_out(every, wanted, files, names)
    wanted = [name for name in wanted if name not in left_out]
    digests = _digests(every, wanted, files)
    earlier: dict[str, Any] = folder.read_catalogue(out) if (out / folder.CATALOGUE).is_file() else {}
    with folder.staging(out) as staged:
        work = _Work(sources, staged, out, earlier, files, digests)
        if earlier:
            earlier["datasets"] = {name: one for name, one in earlier["datasets"].items() if name not in left_out}
        carried = _carry_over(work, wanted, progress) if earlier else []
        made = _make(work, [name for name in wanted if name not in work.entries], workers, progress)
        number = _seal(staged, work.entries, "full", work.parts)
        unchanged = earlier.get("release") == number
        if unchanged and not made:
            return Outcome(number, (), tuple(carried), unchanged=True, kept=None, left_out=left_out)
        changes.write(staged, out if earlier else None, staged)
        folder.write_sums(staged)
        kept = folder.put_in_place(staged, out)
    return Outcome(number, tuple(made), tuple(carried), unchanged, kept, left_out)


def _left_out(
    every: Mapping[str, Dataset], wanted: Sequence[str], files: Mapping[str, tuple[File, ...]], names: Sequence[str]
) -> tuple[str, ...]:
    """Name the datasets of which no file is to be had; one that was asked for by its name stops the build."""
    absent = tuple(name for name in wanted if every[name].not_held and not files[name])
    for name in (name for name in absent if name in names):
        do = " ".join(source.by_hand for source in every[name].sources)
        raise Stop(Problem(f"no file of it is there. {every[name].not_held}", f"dataset {name}", do))
    return absent


def build_starter(full: Path, out: Path) -> str:
    """Make the starter release from a full one: the chosen part of each dataset, and the number it gets."""
    every, made = datasets.every(), folder.read_catalogue(full)
    entries: Entries = {}
    with folder.staging(out) as staged:
        for name, dataset in every.items():
            if dataset.starter is None or name not in made["datasets"]:
                continue
            entry = made["datasets"][name]
            safe = protect(freeze.thaw(full, dataset, entry))
            there = {one: every[one] for one in made["datasets"]}
            entries[name] = freeze.freeze_for_starter(safe, staged, there) | {"withheld": entry["withheld"]}
        number = _seal(staged, entries, "starter")
        changes.write(staged, None, staged)
        folder.write_sums(staged)
        folder.put_in_place(staged, out)
    return number


def _digests(
    every: Mapping[str, Dataset], wanted: Sequence[str], files: Mapping[str, tuple[File, ...]]
) -> dict[str, str]:
    """Give each dataset a digest of all that it is made from: the shared code, its folder, its files, its inputs."""
    root = Path(lmiforall.__file__).parent
    rooms = [
        path for room in ("base", "codes", "extract", "fit", "guard", "release") for path in (root / room).rglob("*")
    ]
    shared = _hash_files(root, [*rooms, *(root / "datasets").glob("*.py")]) + f"polars {pl.__version__}"
    found: dict[str, str] = {}
    for name in wanted:
        own = _hash_files(root, every[name].folder.rglob("*"))
        read = [[file.path, file.sha256, dict(file.edition), file.fetched] for file in files.get(name, ())]
        inputs = [found[needed] for needed in every[name].inputs if needed in wanted]
        found[name] = hashlib.sha256(json.dumps([shared, own, read, inputs], sort_keys=True).encode()).hexdigest()
    return found


def _hash_files(root: Path, paths: Iterable[Path]) -> str:
    together = hashlib.sha256()
    for path in sorted(path for path in paths if path.suffix in {".py", ".csv"} and path.is_file()):
        if not path.name.startswith("test_") and path.name != "golden.csv":
            together.update(f"{path.relative_to(root) if path.is_relative_to(root) else path.name}\n".encode())
            together.update(path.read_bytes())
    return together.hexdigest()


def _carry_over(work: _Work, wanted: Sequence[str], progress: Progress) -> list[str]:
    """Link into the new release what the earlier one already holds; its files never change, so a link is a copy."""
    carried = []
    for name, entry in work.earlier["datasets"].items():
        if name not in wanted or entry["digest"] == work.digests[name]:
            work.entries[name] = entry
            _link(folder.parquet(work.out, name), folder.parquet(work.staged, name))
            for path in sorted((work.out / "columns" / name).iterdir()):
                _link(path, work.staged / "columns" / name / path.name)
            progress(name, "unchanged")
            carried.append(name)
    return carried


def _link(earlier: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(earlier, new)
    except OSError:
        shutil.copy2(earlier, new)


def _make(work: _Work, names: Sequence[str], workers: int, progress: Progress) -> list[str]:
    """Make datasets and the parts that are taught by them side by side, each as soon as its inputs are finished."""
    # What takes longest is begun first: what is taught, then the largest sources.
    todo = [*taught.parts_of([*work.entries, *names]), *sorted(names, key=lambda name: -_size(work, name))]
    running: dict[Future[Mapping[str, Any]], str] = {}
    # PERF: spawned, not forked: polars' threads don't survive a fork. Two workers take half of 2 GiB (bench/build.py).
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin_worker) as pool:
        while todo or running:
            for name in [name for name in todo if _ready(work, name)][: workers - len(running)]:
                todo.remove(name)
                if there := _taught_before(work, name):
                    work.parts[name] = there
                    progress(name, "unchanged")
                    continue
                progress(name, "started")
                running[pool.submit(_make_one, name, work)] = name
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                name = running.pop(future)
                try:
                    _finished(work, name)[name] = future.result()
                except BaseException:
                    progress(name, "failed")
                    pool.shutdown(wait=True, cancel_futures=True)
                    raise
                progress(name, "finished")
    return list(names)


def _taught_before(work: _Work, name: str) -> taught.Made | None:
    if name not in taught.PARTS:
        return None
    return taught.carried_over(name, work.staged, work.parts, work.out, work.earlier)


def _finished(work: _Work, name: str) -> dict[str, Any]:
    """Give where it is written down that this one is finished."""
    return work.parts if name in taught.PARTS else work.entries


def _begin_worker() -> None:
    # What BLAS adds up in several threads comes out in another last digit with another number of them, and a release
    # would have another number on another machine.
    threadpool_limits(1, "blas")


def _ready(work: _Work, name: str) -> bool:
    if part := taught.PARTS.get(name):
        return set(part.tables) <= work.entries.keys() and set(part.parts) <= work.parts.keys()
    return all(needed in work.entries for needed in _inputs(work, name))


def _inputs(work: _Work, name: str) -> list[str]:
    """Give what a dataset is modelled from, without what is left out of the release."""
    return [needed for needed in datasets.every()[name].inputs if needed in work.digests]


def _size(work: _Work, name: str) -> int:
    return sum((work.sources / file.path).stat().st_size for file in work.files.get(name, ()))


def _make_one(name: str, work: _Work) -> Mapping[str, Any]:
    """Read or model one dataset, make it safe and write it, or make a part; runs in a process of its own."""
    if name in taught.PARTS:
        return taught.make(name, work.staged, work.parts)
    every = datasets.every()
    dataset = every[name]
    if dataset.model is None:
        files = work.files[name]
        table = reading.read(dataset, dialect.books(work.sources, dataset, files), files)
    else:
        # PERF: a second of imports that a build of what is only read, and one that is refused, has no need of.
        from lmiforall.fit import run as fit

        table = fit.run(
            dataset,
            {needed: freeze.thaw(work.staged, every[needed], work.entries[needed]) for needed in _inputs(work, name)},
        )
        reading.expect(table)
    there = {one: every[one] for one in every if one in work.digests or one in work.entries}
    return freeze.freeze(protect(table), work.staged, work.digests[name], there)


def _seal(staged: Path, entries: Entries, kind: str, learnt: Mapping[str, taught.Made] | None = None) -> str:
    """Number a release by what it says, whatever code made it, and write its catalogue."""
    ordered = {name: entries[name] for name in sorted(entries)}
    content = {name: folder.sha256(folder.parquet(staged, name)) for name in ordered}
    about = {"format": folder.FORMAT, "kind": kind, "datasets": ordered, "content": content}
    said = {name: {key: value for key, value in entry.items() if key != "digest"} for name, entry in ordered.items()}
    parts = {name: made["content"] for name, made in (learnt or {}).items()}
    number = hashlib.sha256(json.dumps(about | {"datasets": said} | parts, sort_keys=True).encode()).hexdigest()[:12]
    folder.write_json(staged / folder.CATALOGUE, {"release": number, **about, **(learnt or {})})
    return number
