"""A word as somebody typed it -> the known words that may be meant, how alike each is, and in which way."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from lmiforall.match.search import spoken
from lmiforall.match.search.kept import Floats, Parts
from lmiforall.match.search.make import pairs_of

# In which ways a word can match, and how alike it is then; a word that is known as it stands comes before its likes.
SAME, BEGINNING, KIN, SPELLING = range(4)
WAYS = ("the same words", "the beginning of a word", "a word of the same stem", "another spelling")
KIN_ALIKE = 0.85
# What is begun is the liker, the more of the word is there already.
BEGUN, BEGUN_SHARE = 0.75, 0.2
# A word written together with another has so many letters at least.
FEWEST_APART = 3
# How much less alike a word is where what was typed is itself one.
BESIDE_A_WORD, BESIDE_A_RARE_WORD = 0.85, 0.95
# A word is rare beside another where that is so many times as common.
TIMES_AS_COMMON = 20
# A shorter word with an error could be anything; one of so many letters may have two.
SHORTEST, TWO_ERRORS_FROM = 2, 8
# A short word has so few pairs of letters that one in common is enough to be looked at.
SHORT = 4
# A change of one letter touches two pairs of letters, a swap of neighbours three; two swaps are looked for by nobody.
PAIRS_TOUCHED = {1: 3, 2: 4}
# PERF: a beginning such as "m" stands for words with most of all titles: the commonest words, which have so many titles
# together, are enough to choose from (bench/search.py, as one types).
MOST_TITLES = 6000
# A word that nobody knows weighs as one that so many titles have.
AS_RARE_AS = 100
# So many words with what they may mean are remembered: 2 MB.
KEPT = 1000
# A word names a trade where so many titles are named by it.
FEWEST_HEADED = 8


@dataclass(frozen=True, eq=False)
class Likes:
    """Known words by number, ascending by how alike they are to a given one."""

    words: NDArray[np.int64]
    alike: Floats


@dataclass(frozen=True, eq=False)
class Term:
    """What a word may mean; ``weight`` is the word's rarity, ``ways`` say of each like word how alike, and how."""

    likes: Likes
    weight: float
    ways: dict[int, tuple[float, int]]


