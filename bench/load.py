"""A server and a list of questions -> how fast it answered them: wrk asks, from another core, without a pause."""

import json
import subprocess
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


def _wrk(server: Server, core: int, questions: Path, first: int, seconds: int) -> dict[str, int]:
    command = [
        "wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s", "--latency", "--timeout=60s",
        f"--script={SCRIPT}", server.address, "--", str(questions), str(first),
    ]  # fmt: skip
    done = subprocess.run(on_core(core, command), check=True, capture_output=True, text=True)
    said: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    return said
