"""Protection and the intruder at the size of ONS's table of occupations by industry, with its own holes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import made_up
from lmiforall import datasets
from lmiforall.base.table import Table
from lmiforall.guard.bounds import WITHIN
from lmiforall.guard.complement import complement, without
from lmiforall.guard.intruder import attack
from lmiforall.guard.linked import Linked, linked
from lmiforall.release import folder, freeze

# Three sections take seconds where all nineteen take minutes (bench/disclosure.py).
SECTIONS = ("A", "D", "F")


@pytest.fixture(scope="module")
def industries(full_release: Path) -> Table:
    dataset = datasets.every()["employment_by_industry"]
    return freeze.thaw(full_release, dataset, folder.read_catalogue(full_release)["datasets"][dataset.name])


def test_without_secondary_suppression_the_intruder_finds_hundreds_of_figures_exactly(industries: Table) -> None:
    (cells,) = linked([made_up.with_totals(industries, "2024")])
    found = attack(cells)
    # SOURCE: in a probe before this was written, 756 of 1,711 fell exactly.
    assert cells.withheld.sum() == 1711
    assert 700 < found.exactly().sum() < 800
    exactly = np.flatnonzero(found.exactly())
    assert np.allclose(found.lower[exactly], cells.held[exactly], rtol=1e-6)


def test_with_it_none_is_found_and_most_figures_are_still_given(industries: Table) -> None:
    (cells,) = linked([made_up.with_totals(industries, "2024", SECTIONS)])
    assert attack(cells).broken.sum() > 80
    hidden = complement(cells)
    after = attack(without(cells, hidden))
    assert not after.broken.any()
    held = cells.held[cells.withheld]
    assert (after.lower[cells.withheld] <= held * (1 - WITHIN) + 0.01).all()
    assert (after.upper[cells.withheld] >= held * (1 + WITHIN) - 0.01).all()
    given = np.isfinite(cells.upper) & (cells.lower > 0)
    assert len(hidden) < given.sum() / 2


def test_the_way_to_it_is_the_same_every_time(industries: Table) -> None:
    def once() -> list[int]:
        (cells,) = linked([made_up.with_totals(industries, "2024", ("D",))])
        return complement(cells)

    assert once() == once()


def test_a_cell_that_nothing_can_hide_is_named(industries: Table) -> None:
    (cells,) = linked([made_up.with_totals(industries, "2024", ("D",))])
    nothing_else = replace(cells, lower=np.where(cells.withheld, cells.lower, 0), upper=_nil_but_holes(cells))
    with pytest.raises(ValueError, match=r"soc=.*can be worked out"):
        complement(nothing_else)


def _nil_but_holes(cells: Linked) -> np.ndarray:
    """Publish nothing but nil besides the holes: then every one of them is nil, and nothing else can move."""
    return np.where(cells.withheld, np.inf, 0.0)
