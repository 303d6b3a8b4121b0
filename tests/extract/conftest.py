"""What the tests of fetching share: a publisher's site, and a fetch from it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lmiforall.base.dataset import Dataset
from lmiforall.extract.errands import errands
from lmiforall.extract.fetch import Outcome, fetch
from tests.extract import publisher
from tests.extract.publisher import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def secure_site() -> Iterator[Site]:
    with serving(secure=True) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that `run` fills."""
    return tmp_path / "in"


@pytest.fixture
def run(site: Site, folder: Path) -> Callable[..., tuple[Outcome, ...]]:
    """Fetch datasets (the toy, if none is named) from the site as a mirror, by the function that the command calls."""

    def fetched(*wanted: Dataset, at: str = "2025-03-01T09:00:00", newer: bool = False, **changes: Any) -> Any:
        now = datetime.fromisoformat(at).replace(tzinfo=UTC)
        given = {"mirror": site.url, "manners": publisher.QUICK, "progress": lambda _name, _state: None}
        todo = errands(wanted or (publisher.dataset(),), now.year, newer=newer)
        return fetch(todo, folder, now=lambda: now, **{**given, **changes})

    return fetched
