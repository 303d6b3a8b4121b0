"""A command -> a server that runs on a core of its own until the benchmark is done with it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# What runs a server on the port that it is given.
Command = Callable[[int], Sequence[str]]

# The slowest to come up, DuckDB with its tables in memory, takes 5 s here; a busy machine takes longer.
PATIENCE_S = 120


@dataclass(frozen=True)
class Server:
    """A running server: its process and where it listens."""

    pid: int
    port: int

    @property
    def address(self) -> str:
        """The root of its addresses, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"


def cores() -> tuple[int, int]:
    """Give the core of the servers and the core of the load generator."""
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        raise SystemExit("bench: one core for the server and one for the load are needed, and there is only one.")
    return allowed[0], allowed[1]


def on_core(core: int, command: Sequence[str]) -> list[str]:
    """Give a command that keeps itself and its children on one core."""
    return ["taskset", "--cpu-list", str(core), *command]


def missing_programs() -> list[str]:
    """Name the system's programs that the benchmark needs and that aren't installed (requirements/system.txt)."""
    beside = os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin"
    return [name for name in ("nginx", "wrk", "taskset") if shutil.which(name, path=beside) is None]


@contextmanager
def running(core: int, command: Command) -> Iterator[Server]:
    """Start a server on a free port, wait until it listens, and end it afterwards."""
    port = _free_port()
    with subprocess.Popen(on_core(core, command(port)), cwd=ROOT) as process:
        try:
            _wait(process, port)
            yield Server(process.pid, port)
        finally:
            process.terminate()


def ours(release: Path, port: int) -> list[str]:
    """Give the command that serves a release as anybody would."""
    return [sys.executable, "-m", "lmiforall", "serve", "--release", str(release), "--port", str(port)]


def rival(name: str, port: int, **options: object) -> list[str]:
    """Give the command that runs a rival of ``bench/rivals``; an option that is True is a flag."""
    given = [f"--{key}" if value is True else f"--{key}={value}" for key, value in options.items()]
    return [sys.executable, "-m", f"bench.rivals.{name}", f"--port={port}", *given]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a port is listened on; the process that should do it must not have ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"bench: {process.args!r} ended with {process.returncode} instead of serving.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit(f"bench: {process.args!r} didn't listen on port {port} within {PATIENCE_S} s.")
