"""A real PostgreSQL for the tests of the store, and stores on it and on SQLite."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from lmiforall.keep.database import Database, opened

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


@pytest.fixture
def store(address: str) -> Iterator[Database]:
    """An empty store."""
    with opened(address, create=True) as made:
        yield made
