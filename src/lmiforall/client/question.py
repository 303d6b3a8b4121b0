"""A path and parameters -> an address; an answer's bytes -> what they say, or an error that says they aren't it."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from lmiforall.client.transport import Raw
from lmiforall.client.trouble import Misunderstood

T = TypeVar("T")
Value = str | int | bool | Iterable[str] | Iterable[int] | None


def address(service: str, path: str, parameters: Mapping[str, Value]) -> str:
    """Write an address; what is None isn't sent. It is of this service, whatever the path says."""
    given = {name: _text(value) for name, value in parameters.items() if value is not None}
    whole = service.rstrip("/") + urlsplit(path)._replace(scheme="", netloc="").geturl()
    return f"{whole}?{urlencode(given, safe=',:')}" if given else whole


def part(text: int | str) -> str:
    """Write what stands between two slashes of a path."""
    return quote(str(text), safe="")


def content(asked: str, raw: Raw) -> Any:
    """Read an answer's JSON."""
    try:
        return json.loads(raw.body)
    except ValueError:
        what = f"the answer is no JSON but {raw.headers.get('content-type', 'of no known kind')}"
        raise Misunderstood(asked, what) from None


def understood(asked: str, read: Callable[[], T]) -> T:
    """Read what was said; where it isn't as it is known here, say so."""
    try:
        return read()
    except (KeyError, TypeError, ValueError, AttributeError) as strange:
        what = f"the answer isn't as this client knows it ({type(strange).__name__}: {strange})"
        raise Misunderstood(asked, what) from strange


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int) else ",".join(map(str, value or ()))
