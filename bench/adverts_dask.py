"""Synthetic adverts as a CSV -> how long `lmi code` takes alone and on Dask workers, and whether it gives the same.

Once all workers live, once one of them is killed in the middle.
"""

import csv
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

WORKERS = 2
# How many seconds workers may take to begin.
PATIENCE = 60


def measured(release: Path, adverts: Iterable[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Code the same file alone, on workers, and on workers of which one is killed in the middle."""
    file = folder / "synthetic.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ["title", "description"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(adverts)
    alone, _ = _coded(release, file, folder / "alone.csv")
    found: dict[str, Any] = {"alone_seconds": alone}
    for name, kill in (("dask", False), ("dask_with_a_worker_killed", True)):
        with _cluster() as (address, workers):
            out = folder / f"{name}.csv"
            seconds, rows_then = _coded(release, file, out, ("--dask", address), workers[-1].kill if kill else None)
        found[f"{name}_seconds"] = seconds
        found[f"{name}_same"] = out.read_bytes() == (folder / "alone.csv").read_bytes()
        if kill:
            found["bytes_written_when_killed"] = rows_then
    return found


def _coded(
    release: Path, file: Path, out: Path, more: tuple[str, ...] = (), begun: Callable[[], None] | None = None
) -> tuple[float, int]:
    """Run the command; give its seconds, and how much was written when ``begun`` was called, at the first rows."""
    asked = ["code", str(file), "--title=title", "--description=description", f"--out={out}", f"--release={release}"]
    start, written = time.monotonic(), 0
    running = subprocess.Popen([sys.executable, "-m", "lmiforall", *asked, *more], stdout=subprocess.DEVNULL)
    while begun and running.poll() is None:
        if out.with_name(f"{out.name}.state").exists():
            written = out.with_name(f"{out.name}.part").stat().st_size
            begun()
            break
        time.sleep(0.02)
    if running.wait():
        raise SystemExit(f"lmi code ended with {running.returncode}")
    return time.monotonic() - start, written


@contextmanager
def _cluster() -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """Start a scheduler on a free port, and workers, each a process with one thread."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with ExitStack() as opened:
        opened.enter_context(_running("scheduler", "--host", address, "--no-dashboard"))
        given = (address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        workers = [opened.enter_context(_running("worker", *given)) for _ in range(WORKERS)]
        with Client(address, timeout=PATIENCE, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(WORKERS, timeout=PATIENCE)
        yield address, workers


@contextmanager
def _running(what: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
