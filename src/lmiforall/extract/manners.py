"""What a site answered, or didn't -> whether to ask again and when, and how to say it; nothing in here asks anybody.

Rule 1: a site is asked politely: a few files at once, and not again before it said so (Retry-After).
Rule 2: https leads only to https, and nothing leads to another scheme than http and https.
Rule 3: what may get better by itself (a transfer cut off, an overloaded server) is tried again, a few times.
What won't (no such file, no such host) isn't. A host that never answered is asked once.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TypeGuard

import httpx

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_FAILING = (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)


@dataclass(frozen=True)
class Manners:
    """How a site is treated; times in seconds."""

    at_once: int = 2  # a browser takes six; nobody waits for us
    attempts: int = 4  # with the waits between them some ten seconds: a restart is over, an outage isn't
    first_wait: float = 1.0  # doubled each time
    longest_wait: float = 60.0  # a site that asks for more than a minute is better visited another day
    connect: float = 10.0  # the other side of the world answers in one
    silence: float = 30.0  # ONS thinks for some seconds before it gives a large file
    longest: float = 900.0  # 25 MB, the largest archive, over the slowest line still sold (256 kbit/s)
    redirects: int = 5  # a publisher's own take one or two; more is a circle
    most_bytes: int = 500_000_000  # twenty times the largest file
    same_host: bool = False  # whether a redirect may lead to the same host only: robots.txt and keys are of one host


def again(error: Exception, answered: Container[str], manners: Manners, now: datetime) -> bool | float:
    """Whether to ask again, or in how many seconds; ``answered`` are the hosts that ever did."""
    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code in _BUSY:
            return _asked_to_wait(error.response.headers.get("retry-after", ""), manners, now)
        return error.response.status_code in _FAILING
    if unconnected(error):
        return error.request.url.host in answered
    return isinstance(error, httpx.TimeoutException | httpx.NetworkError | httpx.RemoteProtocolError)


def _asked_to_wait(said: str, manners: Manners, now: datetime) -> bool | float:
    """Read Retry-After, in seconds or as a date; what says nothing leaves the wait to us, and a long one is no wait."""
    try:
        seconds = float(said) if said.isdigit() else (parsedate_to_datetime(said) - now).total_seconds()
    except (ValueError, TypeError):  # not a date, or one without its zone
        return True
    return max(seconds, 0.0) if seconds <= manners.longest_wait else False


def may_follow(scheme: str, to: str) -> bool:
    """Whether a redirect may lead from one scheme to another: never away from https, and never to a third one."""
    return to == "https" or (scheme, to) == ("http", "http")


def status_of(error: BaseException | None) -> int:
    """Give the status by which a site refused; 0 where it wasn't that."""
    return error.response.status_code if isinstance(error, httpx.HTTPStatusError) else 0


def unconnected(error: Exception) -> TypeGuard[httpx.ConnectError | httpx.ConnectTimeout]:
    """Whether nobody was there to answer."""
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)


def in_words(error: Exception) -> str:
    """Say what went wrong, for a person."""
    if isinstance(error, httpx.HTTPStatusError):
        response = error.response
        wait = f", and asks to come back after {said}" if (said := response.headers.get("retry-after")) else ""
        return f"the site answers {response.status_code} {response.reason_phrase}{wait}"
    if unconnected(error):
        return f"{error.request.url.host} can't be reached ({error or 'no answer'})"
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "the site stopped answering, or is too slow"
    if isinstance(error, httpx.InvalidURL):
        return f"it redirects to what is no address, which isn't followed ({error})"
    return f"the transfer broke off ({error})"
