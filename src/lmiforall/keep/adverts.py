"""Prepared adverts -> the store: each once, however often and wherever it is seen.

Rule 1: an advert of a source that is there already is seen again; where its words have changed they are replaced.
Rule 2: a new one is the same as one that is there if block and sketch say so, and it was seen not long ago.
Rule 3: what was deleted on request is not taken, from whichever source it comes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from lmiforall.base.advert import Advert, Skill
from lmiforall.keep.database import Database
from lmiforall.keep.sketch import alike
from lmiforall.keep.tables import about, deleted, jobs, runs, sightings

# An advert that comes again after so many days is a new one: the job was filled and is free again.
AGAIN_WITHIN = 60

Row = dict[str, Any]
Key = tuple[str, str]


@dataclass
class Taken:
    """What became of adverts: new, seen again, changed, the same as one of another source, deleted on request."""

    new: int = 0
    again: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0

    def add(self, other: "Taken") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class _Batch:
    """The rows to write for a batch, and what is known of blocks by then."""

    day: str
    taken: Taken = field(default_factory=Taken)
    jobs: list[Row] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    digests: list[Row] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    seen: list[Key] = field(default_factory=list)
    near: dict[bytes, list[tuple[int, bytes]]] = field(default_factory=lambda: defaultdict(list))


def unchanged(database: Database, digests: Mapping[Key, bytes]) -> set[Key]:
    """Say which postings are in the store as they are: they need no preparing."""
    with database.reading() as connection:
        found = _of_keys(connection, digests, sightings, sightings.c.digest)
        return {key for key, (digest,) in found.items() if digest == digests[key]}


def put(
    database: Database,
    adverts: Sequence[Advert],
    seen: Sequence[Key],
    day: str,
    progress: tuple[str, int] | None = None,
) -> Taken:
    """Take a batch, in one transaction with how far the run has come; ``seen`` are unchanged and need no words."""
    with database.writing() as connection:
        batch = _Batch(day)
        batch.seen = list(_of_keys(connection, dict.fromkeys(seen), sightings, sightings.c.job))
        batch.taken.again += len(batch.seen)
        _sort(connection, batch, {(advert.source, advert.id): advert for advert in adverts})
        _write(connection, batch)
        if progress:
            _note(connection, *progress)
        return batch.taken


def read_of(database: Database, run: str) -> int:
    """Say how far a run has come that didn't end."""
    with database.reading() as connection:
        return connection.scalar(sql.select(runs.c.read).where(runs.c.run == run)) or 0


def ended(database: Database, run: str) -> None:
    """Forget how far a run has come: asked again, it begins anew."""
    with database.writing() as connection:
        connection.execute(sql.delete(runs).where(runs.c.run == run))


def skills_of(text: str) -> tuple[Skill, ...]:
    """Read the skills of an advert as they are kept."""
    return tuple(Skill(*parts) for parts in json.loads(text or "[]"))


def _sort(connection: Connection, batch: _Batch, adverts: Mapping[Key, Advert]) -> None:
    """Say of each advert whether it is new."""
    known = _of_keys(connection, adverts, sightings, sightings.c.job, sightings.c.digest)
    gone = _of_keys(connection, adverts, deleted, deleted.c.day)
    blocks = {advert.block for key, advert in adverts.items() if key not in known and advert.block}
    refused = _near(connection, deleted, deleted.c.source, blocks, sql.true())
    since = (date.fromisoformat(batch.day) - timedelta(AGAIN_WITHIN)).isoformat()
    batch.near.update(_near(connection, jobs, jobs.c.id, blocks, jobs.c.last_seen >= since))
    number = connection.scalar(sql.select(about.c.number).where(about.c.name == "next_job")) or 1
    for key, advert in adverts.items():
        if key in known:
            _seen_again(batch, advert, *known[key])
        elif key in gone or any(alike(advert.sketch, sketch) for _, sketch in refused[advert.block]):
            batch.taken.refused += 1
        else:
            number += _first_time(batch, advert, number)
    connection.execute(sql.update(about).where(about.c.name == "next_job").values(number=number))


def _seen_again(batch: _Batch, advert: Advert, job: int, digest: bytes) -> None:
    batch.seen.append((advert.source, advert.id))
    if digest == advert.digest:
        batch.taken.again += 1
        return
    batch.taken.changed += 1
    batch.changed.append({"of": job, "by": _told_by(advert), **_words(advert)})
    batch.digests.append({"of": advert.source, "by": advert.id, "digest": advert.digest})


