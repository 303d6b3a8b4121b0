"""Titles -> PostgreSQL with pg_trgm over them, a server of its own in a folder of its own; gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from bench.search_rivals import ASKED, Titles

# Where Debian keeps the programs of a server, the newest last.
PROGRAMS = Path("/usr/lib/postgresql")
# Who runs the server where root asks for it: PostgreSQL refuses root.
USER = "postgres"


def absent() -> str:
    """Say what is missing; nothing where all is there."""
    if not find_spec("psycopg"):
        return "psycopg is not installed here (`pip install psycopg[binary]`)"
    return "" if _programs() else "PostgreSQL's server is not installed here (`apt-get install postgresql`)"


@contextmanager
def trigrams(titles: Sequence[str]) -> Iterator[Titles]:
    """Search by pg_trgm's distance over a GiST index, the nearest first."""
    import psycopg

    with _server() as address, psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE titles (number integer, title text)")
        with connection.cursor().copy("COPY titles FROM STDIN") as copy:
            for number, title in enumerate(titles):
                copy.write_row((number, title.lower()))
        connection.execute("CREATE INDEX ON titles USING gist (title gist_trgm_ops(siglen=64))")
        connection.execute("ANALYZE titles")

        def find(asked: str) -> Sequence[int]:
            # What has less in common than pg_trgm's own threshold (0.3) is no hit, as by its operator %.
            rows = connection.execute(
                "SELECT number FROM titles WHERE title % %s ORDER BY title <-> %s LIMIT %s".replace("% %", "%% %"),
                (asked.replace("\0", ""), asked.replace("\0", ""), ASKED),
                prepare=True,
            )
            return [row[0] for row in rows]

        yield find


@contextmanager
def _server() -> Iterator[str]:
    place = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    programs = _programs()
    if programs is None:
        raise FileNotFoundError(PROGRAMS)
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(place, USER)
    owner = USER if as_user else pwd.getpwuid(os.geteuid()).pw_name
    data = str(place / "data")

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=place)

    run(str(programs / "initdb"), "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust")
    options = f"-k {place} -c listen_addresses='' -c shared_buffers=256MB -c fsync=off"
    run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(place / "log"), "-w", "start")
    try:
        yield f"host={place} dbname=postgres user={owner}"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "fast", "-w", "stop")
        shutil.rmtree(place)


def _programs() -> Path | None:
    found = sorted(PROGRAMS.glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None
