"""A file of job titles, CSV or Parquet -> the same file with codes added, row by row; what can't be coded says why.

Rule 1: a row that can't be read doesn't stop the run: it is reported with its line and its reason.
Rule 2: rows keep their order and their columns; columns are added, none is changed.
Rule 3: a run that was stopped goes on after the last whole batch; what it writes is what one run would have written.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract import records
from lmiforall.extract.records import BROKEN, Record, fault_of
from lmiforall.match import parquet
from lmiforall.match.coder import Job
from lmiforall.match.rows import ADDED, BATCH, Columns, Done, Hands, Lines, Run, expect, in_order, keep, left


def code_file(
    hands: Hands, file: Path, out: Path, columns: Columns, threshold: float, *, release: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Done:  # fmt: skip
    """Code a file into another; ``progress`` is told how many rows are done after each batch.

    ``threshold`` and the number of the ``release`` are those by which the hands code: a run goes on by the same ones.
    """
    if not file.is_file():
        raise Stop(Problem("there is no such file", str(file)))
    if out.exists():
        raise Stop(Problem("the file to write is there already", str(out), "Name another, or remove it"))
    asked = json.dumps([release, str(file.resolve()), file.stat().st_size, asdict(columns), threshold])
    way = parquet.code if file.suffix.lower() in {".parquet", ".pq"} else _csv
    return way(hands, file, out, columns, Run(asked, progress))


def _csv(hands: Hands, file: Path, out: Path, columns: Columns, run: Run) -> Done:
    """Code a CSV; what is written grows in ``<out>.part`` and is renamed when it is whole."""
    part, state = out.with_name(f"{out.name}.part"), out.with_name(f"{out.name}.state")
    done = left(state, run.asked, lambda: part.stat().st_size)
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
        batches = iter(lambda: list(islice(rows, BATCH)), [])
        for batch, lines in in_order(hands, batches, lambda batch: _jobs(batch, heads, columns)):
            target.write(b"".join(_coded_lines(batch, lines, heads, done)))
            target.flush()
            done.rows, done.size = done.rows + len(batch), target.tell()
            keep(done, state)
            run.progress(done.rows)
    part.rename(out)
    state.unlink(missing_ok=True)
    return done


def _skip(rows: Iterator[Record], count: int) -> None:
    for _ in islice(rows, count):
        pass


def _rows(stream: Iterable[str], columns: Columns, file: Path) -> Iterator[Record]:
    """Give the heading and the rows of a CSV, each with its line."""
    lines = records.Lines(stream)
    heads = lines.record(0)
    if heads is None:
        raise Stop(Problem("the file is empty", str(file)))
    expect(columns, heads[1], file)
    yield heads
    while (record := lines.record(len(heads[1]))) is not None:
        yield record


def _jobs(batch: Sequence[Record], heads: Sequence[str], columns: Columns) -> list[Job]:
    """Give the jobs of the rows that have as many cells as the heading."""
    whole = (cells for _, cells in batch if len(cells) == len(heads))
    return [columns.job(dict(zip(heads, cells, strict=True))) for cells in whole]


def _coded_lines(batch: Sequence[Record], lines: Lines, heads: Sequence[str], done: Done) -> Iterator[bytes]:
    """Write a batch of rows with what is added; one that has not as many cells as the heading, with its fault."""
    coded = iter(lines)
    for line, cells in batch:
        if len(cells) == len(heads):
            given = next(coded)
            done.coded += bool(given[0])
            yield _line([*cells, *given])
        else:
            fault = fault_of(cells, len(heads))
            done.fault(f"line {line}: {fault}")
            fitted = ([] if cells and cells[0] == BROKEN else cells)[: len(heads)]
            yield _line([*fitted, *[""] * (len(heads) - len(fitted)), *[""] * (len(ADDED) - 1), f"not coded: {fault}"])


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode("utf-8", "replace")
