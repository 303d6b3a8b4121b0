"""What the tests share: where the official files are, and each dataset read from them once."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from lmiforall import datasets
from lmiforall.base.table import Table
from lmiforall.datasets.reading import read
from lmiforall.extract import dialect, folder

SOURCES = os.environ.get("LMI_SOURCES", "")


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of official files; without LMI_SOURCES the test is skipped and says so."""
    if not SOURCES:
        pytest.skip("LMI_SOURCES is not set: no official files to read")
    return Path(SOURCES)


@pytest.fixture(scope="session")
def table_of(sources: Path) -> Callable[[str], Table]:
    """Read a dataset from the official files, once for the session."""
    found = folder.look(sources)

    @cache
    def give(name: str) -> Table:
        dataset = datasets.every()[name]
        files = folder.files_of(found, dataset)
        return read(dataset, dialect.books(sources, dataset, files), files)

    return give
