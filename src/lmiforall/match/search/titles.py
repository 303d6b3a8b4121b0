"""Tables of a release -> the titles that are searched, each with its unit groups and where it comes from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.match import lessons, net, words
from lmiforall.match.kept import Parts

# What the titles are taken from, best first: of equal titles of one group the first is kept.
SOURCES = (
    "title of the group",
    "ONS coding index",
    "related title",
    "title of a sub-unit group",
    "ESCO title",
    "O*NET title",
)
GROUP, INDEX, RELATED, SUB_UNIT, ESCO, ONET = range(len(SOURCES))

# Besides what the coder learns from.
NEEDED = (*lessons.NEEDED, "employment_at_soc2010")

# A title of ESCO or O*NET is kept for a group that has at least this part of it, by crosswalk and coder: what is as
# likely another occupation as this one would be irrelevant half of the time.
SURE = 0.5
# SOURCE: in the indexes "nos" says "not otherwise specified".
_NOS = re.compile(r"\s*\bnos\b\s*", re.IGNORECASE)
# How many titles the net weighs together.
TOGETHER = 2000
# The net's opinion beside the crosswalk's share, and what it can't fall below, as when the coder learns.
OPINION, FLOOR = 0.5, 1e-4


@dataclass(frozen=True)
class Title:
    """A title as it is shown, where it holds (industry or qualifier), its groups (empty: none known), its source."""

    text: str
    within: str
    soc2020: str
    soc2010: str
    source: int


def of_groups() -> Iterator[Title]:
    """Give the titles of the groups of both classifications at all levels."""
    for codes, newer in ((SOC2020, True), (SOC2010, False)):
        for entry in codes.codes:
            if entry.code.isdigit():
                yield Title(entry.title, "", entry.code if newer else "", "" if newer else entry.code, GROUP)


def collect(tables: lessons.Tables, parts: Parts) -> list[Title]:
    """Give all titles, those of a better source first; ``parts`` is the coder of the same tables."""
    known = lessons.entries(tables)
    index = (
        Title(_NOS.sub(" ", entry.title).strip(), entry.industry, entry.soc2020, entry.soc2010, INDEX)
        for entry in known
    )
    named = {entry.plain for entry in known}
    weak = [*_weighed(lessons.esco(tables), parts, named, ESCO), *_weighed(lessons.onet(tables), parts, named, ONET)]
    return list(_once([*of_groups(), *index, *_related(tables), *_sub_units(tables), *weak]))


def _related(tables: lessons.Tables) -> Iterator[Title]:
    groups = tables["soc2020_groups"].filter(pl.col("level") == "unit").select("soc", "related_titles")
    for soc, related in groups.iter_rows():
        yield from (Title(text, "", soc, "", RELATED) for text in related)


def _sub_units(tables: lessons.Tables) -> Iterator[Title]:
    for code, text in tables["ssc_sub_unit_groups"].select("sub_unit_group", "title").iter_rows():
        yield Title(text, "", code[:4], "", SUB_UNIT)


def _weighed(given: Sequence[lessons.Lesson], parts: Parts, named: set[str], source: int) -> Iterator[Title]:
    """Give the titles that no index has and of which crosswalk and coder are sure enough."""
    vocabulary = net.Vocabulary({name: at for at, name in enumerate(parts.features)})
    given = [lesson for lesson in given if lesson.text not in named]
    newer = {soc: parts.net.edge + at for at, soc in enumerate(parts.soc2020)}
    older = {soc: at for at, soc in enumerate(parts.soc2010)}
    for at in range(0, len(given), TOGETHER):
        batch = given[at : at + TOGETHER]
        chances = parts.net.probabilities(net.rows([lesson.text for lesson in batch], vocabulary))
        for lesson, row in zip(batch, chances, strict=True):
            soc2020, soc2010 = _surest(lesson.soc2020, newer, row), _surest(lesson.soc2010, older, row)
            if soc2020 or soc2010:
                yield Title(lesson.shown or lesson.text, "", soc2020, soc2010, source)


def _surest(shares: Mapping[str, float], columns: Mapping[str, int], chances: net.Floats) -> str:
    """Give the group that has most of a title, if that is enough."""
    weights = {soc: share * (float(chances[columns[soc]]) + FLOOR) ** OPINION for soc, share in shares.items()}
    best = max(weights, key=lambda soc: weights[soc], default="")
    return best if best and weights[best] >= SURE * sum(weights.values()) else ""


def _once(titles: Iterable[Title]) -> Iterator[Title]:
    """Leave out a title that a better source has for the same groups."""
    met: set[tuple[str, str, str, str]] = set()
    for title in titles:
        key = (words.plain(title.text), words.plain(title.within), title.soc2020, title.soc2010)
        bare = (key[0], "", title.soc2020, title.soc2010)
        if key[0] and key not in met and bare not in met:
            met.add(key)
            yield title


# The year whose numbers of people order hits that are equal. Any year would do: only the order counts.
YEAR = "2025"


_PEOPLE = {"employment_estimates": ("20", "soc"), "employment_at_soc2010": ("10", "soc2010")}
_EVERYONE = {"region": "K02000001", **dict.fromkeys(("industry", "sex", "employment_status", "qualification"), "all")}


def read(name: str, path: Path) -> pl.DataFrame:
    """Read a table; of the two of people at work, which have millions of rows, only the rows about everyone."""
    if name not in _PEOPLE:
        return pl.read_parquet(path)
    wanted = {"year": YEAR, "measure": "employment", **_EVERYONE}
    lazy = pl.scan_parquet(path)
    return lazy.filter(*(pl.col(key).cast(pl.String) == code for key, code in wanted.items())).collect()


def people(tables: Mapping[str, pl.DataFrame]) -> dict[str, float]:
    """Give how many people each group has: ``20:`` and a SOC2020 code, ``10:`` and a SOC2010 code."""
    found: dict[str, float] = {}
    for name, (prefix, column) in _PEOPLE.items():
        rows = tables[name].select(pl.col(column).cast(pl.String), "value").iter_rows()
        found |= {f"{prefix}:{soc}": value for soc, value in rows if value is not None and np.isfinite(value)}
    return found
