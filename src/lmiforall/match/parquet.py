"""A Parquet file of job titles -> the same with codes added; it is kept in pieces until it is whole."""

import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lmiforall.base.problem import Problem, Stop
from lmiforall.match.coder import Job
from lmiforall.match.rows import ADDED, BATCH, Columns, Done, Hands, Lines, Run, expect, in_order, keep, left

# So many batches are a piece: a run that was stopped codes at most these again.
BATCHES = 20
# What can go wrong in the middle of a file: pages that can't be unpacked, texts that are none.
FAULTS = (pa.ArrowException, OSError, UnicodeDecodeError)


def code(hands: Hands, file: Path, out: Path, columns: Columns, run: Run) -> Done:
    """Code a file piece by piece, then join the pieces; rows that can't be read are reported, and left out."""
    pieces, state = out.with_name(f"{out.name}.pieces"), out.with_name(f"{out.name}.state")
    source = _open(file)
    expect(columns, source.schema_arrow.names, file)
    schema = _schema(source)
    done = left(state, run.asked, lambda: sum(1 for _ in pieces.glob("*.parquet")))
    pieces.mkdir(exist_ok=True)
    seen = Done()
    batches = _readable(source, seen)
    for _ in islice(batches, done.size * BATCHES):
        pass
    coded = in_order(hands, batches, lambda batch: _jobs(batch, columns))
    while held := list(islice(coded, BATCHES)):
        table = pa.Table.from_batches([_coded(batch, lines, schema, done) for batch, lines in held], schema)
        _put(table, pieces / f"{done.size:06}.parquet")
        done.size += 1
        keep(done, state)
        run.progress(done.rows)
    # The faults are met again by whoever goes on, so that they are counted once.
    done.broken, done.faults = seen.broken, seen.faults
    done.rows += seen.broken
    _join([pieces / f"{number:06}.parquet" for number in range(done.size)], out, schema)
    shutil.rmtree(pieces)
    state.unlink(missing_ok=True)
    return done


def _open(file: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(file)
    except FAULTS as error:
        raise Stop(Problem(f"the file can't be read: {error}", str(file))) from error


def _schema(source: pq.ParquetFile) -> pa.Schema:
    kinds = [(name, pa.float64() if name.endswith("_probability") else pa.string()) for name in ADDED]
    return pa.schema([*source.schema_arrow, *(pa.field(name, kind) for name, kind in kinds)])


def _readable(source: pq.ParquetFile, seen: Done) -> Iterator[pa.RecordBatch]:
    """Give the batches of each row group; of one that breaks off the rest is a fault, and the next goes on."""
    first = 0
    for group in range(source.num_row_groups):
        count, given = source.metadata.row_group(group).num_rows, 0
        try:
            for batch in source.iter_batches(BATCH, row_groups=[group]):
                yield batch
                given += batch.num_rows
        except FAULTS as error:
            seen.fault(
                f"rows {first + given + 1:,} to {first + count:,}: can't be read: {' '.join(str(error).split())[:200]}"
            )
            seen.broken += count - given - 1
        first += count


def _jobs(batch: pa.RecordBatch, columns: Columns) -> list[Job]:
    return [columns.job(row) for row in batch.select(columns.named).to_pylist()]


def _coded(batch: pa.RecordBatch, lines: Lines, schema: pa.Schema, done: Done) -> pa.RecordBatch:
    done.rows += len(lines)
    done.coded += sum(bool(line[0]) for line in lines)
    more = [
        pa.array([float(line[at]) if schema.field(name).type == pa.float64() else line[at] for line in lines])
        for at, name in enumerate(ADDED)
    ]
    return pa.record_batch([*batch.columns, *more], schema=schema)


def _put(table: pa.Table, place: Path) -> None:
    fresh = place.with_suffix(".new")
    pq.write_table(table, fresh)
    fresh.replace(place)


def _join(pieces: Sequence[Path], out: Path, schema: pa.Schema) -> None:
    part = out.with_name(f"{out.name}.part")
    with pq.ParquetWriter(part, schema) as target:
        for piece in pieces:
            target.write_table(pq.read_table(piece, schema=schema))
    part.rename(out)
