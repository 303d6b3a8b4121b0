"""What the tests of adverts share: a site on this machine, and how it is asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from lmiforall.base.table import Table
from lmiforall.extract.adverts import asking
from lmiforall.extract.adverts.asking import Asker
from lmiforall.match import asked, kept, learn
from lmiforall.match.adverts.prepare import NEEDED
from lmiforall.match.lessons import Entry, Lesson
from lmiforall.release.folder import parquet
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


TITLES = {
    "plumber": ("5314", "5315"), "roofer": ("5313", "5314"), "lorry driver": ("8211", "8211"),
    "mental health nurse": ("2231", "2235"), "head chef": ("5434", "5434"), "civil engineer": ("2121", "2121"),
}  # fmt: skip


@pytest.fixture(scope="session")
def knowing(table_of: Callable[[str], Table], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose coder has learnt six titles, and which has the tables that preparing needs."""
    place = tmp_path_factory.mktemp("knowing")
    lessons = [Lesson(text, {older: 1.0}, {newer: 1.0}, 1.0, sure=True) for text, (older, newer) in TITLES.items()]
    older, newer = sorted({one for one, _ in TITLES.values()}), sorted({one for _, one in TITLES.values()})
    groups = [*(f"10:{soc}" for soc in older), *(f"20:{soc}" for soc in newer)]
    features = learn.vocabulary([lesson.text for lesson in lessons])
    net = learn.learn(lessons, {name: at for at, name in enumerate(groups)}, len(older), features)
    entries = [Entry(text.capitalize(), text, "", *codes) for text, codes in TITLES.items()]
    unknown = asked.People(
        np.full((len(newer), 2), np.nan, np.float32), np.full((len(newer), 9), 1 / 9, np.float32),
        np.full((len(older), len(newer)), 1 / len(newer), np.float32),
    )  # fmt: skip
    kept.save(kept.Parts(net, list(features), older, newer, entries, unknown), place)
    (place / "data").mkdir()
    for name in NEEDED:
        table_of(name).frame.write_parquet(parquet(place, name))
    (place / "catalogue.json").write_text('{"release": "tested"}')
    return place
