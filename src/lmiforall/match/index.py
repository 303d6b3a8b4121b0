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
        self._of_group: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            self._exact[entry.plain].append(number)
            self._of_group[entry.soc2020].append(number)
            bag = words.bag(entry.plain.split())
            if bag != entry.plain:
                self._bags[bag].append(number)

    def find(self, title: str, industry: str = "") -> Found | None:
        """Look a title up as it stands, turned round at its commas, without what is in brackets, in any order."""
        bare = words.without_brackets(title)
        told = words.plain(f"{industry} {' '.join(words.in_brackets(title))}")
        for form in dict.fromkeys((title, words.natural_order(title), bare, words.natural_order(bare))):
            if numbers := self._exact.get(words.plain(form)):
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
        own, best, title = set(found), 0.0, ""
        for number in self._of_group.get(soc2020, ()):
            entry = self._entries[number]
            other = entry.plain.split()
            if shared := sum(word in own for word in other):
                alike = shared / (len(own) + len(other) - shared) + (0.1 if other[-1] == found[-1] else 0.0)
                if alike > best:
                    best, title = alike, entry.title
        return title


def _weight(entry: Entry, told: set[str]) -> float:
    if not entry.industry:
        return 1.0
    if not told:
        return QUALIFIED
    return 2.0 if told & set(words.words(entry.industry)) else ELSEWHERE
