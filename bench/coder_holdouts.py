"""Index titles held out of the learning -> how often the coder's net is right on titles that it has never met.

Everything about the coder is chosen here, nothing on the titles of ``bench.coder``. Held out are, with all entries and
other sources of the same words: a fifth of the *everyday* titles (of up to four words, which ESCO, O*NET, the related
titles or the sub-unit groups have, too), and half of those that are *new* in the SOC2020 index. It learns for a minute.
"""

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bench.coder_report import calibration_error
from lmiforall.match import asked, coder, learn, lessons, meant, net, words
from lmiforall.match.lessons import Entry, Tables
from lmiforall.release import folder

EVERYDAY, NEW, WORDS = 200, 500, 4
Codes = Mapping[str, Set[str]]


def main(release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")]) -> None:
    """Hold titles out, learn from the rest, and print how often and how surely the net is right."""
    tables = {name: asked.read(name, folder.parquet(release, name)) for name in lessons.NEEDED}
    known = meant.weighed(lessons.entries(tables), tables)
    older, newer = _codes(known, "soc2010"), _codes(known, "soc2020")
    sets = held_out(tables, {title for title in older if len(older[title]) == 1 and len(newer.get(title, ())) == 1})
    out = sets["everyday"] | sets["new"]
    kept = [entry for entry in known if entry.plain not in out]
    todo = [lesson for lesson in lessons.lessons(tables, kept) if lesson.text not in out]
    groups = [sorted({soc for lesson in todo for soc in getattr(lesson, name)}) for name in ("soc2010", "soc2020")]
    names = [f"{prefix}:{soc}" for prefix, own in zip(("10", "20"), groups, strict=True) for soc in own]
    vocabulary = learn.vocabulary([lesson.text for lesson in todo])
    learnt = learn.learn(todo, {name: at for at, name in enumerate(names)}, len(groups[0]), vocabulary)
    for name, titles in sets.items():
        chances = learnt.probabilities(net.rows(sorted(titles), net.Vocabulary(vocabulary)), coder.TEMPERATURE)
        for year, own, codes, part in (
            (2010, groups[0], older, chances[:, : learnt.edge]), (2020, groups[1], newer, chances[:, learnt.edge :]),
        ):  # fmt: skip
            typer.echo(f"{name}, {len(titles):,} titles, SOC{year}: {_figures(part, own, codes, sorted(titles))}")


def held_out(tables: Tables, certain: Set[str]) -> dict[str, set[str]]:
    """Choose the titles, among those that have one code, by a number that is made of their letters."""
    related = tables["soc2020_groups"]["related_titles"].explode().drop_nulls()
    familiar = {words.plain(title) for title in (*related, *tables["ssc_sub_unit_groups"]["title"])}
    familiar |= {lesson.text for lesson in (*lessons.esco(tables), *lessons.onet(tables))}
    before = {words.plain(words.natural_order(title)) for title in tables["soc2010_index"]["index_title"]}
    now = {words.plain(title) for title in tables["soc2020_index"]["title"]}
    everyday = {
        title for title in certain & familiar if _number(title) < EVERYDAY and title.count(" ") < WORDS and title
    }
    return {
        "everyday": everyday,
        "new": {title for title in (now - before) & certain if _number(title) >= NEW} - everyday,
    }


def _number(title: str) -> int:
    return zlib.crc32(f"k{title}".encode()) % 1000


def _codes(known: Sequence[Entry], name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in known:
        found[entry.plain].add(getattr(entry, name))
    return {title: codes for title, codes in found.items() if "" not in codes}


def _figures(chances: net.Floats, groups: Sequence[str], codes: Codes, titles: Sequence[str]) -> str:
    place = {soc: at for at, soc in enumerate(groups)}
    truth = np.array([place.get(next(iter(codes[title])), -1) for title in titles])
    best = np.argsort(-chances, axis=1)[:, : coder.RUNNERS_UP]
    right = (best[:, 0] == truth).astype(np.float64)
    five = (best == truth[:, None]).any(axis=1).mean()
    error = calibration_error(right, chances.max(axis=1).astype(np.float64))
    return f"right {right.mean():.3f}, among five {five:.3f}, calibration error {error:.3f}"


if __name__ == "__main__":
    typer.run(main)
