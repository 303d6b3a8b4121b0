"""A file of job titles, CSV or Parquet -> the same file with codes added, row by row; what can't be coded says why.

Rule 1: a row that can't be read doesn't stop the run: it is reported with its line and its reason.
Rule 2: rows keep their order and their columns; columns are added, none is changed.
Rule 3: a run that was stopped goes on after the last whole batch; what it writes is what one run would have written.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.records import BROKEN, Lines, Record, fault_of
from lmiforall.match.coder import Coded, Coder, Job

ADDED = ("soc2020", "soc2020_probability", "soc2010", "soc2010_probability", "alternatives", "reason")
# PERF: the net takes rows together; larger batches gain nothing and hold more memory (bench/coder.py).
BATCH = 1000
# How many broken rows are named; the rest are counted.
NAMED = 100

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Columns:
    """Which columns say what; the descriptions are read one after the other."""

    title: str
    description: Sequence[str] = ()
    industry: str = ""

    def job(self, row: Row) -> Job:
        told = " ".join(str(row.get(name) or "") for name in self.description)
        return Job(str(row.get(self.title) or ""), told, str(row.get(self.industry) or "") if self.industry else "")

    @property
    def named(self) -> list[str]:
        """All that have to be in the file."""
        return [self.title, *self.description, *([self.industry] if self.industry else [])]


@dataclass
class Done:
    """What a run has done so far; kept beside an unfinished file, so that it can go on."""

    rows: int = 0
    coded: int = 0
    broken: int = 0
    faults: list[str] = field(default_factory=list)
    size: int = 0
    asked: str = ""

    def fault(self, text: str) -> None:
        self.broken += 1
        if len(self.faults) < NAMED:
            self.faults.append(text)


def code_file(
    coder: Coder, file: Path, out: Path, columns: Columns, threshold: float, *, release: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Done:  # fmt: skip
    """Code a file into another; ``progress`` is told how many rows are done after each batch."""
    if not file.is_file():
        raise Stop(Problem("there is no such file", str(file)))
    if out.exists():
        raise Stop(Problem("the file to write is there already", str(out), "Name another, or remove it"))
    asked = json.dumps([release, str(file.resolve()), file.stat().st_size, asdict(columns), threshold])
    way = _parquet if file.suffix.lower() in {".parquet", ".pq"} else _csv
    return way(lambda jobs: coder.code(jobs, threshold), file, out, columns, _Run(asked, progress))


Code = Callable[[Iterable[Job]], list[Coded]]


@dataclass(frozen=True)
class _Run:
    asked: str
    progress: Callable[[int], None]


def _csv(code: Code, file: Path, out: Path, columns: Columns, run: _Run) -> Done:
    """Code a CSV; what is written grows in ``<out>.part`` and is renamed when it is whole."""
    part, state = out.with_name(f"{out.name}.part"), out.with_name(f"{out.name}.state")
    done = _left(state, part, run.asked)
    with (
        file.open(encoding="utf-8-sig", errors="replace", newline="") as stream,
        part.open("r+b" if part.exists() else "wb") as target,
    ):
        target.truncate(done.size)
        target.seek(done.size)
        rows = _rows(stream, columns, file)
        heads = next(rows)[1]
        if not done.rows:
            target.write(_line([*heads, *ADDED]))
        _skip(rows, done.rows)
        while batch := list(islice(rows, BATCH)):
            target.write(b"".join(_coded_lines(code, batch, heads, columns, done)))
            target.flush()
            done.rows, done.size = done.rows + len(batch), target.tell()
            _keep(done, state)
            run.progress(done.rows)
    part.rename(out)
    state.unlink(missing_ok=True)
    return done


def _skip(rows: Iterator[Any], count: int) -> None:
    for _ in islice(rows, count):
        pass


def _rows(stream: Iterable[str], columns: Columns, file: Path) -> Iterator[Record]:
    """Give the heading and the rows of a CSV, each with its line."""
    lines = Lines(stream)
    heads = lines.record(0)
    if heads is None:
        raise Stop(Problem("the file is empty", str(file)))
    _expect(columns, heads[1], file)
    yield heads
    while (record := lines.record(len(heads[1]))) is not None:
        yield record


def _expect(columns: Columns, heads: Sequence[str], file: Path) -> None:
    for name in columns.named:
        if name not in heads:
            raise Stop(Problem(f"there is no column {name!r}", str(file), f"There are: {', '.join(heads)[:500]}"))
    if taken := [name for name in ADDED if name in heads]:
        raise Stop(Problem(f"the file has columns {', '.join(taken)} already", str(file), "Rename them"))


def _coded_lines(
    code: Code, batch: Sequence[Record], heads: Sequence[str], columns: Columns, done: Done
) -> Iterator[bytes]:
    """Code a batch of rows; one that has not as many cells as the heading is written with its fault."""
    whole = [(line, cells) for line, cells in batch if len(cells) == len(heads)]
    coded = iter(code([columns.job(dict(zip(heads, cells, strict=True))) for _, cells in whole]))
    for line, cells in batch:
        if len(cells) == len(heads):
            given = added(next(coded))
            done.coded += bool(given[0])
            yield _line([*cells, *given])
        else:
            fault = fault_of(cells, len(heads))
            done.fault(f"line {line}: {fault}")
            fitted = ([] if cells and cells[0] == BROKEN else cells)[: len(heads)]
            yield _line([*fitted, *[""] * (len(heads) - len(fitted)), *[""] * (len(ADDED) - 1), f"not coded: {fault}"])


def added(coded: Coded) -> list[str]:
    """Give what is added to a row."""
    newer, older = coded.soc2020, coded.soc2010
    return [
        newer.code, f"{newer.probability:.4f}", older.code, f"{older.probability:.4f}",
        "; ".join(f"{choice.code} {choice.probability:.4f}" for choice in coded.alternatives), coded.reason,
    ]  # fmt: skip


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def _left(state: Path, part: Path, asked: str) -> Done:
    """Take up what a stopped run left, if it was asked the same."""
    with suppress(OSError, ValueError, TypeError):
        done = Done(**json.loads(state.read_text("utf-8")))
        if done.asked == asked and part.stat().st_size >= done.size:
            return done
    return Done(asked=asked)


def _keep(done: Done, state: Path) -> None:
    fresh = state.with_name(f"{state.name}.new")
    fresh.write_text(json.dumps(asdict(done)), "utf-8")
    fresh.replace(state)


def _parquet(code: Code, file: Path, out: Path, columns: Columns, run: _Run) -> Done:
    """Code a Parquet file; a stopped run starts anew, for half a Parquet file can't be gone on with."""
    done, part = Done(asked=run.asked), out.with_name(f"{out.name}.part")
    try:
        source = pq.ParquetFile(file)
    except pa.ArrowInvalid as error:
        raise Stop(Problem(f"the file can't be read: {error}", str(file))) from error
    _expect(columns, source.schema_arrow.names, file)
    kinds = [(name, pa.float64() if name.endswith("_probability") else pa.string()) for name in ADDED]
    schema = pa.schema([*source.schema_arrow, *(pa.field(name, kind) for name, kind in kinds)])
    with pq.ParquetWriter(part, schema) as target:
        for batch in source.iter_batches(BATCH):
            rows = batch.select(columns.named).to_pylist()
            lines = [added(coded) for coded in code([columns.job(row) for row in rows])]
            more = [
                pa.array([float(line[at]) if kind == pa.float64() else line[at] for line in lines], kind)
                for at, (_, kind) in enumerate(kinds)
            ]
            target.write_batch(pa.record_batch([*batch.columns, *more], schema=schema))
            done.rows += len(rows)
            done.coded += sum(bool(line[0]) for line in lines)
            run.progress(done.rows)
    part.rename(out)
    return done
