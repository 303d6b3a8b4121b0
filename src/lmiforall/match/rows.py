"""Rows of a file, whatever its kind -> jobs, and what was coded -> cells; and how far a run has come."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lmiforall.base.problem import Problem, Stop
from lmiforall.match.coder import Coded, Coder, Job
from lmiforall.match.words import MOST_CHARACTERS

ADDED = ("soc2020", "soc2020_probability", "soc2010", "soc2010_probability", "alternatives", "reason")
# PERF: the net takes rows together; larger batches gain nothing and hold more memory (bench/coder.py).
BATCH = 1000
# How many broken rows are named; the rest are counted.
NAMED = 100

Row = Mapping[str, Any]
Batch = TypeVar("Batch")


@dataclass(frozen=True)
class Columns:
    """Which columns say what; the descriptions are read one after the other."""

    title: str
    description: Sequence[str] = ()
    industry: str = ""
    pay: str = ""
    qualification: str = ""

    def job(self, row: Row) -> Job:
        """Give what is read of a row: the beginning of a long text, so that no more of it travels to whoever codes."""
        told = " ".join(_text(row.get(name)) for name in self.description)[:MOST_CHARACTERS]
        industry, pay, qualification = (_text(row.get(name)) if name else "" for name in self._others)
        return Job(_text(row.get(self.title)), told, industry, pay, qualification)

    @property
    def named(self) -> list[str]:
        """All that have to be in the file."""
        return [self.title, *self.description, *filter(None, self._others)]

    @property
    def _others(self) -> tuple[str, str, str]:
        return self.industry, self.pay, self.qualification


def _text(cell: Any) -> str:
    """Give a cell as text; a Parquet file may hold bytes, numbers or nothing."""
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")[:MOST_CHARACTERS]
    return "" if cell is None else str(cell)[:MOST_CHARACTERS]


@dataclass
class Done:
    """What a run has done so far; kept beside an unfinished file, so that it can go on.

    ``size`` is how much of the file is written: bytes of a CSV, pieces of a Parquet file.
    """

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


Lines = list[list[str]]


@dataclass(frozen=True)
class Hands:
    """Who codes: ``begin`` takes jobs and gives what waits for their lines; so many batches are begun ``ahead``."""

    begin: Callable[[list[Job]], Callable[[], Lines]]
    ahead: Callable[[], int] = lambda: 0


def lines(coder: Coder, threshold: float, jobs: list[Job]) -> Lines:
    """Code jobs; give what is added to the row of each."""
    return [added(coded) for coded in coder.code(jobs, threshold)]


def alone(coder: Coder, threshold: float = 0.0) -> Hands:
    """Code in this process, one batch at a time."""
    return Hands(lambda jobs: partial(lines, coder, threshold, jobs))


def in_order(
    hands: Hands, batches: Iterable[Batch], jobs: Callable[[Batch], list[Job]]
) -> Iterator[tuple[Batch, Lines]]:
    """Have batches coded, some of them side by side; give them in their order, each with its lines."""
    begun: deque[tuple[Batch, Callable[[], Lines]]] = deque()
    for batch in batches:
        begun.append((batch, hands.begin(jobs(batch))))
        while len(begun) > hands.ahead():
            first, wait = begun.popleft()
            yield first, wait()
    for first, wait in begun:
        yield first, wait()


@dataclass(frozen=True)
class Run:
    """What was asked, by which a stopped run is known again, and whom to tell how many rows are done."""

    asked: str
    progress: Callable[[int], None]


def expect(columns: Columns, heads: Sequence[str], file: Path) -> None:
    """Refuse a file that lacks a named column, or has one that would be added."""
    for name in columns.named:
        if name not in heads:
            raise Stop(Problem(f"there is no column {name!r}", str(file), f"There are: {', '.join(heads)[:500]}"))
    if taken := [name for name in ADDED if name in heads]:
        raise Stop(Problem(f"the file has columns {', '.join(taken)} already", str(file), "Rename them"))


def added(coded: Coded) -> list[str]:
    """Give what is added to a row."""
    newer, older = coded.soc2020, coded.soc2010
    return [
        newer.code, f"{newer.probability:.4f}", older.code, f"{older.probability:.4f}",
        "; ".join(f"{choice.code} {choice.probability:.4f}" for choice in coded.alternatives), coded.reason,
    ]  # fmt: skip


def left(state: Path, asked: str, written: Callable[[], int]) -> Done:
    """Take up what a stopped run left, if it was asked the same and what it has ``written`` is still there."""
    with suppress(OSError, ValueError, TypeError):
        done = Done(**json.loads(state.read_text("utf-8")))
        if done.asked == asked and written() >= done.size:
            return done
    return Done(asked=asked)


def keep(done: Done, state: Path) -> None:
    """Put down how far a run has come, whole or not at all."""
    fresh = state.with_name(f"{state.name}.new")
    fresh.write_text(json.dumps(asdict(done)), "utf-8")
    fresh.replace(state)
