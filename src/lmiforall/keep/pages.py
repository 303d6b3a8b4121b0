"""What a crawler must remember of pages: their validators, and which adverts stood on each."""

import json
from dataclasses import dataclass

import sqlalchemy as sql

from lmiforall.keep.database import Database
from lmiforall.keep.tables import visited


@dataclass(frozen=True)
class Seen:
    """A page as it was last time; ``ids`` are the adverts on it."""

    etag: str = ""
    last_modified: str = ""
    ids: tuple[str, ...] = ()


def seen(database: Database, source: str, page: str) -> Seen:
    """Give what is known of a page."""
    asked = sql.select(visited.c.etag, visited.c.last_modified, visited.c.ids)
    with database.reading() as connection:
        row = connection.execute(asked.where(visited.c.source == source, visited.c.page == page)).one_or_none()
    return Seen(row[0], row[1], tuple(json.loads(row[2]))) if row else Seen()


def remember(database: Database, source: str, page: str, now: Seen | None) -> None:
    """Put down how a page is now; None forgets it."""
    with database.writing() as connection:
        connection.execute(sql.delete(visited).where(visited.c.source == source, visited.c.page == page))
        if now:
            connection.execute(
                sql.insert(visited).values(
                    source=source, page=page, etag=now.etag, last_modified=now.last_modified,
                    ids=json.dumps(now.ids, ensure_ascii=False),
                )
            )  # fmt: skip
