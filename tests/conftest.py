"""What the tests share: official files, each dataset read from them once, releases, clients, a server, programs."""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import NoReturn

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
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
from tests import not_held

SOURCES = os.environ.get("LMI_SOURCES", "")

# Where programs of the system stand that an ordinary user's PATH may leave out, such as nginx.
ALSO = ("/usr/sbin", "/sbin", "/usr/local/sbin")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --times: `make prove` lets the tests that draw by chance go on longer."""
    parser.addoption("--times", type=int, default=1, help="how many times as much is drawn by chance")


# The files that take longest go first, so that no worker of xdist is left alone with one of them at the end.
LONGEST = (
    *("test_bench.py", "test_spread.py", "test_command.py", "test_audit.py", "test_build.py", "test_cube.py"),
    *("test_pages_in_chromium.py", "test_fuzz.py", "test_web.py", "test_run.py", "test_every_dataset.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; the rest stays in its order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def times(request: pytest.FixtureRequest) -> int:
    """How many times as much as usual a test that draws by chance is to draw."""
    chosen: int = request.config.getoption("times")
    return chosen


def absent(reason: str) -> NoReturn:
    """Skip a test for want of something, with the reason in sight; in CI (LMI_CI) it has to be there, and it fails."""
    if os.environ.get("LMI_CI"):
        pytest.fail(f"in CI nothing is skipped: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Give where a program is, by its name: ``program("nginx")``; a test whose program isn't there is skipped."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *ALSO])

    def find(name: str) -> str:
        found = shutil.which(name, path=path)
        return found or absent(f"{name} isn't installed (requirements/system.txt has its package)")

    return find


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of official files; without LMI_SOURCES the test is skipped and says so."""
    if not SOURCES:
        absent("LMI_SOURCES is not set: no official files to read")
    return Path(SOURCES)


@pytest.fixture(scope="session")
def table_of(sources: Path, request: pytest.FixtureRequest) -> Callable[[str], Table]:
    """Read a dataset from the official files, once for the session; a modelled one comes out of the full release.

    Modelled tables are the large ones and quick to open: holding them all would take 5 GB.
    """
    found = folder.look(sources)

    def give(name: str) -> Table:
        dataset = datasets.every()[name]
        if dataset.model is None:
            return read_once(name)
        full_release: Path = request.getfixturevalue("full_release")
        return freeze.thaw(full_release, dataset, read_catalogue(full_release)["datasets"][name])

    @cache
    def read_once(name: str) -> Table:
        dataset = datasets.every()[name]
        root, seen = (not_held.MADE_UP, folder.look(not_held.MADE_UP)) if dataset.not_held else (sources, found)
        files = folder.files_of(seen, dataset)
        return read(dataset, dialect.books(root, dataset, files), files)

    return give


@pytest.fixture(scope="session")
def full_release(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full release, built from the official files by the project's own build, once for the session.

    Who works on one test may name one that is up to date in LMI_TEST_RELEASE; `make test` builds its own.
    """
    if ready := os.environ.get("LMI_TEST_RELEASE"):
        return Path(ready)
    # Workers of one run share what takes minutes to make: the first makes it, the others wait.
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    out = shared / "full" / "release"
    with (shared / "full.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.is_dir():
            build(sources, out, progress=lambda _name, _state: None)
    return out


@pytest.fixture(scope="session")
def made_up_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the datasets of which nobody has a file, built by the project's own build from made-up ones."""
    out = tmp_path_factory.mktemp("made_up") / "release"
    build(not_held.MADE_UP, out, not_held.NAMES, progress=lambda _name, _state: None)
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
def made_up_client(made_up_release: Path) -> TestClient:
    """A client of the service on the made-up release."""
    return client_of(made_up_release)


@pytest.fixture(scope="session")
def full_client(full_release: Path) -> TestClient:
    """A client of the service on the full release."""
    return client_of(full_release)


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a real server on the starter release, as `make run` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lmiforall", "serve", "--port", str(port)]
    quiet = {name: text for name, text in os.environ.items() if name != "LMI_RELEASE"}
    server = subprocess.Popen(command, env=quiet, stderr=subprocess.PIPE)
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    server.kill()
    raise AssertionError(f"no answer at {address}: {server.communicate()[1].decode()}")


# No sandbox, for CI is root; and nothing of the browser's own goes out to the network.
CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def browser(program: Callable[[str], str]) -> Iterator[Browser]:
    """A real browser without a window: the system's Chromium.

    Each module has its own, and it is gone at the end: while it is there, a loop of playwright's runs in this thread,
    and whoever calls asyncio.run is refused.
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program("chromium"), args=list(CHROMIUM))
        yield started
        started.close()


# Numbers databases, so that each test has its own.
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql(program: Callable[[str], str]) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, on a socket in a folder; `{}` stands for a database."""
    # Debian keeps the server's programs by version, away from the PATH.
    own = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name))
    path = os.pathsep.join([*map(str, reversed(own)), os.environ["PATH"]])
    control = shutil.which("pg_ctl", path=path) or program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="lmi-pg-"))
    data, log = folder / "data", folder / "log"
    # It refuses to run as root, which CI is.
    root = os.geteuid() == 0
    user = "postgres" if root else pwd.getpwuid(os.geteuid()).pw_name
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if root else []
    if root:
        shutil.chown(folder, user, user)
    try:
        # Without fsync a test's data is gone with the power; it goes anyway.
        initdb = f"-A trust -U {user} -E UTF8 --no-locale --no-sync"
        start = f"-c fsync=off -c listen_addresses= -k {folder}"
        subprocess.run([*become, control, "-s", "-D", data, "initdb", "-o", initdb], check=True, cwd=folder)
        subprocess.run(
            [*become, control, "-s", "-w", "-D", data, "-l", log, "-o", start, "start"], check=True, cwd=folder
        )
        yield f"postgresql://{user}@/{{}}?host={folder}"
        subprocess.run([*become, control, "-s", "-D", data, "-m", "immediate", "stop"], check=True, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that isn't made yet, in either database."""
    if request.param == "sqlite":
        return str(tmp_path / "adverts.db")
    template: str = request.getfixturevalue("postgresql")
    name = f"store{next(_NUMBERS)}"
    with psycopg.connect(template.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return template.format(name)
