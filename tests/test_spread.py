"""`lmi code --dask`: by a real scheduler and real workers, one of which is killed; and what they refuse."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from distributed import Client

from lmiforall.match import kept, spread
from tests.test_coder import TITLES
from tests.test_coder import _parts as parts

# So many batches that a run is still going on when a worker dies.
ROWS = 40_000
PATIENCE = 60


@dataclass
class Cluster:
    """A scheduler on a free port, and how to start workers, each a process of its own."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    worker: Callable[..., "subprocess.Popen[bytes]"]


@contextmanager
def _running(code: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", code, *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"
WITHOUT_US = f"import sys; sys.modules['lmiforall'] = None; {WORKER}"
OF_ANOTHER_VERSION = f"import lmiforall; lmiforall.__version__ = '0.0.7'; {WORKER}"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    address = f"tcp://127.0.0.1:{_free()}"
    with ExitStack() as opened:
        scheduler = opened.enter_context(_running(SCHEDULER, "--host", address, "--no-dashboard"))

        def worker(code: str = WORKER) -> "subprocess.Popen[bytes]":
            given = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
            return opened.enter_context(_running(code, address, *given))

        yield Cluster(address, scheduler, worker)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose coder has learnt eleven titles."""
    place = tmp_path_factory.mktemp("release")
    kept.save(parts(), place)
    (place / "catalogue.json").write_text('{"release": "tested"}')
    return place


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of many titles, each in many words, with a broken row in the middle."""
    place = tmp_path_factory.mktemp("file") / "in.csv"
    titles = list(TITLES)
    rows = [f'{n},"{titles[n % len(titles)]}, number {n}",{titles[n * 7 % len(titles)]} and more' for n in range(ROWS)]
    rows[ROWS // 2] = "a,b"
    place.write_text("\n".join(["id,job,text", *rows]) + "\n")
    return place


def _command(file: Path, out: Path, release: Path, *more: str) -> list[str]:
    asked = ["code", str(file), "--title=job", "--description=text", f"--out={out}", f"--release={release}"]
    return [sys.executable, "-m", "lmiforall", *asked, "--threshold=0.5", *more]


def lmi(file: Path, out: Path, release: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(_command(file, out, release, *more), check=False, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def whole(file: Path, release: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What is written without a cluster."""
    out = tmp_path_factory.mktemp("whole") / "out.csv"
    done = lmi(file, out, release)
    assert f"{ROWS:,} rows" in done.stdout, done.stderr
    return out.read_bytes()


def _wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert true()


def _workers(address: str) -> int:
    with Client(address, timeout=PATIENCE, set_as_default=False) as client:
        return len(client.nthreads())


def test_what_workers_code_is_what_one_process_codes_though_one_is_killed_in_the_middle(
    cluster: Cluster, file: Path, release: Path, whole: bytes, tmp_path: Path
) -> None:
    _, second = cluster.worker(), cluster.worker()
    _wait_until(lambda: _workers(cluster.address) == 2)
    out = tmp_path / "out.csv"
    with subprocess.Popen(
        _command(file, out, release, f"--dask={cluster.address}"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        _wait_until((tmp_path / "out.csv.state").exists)
        os.kill(second.pid, signal.SIGKILL)
        assert not out.exists()
        said, complaints = running.communicate(timeout=300)
    assert f"{ROWS:,} rows, {ROWS - 1:,} coded, 1 could not be read" in said.decode(), complaints.decode()
    assert _workers(cluster.address) == 1
    assert out.read_bytes() == whole


def test_a_run_whose_scheduler_is_killed_says_so_and_goes_on_with_another_or_none(
    cluster: Cluster, file: Path, release: Path, whole: bytes, tmp_path: Path
) -> None:
    cluster.worker()
    out = tmp_path / "out.csv"
    with subprocess.Popen(
        _command(file, out, release, f"--dask={cluster.address}"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        _wait_until((tmp_path / "out.csv.state").exists)
        os.kill(cluster.scheduler.pid, signal.SIGKILL)
        _, complaints = running.communicate(timeout=120)
    assert running.returncode == 2
    assert b"Ask the same again" in complaints
    assert b"Traceback" not in complaints
    done = lmi(file, out, release)
    assert f"{ROWS:,} rows" in done.stdout
    assert out.read_bytes() == whole


def test_parquet_is_coded_on_workers_as_by_one_process_and_the_coder_is_loaded_once_for_each(
    cluster: Cluster, release: Path, tmp_path: Path
) -> None:
    cluster.worker()
    pl.DataFrame({"job": list(TITLES) * 400, "text": ["fits pipes"] * 4_400}).write_parquet(tmp_path / "in.parquet")
    for name, more in (("alone", ()), ("spread", (f"--dask={cluster.address}",))):
        done = lmi(tmp_path / "in.parquet", tmp_path / f"{name}.parquet", release, *more)
        assert "4,400 rows, 4,400 coded" in done.stdout, done.stderr
    assert (tmp_path / "alone.parquet").read_bytes() == (tmp_path / "spread.parquet").read_bytes()
    with Client(cluster.address, timeout=PATIENCE, set_as_default=False) as client:
        assert list(client.run(_loaded).values()) == [1]


def _loaded() -> int:
    return len(spread._CODERS)


@pytest.mark.parametrize(
    "lacking",
    [
        (WITHOUT_US, "it can't code"),
        (OF_ANOTHER_VERSION, "its lmiforall is 0.0.7"),
        ("", "the scheduler has no worker"),
    ],
    ids=["no package", "another package", "no worker"],
)
def test_workers_that_can_not_code_are_named_with_what_they_lack(
    cluster: Cluster, file: Path, release: Path, tmp_path: Path, lacking: tuple[str, str]
) -> None:
    worker, complaint = lacking
    if worker:
        cluster.worker(worker)
    done = lmi(file, tmp_path / "out.csv", release, f"--dask={cluster.address}")
    assert done.returncode == 2
    assert complaint in done.stderr, done.stderr
    assert "worker" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_without_the_release_or_with_another_one_is_named_with_where_and_what_to_do(
    cluster: Cluster, file: Path, release: Path, tmp_path: Path
) -> None:
    cluster.worker()
    other = tmp_path / "other"
    other.mkdir()
    kept.save(parts(), other)
    (other / "catalogue.json").write_text('{"release": "another"}')
    for there, complaint in ((tmp_path / "none", "there is no release"), (other, "it has release another, tested is")):
        given = (f"--dask={cluster.address}", f"--worker-release={there}")
        done = lmi(file, tmp_path / "out.csv", release, *given)
        assert done.returncode == 2
        assert complaint in done.stderr, done.stderr
        assert "worker tcp://127.0.0.1" in done.stderr
        assert str(there) in done.stderr
        assert "Give it" in done.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "nonsense://x:1", "127.0.0.1:port", "tcp://no.such.host.example:8786"]
)
def test_an_address_at_which_no_scheduler_answers_is_said(
    file: Path, release: Path, tmp_path: Path, address: str
) -> None:
    done = lmi(file, tmp_path / "out.csv", release, f"--dask={address}")
    assert done.returncode == 2
    assert "no Dask scheduler answers" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
