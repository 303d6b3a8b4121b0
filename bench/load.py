"""A server and a list of questions -> how fast it answered them: wrk asks, from another core, without a pause.

Rule: what a server spends on waking the load generator is the same for every server. wrk sleeps whenever it has no
answer left to read; a fast server never lets it, a slower one pays for every waking, which on a virtual machine takes
as long as a short answer (docs/decisions/0022). So its core is kept awake by a loop that gives way to it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import memory
from bench.servers import Server, on_core

SCRIPT = Path(__file__).with_suffix(".lua")

# Enough that a server never waits for a question, few enough that the wait in its queue stays a few milliseconds.
CONNECTIONS = 32


@dataclass(frozen=True)
class Run:
    """One measurement. ``processor_us`` is the server's processor time for an answer, which neighbours disturb least.

    ``asked`` counts the lines of the file that were used up; ``repeated`` says whether it began again from the top.
    """

    per_second: float
    p50_ms: float
    p99_ms: float
    processor_us: float
    asked: int
    repeated: bool


def put(server: Server, core: int, questions: Path, *, first: int, seconds: int) -> Run:
    """Ask a server the questions of a file from line ``first`` on; an answer that isn't 2xx or 3xx ends it all."""
    with _awake(core):
        before = memory.processor_seconds(server.pid)
        said = _wrk(server, core, questions, first, seconds)
        used = memory.processor_seconds(server.pid) - before
    if said["errors"] or not said["answers"]:
        raise SystemExit(f"bench: {said['errors']} errors in {said['answers']} answers from {server.address}.")
    return Run(
        per_second=said["answers"] / said["microseconds"] * 1e6,
        p50_ms=said["p50"] / 1e3,
        p99_ms=said["p99"] / 1e3,
        processor_us=used / said["answers"] * 1e6,
        asked=said["asked"],
        repeated=said["repeated"] > 0,
    )


@contextmanager
def _awake(core: int) -> Iterator[None]:
    """Keep a core from going to sleep; whatever else runs there goes before."""
    loop = [sys.executable, "-c", "while True: pass"]
    with subprocess.Popen(on_core(core, ["nice", "-n", "19", *loop])) as process:
        try:
            yield
        finally:
            process.kill()


def _wrk(server: Server, core: int, questions: Path, first: int, seconds: int) -> dict[str, int]:
    command = [
        "wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s", "--latency", "--timeout=60s",
        f"--script={SCRIPT}", server.address, "--", str(questions), str(first),
    ]  # fmt: skip
    done = subprocess.run(on_core(core, command), check=True, capture_output=True, text=True)
    said: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    return said
