"""A process -> what it and its children hold in memory and have used of a processor, from Linux's /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Mebibytes: ``rss`` counts a shared page in each process, ``pss`` divides it among those that share it."""

    rss: float
    pss: float

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(self.rss + other.rss, self.pss + other.pss)


def tree(pid: int) -> list[int]:
    """List a process and all that descend from it; one that ends meanwhile is left out."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for thread in _entries(Path(f"/proc/{one}/task")):
            todo += [int(child) for child in _read(thread / "children").split()]
    return found


def held(pid: int) -> Memory:
    """Add up what a process and its descendants hold now."""
    return sum((_held(one) for one in tree(pid)), Memory(0, 0))


def processor_seconds(pid: int) -> float:
    """Add up the processor time, user and system, of a process and its living descendants."""
    return sum(_processor_seconds(one) for one in tree(pid))


def _held(pid: int) -> Memory:
    lines = [line.split() for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()]
    kilobytes = {line[0]: int(line[1]) for line in lines if line[0] in ("Rss:", "Pss:")}
    return Memory(kilobytes.get("Rss:", 0) / 1024, kilobytes.get("Pss:", 0) / 1024)


def _processor_seconds(pid: int) -> float:
    # The name of a program may hold spaces, and ends with the last bracket.
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    # SOURCE: proc(5): utime and stime are fields 14 and 15; the first after the name is field 3.
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
