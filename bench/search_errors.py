"""Titles of a release and chance -> titles with an error each, and the unit groups that they lead to; and nonsense."""

import random
from collections import defaultdict
from pathlib import Path

from lmiforall.match.search.kept import Parts
from lmiforall.match.search.titles import INDEX, SUB_UNIT

# What happens to a title: to one letter, or to the whole.
LETTERS = ("a letter left out", "a letter twice", "two letters swapped", "another letter")
WHOLES = ("another order", "plural", "the end not typed yet", "a space left out")
# A shorter title with an error could be any other.
FEWEST_LETTERS = 5

Asked = tuple[str, str, frozenset[str]]


def nonsense() -> list[str]:
    """Give queries that mean no occupation."""
    return Path(__file__).with_name("search_nothing.txt").read_text("utf-8").splitlines()


def right(parts: Parts) -> dict[tuple[int, ...], frozenset[str]]:
    """Give for the words of each title of ONS's the SOC2020 unit groups that have it, whatever the words' order."""
    found: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for title in range(len(parts.source)):
        if parts.source[title] <= SUB_UNIT and parts.soc2020[title]:
            found[_key(parts, title)].add(parts.groups[parts.soc2020[title]].removeprefix("20:"))
    return {key: frozenset(codes) for key, codes in found.items()}


def asked(parts: Parts, chance: random.Random, count: int, kinds: tuple[str, ...] = LETTERS) -> list[Asked]:
    """Draw titles of the index, each with one error of a drawn kind."""
    known = right(parts)
    pool = [title for title in range(len(parts.source)) if parts.source[title] == INDEX and parts.soc2020[title]]
    chance.shuffle(pool)
    found: list[Asked] = []
    for title in pool:
        text, kind = parts.text(title)[0].lower(), chance.choice(kinds)
        wrong = changed(text, kind, chance) if sum(sign.isalpha() for sign in text) >= FEWEST_LETTERS else text
        if wrong != text and len(found) < count:
            found.append((kind, wrong, known[_key(parts, title)]))
    return found


def changed(text: str, kind: str, chance: random.Random) -> str:
    """Give a title with an error; unchanged where it can't have one of this kind."""
    letters = [at for at, sign in enumerate(text) if sign.isascii() and sign.isalpha()]
    at = chance.choice(letters)
    words = text.split()
    if kind == "a letter left out":
        return text[:at] + text[at + 1 :]
    if kind == "a letter twice":
        return text[:at] + text[at] + text[at:]
    if kind == "two letters swapped":
        able = [at for at in letters if at + 1 in letters and text[at] != text[at + 1]]
        at = chance.choice(able or [0])
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if able else text
    if kind == "another letter":
        other = chance.choice([sign for sign in "abcdefghijklmnopqrstuvwxyz" if sign != text[at]])
        return text[:at] + other + text[at + 1 :]
    return _whole(text, words, kind, chance)


def _whole(text: str, words: list[str], kind: str, chance: random.Random) -> str:
    if kind == "plural":
        return f"{text}s"
    if kind == "the end not typed yet":
        return text[: -chance.randint(1, 2)] if len(words[-1]) > 4 else text
    if len(words) < 2:
        return text
    return (
        ", ".join([words[-1], " ".join(words[:-1])])
        if kind == "another order"
        else "".join(words[:2]) + "".join(f" {word}" for word in words[2:])
    )


def _key(parts: Parts, title: int) -> tuple[int, ...]:
    return tuple(sorted(parts.words_of.of(title).tolist()))
