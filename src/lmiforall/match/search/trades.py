"""Titles by number -> whether the word that names their trade is the one that was asked, or one as vague."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lmiforall.match.search import alike
from lmiforall.match.search.alike import Alike
from lmiforall.match.search.kept import Parts

# So alike is a trade that is misspelt.
HEAD_ALIKE = 0.55
# A word that names so many occupations ("officer", "coordinator") says less than what stands before it, and one of them
# may stand for another.
VAGUE_FROM = 65

Marks = NDArray[np.bool_]


class Trades:
    """The words that name the trades of a search's titles."""

    def __init__(self, parts: Parts, words: Alike) -> None:
        self._heads, self._alike = parts.heads, words
        # One more place than words: a title without a head has the last.
        self._marked = np.zeros(len(parts.words) + 1, np.bool_)
        pairs = np.unique(np.stack([parts.heads, parts.soc2020.astype(np.int32)]), axis=1)
        counts = np.bincount(pairs[0][(pairs[0] >= 0) & (pairs[1] > 0)], minlength=len(self._marked))
        self._vague: Marks = counts >= VAGUE_FROM

    def is_vague(self, word: str) -> bool:
        """Say whether a word names the trade of very many occupations."""
        return bool(self._vague[self._alike.numbers([word])].any())

    def asked(
        self, titles: NDArray[np.int64], ways: Mapping[int, tuple[float, int]], *, strict: bool
    ) -> tuple[Marks, Marks]:
        """Say of titles whether their trade was asked, if misspelt; and whether as it stands, and is a common one.

        ``ways`` are the words that the trade may mean, each with how alike it is, and in which way; ``strict`` leaves
        out what is only begun.
        """
        heads = self._heads[titles]
        never = {alike.KIN, alike.BEGINNING} if strict else {alike.KIN}
        found = [word for word, (near, way) in ways.items() if near >= HEAD_ALIKE and way not in never]
        common = [word for word in found if ways[word][1] == alike.SAME and self._alike.is_common_head(word)]
        return self._among(heads, found), self._among(heads, common)

    def as_vague(self, titles: NDArray[np.int64], words: Sequence[str], head: str) -> Marks:
        """Say of titles whether their trade is as vague as ``head``; not where it is among the other ``words``.

        One that was asked as well says something else: the "assistant" of an assistant site manager.
        """
        heads = self._heads[titles]
        if not self.is_vague(head):
            return np.zeros(len(heads), np.bool_)
        return np.asarray(self._vague[heads] & ~self._among(heads, self._alike.numbers(words)))

    def _among(self, heads: NDArray[np.int32], words: Iterable[int]) -> Marks:
        # PERF: marks in a table take a tenth of np.isin's 70 us (bench/search.py).
        chosen = list(words)
        self._marked[chosen] = True
        found: Marks = self._marked[heads]
        self._marked[chosen] = False
        return found
