"""What the tests of adverts share: a site on this machine, and how it is asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lmiforall.extract.adverts import asking
from lmiforall.extract.adverts.asking import Asker
from tests.extract.publisher import Site, serving

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUICK = replace(asking.MANNERS, first_wait=0.01, connect=2, silence=2)

Opens = Callable[[], AbstractContextManager[Asker]]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def pauses() -> list[float]:
    """How long was waited between questions."""
    return []


@pytest.fixture
def asker(pauses: list[float]) -> Iterator[Asker]:
    """An asker that notes its pauses in place of waiting."""
    with _asker(pauses) as opened:
        yield opened


@contextmanager
def _asker(pauses: list[float]) -> Iterator[Asker]:
    with asking.asker(lambda: NOW, pauses.append, 0.5, QUICK) as opened:
        yield opened