class Alike:
    """Finds the words that are like a given one."""

    def __init__(self, parts: Parts) -> None:
        self._words, self._rarity = parts.words, parts.rarity
        self._number = {word: at for at, word in enumerate(parts.words)}
        self._pairs = {pair: at for at, pair in enumerate(parts.pairs)}
        self._with = parts.words_with
        self._lengths = np.array([len(word) for word in parts.words], np.int64)
        self._titles = np.diff(parts.titles_of.starts) + np.diff(parts.within.starts)
        self._kin: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(parts.words):
            self._kin[spoken.stem(word)].append(at)
        self._heads = set(np.flatnonzero(np.bincount(parts.heads[parts.heads >= 0]) >= FEWEST_HEADED).tolist())
        self._unknown = float(np.log(1 + len(parts.source) / AS_RARE_AS))
        # PERF: the words of queries repeat, and somebody who types asks for the same ones again (bench/search.py).
        self.term = lru_cache(maxsize=KEPT)(self._term)

    def __contains__(self, word: str) -> bool:
        return word in self._number

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Give the numbers of known words."""
        return [self._number[word] for word in words if word in self._number]

    def count_of_titles(self, words: NDArray[np.int64]) -> int:
        """Say how many titles have words by number; one that has two of them counts twice."""
        return int(self._titles[words].sum())

    def heads(self, word: str) -> bool:
        """Say whether a word names the trade of some titles, as ``driver`` does."""
        return self._number.get(word) in self._heads

    def is_common_head(self, number: int) -> bool:
        """Say the same of a word by its number."""
        return number in self._heads

    def _term(self, word: str, typed: str, begun: str) -> Term:
        """Give what a word may mean; ``typed`` is the same as it was typed, ``begun`` too, where more may follow."""
        found: dict[int, tuple[float, int]] = {}
        own = self._number.get(word)
        if len(word) >= SHORTEST:
            self._misspelt(word, found, own)
            if own is None:
                for other in {typed, word.removesuffix("s")} - {word}:
                    self._misspelt(other, found, own)
                _better(found, self._either(typed))
            _better(found, ((kin, KIN_ALIKE, KIN) for kin in self._kin.get(spoken.stem(word), ())))
        if begun:
            self._begun(begun, found, 1.0 if own is None else BESIDE_A_WORD)
        if own is not None:
            found[own] = (1.0, SAME)
        ordered = sorted(found, key=lambda at: found[at])
        weight = self._weight(found, ordered[-1]) if found else self._unknown
        alike = np.array([found[at][0] for at in ordered], np.float32)
        return Term(Likes(np.array(ordered, np.int64), alike), weight, found)

    def _weight(self, found: dict[int, tuple[float, int]], best: int) -> float:
        """Weigh a word by the likest known one, of several by the commonest; so too what is only begun."""
        near = found[best][0]
        like = found if found[best][1] == BEGINNING else (at for at in found if found[at][0] >= near)
        return float(min(self._rarity[at] for at in like))

    def _begun(self, begun: str, found: dict[int, tuple[float, int]], factor: float) -> None:
        low = bisect_left(self._words, begun)
        high = bisect_left(self._words, f"{begun}\U0010ffff")
        chosen: Iterable[int] = range(low, high)
        if self._titles[low:high].sum() > MOST_TITLES:
            common = low + np.argsort(-self._titles[low:high], kind="stable")
            enough = np.searchsorted(np.cumsum(self._titles[common]), MOST_TITLES)
            chosen = common[: max(int(enough), 1)].tolist()
        _better(
            found,
            ((at, factor * (BEGUN + BEGUN_SHARE * len(begun) / len(self._words[at])), BEGINNING) for at in chosen),
        )

    def _misspelt(self, word: str, found: dict[int, tuple[float, int]], own: int | None) -> None:
        errors = 2 if own is None and len(word) >= TWO_ERRORS_FROM else 1
        pairs = pairs_of(word)
        lists = [self._with.of(self._pairs[pair]) for pair in pairs if pair in self._pairs]
        if not lists:
            return
        # PERF: words that share too few pairs of letters are never compared: 0.05 ms a word for 2 (bench/search.py).
        shared = np.bincount(np.concatenate(lists), minlength=len(self._words))
        least = 1 if len(word) <= SHORT else max(len(pairs) - PAIRS_TOUCHED[errors], 2)
        near = np.flatnonzero(shared >= least)
        near = near[np.abs(self._lengths[near] - len(word)) <= errors]
        _better(found, self._counted(word, near.tolist(), errors, own))

    def _counted(
        self, word: str, near: Iterable[int], errors: int, own: int | None
    ) -> Iterable[tuple[int, float, int]]:
        rare = np.inf if own is None else self._rarity[own] - np.log(TIMES_AS_COMMON)
        for at in near:
            meant = self._words[at]
            distance = OSA.distance(word, meant, score_cutoff=errors)
            if distance <= errors:
                factor = 1.0 if own is None else BESIDE_A_RARE_WORD if self._rarity[at] <= rare else BESIDE_A_WORD
                # The longer a word, the less an error matters.
                yield at, factor * (1 - distance / max(len(word), len(meant))), SPELLING

    def _either(self, typed: str) -> Iterable[tuple[int, float, int]]:
        """Give what a misspelt word for a woman or a man is compared as: ``waiter`` for *wairess*."""
        for form, neutral in spoken.FORMS.items():
            if neutral in self._number and OSA.distance(typed, form, score_cutoff=1) <= 1:
                yield self._number[neutral], 1 - 1 / max(len(typed), len(form)), SPELLING

    def apart(self, word: str) -> list[str]:
        """Take a word that nobody knows for two that were written together; nothing where that gives no known ones."""
        halves = ((word[:at], word[at:]) for at in range(FEWEST_APART, len(word) - FEWEST_APART + 1))
        known = [half for half in halves if half[0] in self._number and half[1] in self._number]
        return list(min(known, key=self._rarest)) if known else []

    def _rarest(self, halves: Iterable[str]) -> float:
        return max(float(self._rarity[self._number[half]]) for half in halves)


def _better(found: dict[int, tuple[float, int]], more: Iterable[tuple[int, float, int]]) -> None:
    """Add words, each in the way in which it is likest."""
    for at, alike, way in more:
        if at not in found or found[at][0] < alike:
            found[at] = (alike, way)
