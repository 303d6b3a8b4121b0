"""Features of texts and their weights -> a probability for each unit group, by a small net; numpy only.

A text is the weighted sum of its features' vectors; what is negative of it counts a tenth (leaky ReLU); two
softmax layers, one for SOC2010 and one for SOC2020, turn it into probabilities. The net has several members, whose
vectors stand side by side and whose probabilities are averaged.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, repeat

import numpy as np
from numpy.typing import NDArray

from lmiforall.match import words

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]

# What the letters' features weigh together beside the words'; chosen on held-out titles (docs/coder.md).
LETTERS = 0.5
LEAK = np.float32(0.1)
IN_CACHE = 32


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
        full = np.flatnonzero(np.diff(rows.starts))
        # PERF: so few rows at a time that their vectors stay in the processor's cache (bench/coder.py).
        for at in range(0, len(full), IN_CACHE):
            own = full[at : at + IN_CACHE]
            low, high = rows.starts[own[0]], rows.starts[own[-1] + 1]
            features, weights = rows.features[low:high], rows.weights[low:high]
            if self.scales is not None:
                weights = weights * self.scales[features]
            hidden[own] = np.add.reduceat(self.vectors[features] * weights[:, None], rows.starts[own] - low, axis=0)
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

    def find(self, found: Sequence[str]) -> dict[int, float]:
        """Give the known features of a text's words, each with its weight."""
        letters = list(chain.from_iterable(map(self._of_letters, found)))
        return {**_weights(self._known(words.of_words(found)), 1.0), **_weights(letters, LETTERS)}

    def _known(self, features: Sequence[str]) -> list[int]:
        number = self._number
        return [known for feature in features if (known := number(feature)) is not None]


def _weights(known: Sequence[int], share: float) -> dict[int, float]:
    """Share a weight out among features, so many times as each is there."""
    counts = Counter(known)
    weight = share / len(known) ** 0.5 if known else 0.0
    # PERF: counted first, so that each is weighed once: half the time. The sums are added up one by one, so that their
    # last digits don't depend on it (bench/adverts.py).
    sums = list(accumulate(repeat(weight, max(counts.values(), default=0)), initial=0.0))
    return {number: sums[count] for number, count in counts.items()}


def rows(texts: Sequence[str], vocabulary: Vocabulary) -> Rows:
    """Find the features of plain texts; one that nobody has learnt is left out."""
    starts: list[int] = [0]
    found: list[int] = []
    weights: list[float] = []
    for text in texts:
        own = vocabulary.find(text.split())
        found += own.keys()
        weights += own.values()
        starts.append(len(found))
    return Rows(np.array(starts, np.int64), np.array(found, np.int32), np.array(weights, np.float32))
