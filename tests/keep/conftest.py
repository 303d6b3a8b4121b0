"""Stores for the tests of the store: on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator

import pytest

from lmiforall.keep.database import Database, opened


@pytest.fixture
def store(address: str) -> Iterator[Database]:
    """An empty store."""
    with opened(address, create=True) as made:
        yield made
