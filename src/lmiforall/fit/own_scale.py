"""Errors over their half widths, by group -> how many times as wide the intervals of each group have to be.

A group's few errors say little of what holds nine in ten of them; those of all groups say nothing of how groups differ.
So the quantile is taken of a group's own errors and of all others' together, as if the others were only so many.
"""

from collections.abc import Sequence

import numpy as np

from lmiforall.fit.mixed import Floats, Ints

# So many errors of all other groups count beside a group's own. Tried on regions, areas and major groups (employment)
# and on a year (pay): with 10 intervals are hardly narrower and less steady, with 100 London is held too seldom.
BESIDE = 30.0


def factors(missed: Floats, groups: Sequence[str] | Ints, level: float) -> dict[str, float]:
    """Give each group's factor; ``missed`` are absolute errors over the half widths that hold ``level`` of them all."""
    labels = np.asarray(groups).astype(str)
    order = np.argsort(missed, kind="stable")
    found = {}
    for group in sorted(set(labels)):
        own = labels == group
        weights = np.where(own, 1.0, BESIDE / max((~own).sum(), 1))[order].cumsum()
        # SOURCE: Lei et al., "Distribution-Free Predictive Inference for Regression", JASA 113 (2018): n + 1 for n.
        wanted = min(level * (1.0 + 1.0 / weights[-1]), 1.0) * weights[-1]
        found[group] = float(missed[order][min(np.searchsorted(weights, wanted), len(order) - 1)])
    return found
