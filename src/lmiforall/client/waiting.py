"""An answer's status and headers, or none -> whether to ask again, and after how many seconds."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

# Those that say "not now" rather than "no": the same question may be answered a moment later.
PASSING = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


@dataclass(frozen=True)
class Patience:
    """How often and how long a question is asked again.

    ``attempts`` counts the first, too. Before the n-th retry it waits up to ``first_wait`` x 2^(n-1) seconds, and at
    least half of that, so that many clients don't come back at once; never more than ``longest_wait``. A service that
    asks for more than ``longest_wait`` isn't waited for.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 30.0
    chance: Callable[[], float] = random.random

    def wait(self, retry: int, asked_for: float | None = None) -> float | None:
        """Give the seconds before the ``retry``-th retry (from 1); None where it isn't worth it."""
        if retry >= self.attempts or (asked_for is not None and asked_for > self.longest_wait):
            return None
        half = min(self.first_wait * 2.0 ** (retry - 1), self.longest_wait) / 2
        # Spread also where the service says when: else all who were told the same come back in the same moment.
        return min((half if asked_for is None else asked_for) + half * self.chance(), self.longest_wait)


def asked_for(headers: Mapping[str, str]) -> float | None:
    """Read ``Retry-After``: seconds, or a date, which counts from the answer's own ``Date``; None if there is none.

    The clock of this machine isn't asked: it may be wrong, and the service's is the one that counts.
    """
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    until, now = _date(said), _date(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    # A date without a zone can't be subtracted from one with.
    return found if found.tzinfo else None
