"""One asker after another: the application as a server would call it, without a thread for each question."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from starlette.types import ASGIApp


class Asker:
    """Asks one question after another in one event loop: three times as fast as starlette's client."""

    def __init__(self, loop: asyncio.Runner, client: httpx.AsyncClient) -> None:
        self._loop, self._client = loop, client

    def get(self, address: str) -> httpx.Response:
        """Ask; what the application raises is raised."""
        return self.request(method="GET", url=address)

    def request(self, **arguments: Any) -> httpx.Response:
        """Ask as httpx's clients are asked."""
        return self._loop.run(self._client.request(**arguments))


@contextmanager
def asking(application: ASGIApp) -> Iterator[Asker]:
    """Give who asks an application."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://testserver")
    with asyncio.Runner() as loop:
        yield Asker(loop, client)
        loop.run(client.aclose())
