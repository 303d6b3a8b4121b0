"""GET .../soc/search?q=library -> the occupations that are meant, best first, in the old API's form.

Titles are searched first (`match.search`). Where no title fits, or two words are joined by AND, occupations whose
texts hold all the words are given: SQLite's FTS5 in memory, words stemmed, ranked by BM25.
"""

import re
import sqlite3
from collections.abc import Mapping
from functools import cache

from lmiforall.base.endpoint import Search
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import finding, lookup
from lmiforall.serve.answer import Answer, found

_WORD = re.compile(r"\w+")
# A query of more words than this is cut: no title has so many.
MOST_WORDS = 20


def answer(release: Release, opened: Opened, ask: Search, asked: Mapping[str, str]) -> Answer:
    """Answer with a list, empty where nothing fits."""
    joined = re.search(r"\sAND\s", asked["q"]) is not None
    rows = [] if joined else _by_title(release, opened, ask, asked["q"])
    rows = rows or _by_text(opened, ask, asked["q"])
    return found([lookup.record(opened, ask, row) for row in rows], {opened.word("status", row) for row in rows})


def _by_title(release: Release, opened: Opened, ask: Search, text: str) -> list[int]:
    """Give the records of the occupations that search finds."""
    dimension = opened.dimensions[0]
    classification = "soc2010" if dimension == "soc2010" else "soc2020"
    known = opened.numbers[dimension]
    hits = finding.finder(release).find(text, ask.most, classification=classification, units=True)
    return [int(opened.find({dimension: [hit.code]})[0]) for hit in hits if hit.code in known]


def _by_text(opened: Opened, ask: Search, text: str) -> list[int]:
    """Give the records whose texts hold all the words."""
    words = [word for word in _WORD.findall(text) if word not in ("AND", "OR", "NOT")][:MOST_WORDS]
    if not words:
        return []
    joined = " AND ".join(f'"{word}"' for word in words)
    return [row for (row,) in index(opened, ask).execute(_QUERY % _ranks(ask), (joined, ask.most))]


_QUERY = "SELECT rowid FROM titles WHERE titles MATCH ? ORDER BY bm25(titles, %s), rowid LIMIT ?"


def index(opened: Opened, ask: Search) -> sqlite3.Connection:
    """Give the index over a dataset's records; it is made once for each open dataset."""
    return _index(opened, tuple(ask.fields[name] for name in ask.weights))


@cache
def _index(opened: Opened, names: tuple[str, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"CREATE VIRTUAL TABLE titles USING fts5({columns}, tokenize='porter unicode61')")
    insert = f"INSERT INTO titles(rowid, {columns}) VALUES ({', '.join('?' * (len(names) + 1))})"  # noqa: S608 - declared names
    units = (row for row in range(opened.rows) if len(opened.word(opened.dimensions[0], row)) == lookup.UNIT_DIGITS)
    connection.executemany(insert, ([row, *_texts(opened, names, row)] for row in units))
    return connection


def _texts(opened: Opened, names: tuple[str, ...], row: int) -> list[str]:
    """Give what is indexed of a record; the starter release lacks some of it."""
    return [opened.text(name, row) if name in opened.arrays else "" for name in names]


def _ranks(ask: Search) -> str:
    return ", ".join(str(float(weight)) for weight in ask.weights.values())
