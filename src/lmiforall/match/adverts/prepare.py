"""Postings and a release -> adverts, ready to be kept; a posting without a readable title is refused with its reason.

The order matters: pay is read before personal data goes, since a number beside it may go along; the places of skills
are those in the text as it is kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lmiforall.base.advert import Advert, Coding, Faulty, Pay, Posting
from lmiforall.keep.sketch import BEGINNING, block, sketch
from lmiforall.match import kept, words
from lmiforall.match.adverts import clean, pay, personal, place, skills
from lmiforall.match.coder import Coded, Coder, Job

NEEDED = (*place.NEEDED, *skills.NEEDED)
# Below this a unit group is more likely wrong than right: a wider group is kept in its place.
THRESHOLD = 0.5

_PARTS = re.compile(r"\s+[-–—|]\s+|\s*[|•]\s*")
# What people write into a title that isn't one.
_BESIDE_TITLE = re.compile(
    r"£|\d{2}k\b|immediate|urgent|\bstart\b|apply|hiring|\bnew\b|remote|hybrid|part[- ]?time|full[- ]?time|permanent|"
    r"temporary|contract|days?\b|nights?\b|hours?\b|weekends?\b|\bref\b|\bote\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
# Where the words that a sketch takes end: none of them is longer on average.
START = BEGINNING * 12
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,1000}")


@dataclass(frozen=True)
class Preparer:
    """Prepares postings with what a release knows; ``number`` is the release's."""

    coder: Coder
    places: place.Places
    terms: skills.Terms
    number: str
    threshold: float = THRESHOLD

    def prepare(self, postings: Sequence[Posting]) -> list[Advert | Faulty]:
        """Prepare a batch, in its order."""
        titles = [personal.removed(clean.line(posting.title), posting.contacts) for posting in postings]
        texts = [clean.text(posting.description) for posting in postings]
        pays = [pay.pay(*told) for told in zip(postings, titles, texts, strict=True)]
        texts = [personal.removed(text, posting.contacts) for text, posting in zip(texts, postings, strict=True)]
        jobs = [Job(self._job_title(title), text) for title, text in zip(titles, texts, strict=True)]
        coded = self.coder.code(jobs, self.threshold)
        return [
            self._advert(*told) if words.plain(told[1]) else Faulty(f"{told[0].source} {told[0].id}", told[4].reason)
            for told in zip(postings, titles, texts, pays, coded, strict=True)
        ]

    def _job_title(self, title: str) -> str:
        """Leave out what isn't of the title: places, pay, "immediate start"; the first part always stays."""
        first, *others = _PARTS.split(title)
        more = [part for part in others if not _BESIDE_TITLE.search(part) and self.places.find(part) == place.NOWHERE]
        return " ".join([first, *more]) if words.plain(first) else title

    def _advert(self, posting: Posting, title: str, text: str, found: Pay | None, coded: Coded) -> Advert:
        where = clean.line(posting.place)
        there = self.places.find(where, posting.postcode)
        employer = personal.removed(clean.line(posting.employer), posting.contacts)
        pieces = sketch(_WORD.findall(text[:START].casefold()))
        told_by = (words.plain(title), words.plain(employer), there.area or words.plain(where))
        return Advert(
            posting.source, posting.id, posting.digest(self.number), title, posting.kind, employer, text,
            personal.removed(where), clean.line(posting.postcode)[:10], there.area, there.region, found, _coding(coded),
            self.terms.find(text), _link(posting.link), posting.posted, posting.expires,
            # Without an employer and a text, two adverts for plumbers in Leeds are two.
            block(told_by) if employer or pieces else b"", pieces,
        )  # fmt: skip


def preparer(release: Path, number: str, tables: Mapping[str, pl.DataFrame], threshold: float = THRESHOLD) -> Preparer:
    """Read from a release what preparing needs."""
    return Preparer(Coder(kept.load(release)), place.places(tables), skills.terms(tables), number, threshold)


def _link(told: str) -> str:
    """Keep an address that leads to a page, and nothing that runs in one."""
    return told if _ADDRESS.fullmatch(told) else ""


def _coding(coded: Coded) -> Coding:
    newer, older = coded.soc2020, coded.soc2010
    return Coding(newer.code, newer.probability, older.code, older.probability, coded.reason)
