"""Features of texts and their weights -> a probability for each unit group, by a small net; numpy only.

A text is the weighted sum of its features' vectors; what is negative of it counts a tenth (leaky ReLU); two
softmax layers, one for SOC2010 and one for SOC2020, turn it into probabilities. The net has several members, whose
vectors stand side by side and whose probabilities are averaged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def rows(texts: Sequence[str], vocabulary: Mapping[str, int]) -> Rows:
    """Find the features of plain texts; one that nobody has learnt is left out."""
    place = vocabulary.get
    starts: list[int] = [0]
    found: list[int] = []
    weights: list[float] = []
    for text in texts:
        own: dict[int, float] = {}
        for kind, share in zip(words.features(text.split()), (1.0, LETTERS), strict=True):
            # PERF: one look-up of each feature; of a description there are 600 (bench/adverts.py).
            known = [number for feature in kind if (number := place(feature)) is not None]
            weight = share / len(known) ** 0.5 if known else 0.0
            for number in known:
                own[number] = own.get(number, 0.0) + weight
        found += own.keys()
        weights += own.values()
        starts.append(len(found))
    return Rows(np.array(starts, np.int64), np.array(found, np.int32), np.array(weights, np.float32))
