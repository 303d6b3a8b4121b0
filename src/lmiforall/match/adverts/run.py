"""Postings, as they come -> adverts in the store, batch by batch, prepared by several processes side by side.

Rule 1: a batch and how far the run has come are written together: a run that is killed loses nothing, and what it
had is taken once.
Rule 2: what can't be read or prepared is named and counted, and the run goes on.
Rule 3: only so many batches are under way as there are hands for them, so that memory stays as it is.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from lmiforall.base.advert import Advert, Faulty, Posting
from lmiforall.base.problem import Problem, Stop
from lmiforall.keep import adverts
from lmiforall.keep.adverts import Key, Taken
from lmiforall.keep.database import Database
from lmiforall.match.adverts.prepare import THRESHOLD, Preparer, preparer

# PERF: larger batches gain nothing; a smaller one pays more for its transaction (bench/adverts.py).
BATCH = 500
# How many faults are named; the rest are counted.
NAMED = 100

Item = Posting | Faulty
Prepare = Callable[[list[Posting]], "Future[list[Advert | Faulty]]"]


@dataclass(frozen=True)
class Knowledge:
    """What preparing is done with: a release, its tables, and how sure a code must be."""

    release: Path
    number: str
    tables: Mapping[str, pl.DataFrame]
    threshold: float = THRESHOLD

    def preparer(self) -> Preparer:
        return preparer(self.release, self.number, self.tables, self.threshold)


@dataclass
class Done:
    """What a run has done."""

    read: int = 0
    taken: Taken = field(default_factory=Taken)
    closed: int = 0
    faulty: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, fault: Faulty) -> None:
        self.faulty += 1
        if len(self.faults) < NAMED:
            self.faults.append(f"{fault.where}: {fault.why}")


@dataclass(frozen=True)
class Run:
    """A store, the day on which adverts are seen, hands that prepare, and who is told how far it has come.

    ``name`` is of a run that can go on where it was: empty where its items differ each time.
    """

    store: Database
    day: str
    number: str
    prepare: Prepare
    ahead: int
    progress: Callable[[Done], object] = lambda _: None
    name: str = ""


@dataclass(frozen=True)
class _Batch:
    read: int
    faults: list[Faulty]
    seen: list[Key]
    prepared: "Future[list[Advert | Faulty]]"


def take(run: Run, items: Iterable[Item], done: Done | None = None) -> Done:
    """Take all items; ``done`` is added to. A run that was stopped skips what it had taken by then."""
    done = Done() if done is None else done
    waiting: deque[_Batch] = deque()
    for batch in _batches(run, items, done):
        waiting.append(batch)
        if len(waiting) > run.ahead:
            _keep(run, waiting.popleft(), done)
    while waiting:
        _keep(run, waiting.popleft(), done)
    if run.name:
        adverts.ended(run.store, run.name)
    return done


def _batches(run: Run, items: Iterable[Item], done: Done) -> Iterator[_Batch]:
    """Sort items in batches, and set preparing going."""
    came = iter(items)
    skipped = adverts.read_of(run.store, run.name) if run.name else 0
    done.read += sum(1 for _ in islice(came, skipped))
    while batch := list(islice(came, BATCH)):
        postings = {(one.source, one.id): one for one in batch if isinstance(one, Posting)}
        digests = {key: posting.digest(run.number) for key, posting in postings.items()}
        known = adverts.unchanged(run.store, digests) if digests else set()
        fresh = [posting for key, posting in postings.items() if key not in known]
        faults = [one for one in batch if isinstance(one, Faulty)]
        yield _Batch(len(batch), faults, sorted(known), run.prepare(fresh))


def _keep(run: Run, batch: _Batch, done: Done) -> None:
    try:
        prepared = batch.prepared.result()
    except BrokenProcessPool as error:
        raise Stop(Problem("a process that prepares adverts died", do="Ask the same again: it goes on")) from error
    done.read += batch.read
    progress = (run.name, done.read) if run.name else None
    ready = [one for one in prepared if isinstance(one, Advert)]
    done.taken.add(adverts.put(run.store, ready, batch.seen, run.day, progress))
    for fault in (*batch.faults, *(one for one in prepared if isinstance(one, Faulty))):
        done.fault(fault)
    run.progress(done)


@contextmanager
def hands(knowledge: Knowledge, workers: int) -> Iterator[Prepare]:
    """Give what prepares: this process, or others beside it."""
    if workers < 2:
        own = knowledge.preparer()
        yield lambda postings: _done(own.prepare(postings))
        return
    # A forked process would share polars' threads, which it can't.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (knowledge,)) as pool:
        yield lambda postings: pool.submit(_prepare, postings)


def _done(adverts_: list[Advert | Faulty]) -> "Future[list[Advert | Faulty]]":
    future: Future[list[Advert | Faulty]] = Future()
    future.set_result(adverts_)
    return future


_OWN: list[Preparer] = []


def _begin(knowledge: Knowledge) -> None:
    _OWN[:] = [knowledge.preparer()]


def _prepare(postings: list[Posting]) -> list[Advert | Faulty]:
    return _OWN[0].prepare(postings)
