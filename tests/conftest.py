"""What the tests share: the official files, each dataset read from them once, a full release, and clients of it."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import lmiforall
from lmiforall import datasets
from lmiforall.base.table import Table
from lmiforall.datasets.reading import read
from lmiforall.extract import dialect, folder
from lmiforall.release import freeze
from lmiforall.release.build import build
from lmiforall.release.folder import read_catalogue
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.show import pages

SOURCES = os.environ.get("LMI_SOURCES", "")


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of official files; without LMI_SOURCES the test is skipped and says so."""
    if not SOURCES:
        pytest.skip("LMI_SOURCES is not set: no official files to read")
    return Path(SOURCES)


@pytest.fixture(scope="session")
def table_of(sources: Path, request: pytest.FixtureRequest) -> Callable[[str], Table]:
    """Read a dataset from the official files, once for the session; a modelled one comes out of the full release."""
    found = folder.look(sources)

    @cache
    def give(name: str) -> Table:
        dataset = datasets.every()[name]
        if dataset.model is not None:
            full_release: Path = request.getfixturevalue("full_release")
            return freeze.thaw(full_release, dataset, read_catalogue(full_release)["datasets"][name])
        files = folder.files_of(found, dataset)
        return read(dataset, dialect.books(sources, dataset, files), files)

    return give


@pytest.fixture(scope="session")
def full_release(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full release, built from the official files by the project's own build, once for the session."""
    out = tmp_path_factory.mktemp("full") / "release"
    build(sources, out, progress=lambda _name, _state: None)
    return out


@pytest.fixture(scope="session")
def starter_release() -> Path:
    """The release that ships with the package."""
    return Path(lmiforall.__file__).with_name("starter")


def client_of(place: Path) -> TestClient:
    """Give a client of the whole application, pages included, over a release; a 500 is raised as what it is."""
    every = datasets.every()
    release = Release(place, every)
    return TestClient(application(release, every, pages.handlers(release, every)))


@pytest.fixture(scope="session")
def client(starter_release: Path) -> TestClient:
    """A client of the service on the starter release."""
    return client_of(starter_release)


@pytest.fixture(scope="session")
def full_client(full_release: Path) -> TestClient:
    """A client of the service on the full release."""
    return client_of(full_release)
