"""Adverts that are over, too old, or to be deleted -> closed, without their words, or gone.

Rule 1: a closed advert counts for the months in which it was open; nobody is shown it.
Rule 2: after the time of retention its words and its sources go, its codes and dates stay, so that counts stay.
Rule 3: who asks for deletion is answered by deletion: of every source's copy, and for good.
"""

import json
from datetime import date, timedelta

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from lmiforall.keep.database import Database
from lmiforall.keep.tables import deleted, jobs, sightings, visited

# What goes with the words; the codes of place and occupation and the pay stay.
WORDS = ("title", "employer", "description", "place", "postcode", "reason", "link", "told_by")


def expire(database: Database, today: str, unseen_days: int) -> int:
    """Close what is past its own last day, or was not seen for so many days; say how many were closed."""
    unseen = (date.fromisoformat(today) - timedelta(unseen_days)).isoformat()
    over = (jobs.c.expires != "") & (jobs.c.expires < today)
    with database.writing() as connection:
        gone = connection.execute(
            sql.update(jobs).where(jobs.c.closed.is_(None), over | (jobs.c.last_seen < unseen)).values(closed=today)
        )
        return gone.rowcount


def close(database: Database, source: str, source_ids: list[str], today: str) -> int:
    """Close what a source no longer has, unless another source still shows it."""
    with database.writing() as connection:
        ours = (sightings.c.source == source) & sightings.c.source_id.in_(source_ids)
        numbers = list(connection.scalars(sql.select(sightings.c.job).where(ours)))
        connection.execute(sql.delete(sightings).where(ours))
        others = sql.select(sightings.c.job).where(sightings.c.job.in_(numbers))
        those = jobs.c.id.in_(numbers) & jobs.c.id.not_in(others) & jobs.c.closed.is_(None)
        return connection.execute(sql.update(jobs).where(those).values(closed=today)).rowcount


def retain(database: Database, today: str, days: int) -> int:
    """Take the words from adverts that were closed so many days ago; say from how many."""
    before = (date.fromisoformat(today) - timedelta(days)).isoformat()
    with database.writing() as connection:
        old = list(connection.scalars(sql.select(jobs.c.id).where(jobs.c.closed < before, jobs.c.title != "")))
        blank: dict[str, object] = dict.fromkeys(WORDS, "")
        blank |= {"skills": "[]", "block": b"", "sketch": b""}
        connection.execute(sql.delete(sightings).where(sightings.c.job.in_(old)))
        connection.execute(sql.update(jobs).where(jobs.c.id.in_(old)).values(blank))
    if old:
        _forget(database)
    return len(old)


def delete(database: Database, source: str, source_id: str, today: str) -> int:
    """Delete an advert of a source on request, with every source's copy; say how many copies there were."""
    with database.writing() as connection:
        job = connection.scalar(
            sql.select(sightings.c.job).where(sightings.c.source == source, sightings.c.source_id == source_id)
        )
        keys = _delete_job(connection, job, today) if job is not None else []
        if (source, source_id) not in keys:
            _bury(connection, [(source, source_id)], b"", b"", today)
    if keys:
        _forget(database)
    return len(keys)


def _delete_job(connection: Connection, job: int, today: str) -> list[tuple[str, str]]:
    block, sketch = connection.execute(sql.select(jobs.c.block, jobs.c.sketch).where(jobs.c.id == job)).one()
    asked = sql.select(sightings.c.source, sightings.c.source_id).where(sightings.c.job == job)
    keys = [(source, source_id) for source, source_id in connection.execute(asked)]
    connection.execute(sql.delete(sightings).where(sightings.c.job == job))
    connection.execute(sql.delete(jobs).where(jobs.c.id == job))
    _bury(connection, keys, block, sketch, today)
    for source, source_id in keys:
        mentioned = visited.c.ids.contains(json.dumps(source_id), autoescape=True)
        connection.execute(sql.delete(visited).where(visited.c.source == source, mentioned))
    return keys


def _bury(connection: Connection, keys: list[tuple[str, str]], block: bytes, sketch: bytes, today: str) -> None:
    """Remember what was deleted, so that it doesn't come back."""
    for source, source_id in keys:
        same = (deleted.c.source == source) & (deleted.c.source_id == source_id)
        connection.execute(sql.delete(deleted).where(same))
        connection.execute(
            sql.insert(deleted).values(source=source, source_id=source_id, block=block, sketch=sketch, day=today)
        )


def _forget(database: Database) -> None:
    with database.writing() as connection:
        database.way.forget(connection)
