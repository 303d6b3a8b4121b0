r"""Terms of ESCO and O\*NET -> where a text names them, as the terms are written there.

What is known are ESCO's skills of the digital, green and transversal collections with all their titles, and the
technologies of O\*NET. ESCO's other skills have no clean titles among the sources, so that they aren't found.
"""

import re
from collections.abc import Mapping

import ahocorasick_rs
import polars as pl

from lmiforall.base.advert import Skill

Tables = Mapping[str, pl.DataFrame]
NEEDED = ("esco_collections", "onet_technology")

# A letter alone (the languages R and C) stands in adverts for too much else.
SHORTEST = 2
# How many are given of a text; a real advert names a dozen.
MOST = 60
# SOURCE: titles of ESCO and of O*NET's "hot" technologies that mean something else in most adverts.
_EVERYDAY = {"plan", "improvise", "less", "spark", "database", "go", "chef", "slack", "swift", "zoom", "cpc"}
_BRACKETS = re.compile(r"\s*\([^)]*\)$")
# A term with a capital in one word is a name (Scala, Sage): it counts as it is written, not in lower case.
_NAME = re.compile(r"[^\s]*[A-Z][^\s]*")


class Terms:
    """Finds terms in texts."""

    def __init__(self, terms: Mapping[str, tuple[str, str]]) -> None:
        """Take terms as they are written, each with its identifier and label."""
        self._terms = [(written, *named) for written, named in terms.items()]
        self._machine = ahocorasick_rs.AhoCorasick([_lower(written) for written, _, _ in self._terms])

    def find(self, text: str) -> tuple[Skill, ...]:
        """Give the skills that a text names, in its order; of terms within terms the longest."""
        hits = self._machine.find_matches_as_indexes(_lower(text), overlapping=True)
        whole = [(start, -end, which) for which, start, end in hits if self._stands(text, which, start, end)]
        found: list[Skill] = []
        reached = 0
        for start, minus_end, which in sorted(whole):
            if start >= reached and len(found) < MOST:
                reached = -minus_end
                _, identifier, label = self._terms[which]
                found.append(Skill(identifier, label, start, reached))
        return tuple(found)

    def _stands(self, text: str, which: int, start: int, end: int) -> bool:
        """Whether it stands there as a word of its own, and as it is written if it is a name."""
        if (start and text[start - 1].isalnum()) or (end < len(text) and (text[end].isalnum() or text[end] in "+#")):
            return False
        written = self._terms[which][0]
        return text[start:end] == written or not _NAME.fullmatch(written)


def terms(tables: Tables) -> Terms:
    """Read the terms of a release; ESCO's win where both have one."""
    found: dict[str, tuple[str, str]] = {}
    for example, hot in tables["onet_technology"].select("example", "hot").unique().sort("example", "hot").iter_rows():
        # Of thousands of programs, one in a word of its own counts only if O*NET says that adverts often ask for it.
        if hot == "Y" or " " in example:
            _add(found, example, f"onet-technology:{example}", example)
    for row in tables["esco_collections"].sort("skill").to_dicts():
        for title in (*(row["other_titles"] or ()), row["title"]):
            _add(found, _BRACKETS.sub("", title), row["skill"], row["title"])
    return Terms(found)


def _add(found: dict[str, tuple[str, str]], written: str, identifier: str, label: str) -> None:
    if len(written) >= SHORTEST and written.casefold() not in _EVERYDAY:
        found[written] = (identifier, label)
        if written.startswith("Microsoft "):
            found[f"MS {written.removeprefix('Microsoft ')}"] = (identifier, label)


def _lower(text: str) -> str:
    """Lower every letter, and keep the length: a place in one is the same place in the other."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    )
