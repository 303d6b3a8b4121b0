"""Addresses -> replies, one after the other, politely: with a pause between them, and again as ``manners`` say."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.manners import Manners, status_of
from lmiforall.extract.transfer import Courier, courier

# A page of adverts has some 100 kB, a sitemap 50 MB at most.
MANNERS = Manners(at_once=1, most_bytes=60_000_000, longest=120, same_host=True)
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True)
class Reply:
    """What an address gave; ``unchanged`` where it is as it was when its validators were given."""

    body: bytes
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


@dataclass
class Asker:
    """Asks as one client. ``sleep`` waits some seconds; ``pause`` is between any two questions."""

    courier: Courier
    runner: asyncio.Runner
    folder: Path
    sleep: Callable[[float], object]
    pause: float
    _first: bool = field(default=True)

    def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Get one address; raises NotThere, or Stop with what went wrong."""
        if not self._first:
            self.sleep(self.pause)
        self._first = False
        file = self.folder / "reply"
        got = self.runner.run(self.courier.bring(url, file, headers or {}))
        body = file.read_bytes() if got.path else b""
        return Reply(body, got.etag, got.last_modified, unchanged=got.path is None)

    def ask_json(self, url: str, headers: Mapping[str, str], where: str) -> Any:
        """Get a JSON document of an API; a refusal says what a person can do."""
        try:
            return msgspec.json.decode(self.ask(url, headers).body)
        except msgspec.MsgspecError as error:
            raise Stop(Problem(f"the answer is no whole JSON document ({error})", where, "Ask again later")) from error
        except Stop as stop:
            refused = status_of(stop.__cause__) in REFUSED
            do = "Is the key expired, or mistyped?" if refused else "What was read before it is kept; ask again later"
            raise Stop(Problem(stop.problems[0].what, where, do)) from stop


@contextmanager
def asker(
    now: Callable[[], datetime], sleep: Callable[[float], object], pause: float, manners: Manners = MANNERS
) -> Iterator[Asker]:
    """Open a client, and close it."""
    with ExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory(prefix="lmi-adverts-"))
        runner = opened.enter_context(asyncio.Runner())
        client = courier(manners, now)
        made = runner.run(client.__aenter__())
        opened.callback(lambda: runner.run(client.__aexit__(None, None, None)))
        yield Asker(made, runner, Path(folder), sleep, pause)
