"""The store -> open adverts by words and place, and how many there were month by month."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sql
from sqlalchemy.engine import Connection, Row

from lmiforall.base.advert import Pay, Skill
from lmiforall.keep.adverts import skills_of
from lmiforall.keep.database import Database
from lmiforall.keep.tables import jobs

_WORD = re.compile(r"\w+")
# A question of more words is no question; each costs a look-up.
MOST_WORDS = 12


@dataclass(frozen=True)
class Kept:
    """An advert as it is kept."""

    id: int
    kind: str
    title: str
    employer: str
    description: str
    place: str
    postcode: str
    area: str
    region: str
    pay: Pay | None
    soc2020: str
    soc2020_probability: float
    soc2010: str
    soc2010_probability: float
    skills: tuple[Skill, ...]
    link: str
    posted: str
    expires: str
    first_seen: str
    last_seen: str
    closed: str | None


@dataclass(frozen=True)
class Wanted:
    """Which adverts: with these words, in these local authorities or regions, of this kind and code; empty is any."""

    words: str = ""
    areas: Sequence[str] = ()
    kind: str = ""
    soc2020: str = ""


@dataclass(frozen=True)
class Count:
    """Adverts of a month: those that were open on any day of it, and of these the ones first seen in it."""

    month: str
    soc2020: str
    area: str
    region: str
    open: int
    new: int


# Whether an advert of this place and postcode is wanted.
Fits = Callable[[str, str], bool]


def search(database: Database, wanted: Wanted, today: str, limit: int, fits: Fits | None = None) -> list[Kept]:
    """Find open adverts, best first; where none has every word, those that have any."""
    words = _WORD.findall(wanted.words.casefold())[:MOST_WORDS]
    if wanted.words.strip() and not words:
        return []
    asked = _open(wanted, today)
    with database.reading() as connection:
        if not words:
            return _first(connection, _latest_first(asked), limit, fits)
        for every in (True, False):
            condition, order = database.way.matching(words, every=every)
            matching = _latest_first(asked.where(condition).order_by(order))
            if found := _first(connection, matching, limit, fits):
                return found
    return []


def _first(connection: Connection, asked: "Asked", limit: int, fits: Fits | None) -> list[Kept]:
    """Give the first that fit."""
    if fits is None:
        return [_kept(row) for row in connection.execute(asked.limit(limit))]
    # Only their places are read of those that might fit: a city has a hundred thousand.
    places = asked.with_only_columns(jobs.c.id, jobs.c.place, jobs.c.postcode)
    near = (number for number, place, postcode in connection.execute(places) if fits(place, postcode))
    numbers = list(islice(near, limit))
    found = {row.id: _kept(row) for row in connection.execute(sql.select(jobs).where(jobs.c.id.in_(numbers)))}
    return [found[number] for number in numbers]


def one(database: Database, number: int) -> Kept | None:
    """Give an advert by its number."""
    with database.reading() as connection:
        row = connection.execute(sql.select(jobs).where(jobs.c.id == number)).one_or_none()
    return _kept(row) if row else None


def counts(
    database: Database, months: Sequence[str], *, soc2020: str = "", area: str = "", least: float = 0.0
) -> list[Count]:
    """Count adverts of months by unit group and local authority; ``least`` is the probability that a code must have."""
    found = []
    with database.reading() as connection:
        for month in months:
            found += _of_month(connection, month, soc2020, area, least)
    return found


def span(database: Database) -> tuple[str, str]:
    """Give the first and the last day on which adverts were seen; empty where none was."""
    with database.reading() as connection:
        first, last = connection.execute(
            sql.select(sql.func.min(jobs.c.first_seen), sql.func.max(jobs.c.last_seen))
        ).one()
    return first or "", last or ""


Asked = sql.Select[Any]


def _open(wanted: Wanted, today: str) -> Asked:
    """Ask for open adverts, whatever their words."""
    asked = sql.select(jobs).where(jobs.c.closed.is_(None), (jobs.c.expires == "") | (jobs.c.expires >= today))
    if wanted.areas:
        asked = asked.where(jobs.c.area.in_(wanted.areas) | jobs.c.region.in_(wanted.areas))
    if wanted.kind:
        asked = asked.where(jobs.c.kind == wanted.kind)
    return asked.where(jobs.c.soc2020 == wanted.soc2020) if wanted.soc2020 else asked


def _latest_first(asked: Asked) -> Asked:
    return asked.order_by(jobs.c.first_seen.desc(), jobs.c.id)


def _kept(row: Row[Any]) -> Kept:
    told = row._mapping
    named = {name: told[name] for name in Kept.__dataclass_fields__ if name in told and name != "skills"}
    pay = None
    if told["pay_low"] is not None:
        figures = (told[f"pay_{name}"] for name in ("low", "high", "per", "yearly_low", "yearly_high", "note"))
        pay = Pay(*figures)
    return Kept(pay=pay, skills=skills_of(told["skills"]), **named)


def _of_month(connection: Connection, month: str, soc2020: str, area: str, least: float) -> list[Count]:
    """Count the adverts that were open on some day of a month; no month is longer than 31."""
    first, last = f"{month}-01", f"{month}-31"
    code = sql.case((jobs.c.soc2020_probability >= least, jobs.c.soc2020), else_="")
    new = sql.func.sum(sql.case((jobs.c.first_seen >= first, 1), else_=0))
    asked = (
        sql.select(code.label("soc"), jobs.c.area, jobs.c.region, sql.func.count(), new)
        .where(jobs.c.first_seen <= last, jobs.c.last_seen >= first)
        .group_by("soc", jobs.c.area, jobs.c.region)
        .order_by("soc", jobs.c.area)
    )
    if soc2020:
        asked = asked.where(jobs.c.soc2020 == soc2020)
    if area:
        asked = asked.where((jobs.c.area == area) | (jobs.c.region == area))
    return [Count(month, *row) for row in connection.execute(asked)]
