"""How many of a block's figures the intervals held -> whether it is further off than chance explains.

Cells are taken as independent. Cells of one unit group, or of several years, aren't: chance explains more than is said
here, so that a block that is called chance is chance, and one that isn't may yet be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, binomtest

# Of the blocks that are called beyond chance one in twenty is expected to be chance after all.
FALSE = 0.05


@dataclass(frozen=True)
class Block:
    """A block's number of figures, how many the intervals held, and what part of them is asked to be held."""

    name: str
    figures: int
    held: int
    asked: tuple[float, float]

    @property
    def coverage(self) -> float:
        """The part that was held."""
        return self.held / self.figures

    @property
    def is_outside(self) -> bool:
        """Whether it holds less or more than is asked."""
        low, high = self.asked
        return not low <= self.coverage <= high

    def by_chance(self, level: float) -> float:
        """Give the probability that it is outside, if each figure is held with the probability ``level``."""
        counts = np.arange(self.figures + 1)
        low, high = self.asked
        inside = (counts / self.figures >= low) & (counts / self.figures <= high)
        return float(1.0 - binom.pmf(counts[inside], self.figures, level).sum())

    def as_far(self, level: float) -> float:
        """Give the probability of being as far off or further (exact binomial, two sides)."""
        return float(binomtest(self.held, self.figures, level).pvalue)


def beyond(blocks: Sequence[Block], level: float) -> list[bool]:
    """Say which blocks are off beyond chance, seen that there are so many of them.

    SOURCE: Y. Benjamini and Y. Hochberg, "Controlling the False Discovery Rate", JRSS B 57 (1995).
    """
    found = np.array([block.as_far(level) for block in blocks])
    if not found.size:
        return []
    order = np.argsort(found)
    passed = found[order] <= FALSE * np.arange(1, len(found) + 1) / len(found)
    last = int(np.flatnonzero(passed).max(initial=-1))
    chosen = np.zeros(len(found), np.bool_)
    chosen[order[: last + 1]] = True
    return [bool(one) for one in chosen]


def told(blocks: Sequence[Block], level: float) -> list[str]:
    """Say how many blocks are outside, how many would be by chance, and of each outside whether it is chance."""
    outside = [block for block in blocks if block.is_outside]
    real = {block.name for block, one in zip(blocks, beyond(blocks, level), strict=True) if one}
    expected = sum(block.by_chance(level) for block in blocks)
    found = [
        f"{len(outside)} of {len(blocks)} coverages are outside what is asked. If every interval held exactly "
        f"{level:.0%}, {expected:.0f} would be outside by chance. Off beyond chance (exact binomial, false discovery "
        f"rate of {FALSE:.0%} over all {len(blocks)}): {sum(block.name in real for block in outside)}.",
        "",
    ]
    for block in sorted(outside, key=lambda one: one.as_far(level)):
        word = "**beyond chance**" if block.name in real else "chance may explain it"
        found.append(
            f"- {block.coverage:.1%} of {block.figures:,}: {block.name} (p = {block.as_far(level):.2g}; {word})"
        )
    return found
