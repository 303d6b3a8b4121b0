"""GET /api/v2/search?q=teecher -> occupations, best first, each with the title that matched and in which way."""

from functools import lru_cache
from typing import Any

from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.match.coder import LEVELS
from lmiforall.match.search import kept, titles
from lmiforall.match.search.finder import MOST_HITS, Finder, Hit
from lmiforall.match.search.make import make
from lmiforall.release.opened import Release
from lmiforall.serve import query
from lmiforall.serve.answer import Answer, found

PATH = "/api/v2/search"
PARAMETERS = ("q", "classification", "level", "limit")
CLASSIFICATIONS = {"soc2020": SOC2020, "soc2010": SOC2010}
LEVELS_ASKED = ("any", "unit")
USUALLY = 10


# Two releases are open at once only in tests.
@lru_cache(maxsize=4)
def finder(release: Release) -> Finder:
    """Give the search of a release; one that has none, as the starter, is searched by its groups' titles."""
    parts = kept.load(release.folder)
    return Finder(parts if parts is not None else make(list(titles.of_groups()), {}))


def answer(release: Release, raw: bytes) -> Answer:
    """Answer with a list, empty where nothing fits."""
    asked = query.declared(query.pairs(raw), PARAMETERS)
    words = asked.get("q", "").strip()
    if not words:
        raise Stop(Problem("q is missing", "parameter q", "What somebody types, such as q=teecher"))
    classification = _one_of("classification", asked, tuple(CLASSIFICATIONS))
    units = _one_of("level", asked, LEVELS_ASKED) == "unit"
    hits = finder(release).find(words, _limit(asked), classification=classification, units=units)
    content = {
        "q": words[:200],
        "classification": classification,
        "release": release.number,
        "hits": [_shown(hit, classification) for hit in hits],
    }
    return found(content, headers=_incomplete(release))


def _incomplete(release: Release) -> tuple[tuple[str, str], ...]:
    if (release.folder / kept.FOLDER).is_dir():
        return ()
    return (("X-LMI-Note", "Searched are the titles of groups only; the full release has those of jobs"),)


def _shown(hit: Hit, classification: str) -> dict[str, Any]:
    matched = {"title": hit.title, "within": hit.within, "source": hit.source, "how": hit.how}
    return {
        "code": hit.code,
        "level": LEVELS[len(hit.code)],
        "title": CLASSIFICATIONS[classification].title_of(hit.code),
        "relevance": hit.relevance,
        "matched": {key: text for key, text in matched.items() if text},
    }


def _one_of(name: str, asked: dict[str, str], known: tuple[str, ...]) -> str:
    value = asked.get(name, known[0]).lower()
    if value not in known:
        raise Stop(Problem(f"{value[:80]!r} is no {name}", f"parameter {name}", f"One of: {', '.join(known)}"))
    return value


def _limit(asked: dict[str, str]) -> int:
    text = asked.get("limit", str(USUALLY))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_HITS):
        raise Stop(Problem(f"{text[:80]!r} is no limit", "parameter limit", f"A whole number from 1 to {MOST_HITS}"))
    return int(text)
