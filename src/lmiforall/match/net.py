"""Features of texts and their weights -> a probability for each unit group, by a small net; numpy only.

A text is the weighted sum of its features' vectors; what is negative of it counts a tenth (leaky ReLU); two
softmax layers, one for SOC2010 and one for SOC2020, turn it into probabilities. The net has several members, whose
vectors stand side by side and whose probabilities are averaged.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from lmiforall.match import words

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]

# What the letters' features weigh together beside the words'; chosen on held-out titles (docs/coder.md).
LETTERS = 0.5
LEAK = np.float32(0.1)


@dataclass(frozen=True, eq=False)
class Rows:
    """Texts as rows of features: ``starts`` has the first place of each row and the end, as in a CSR matrix."""

    starts: Whole
    features: NDArray[np.int32]
    weights: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, eq=False)
class Net:
    """What was learnt: ``vectors`` are features by the hidden units of all members.

    ``outputs`` are members by unit groups by hidden units, ``biases`` members by unit groups.
    """

    vectors: Floats | NDArray[np.int8]
    outputs: Floats
    biases: Floats
    edge: int  # the first column of the second classification
    scales: Floats | None = None  # of each vector that is kept in whole numbers

    def probabilities(self, rows: Rows, temperature: float = 1.0) -> Floats:
        """Give for each row the probability of each unit group; each classification adds up to 1."""
        hidden = self._hidden(rows)
        active = np.where(hidden < 0, hidden * LEAK, hidden)
        members, _, units = self.outputs.shape
        chances = np.zeros((len(rows), self.biases.shape[1]), np.float32)
        for member in range(members):
            own = active[:, member * units : (member + 1) * units]
            scores = (own @ self.outputs[member].T + self.biases[member]) / np.float32(temperature)
            for part in (slice(None, self.edge), slice(self.edge, None)):
                chances[:, part] += _softmax(scores[:, part])
        return chances / np.float32(members)

    def _hidden(self, rows: Rows) -> Floats:
        hidden = np.zeros((len(rows), self.vectors.shape[1]), np.float32)
        weights = rows.weights if self.scales is None else rows.weights * self.scales[rows.features]
        # PERF: row by row: an eighth of what np.add.reduceat takes for many rows, and a row is the same to the last bit
        # whatever stands beside it (bench/adverts.py).
        for row, (low, high) in enumerate(pairwise(rows.starts.tolist())):
            hidden[row] = weights[low:high] @ self.vectors[rows.features[low:high]].astype(np.float32, copy=False)
        return hidden


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    parts: Floats = powers / powers.sum(axis=1, keepdims=True)
    return parts


class Vocabulary:
    """The features that were learnt, by number."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._number = numbers.get
        # PERF: of a description the letters' features are 500 look-ups, of words that came before (bench/adverts.py).
        self._of_letters = lru_cache(words.REMEMBERED)(lambda word: tuple(self._known(words.of_letters(word))))

    def find(self, found: Sequence[str]) -> tuple[list[int], list[int]]:
        """Give the known features of a text's words, as often as they are there: those of words, those of letters."""
        return self._known(words.of_words(found)), list(chain.from_iterable(map(self._of_letters, found)))

    def _known(self, features: Sequence[str]) -> list[int]:
        number = self._number
        return [known for feature in features if (known := number(feature)) is not None]


def rows(texts: Sequence[str], vocabulary: Vocabulary) -> Rows:
    """Find the features of plain texts; one that nobody has learnt is left out."""
    starts: list[int] = [0]
    found: list[int] = []
    counts: list[int] = []
    shares: list[float] = []
    sizes: list[int] = []
    for text in texts:
        for known, share in zip(vocabulary.find(text.split()), (1.0, LETTERS), strict=True):
            counted = Counter(known)
            found += counted
            counts += counted.values()
            shares.append(share / len(known) ** 0.5 if known else 0.0)
            sizes.append(len(counted))
        starts.append(len(found))
    # PERF: what features weigh is reckoned for all texts at once: a quarter less than one by one (bench/adverts.py).
    weights = np.repeat(shares, sizes) * np.array(counts, np.int64)
    return Rows(np.array(starts, np.int64), np.array(found, np.int32), weights.astype(np.float32))
