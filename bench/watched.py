"""A command -> how long it ran, what it printed, and the most memory that its whole tree of processes held."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from bench import memory
from bench.servers import ROOT

# Often enough to see the peak of a part that takes a second, seldom enough to take no more than a hundredth of a core.
PAUSE_S = 0.1


@dataclass(frozen=True)
class Run:
    """One run of a command; ``peak`` is the greatest sum over its processes, RSS and PSS each by itself."""

    status: int
    seconds: float
    peak: memory.Memory
    said: str


def run(command: Sequence[str], *, folder: Path | None = None, check: bool = True) -> Run:
    """Run a command to its end, in the project's folder or another; with ``check``, one that fails ends everything."""
    begun, peak = time.monotonic(), memory.Memory(0, 0)
    with TemporaryFile("w+") as output, subprocess.Popen(command, cwd=folder or ROOT, stdout=output) as process:
        while process.poll() is None:
            now = memory.held(process.pid)
            peak = memory.Memory(max(peak.rss, now.rss), max(peak.pss, now.pss))
            time.sleep(PAUSE_S)
        seconds = time.monotonic() - begun
        output.seek(0)
        said = output.read()
    if check and process.returncode:
        raise SystemExit(f"bench: {command!r} ended with {process.returncode}.")
    return Run(process.returncode, seconds, peak, said)
