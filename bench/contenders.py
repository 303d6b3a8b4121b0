"""A release and a workload -> the servers that answer it: ours, and those that it is measured beside."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import equal, servers
from bench.questions import Workload
from bench.rivals import nginx
from bench.servers import Command, Server

OURS, CONSTANT, BARE, FRAMEWORK = "ours", "constant", "constant, bare", "ours in Starlette"
NGINX, DUCKDB, DUCKDB_MEMORY = "nginx, static", "FastAPI + DuckDB", "FastAPI + DuckDB, in memory"

ABOUT: Mapping[str, str] = {
    OURS: "`lmi serve`, as anybody runs it",
    CONSTANT: "one of our answers, body and headers, sent to every question by the same uvicorn: the limit in Python",
    BARE: "the same with no headers but type and length: what our headers cost in uvicorn",
    FRAMEWORK: "our handlers behind Starlette's routing and Response, nothing held",
    NGINX: "the same bodies as files, kept open",
    DUCKDB: "a query for each question over the release's Parquet, sorted",
    DUCKDB_MEMORY: "the same over indexed tables in memory, further than was asked",
}

# They look at nothing, so they can't be asked whether they give equal answers to other questions than one.
DEAF = (CONSTANT, BARE)

# So many answers of every rival are held against ours before anything is measured.
PROVED = 200

# nginx gets so many files and is asked for them over and over: it holds no answers, only open files.
FILES = 10_000


def questions(workload: Workload, name: str) -> Sequence[str]:
    """Give the questions that a server is asked."""
    return workload.questions[:FILES] if name == NGINX else workload.questions


@contextmanager
def lasting(release: Path, core: int) -> Iterator[dict[str, Server]]:
    """Start the servers that answer every workload."""
    commands: Mapping[str, Command] = {
        OURS: partial(servers.ours, release),
        FRAMEWORK: partial(servers.rival, "framework", release=release),
        DUCKDB: partial(servers.rival, "explore", release=release),
        DUCKDB_MEMORY: partial(servers.rival, "explore", release=release, **{"in-memory": True}),
    }
    with ExitStack() as stack:
        yield {name: stack.enter_context(servers.running(core, command)) for name, command in commands.items()}


@contextmanager
def for_workload(workload: Workload, up: Mapping[str, Server], core: int) -> Iterator[dict[str, Server]]:
    """Add the servers that are made for one workload, once all have proved to give equal answers.

    In ``unchanged`` only those take part that know a 304.
    """
    bodies = equal.bodies(up[OURS], workload.questions[:FILES])
    typical = sorted(bodies, key=lambda question: len(bodies[question]))[len(bodies) // 2]
    etag = equal.etags(up[OURS], [typical])[typical] if workload.unchanged else ""
    constant = partial(servers.rival, "constant", ours=up[OURS].port, question=typical, etag=etag)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        commands: Mapping[str, Command] = {
            CONSTANT: constant,
            BARE: partial(constant, bare=True),
            NGINX: partial(nginx.command, Path(folder), bodies),
        }
        made = {name: stack.enter_context(servers.running(core, command)) for name, command in commands.items()}
        known = [OURS] if workload.unchanged else list(up)
        every = {name: up[name] for name in known} | made
        prove(every, bodies, typical, etag)
        yield every


def prove(every: Mapping[str, Server], bodies: Mapping[str, bytes], typical: str, etag: str) -> None:
    """End the benchmark unless every server gives our answers, byte for byte."""
    asked = dict(list(bodies.items())[:PROVED])
    equal.prove(asked, {name: server for name, server in every.items() if name not in DEAF})
    if not etag:
        equal.prove({typical: bodies[typical]}, {name: every[name] for name in DEAF})
