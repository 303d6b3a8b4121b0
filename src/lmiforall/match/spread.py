"""The address of a Dask scheduler -> hands that code batches of jobs on its workers, by the same function as alone.

Rule 1: a worker codes with the very release and program that were asked for, or says what it has in their place.
Rule 2: what a worker that dies had in hand others do again; a batch is a function of its jobs, so that nothing changes.
Rule 3: what can't go on (no worker, no scheduler) stops with what to do; what is written by then is kept.
"""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from distributed import Client, Future, KilledWorker
from distributed.comm.addressing import parse_address, parse_host_port
from distributed.comm.core import CommClosedError
from distributed.comm.registry import get_backend

from lmiforall import __version__
from lmiforall.base.problem import Problem, Stop
from lmiforall.match import kept, rows
from lmiforall.match.coder import Coder, Job
from lmiforall.match.rows import Hands, Lines

# How many seconds a scheduler may take to answer, and how long a cluster without any worker is waited for.
PATIENCE = 10
# How often is looked after the workers while a batch takes its time.
LOOK = 2
# Batches that are under way for each thread of a worker: one in hand, one ready to be taken up.
FOR_EACH = 2
AGAIN = "Ask the same again: it goes on where it was"


@dataclass(frozen=True)
class Wanted:
    """What workers must code with: a release in a folder of theirs, its number, the program's version, a threshold."""

    release: str
    number: str
    threshold: float = 0.0
    program: str = __version__


_LOCK = Lock()
_CODERS: dict[Wanted, Coder] = {}


def coder(wanted: Wanted) -> Coder:
    """Load the coder, once for each process; Stop where this worker hasn't what is wanted."""
    with _LOCK:
        if wanted not in _CODERS:
            if wanted.program != __version__:
                raise Stop(Problem(f"its lmiforall is {__version__}, {wanted.program} is asked for", do="Install it"))
            place = Path(wanted.release)
            catalogue = place / "catalogue.json"
            if not catalogue.is_file():
                do = "Give it the release there, or say --worker-release with the folder that it has"
                raise Stop(Problem("there is no release on this worker", wanted.release, do))
            if (number := json.loads(catalogue.read_text("utf-8"))["release"]) != wanted.number:
                do = "Give it the same one"
                raise Stop(Problem(f"it has release {number}, {wanted.number} is asked for", wanted.release, do))
            _CODERS.clear()
            _CODERS[wanted] = Coder(kept.load(place))
        return _CODERS[wanted]


def code(wanted: Wanted, jobs: list[Job]) -> Lines:
    """Code a batch on a worker."""
    return rows.lines(coder(wanted), wanted.threshold, jobs)


def ready(wanted: Wanted) -> None:
    """Have a worker load what it needs."""
    coder(wanted)


@contextmanager
def hands(address: str, wanted: Wanted) -> Iterator[Hands]:
    """Ask a scheduler and each of its workers whether they can; give the hands that they are."""
    # What goes wrong is said once, by us; its logs would put a traceback first. The client's has a level of its own.
    for log in ("distributed", "distributed.client"):
        logging.getLogger(log).setLevel(logging.CRITICAL)
    with _client(address) as client:
        _ask_workers(client, address, wanted)

        def begin(jobs: list[Job]) -> partial[Lines]:
            return partial(_wait, client, client.submit(code, wanted, jobs, pure=False), address)

        yield Hands(begin, lambda: FOR_EACH * max(1, _threads(client)))


def _client(address: str) -> Client:
    try:
        # What is no address is found out first: a client that was begun with one complains for long as it ends.
        protocol, place = parse_address(address)
        get_backend(protocol)
        parse_host_port(place)
        return Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, KeyError) as error:
        do = "Is it what `dask scheduler` prints, such as tcp://10.0.0.1:8786, and can it be reached from here?"
        what = f"no Dask scheduler answers ({' '.join(str(error).split())[:200]})"
        raise Stop(Problem(what, address, do)) from error


def _ask_workers(client: Client, address: str, wanted: Wanted) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise Stop(_no_worker(address)) from error
    told: dict[str, Any] = client.run(ready, wanted, on_error="return")
    if faults := [_of_worker(name, fault) for name, fault in told.items() if isinstance(fault, BaseException)]:
        raise Stop(*faults)


def _of_worker(name: str, fault: BaseException) -> Problem:
    where = f"worker {name}"
    if isinstance(fault, Stop):
        (told, *_) = fault.problems
        return Problem(told.what, f"{where}, {told.where}" if told.where else where, told.do)
    what = f"it can't code ({type(fault).__name__}: {fault})"
    return Problem(what, where, "Install lmiforall and requirements/dask.txt where it runs")


def _wait(client: Client, future: Future[Lines], address: str) -> Lines:
    """Wait for a batch for as long as there is somebody to code it."""
    without = 0
    while True:
        try:
            done: Lines = future.result(timeout=LOOK)
        except TimeoutError:
            without = 0 if _threads(client) else without + LOOK
            if without >= PATIENCE:
                raise Stop(_no_worker(address)) from None
        except KilledWorker as error:
            what = "a batch was begun on several workers, and each of them died of it or was ended"
            raise Stop(Problem(what, address, f"Have they memory enough? {AGAIN}")) from error
        except (CancelledError, CommClosedError) as error:
            raise Stop(Problem("the scheduler is gone", address, AGAIN)) from error
        except Stop as stop:
            raise Stop(_of_worker(f"of {address}", stop)) from stop
        except ImportError as error:
            raise Stop(_of_worker(f"of {address}", error)) from error
        else:
            return done


def _threads(client: Client) -> int:
    """Count the threads of all workers; none where the scheduler doesn't say."""
    try:
        return sum(client.nthreads().values())  # type: ignore[no-untyped-call]
    except (OSError, TypeError, AttributeError):
        return 0


def _no_worker(address: str) -> Problem:
    return Problem("the scheduler has no worker", address, f"Start some: dask worker {address} --nthreads 1. {AGAIN}")
