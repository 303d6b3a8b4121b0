"""A release -> how soon `lmi serve` is ready, and what a worker holds as it is asked for more and more."""

import http.client
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from bench import memory, servers
from lmiforall import datasets
from lmiforall.release.opened import Release
from lmiforall.serve.openapi import V2, examples

# A download is read in pieces of so many bytes, as a client would.
PIECE = 1 << 20


@dataclass(frozen=True)
class Stage:
    """What the worker held after something was asked of it."""

    after: str
    held: memory.Memory


def seconds_until_ready(release: Path) -> float:
    """Start a server, and give the time until /readyz is answered."""
    begun = time.monotonic()
    core, _ = servers.cores()
    with servers.running(core, partial(servers.ours, release)) as server:
        _ask(server, ["/readyz"])
        return time.monotonic() - begun


def stages(release: Path) -> Iterator[Stage]:
    """Ask one worker for more and more, and say what it holds each time."""
    opened = Release(release, datasets.every())
    tables = [f"{V2}/datasets/{name}/observations" for name in opened]
    asked = {
        "the start": ["/readyz"],
        "a question to every dataset, with its first code": [_first(opened, name) for name in opened],
        "every example of the old API": [*examples(datasets.every())],
        "every page about a dataset": [f"/datasets/{name}" for name in opened],
        "every table as CSV": [f"{table}?format=csv" for table in tables],
        "every table as Parquet": [f"{table}?format=parquet" for table in tables],
    }
    core, _ = servers.cores()
    with servers.running(core, partial(servers.ours, release)) as server:
        for after, questions in asked.items():
            print(f"serving: {after}", file=sys.stderr)
            _ask(server, questions)
            yield Stage(after, memory.held(server.pid))


def _first(release: Release, name: str) -> str:
    """Ask a dataset for the rows of the first code of its first dimension."""
    opened = release.dataset(name)
    key = opened.keys[0]
    return f"{V2}/datasets/{name}/observations?{key}={quote(opened.word(key, 0))}&limit=10"


def _ask(server: servers.Server, questions: Sequence[str]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        for question in questions:
            connection.request("GET", question)
            response = connection.getresponse()
            while response.read(PIECE):
                pass
            if response.status != 200:
                raise SystemExit(f"bench: {response.status} from {server.address}{question}.")