def _first_time(batch: _Batch, advert: Advert, number: int) -> int:
    """Add a sighting, and an advert if no other source has told it; say how many adverts were added."""
    near = batch.near[advert.block] if advert.block else ()
    same = next((job for job, sketch in near if alike(advert.sketch, sketch)), None)
    job = number if same is None else same
    batch.sightings.append(
        {"source": advert.source, "source_id": advert.id, "job": job, "digest": advert.digest}
        | {"first_seen": batch.day, "last_seen": batch.day}
    )
    if same is not None:
        batch.taken.same += 1
        batch.touched.add(same)
        return 0
    batch.taken.new += 1
    batch.jobs.append(
        {"id": job, "first_seen": batch.day, "last_seen": batch.day, "closed": None, "told_by": _told_by(advert)}
        | _words(advert)
    )
    batch.near[advert.block].append((job, advert.sketch))
    return 1


def _write(connection: Connection, batch: _Batch) -> None:
    if batch.jobs:
        connection.execute(sql.insert(jobs), batch.jobs)
    if batch.sightings:
        connection.execute(sql.insert(sightings), batch.sightings)
    if batch.changed:
        # Only the words of the source that the advert is told by: the others' are the same, in other words.
        whose = (jobs.c.id == sql.bindparam("of")) & (jobs.c.told_by == sql.bindparam("by"))
        fields: Row = {name: sql.bindparam(name) for name in batch.changed[0] if name not in ("of", "by")}
        connection.execute(sql.update(jobs).where(whose).values(fields), batch.changed)
        own = (sightings.c.source == sql.bindparam("of")) & (sightings.c.source_id == sql.bindparam("by"))
        connection.execute(sql.update(sightings).where(own).values(digest=sql.bindparam("digest")), batch.digests)
    touched = set(batch.touched)
    for source, ids in _by_source(batch.seen).items():
        those = (sightings.c.source == source) & sightings.c.source_id.in_(ids)
        connection.execute(sql.update(sightings).where(those).values(last_seen=batch.day))
        touched |= set(connection.scalars(sql.select(sightings.c.job).where(those)))
    if touched:
        later = sql.case((jobs.c.last_seen < batch.day, batch.day), else_=jobs.c.last_seen)
        connection.execute(sql.update(jobs).where(jobs.c.id.in_(touched)).values(last_seen=later, closed=None))


def _words(advert: Advert) -> Row:
    """Give what a source says of an advert, as columns."""
    names = ("kind", "title", "employer", "description", "place", "postcode", "area", "region")
    row: Row = {name: getattr(advert, name) for name in (*names, "link", "posted", "expires", "block", "sketch")}
    pay, coding = advert.pay, advert.coding
    row |= {f"pay_{name}": getattr(pay, name) if pay else None for name in ("low", "high", "per", "note")}
    row |= {f"pay_yearly_{end}": getattr(pay, f"yearly_{end}") if pay else None for end in ("low", "high")}
    row |= {name: getattr(coding, name) for name in coding.__struct_fields__}
    row["skills"] = json.dumps([[one.id, one.label, one.start, one.end] for one in advert.skills], ensure_ascii=False)
    return row


def _told_by(advert: Advert) -> str:
    return f"{advert.source} {advert.id}"


def _of_keys(
    connection: Connection, keys: Iterable[Key], table: sql.Table, *columns: sql.Column[Any]
) -> dict[Key, tuple[Any, ...]]:
    """Find the rows of a table by source and id, source by source, so that both databases use their index."""
    found: dict[Key, tuple[Any, ...]] = {}
    for source, ids in _by_source(keys).items():
        those = (table.c.source == source) & table.c.source_id.in_(ids)
        for source_id, *rest in connection.execute(sql.select(table.c.source_id, *columns).where(those)):
            found[source, source_id] = tuple(rest)
    return found


def _by_source(keys: Iterable[Key]) -> dict[str, list[str]]:
    sources: dict[str, list[str]] = defaultdict(list)
    for source, source_id in keys:
        sources[source].append(source_id)
    return sources


def _near(
    connection: Connection, table: sql.Table, name: sql.Column[Any], blocks: set[bytes], where: Any
) -> dict[bytes, list[tuple[Any, bytes]]]:
    """Find what lies in the same blocks."""
    found: dict[bytes, list[tuple[Any, bytes]]] = defaultdict(list)
    asked = sql.select(table.c.block, name, table.c.sketch).where(table.c.block.in_(blocks), where)
    for block, of, sketch in connection.execute(asked) if blocks else ():
        found[block].append((of, sketch))
    return found


def _note(connection: Connection, run: str, read: int) -> None:
    connection.execute(sql.delete(runs).where(runs.c.run == run))
    connection.execute(sql.insert(runs).values(run=run, read=read))
