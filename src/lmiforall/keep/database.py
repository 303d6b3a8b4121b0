"""An address -> the database behind it, SQLite or PostgreSQL, and what each of them does in its own way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sql
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from lmiforall.base.problem import Problem, Stop
from lmiforall.keep import tables

# How many seconds a writer waits for another one: a batch takes less than one.
PATIENCE = 60
# PERF: 64 MiB of the file in memory, and 32 MiB written before they are sorted into it: a batch of a large store
# touches hundreds of pages (bench/adverts.py).
ROOM = ("cache_size=-65536", "wal_autocheckpoint=8192")


class Way(Protocol):
    """What a database does in its own way."""

    def prepare(self, connection: Connection) -> None:
        """Make the index of words, once."""

    def lock(self, connection: Connection) -> None:
        """Wait until nobody else writes; the end of the transaction ends it."""

    def matching(self, words: Sequence[str], *, every: bool) -> tuple[Any, Any]:
        """Give the condition that an advert has the words (every one, or any), and what to sort by, best first."""

    def forget(self, connection: Connection) -> None:
        """Take what was deleted out of the index of words, too."""


class Sqlite:
    """A file; one writes while others read."""

    def prepare(self, connection: Connection) -> None:
        columns = "title, employer, description"
        texts = {when: ", ".join(f"{when}.{name}" for name in columns.split(", ")) for when in ("new", "old")}
        gone = f"INSERT INTO words(words, rowid, {columns}) VALUES ('delete', old.id, {texts['old']});"  # noqa: S608
        come = f"INSERT INTO words(rowid, {columns}) VALUES (new.id, {texts['new']});"  # noqa: S608
        for statement in (
            f"CREATE VIRTUAL TABLE words USING fts5({columns}, content='jobs', content_rowid='id', "
            "tokenize='porter unicode61')",
            f"CREATE TRIGGER words_come AFTER INSERT ON jobs BEGIN {come} END",
            f"CREATE TRIGGER words_gone AFTER DELETE ON jobs BEGIN {gone} END",
            f"CREATE TRIGGER words_change AFTER UPDATE OF {columns} ON jobs BEGIN {gone} {come} END",
        ):
            connection.exec_driver_sql(statement)

    def lock(self, connection: Connection) -> None:
        """Nothing to do: a writing transaction has begun as IMMEDIATE."""

    def matching(self, words: Sequence[str], *, every: bool) -> tuple[Any, Any]:
        asked = (" AND " if every else " OR ").join(f'"{word}"' for word in words)
        found = sql.text("SELECT rowid AS id, bm25(words, 10, 3, 1) AS far FROM words WHERE words MATCH :asked")
        hits = found.bindparams(asked=asked).columns(sql.column("id", sql.Integer), sql.column("far")).subquery("hits")
        return tables.jobs.c.id == hits.c.id, hits.c.far

    def forget(self, connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO words(words) VALUES ('optimize')")


class Postgres:
    """A server; many write, and take turns where they must not miss each other's adverts."""

    # Any number, but the same for all that write adverts.
    LOCK = 4135
    # SOURCE: PostgreSQL's manual, 12.3.3: the weights of D, C, B and A.
    WEIGHTS = "{0.1, 0.1, 0.3, 1.0}"

    def prepare(self, connection: Connection) -> None:
        parts = (("title", "A"), ("employer", "B"), ("description", "D"))
        vector = " || ".join(f"setweight(to_tsvector('english', {name}), '{weight}')" for name, weight in parts)
        connection.exec_driver_sql(f"ALTER TABLE jobs ADD COLUMN words tsvector GENERATED ALWAYS AS ({vector}) STORED")
        connection.exec_driver_sql("CREATE INDEX jobs_by_words ON jobs USING gin (words)")

    def lock(self, connection: Connection) -> None:
        connection.execute(sql.select(sql.func.pg_advisory_xact_lock(self.LOCK)))

    def matching(self, words: Sequence[str], *, every: bool) -> tuple[Any, Any]:
        asked = (" & " if every else " | ").join(f"'{word}'" for word in words)
        query = sql.func.to_tsquery(sql.literal_column("'english'"), asked)
        column: sql.ColumnElement[Any] = sql.literal_column("jobs.words")
        weights: sql.ColumnElement[Any] = sql.literal_column(f"'{self.WEIGHTS}'")
        return column.op("@@", is_comparison=True)(query), -sql.func.ts_rank(weights, column, query)

    def forget(self, connection: Connection) -> None:
        """Nothing to do: a row takes its words along."""


@dataclass(frozen=True)
class Database:
    """An open database, with its tables."""

    engine: Engine
    way: Way

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all or nothing; one at a time, so that two imports at once don't both take an advert for a new one."""
        with self.engine.connect().execution_options(writing=True) as connection, connection.begin():
            self.way.lock(connection)
            yield connection


def opened(address: str, *, create: bool) -> Database:
    """Open a store: a file (SQLite), or ``postgresql://...``; it is made where there is none, if that is wanted."""
    try:
        database = _database(address)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _unopened(address, error) from error
    try:
        with database.writing() if create else database.reading() as connection:
            _expect(connection, database.way, address, create=create)
    except DBAPIError as error:
        database.engine.dispose()
        raise _unopened(address, error.orig or error) from error
    except Stop:
        database.engine.dispose()
        raise
    return database


def _unopened(address: str, why: BaseException) -> Stop:
    return Stop(Problem(f"the store can't be opened: {str(why).strip()}", _without_password(address)))


def _without_password(address: str) -> str:
    """Give an address as it may be printed."""
    try:
        return sql.make_url(address).render_as_string(hide_password=True) if "://" in address else address
    except ArgumentError:
        return address.rsplit("@", maxsplit=1)[-1]


def _database(address: str) -> Database:
    if address.startswith(("postgresql://", "postgres://")):
        url = sql.make_url(address).set(drivername="postgresql+psycopg")
        return Database(sql.create_engine(url, pool_pre_ping=True), Postgres())
    file = address.removeprefix("sqlite:///")
    if "://" in file:
        raise Stop(Problem("a store is a file, or postgresql://...", file))
    engine = sql.create_engine(sql.URL.create("sqlite", database=file), connect_args={"timeout": PATIENCE})
    sql.event.listen(engine, "connect", _settings)
    sql.event.listen(engine, "begin", _begin)
    return Database(engine, Sqlite())


def _settings(connection: Any, _: Any) -> None:
    # SQLAlchemy begins transactions, not Python's driver, which would begin them too late.
    connection.isolation_level = None
    # WAL lets others read meanwhile, and loses nothing where the process dies; what is deleted is overwritten.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON", *ROOM):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _expect(connection: Connection, way: Way, address: str, *, create: bool) -> None:
    """Stop where the tables are not of this version; make them where there are none."""
    if not sql.inspect(connection).has_table("about"):
        if not create:
            raise Stop(Problem("there is no store of adverts", address, "`lmi adverts import` makes one"))
        tables.metadata.create_all(connection)
        way.prepare(connection)
        connection.execute(
            sql.insert(tables.about), [{"name": "version", "number": tables.VERSION}, {"name": "next_job", "number": 1}]
        )
    found = connection.scalar(sql.select(tables.about.c.number).where(tables.about.c.name == "version"))
    if found != tables.VERSION:
        raise Stop(
            Problem(f"the store is of version {found}, this program's is {tables.VERSION}", address, "Fill a new one")
        )
