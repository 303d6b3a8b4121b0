"""A query or a title -> its words as search compares them: singular, neither man nor woman, filler left out."""

import csv
import re
from collections.abc import Sequence, Set
from functools import cache
from pathlib import Path

from lmiforall.match import words

# Small words of titles and queries: titles that differ in these only are the same.
SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "nos", "of", "on", "or", "the", "to", "with")
)
# Words of a question, never of an answer; "how do I become a nurse" asks for a nurse.
_ASKING = (
    *("about", "am", "are", "be", "become", "becoming", "been", "being", "but", "can", "could", "did", "do", "does"),
    *("get", "had", "has", "have", "he", "help", "here", "how", "i", "if", "is", "like", "me", "my"),
    *("near", "no", "not", "our", "please", "she", "should", "so", "someone", "than", "that", "their", "there", "they"),
    *("this", "want", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "wont", "would"),
    *("you", "your", "won", "dont", "don", "cant"),
)
ASKING = frozenset(_ASKING)
# Words that adverts and wishes have beside the trade; alone they may be what is meant.
_BESIDE = (
    *("apprentice", "apprenticeship", "career", "experienced", "full", "immediate", "job", "junior", "needed", "part"),
    *("permanent", "position", "qualified", "required", "role", "start", "temporary", "time", "trainee", "urgent"),
    *("vacancy", "wanted", "work", "working"),
)
BESIDE = frozenset(_BESIDE)
# What follows one of these says of what, not what: a collector of taxes collects.
_OF = re.compile(r"\b(?:of|for|to|at|with)\b|[,(\[;:/]", re.IGNORECASE)
# Written as one word or as two, it is one.
_CO = re.compile(r"\bco[- ](?=ordinat|operat)", re.IGNORECASE)
# Its "a" and "and" are no small words.
_EMERGENCY = re.compile(r"\ba ?(?:&|and) ?e\b", re.IGNORECASE)
# Endings and words that say whether a man or a woman does it; what is left says what is done.
_PERSON = ("woman", "women", "person", "people", "men")
# What must stand before such an ending: "human" and "roman" end in none.
FEWEST_BEFORE = 3
_NO_ENDING = frozenset(("german", "human", "norman", "roman", "specimen", "talisman", "ottoman", "shaman"))
_PEOPLE = frozenset(("woman", "women", "men", "lady", "gentleman", "girl", "boy", "person", "wife"))
_EITHER = {
    "waitress": "waiter", "actress": "actor", "stewardess": "steward", "hostess": "host", "manageress": "manager",
    "headmistress": "headmaster", "masseuse": "masseur", "seamstress": "sewer", "governess": "governor",
    "postmistress": "postmaster",
    "usherette": "usher", "abbess": "abbot", "priestess": "priest", "proprietress": "proprietor",
    "landlady": "landlord", "authoress": "author", "poetess": "poet", "instructress": "instructor",
    "sculptress": "sculptor", "comedienne": "comedian", "barmaid": "barman",
    "milkmaid": "milkman",
}  # fmt: skip
# They are all compared as the ending that the old indexes have, so that an error of spelling stays one letter.
PERSON = "man"
# A shorter word with an error could be anything.
_SHORTEST_FORM = 4
# What no title is compared with, since it is compared as something else; misspelt, it is known by itself only.
FORMS = _EITHER | {word: PERSON for word in sorted(_PEOPLE) if len(word) >= _SHORTEST_FORM}


def words_of(text: str) -> list[str]:
    """Give the words of a title or query as they are compared; ``fireman`` and ``firewoman`` are one word."""
    return [compared for compared, _ in as_typed(text)]


def as_typed(text: str) -> list[tuple[str, str]]:
    """Give the words as they are compared, each with the word as it was typed."""
    text = _EMERGENCY.sub("emergency", _CO.sub("co", text[: words.MOST_CHARACTERS]))
    found = [(part, word) for word in words.as_written(text) for part in _neutral(word).split()]
    return [pair for pair in found if pair[0] not in SMALL] or found


# Who says one of these beside a question asks for an occupation; "how to make pancakes" does not.
_WISHES = BESIDE | {"become", "becoming", "want", "like", "be", "being"}


def is_question(asked: Sequence[str]) -> bool:
    """Say whether a query asks about something else than an occupation, as far as its small words tell."""
    return any(word in ASKING for word in asked) and not any(word in _WISHES for word in asked)


def without(asked: Sequence[str], those: Set[str]) -> list[str]:
    """Leave words out."""
    return [word for word in asked if word not in those]


def head(text: str) -> str:
    """Give the word of a title that names the trade: the ``collector`` of taxes, the bus ``driver``."""
    for piece in _OF.split(text[: words.MOST_CHARACTERS]):
        if found := words_of(piece):
            return found[-1]
    return ""


def _neutral(word: str) -> str:
    if word in _EITHER:
        return _EITHER[word]
    one = words.singular(word)
    if one in _EITHER:
        return _EITHER[one]
    if word in _PEOPLE or one in _PEOPLE:
        return PERSON
    for ending in _PERSON:
        if word.endswith(ending) and len(word) - len(ending) >= FEWEST_BEFORE and word not in _NO_ENDING:
            return f"{word.removesuffix(ending)}{PERSON}"
    return one


@cache
def everyday() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Read what people say and what titles say for it, both as compared words; longer sayings come first."""
    said: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    with Path(__file__).with_name("everyday.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            said.setdefault(tuple(words_of(row["said"])), []).append(tuple(words_of(row["means"])))
    for short, long in words.WRITTEN_OUT.items():
        said.setdefault((short,), []).append(tuple(words_of(long)))
    ordered = sorted(said.items(), key=lambda item: (-len(item[0]), item[0]))
    return {key: tuple(dict.fromkeys(means)) for key, means in ordered}


def readings(asked: Sequence[str]) -> list[list[str]]:
    """Give other ways to say the same, by the list of everyday words: one for each meaning of the longest saying."""
    known = everyday()
    for size in range(min(len(asked), MOST_SAID), 0, -1):
        for at in range(len(asked) - size + 1):
            if means := known.get(tuple(asked[at : at + size])):
                return [[*asked[:at], *mean, *asked[at + size :]] for mean in means[:MOST_MEANINGS]]
    return []


# The longest saying of the list has so many words; of a saying so many meanings are tried.
MOST_SAID, MOST_MEANINGS = 4, 2


# SOURCE: endings of words for what is done, for who does it and where: plumber, plumbing; baker, bakery.
_ENDINGS = (
    *("ation", "arian", "ering", "ment", "ary", "ing", "ist", "ant", "ian", "ery", "ics", "or", "er", "ry", "y", "e"),
)
SHORTEST_STEM = 3


def stem(word: str) -> str:
    """Give what a trade and who follows it have in common: ``plumb`` of plumber and plumbing."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
