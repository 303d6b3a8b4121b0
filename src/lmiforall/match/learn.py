"""Lessons -> a net: what coders said is learnt first, then ESCO's and O*NET's titles with what the net makes of them.

A crosswalk says that a title may be any of several unit groups. The net that has learnt the index only weighs
them (its probability, damped, times the crosswalk's share), and those weights are what the members of the second
net learn: one step of expectation maximisation. The members differ in their random beginnings only.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit

from lmiforall.match.lessons import Lesson
from lmiforall.match.net import LEAK, Floats, Net, Rows, Vocabulary, Whole, rows
from lmiforall.match.words import features

HIDDEN = 128
# So many nets have a say, each from another random beginning; the first, which only weighs, is one.
MEMBERS = 3
ROUNDS, FIRST_ROUNDS = 6, 4
# How many members are learnt side by side.
AT_ONCE = 2
RATE = np.float32(0.3)
# Part of the features, and of the hidden units, that is left out at random while learning.
DROPPED, DROPPED_HIDDEN = np.float32(0.4), np.float32(0.2)
SEED = 1
# How much of the first net's opinion counts beside the crosswalk's share, and what it can't fall below.
OPINION, FLOOR = 0.5, 1e-4
# A group with a smaller share of a title isn't learnt from it.
SMALLEST = 0.01
# Letters or pairs of words that stand in a few titles only say little of others; a rare word may say much.
FEWEST = 5


@dataclass(frozen=True, eq=False)
class _Targets:
    """What each row may be: ``codes`` are columns, ``shares`` add up to 1 in each classification that is given."""

    starts: Whole
    codes: Whole
    shares: Floats


def vocabulary(texts: Sequence[str]) -> dict[str, int]:
    """Number the features worth learning, in the order in which they are met."""
    counted: Counter[str] = Counter()
    for text in texts:
        own, letters = features(text.split())
        counted.update(list(dict.fromkeys((*own, *letters))))
    kept = (name for name, count in counted.items() if count >= FEWEST or name.startswith("W"))
    return {name: number for number, name in enumerate(kept)}


def learn(lessons: Sequence[Lesson], columns: Mapping[str, int], edge: int, known: Mapping[str, int]) -> Net:
    """Learn from lessons; ``columns`` numbers the codes: ``10:`` and SOC2010's, from ``edge`` ``20:`` and SOC2020's."""
    ordered = sorted(lessons, key=lambda lesson: not lesson.sure)
    count = sum(lesson.sure for lesson in ordered)
    # PERF: the features of 107,000 texts are found once, not for each member: 18 of 60 s (docs/coder.md).
    texts = rows([lesson.text for lesson in ordered], Vocabulary(known))
    weights = np.array([lesson.weight for lesson in ordered], np.float32)
    sure, weak = _targets(ordered[:count], columns), _targets(ordered[count:], columns)
    shape = (len(known), len(columns), edge)
    if count < len(ordered):
        first = _fit((_cut(texts, 0, count), weights[:count]), sure, shape, FIRST_ROUNDS, (SEED,))
        sure = _joined(sure, _weigh(first, _cut(texts, count, len(ordered)), weak))
    return _fit((texts, weights), sure, shape, ROUNDS, range(SEED, SEED + MEMBERS))


def _cut(texts: Rows, low: int, high: int) -> Rows:
    places = slice(texts.starts[low], texts.starts[high])
    return Rows(texts.starts[low : high + 1] - texts.starts[low], texts.features[places], texts.weights[places])


def _targets(lessons: Sequence[Lesson], columns: Mapping[str, int]) -> _Targets:
    starts: list[int] = [0]
    codes: list[int] = []
    shares: list[float] = []
    for lesson in lessons:
        for prefix, given in (("10:", lesson.soc2010), ("20:", lesson.soc2020)):
            codes += [columns[prefix + soc] for soc in given]
            shares += given.values()
        starts.append(len(codes))
    return _Targets(np.array(starts, np.int64), np.array(codes, np.int64), np.array(shares, np.float32))


def _joined(one: _Targets, other: _Targets) -> _Targets:
    return _Targets(
        np.concatenate([one.starts, other.starts[1:] + one.starts[-1]]),
        np.concatenate([one.codes, other.codes]),
        np.concatenate([one.shares, other.shares]),
    )


def _weigh(net: Net, texts: Rows, targets: _Targets, batch: int = 2000) -> _Targets:
    """Weigh what each text may be by what the net makes of it; what is left of small shares is nothing."""
    shares = targets.shares.copy()
    for at in range(0, len(texts), batch):
        end = min(at + batch, len(texts))
        chances = net.probabilities(_cut(texts, at, end))
        low, high = targets.starts[at], targets.starts[end]
        owner = np.repeat(np.arange(end - at), np.diff(targets.starts[at : end + 1]))
        codes = targets.codes[low:high]
        part = shares[low:high] * (chances[owner, codes] + FLOOR) ** OPINION
        group = owner * 2 + (codes >= net.edge)
        part /= np.bincount(group, part, 2 * (end - at))[group]
        part[part < SMALLEST] = 0
        shares[low:high] = part / np.bincount(group, part, 2 * (end - at))[group]
    kept = shares > 0
    starts = np.concatenate([[0], np.cumsum(kept)])[targets.starts]
    return _Targets(starts.astype(np.int64), targets.codes[kept], shares[kept])


def _fit(
    lessons: tuple[Rows, Floats], targets: _Targets, shape: tuple[int, int, int], rounds: int, seeds: Sequence[int]
) -> Net:
    """Learn a member with each seed; each is learnt in one thread, so that equal lessons give equal bytes."""
    (texts, weights), (features, count, edge) = lessons, shape

    def member(seed: int) -> tuple[Floats, Floats, Floats]:
        chance = np.random.default_rng(seed)
        vectors = (chance.standard_normal((features, HIDDEN)) * 0.1).astype(np.float32)
        outputs = (chance.standard_normal((count, HIDDEN)) * 0.1).astype(np.float32)
        biases = np.zeros(count, np.float32)
        _descend(
            texts.starts, texts.features, texts.weights, targets.starts, targets.codes, targets.shares, weights,
            vectors, outputs, biases, edge, seed, rounds,
        )  # fmt: skip
        return vectors, outputs, biases

    with ThreadPoolExecutor(AT_ONCE) as threads:
        vectors, outputs, biases = zip(*threads.map(member, seeds), strict=True)
    return Net(np.concatenate(vectors, axis=1), np.stack(outputs), np.stack(biases), edge)


@njit(fastmath=True, cache=True, nogil=True)
def _descend(  # type: ignore[no-untyped-def]  # noqa: PLR0912, PLR0915, PLR0917, C901 - one loop, compiled whole
    starts, features, amounts, first, codes, shares, weights, vectors, outputs, biases, edge, seed, rounds
):
    """Go down the gradient text by text, each feature and group with a pace of its own (Adagrad)."""
    np.random.seed(seed)
    count, hidden = outputs.shape
    seen, paced = np.full(len(vectors), np.float32(1e-8)), np.full(count, np.float32(1e-8))
    scores, wide, back = np.empty(count, np.float32), np.empty(hidden, np.float32), np.empty(hidden, np.float32)
    steps = np.float32(len(weights) * rounds)
    step = np.float32(0)
    for _ in range(rounds):
        for row in np.random.permutation(len(weights)):
            low, high = starts[row], starts[row + 1]
            pace = RATE * (np.float32(1) - np.float32(0.9) * step / steps)
            step += np.float32(1)
            kept = np.random.random(high - low) >= DROPPED
            wide[:] = 0
            for at in range(low, high):
                if kept[at - low]:
                    vector = vectors[features[at]]
                    for unit in range(hidden):
                        wide[unit] += amounts[at] * vector[unit]
            for unit in range(hidden):
                if np.random.random() < DROPPED_HIDDEN:
                    wide[unit] = 0
                else:
                    wide[unit] /= np.float32(1) - DROPPED_HIDDEN
                    if wide[unit] < 0:
                        wide[unit] *= LEAK
            back[:] = 0
            size = np.float32(0)
            for unit in range(hidden):
                size += wide[unit] * wide[unit]
            for part in range(2):
                begin, end = (0, edge) if part == 0 else (edge, count)
                given = False
                for at in range(first[row], first[row + 1]):
                    if begin <= codes[at] < end:
                        given = True
                if not given:
                    continue
                most = np.float32(-1e30)
                for code in range(begin, end):
                    score = biases[code]
                    output = outputs[code]
                    for unit in range(hidden):
                        score += output[unit] * wide[unit]
                    scores[code] = score
                    most = max(most, score)
                total = np.float32(0)
                for code in range(begin, end):
                    scores[code] = np.exp(scores[code] - most)
                    total += scores[code]
                for code in range(begin, end):
                    scores[code] *= weights[row] / total
                for at in range(first[row], first[row + 1]):
                    if begin <= codes[at] < end:
                        scores[codes[at]] -= weights[row] * shares[at]
                for code in range(begin, end):
                    slope = scores[code]
                    if abs(slope) < np.float32(1e-5):
                        continue
                    output = outputs[code]
                    paced[code] += slope * slope * size / hidden
                    move = pace * slope / np.sqrt(paced[code])
                    for unit in range(hidden):
                        back[unit] += slope * output[unit]
                        output[unit] -= move * wide[unit]
                    biases[code] -= move * np.float32(0.1)
            steep = np.float32(0)
            for unit in range(hidden):
                if wide[unit] == 0:
                    back[unit] = 0
                elif wide[unit] < 0:
                    back[unit] *= LEAK
                steep += back[unit] * back[unit]
            steep /= hidden
            for at in range(low, high):
                if kept[at - low]:
                    feature = features[at]
                    seen[feature] += amounts[at] * amounts[at] * steep
                    move = pace * amounts[at] / np.sqrt(seen[feature])
                    vector = vectors[feature]
                    for unit in range(hidden):
                        vector[unit] -= move * back[unit]
