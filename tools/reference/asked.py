"""Addresses -> what the real application, opened on the starter release, answers to them."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx

import lmiforall
from lmiforall import datasets
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.show import pages

BASE = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Answered:
    """``address`` is the path with its query; the headers' names are lower-case."""

    method: str
    address: str
    status: int
    headers: Mapping[str, str]
    text: str


@cache
def release() -> Release:
    """Open the release that ships with the package."""
    return Release(Path(lmiforall.__file__).with_name("starter"), datasets.every())


@cache
def service() -> Any:
    """Make the whole application, pages included."""
    return application(release(), datasets.every(), pages.handlers(release(), datasets.every()))


@cache
def _thread() -> ThreadPoolExecutor:
    """Make the thread that asks: in the caller's own, a loop may be running already (playwright's)."""
    return ThreadPoolExecutor(max_workers=1)


def ask(address: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answered:
    """Ask the application without a network; a failure of it is raised, not answered."""
    return _thread().submit(lambda: asyncio.run(_ask(address, method, headers or {}))).result()


async def _ask(address: str, method: str, headers: Mapping[str, str]) -> Answered:
    transport = httpx.ASGITransport(service())
    # Compressed only where that is asked for, so that what is shown is what curl shows.
    plain = {"Accept-Encoding": "identity", **headers}
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        response = await client.request(method, address, headers=plain)
    return Answered(method, address, response.status_code, dict(response.headers), response.text)
