"""An address -> its bytes in a file, by the only HTTP client of the project; its manners stand in ``manners.py``."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import httpx
import stamina
import stamina.instrumentation

from lmiforall import __version__
from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.manners import Manners, again, in_words, may_follow, unconnected

AGENT = f"lmiforall/{__version__} (+https://github.com/lmiforall/lmiforall)"
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class NotThere(Exception):  # noqa: N818 - it is an answer, not an error
    """The address has no such file."""


@dataclass(frozen=True)
class Received:
    """What an address gave. ``path`` is None where nothing has changed since the validators were given (304)."""

    path: Path | None
    final: str
    etag: str
    last_modified: str


@dataclass
class Courier:
    """Fetches one file after another, and remembers which hosts answer."""

    client: httpx.AsyncClient
    now: Callable[[], datetime]
    manners: Manners
    answered: set[str] = field(default_factory=set)
    silent: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        manners = self.manners
        self._turns: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(manners.at_once))
        self._attempts = stamina.AsyncRetryingCaller(
            attempts=manners.attempts,
            timeout=None,
            wait_initial=manners.first_wait,
            wait_max=manners.longest_wait,
            wait_jitter=manners.first_wait,
        )

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait until the host may be asked for one more file."""
        async with self._turns[httpx.URL(url).host]:
            yield

    async def bring(self, url: str, to: Path, validators: Mapping[str, str]) -> Received:
        """Get one file; raises NotThere, or Stop with what went wrong (but not where: the caller knows for whom)."""
        host = httpx.URL(url).host
        if host in self.silent:
            raise Stop(Problem(self.silent[host]))
        try:
            return await self._attempts(self._again, self._ask, url, to, validators)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            said = in_words(error)
            if unconnected(error) and host not in self.answered:
                self.silent[host] = said
            raise Stop(Problem(said)) from error

    async def _ask(self, url: str, to: Path, validators: Mapping[str, str]) -> Received:
        request = self.client.build_request("GET", url, headers=validators)
        async with asyncio.timeout(self.manners.longest):
            for _ in range(self.manners.redirects + 1):
                response = await self.client.send(request, stream=True)
                self.answered.add(request.url.host)
                try:
                    if response.next_request is None:
                        return await self._receive(response, to)
                    request = _followed(response, response.next_request, self.manners)
                finally:
                    await response.aclose()
        raise Stop(Problem(f"it redirects more than {self.manners.redirects} times, last to {request.url}"))

    async def _receive(self, response: httpx.Response, to: Path) -> Received:
        about = (str(response.url), response.headers.get("etag", ""), response.headers.get("last-modified", ""))
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return Received(None, *about)
        if response.status_code in _GONE:
            raise NotThere
        response.raise_for_status()
        written = 0
        with to.open("wb") as target:
            async for chunk in response.aiter_bytes():
                written += target.write(chunk)
                if written > self.manners.most_bytes:
                    raise Stop(Problem(f"it has more than {self.manners.most_bytes:,} bytes, which no source has"))
        return Received(to, *about)

    def _again(self, error: Exception) -> bool | float:
        return again(error, self.answered, self.manners, self.now())


@asynccontextmanager
async def courier(manners: Manners, now: Callable[[], datetime]) -> AsyncIterator[Courier]:
    """Open the client. Proxies and certificates are the machine's: httpx reads them as every client does."""
    # A retry is no news to whoever called us, and stamina would write a warning.
    stamina.instrumentation.set_on_retry_hooks(())
    # What we hash is what the publisher holds: no compression on the way, which also could be a bomb.
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(manners.silence, connect=manners.connect, pool=None)
    async with httpx.AsyncClient(headers=headers, timeout=timeout) as client:
        yield Courier(client, now, manners)


def _followed(response: httpx.Response, request: httpx.Request, manners: Manners) -> httpx.Request:
    elsewhere = manners.same_host and response.url.host != request.url.host
    if elsewhere or not may_follow(response.url.scheme, request.url.scheme):
        # Without the query: it may hold a key.
        to = request.url.copy_with(query=None)
        raise Stop(Problem(f"it redirects from {response.url.scheme} to {to}, which isn't followed"))
    return request
