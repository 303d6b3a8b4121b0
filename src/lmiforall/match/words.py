"""A job title as somebody wrote it -> its plain words, and the features by which titles are alike."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

# Of a longer text only the beginning is read: no title has 400 characters, and a file may hold a "title" of 10 MB.
MOST_CHARACTERS = 400
MOST_WORDS = 40
# A word of more letters is cut for the same reason.
MOST_LETTERS = 24
# PERF: a few thousand words make nearly all of all texts: what is made of a word is remembered (bench/adverts.py).
REMEMBERED = 16_384

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|\+\+|#")
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
# Words by which titles that are otherwise alike may differ.
_NOISE = frozenset(("the", "a", "an", "of", "in", "for", "and", "or", "to", "nos", "mfr", "with"))
# SOURCE: abbreviations that O*NET's and the indexes' titles give beside the words, and American spellings of them.
WRITTEN_OUT = {
    "hgv": "lorry", "lgv": "lorry", "hr": "human resources", "rn": "registered nurse", "cna": "nursing assistant",
    "ceo": "chief executive", "cfo": "finance director", "cto": "technology director", "coo": "operations director",
    "asst": "assistant", "mgr": "manager", "mngr": "manager", "sr": "senior", "jr": "junior", "exec": "executive",
    "snr": "senior", "jnr": "junior", "admin": "administrator", "ta": "teaching assistant",
    "hca": "healthcare assistant",
    "gp": "general practitioner", "coder": "programmer", "truck": "lorry", "attorney": "solicitor",
    "labor": "labour", "center": "centre", "counselor": "counsellor",
    "jeweler": "jeweller", "pediatric": "paediatric",
}  # fmt: skip


# Words by which an index title never differs from another one (a senior or a deputy is often of another group).
_RANK = re.compile(r"\b(?:trainee|apprentice|experienced)\b|\b(?:band|level|grade|nvq|rqf) (?:level )?\d[a-z]?\b")


def plain(text: str) -> str:
    """Bring a title to the form in which it is compared: lower case, no accents or marks, words in the singular."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Give the plain words of a title; none where it holds no Latin letter or digit."""
    return [part for word in as_written(text) for part in _parts(word)]


@lru_cache(REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    one = singular(word)
    return tuple(WRITTEN_OUT.get(one, one).split())


def bare(text: str) -> list[str]:
    """Give the words of a title in the singular, abbreviations as they stand."""
    return [singular(word) for word in as_written(text)]


def as_written(text: str) -> list[str]:
    """Give the words of a title in small letters, without accents, none cut but by length."""
    text = text[:MOST_CHARACTERS]
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    folded = text.casefold().replace("’", "'").replace("&", " and ")
    return [word[:MOST_LETTERS].split("'")[0] for word in _WORD.findall(folded)[:MOST_WORDS]]


def without_brackets(text: str) -> str:
    """Leave out what stands in brackets."""
    return _IN_BRACKETS.sub(" ", text[:MOST_CHARACTERS])


def in_brackets(text: str) -> list[str]:
    """Give what stands in brackets."""
    return _IN_BRACKETS.findall(text[:MOST_CHARACTERS])


def natural_order(indexed: str) -> str:
    """Turn an indexed title round: ``Assistant, cutter's, paper`` is a paper cutter's assistant."""
    return " ".join(part.strip() for part in reversed(indexed[:MOST_CHARACTERS].split(",")))


def bag(found: Sequence[str]) -> str:
    """Give what titles have in common that differ in the order of words only, or in small ones."""
    return " ".join(sorted(telling(found)))


def without_rank(plain: str) -> str:
    """Leave out of a plain title how far somebody has come in the trade; what the trade is, is in the other words."""
    return " ".join(_RANK.sub(" ", plain).split())


def telling(found: Sequence[str]) -> set[str]:
    """Give the words without the small ones."""
    return set(found) - _NOISE


def features(found: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give the features of words and those of letters within words.

    The last word of an English title is its head (a *lorry driver* drives), so it is a feature of its own and
    paired with every other.
    """
    return of_words(found), [piece for word in found for piece in of_letters(word)]


def of_words(found: Sequence[str]) -> list[str]:
    """Give the features of words, and of pairs of them; a capital says of which kind, as no run of letters has one."""
    features_ = [f"W{word}" for word in found]
    features_ += [f"B{one} {other}" for one, other in pairwise(found)]
    if found:
        features_ += [f"F{found[0]}", f"L{found[-1]}", *(f"S{word} {found[-1]}" for word in found[:-2])]
    return features_


def of_letters(word: str) -> list[str]:
    """Give the runs of letters in a word, between its edges."""
    edged = f"<{word}>"
    length = len(edged)
    return [edged[at : at + size] for size in (3, 4, 5) for at in range(length - size + 1)]


def singular(word: str) -> str:
    """Give the singular of a plain English word."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]
