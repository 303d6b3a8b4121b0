"""Entries of the indexes -> what an index says of a title: the unit groups of its entries, and which entry it was."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern

from lmiforall.match import words
from lmiforall.match.lessons import Entry
from lmiforall.match.search import spoken


@dataclass(frozen=True)
class Found:
    """What an index holds of a title; ``exactly`` where its words are the title's, in order."""

    entries: Sequence[Entry]
    weights: Sequence[float]
    exactly: bool


# What an entry weighs whose industry or qualifier is all that was told; less, with the square of the part of words in
# common, where they are alike. Chosen on the related titles of the unit groups that have brackets (docs/coder.md).
TOLD = 20.0
# An entry of another industry than the one that was told is still possible: people name industries in many ways.
ELSEWHERE = 0.05
# More entries than any index has: a place is a group's rank times this, and the entry's number.
MOST = 1 << 20
_NOWHERE = array("I")


class Index:
    """Looks titles up by their words: in order, then in any order; and finds the title most alike in a group."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._bags: dict[str, list[int]] = defaultdict(list)
        self._ranks = {soc: rank for rank, soc in enumerate(sorted({entry.soc2020 for entry in entries}))}
        self._of_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, entry in enumerate(entries):
            self._exact[entry.plain].append(number)
            for word in set(entry.plain.split()):
                self._of_word[intern(word)].append(self._ranks[entry.soc2020] * MOST + number)
            bag = words.bag(entry.plain.split())
            if bag != entry.plain:
                self._bags[bag].append(number)

        # PERF: a word's entries lie in order of their groups in 4 bytes each: 15 MiB less than lists (bench/coder.py).
        self._of_word = {word: array("I", sorted(places)) for word, places in self._of_word.items()}

    def find(self, title: str, industry: str = "") -> Found | None:
        """Look a title up as it stands, turned round at its commas, without what is in brackets, in any order.

        At last without the rank, for a trainee is coded to what the training is for; and in the words of titles where
        people have others ("pen tester").
        """
        # What stands in brackets is of the title, if the index has such a one: "teaching assistant (SEN)".
        bare, within = words.without_brackets(title), f"{industry} {' '.join(words.in_brackets(title))}"
        plain: list[str] = []
        for whole, told in {title: industry, bare: within}.items():
            for form in dict.fromkeys((whole, words.natural_order(whole))):
                plain = words.words(form)
                if plain and (numbers := self._exact.get(" ".join(plain))):
                    return self._found(numbers, told, exactly=True)
            if found := self._in_any_order(plain):
                return self._found(found, told, exactly=False)
        done = words.without_rank(" ".join(plain)).split()
        for other in (done, *spoken.readings(spoken.words_of(" ".join(done)))):
            if found := self._in_any_order(other):
                return self._found(found, within, exactly=False)
        return None

    def _in_any_order(self, plain: Sequence[str]) -> Sequence[int]:
        """Give the entries that have the same words but small ones; their own order comes first."""
        bag = words.bag(plain)
        if not bag:  # Small words only: what they are short for ("A" of the Cabinet Office) is anybody's guess.
            return ()
        return self._exact.get(" ".join(plain)) or self._exact.get(bag) or self._bags.get(bag) or ()

    def _found(self, numbers: Sequence[int], industry: str, *, exactly: bool) -> Found:
        entries = [self._entries[number] for number in numbers]
        told = words.telling(words.words(industry))
        return Found(entries, [_weight(entry, told) for entry in entries], exactly)

    def most_alike(self, found: Sequence[str], soc2020: str) -> str:
        """Name the title of a unit group that shares most words with the given ones; none where no word is shared."""
        own, shared = set(found), dict[int, int]()
        if (rank := self._ranks.get(soc2020)) is None:
            return ""
        # PERF: only titles with a word in common are looked at: twice as many titles a second (bench/coder.py).
        for word in own:
            places = self._of_word.get(word, _NOWHERE)
            low = bisect_left(places, rank * MOST)
            for place in places[low : bisect_left(places, (rank + 1) * MOST, low)]:
                shared[place - rank * MOST] = shared.get(place - rank * MOST, 0) + 1
        if not shared:
            return ""
        # PERF: only those that share most words are compared (bench/coder.py).
        most = max(shared.values())
        nearest = (number for number, count in shared.items() if count == most)
        best = max(nearest, key=lambda number: (self._alike(number, most, found), -number))
        return self._entries[best].title

    def _alike(self, number: int, shared: int, found: Sequence[str]) -> float:
        """Give the part of both titles' words that they share, and a little for the same head."""
        plain = self._entries[number].plain
        same_head = plain == found[-1] or plain.endswith(f" {found[-1]}")
        return shared / (len(found) + plain.count(" ") + 1 - shared) + (0.1 if same_head else 0.0)


def _weight(entry: Entry, told: set[str]) -> float:
    """Weigh an entry by how much its industry is what was told; where none is, by what the bare title means."""
    if not entry.industry or not told:
        return entry.weight
    own = words.telling(words.words(entry.industry))
    if shared := len(told & own):
        return max(TOLD * (shared / len(told | own)) ** 2, ELSEWHERE)
    # That a job is a professional's, no industry says.
    return entry.weight if entry.weight >= 1 else ELSEWHERE * entry.weight
