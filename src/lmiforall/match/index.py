"""Entries of the indexes -> what an index says of a title: the unit groups of its entries, and which entry it was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lmiforall.match import words
from lmiforall.match.lessons import QUALIFIED, Entry


@dataclass(frozen=True)
class Found:
    """What an index holds of a title; ``exactly`` where its words are the title's, in order."""

    entries: Sequence[Entry]
    weights: Sequence[float]
    exactly: bool


# An entry of another industry than the one that was told is still possible: people name industries in many ways.
ELSEWHERE = 0.05


class Index:
    """Looks titles up by their words: in order, then in any order; and finds the title most alike in a group."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._bags: dict[str, list[int]] = defaultdict(list)
        self._of_group: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for number, entry in enumerate(entries):
            self._exact[entry.plain].append(number)
            for word in set(entry.plain.split()):
                self._of_group[entry.soc2020].setdefault(word, []).append(number)
            bag = words.bag(entry.plain.split())
            if bag != entry.plain:
                self._bags[bag].append(number)

    def find(self, title: str, industry: str = "") -> Found | None:
        """Look a title up as it stands, turned round at its commas, without what is in brackets, in any order."""
        bare = words.without_brackets(title)
        told = words.plain(f"{industry} {' '.join(words.in_brackets(title))}")
        forms = dict.fromkeys((title, words.natural_order(title), bare, words.natural_order(bare)))
        for form in (words.plain(form) for form in forms):
            if form and (numbers := self._exact.get(form)):
                return self._found(numbers, told, exactly=True)
        bag = words.bag(words.words(bare))
        if numbers := self._exact.get(bag) or self._bags.get(bag):
            return self._found(numbers, told, exactly=False)
        return None

    def _found(self, numbers: Sequence[int], told: str, *, exactly: bool) -> Found:
        entries = [self._entries[number] for number in numbers]
        return Found(entries, [_weight(entry, set(told.split())) for entry in entries], exactly)

    def most_alike(self, found: Sequence[str], soc2020: str) -> str:
        """Name the title of a unit group that shares most words with the given ones; none where no word is shared."""
        own, shared = set(found), dict[int, int]()
        held = self._of_group.get(soc2020, {})
        # PERF: only titles with a word in common are looked at: twice as many titles a second (bench/coder.py).
        for word in own:
            for number in held.get(word, ()):
                shared[number] = shared.get(number, 0) + 1
        if not shared:
            return ""
        best = max(shared, key=lambda number: (self._alike(number, shared[number], found), -number))
        return self._entries[best].title

    def _alike(self, number: int, shared: int, found: Sequence[str]) -> float:
        """Give the part of both titles' words that they share, and a little for the same head."""
        plain = self._entries[number].plain
        same_head = plain == found[-1] or plain.endswith(f" {found[-1]}")
        return shared / (len(found) + plain.count(" ") + 1 - shared) + (0.1 if same_head else 0.0)


def _weight(entry: Entry, told: set[str]) -> float:
    if not entry.industry:
        return 1.0
    if not told:
        return QUALIFIED
    return 2.0 if told & set(words.words(entry.industry)) else ELSEWHERE
