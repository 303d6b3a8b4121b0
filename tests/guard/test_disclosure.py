"""What is withheld for disclosure can't be worked out from what is published; where it could, more is withheld."""

from dataclasses import replace
from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmiforall.base.dataset import Adds, Withhold
from lmiforall.base.problem import Stop
from lmiforall.base.table import Table
from lmiforall.guard import protect
from lmiforall.guard.bounds import ContradictionError, propagated, safe
from lmiforall.guard.complement import UnprotectableError, complement, without
from lmiforall.guard.intruder import attack
from lmiforall.guard.linked import Linked, linked
from tests.guard import small

UNITS = {"11": (100.0, 40.0), "12": (30.0, 60.0), "21": (80.0, 20.0), "22": (55.0, 65.0)}


def cells_of(table: Table) -> Linked:
    (cells,) = linked([(table.dataset, rule, table.frame, None) for rule in table.dataset.adds])
    return cells


def broken(table: Table) -> set[str]:
    """Name the cells that are found, by their codes along which they add up."""
    parts = [(table.dataset, rule, table.frame, None) for rule in table.dataset.adds]
    return {" ".join(cells.codes[cell]) for cells in linked(parts) for cell in np.flatnonzero(attack(cells).broken)}


def test_a_hole_alone_in_its_line_is_found_exactly() -> None:
    cells = cells_of(small.table(small.whole(UNITS), [("11", "male")]))
    found = attack(cells)
    (cell,) = np.flatnonzero(found.exactly())
    assert cells.codes[cell] == ("11", "male")
    assert found.lower[cell] == pytest.approx(100)


def test_secondary_suppression_hides_it_and_names_its_rule() -> None:
    safe_table = protect(small.table(small.whole(UNITS), [("11", "male")]))
    assert broken(safe_table.table) == set()
    withheld = safe_table.table.frame.filter(pl.col("withheld_by") == "secondary")
    assert withheld.height == safe_table.counts["secondary"] >= 3
    assert set(withheld["status"]) == {"suppressed"}
    assert withheld["value"].null_count() == withheld.height


def test_holes_in_every_line_twice_can_still_give_a_cell_away() -> None:
    """Two holes in each line are no protection where the others are nil or small: the bounds say so."""
    cells = small.whole({"11": (100.0, 1.0), "12": (1.0, 1.0), "21": (80.0, 20.0), "22": (55.0, 65.0)})
    hidden = [(group, sex) for group in ("11", "12") for sex in ("male", "female")]
    table = small.table(cells, hidden)
    assert "11 male" in broken(table)
    assert broken(protect(table).table) == set()


def test_what_was_withheld_here_is_protected_around_its_true_figure() -> None:
    rule = Withhold("under_25", "people", because="few", below=25.0)
    of = small.dataset(withhold=[rule])
    table = protect(small.table(small.whole(UNITS), of=of)).table
    assert table.frame.filter(pl.col("withheld_by") == "under_25").height == 1
    held = np.array([small.whole(UNITS)[group, sex] for group, sex in table.frame.select("group", "sex").iter_rows()])
    (cells,) = linked([(of, of.adds[0], table.frame, held)])
    cell = cells.codes.index(("21", "female"))
    (_, least, most) = next(small.exact(cells, [cell]))
    assert least <= 16
    assert most >= 24


def test_a_second_pass_withholds_nothing_more() -> None:
    once = protect(small.table(small.whole(UNITS), [("11", "male")])).table
    twice = protect(once).table
    assert once.frame.equals(twice.frame)


def test_rounding_leaves_room_and_less_has_to_be_withheld() -> None:
    cells = small.whole({"11": (2.0, 40.0), "12": (30.0, 60.0), "21": (80.0, 20.0), "22": (55.0, 65.0)})
    rounded = small.dataset([replace(small.BOTH_WAYS, rounded_to=10.0)])
    assert broken(small.table(cells, [("11", "male")])) == {"11 male"}
    assert broken(small.table(cells, [("11", "male")], rounded)) == set()


def test_a_total_that_holds_more_than_its_parts_gives_only_a_bound() -> None:
    more = small.dataset([Adds("people", ("sex",), more=("sex",))])
    assert broken(small.table(small.whole(UNITS), [("11", "male")], more)) == set()
    closed = small.dataset([Adds("people", ("sex",))])
    assert broken(small.table(small.whole(UNITS), [("11", "male")], closed)) == {"male"}


def test_a_total_with_an_unpublished_part_gives_only_a_bound() -> None:
    cells = {key: value for key, value in small.whole(UNITS).items() if key[0] != "12"}
    upward = small.dataset([Adds("people", ("group",))])
    assert broken(small.table(cells, [("11", "male")], upward)) == set()


def test_a_part_that_is_not_there_is_made_up_of_its_own_parts() -> None:
    cells = {key: value for key, value in small.whole(UNITS).items() if key[0] not in {"1", "2"}}
    upward = small.dataset([Adds("people", ("group",))])
    assert broken(small.table(cells, [("11", "male")], upward)) == {"11"}


def test_the_same_cell_in_another_dataset_gives_it_away() -> None:
    rule = Adds("people", ("group",), statistic="people")
    table = small.table(small.whole(UNITS), [("11", "male"), ("12", "male")], small.dataset([rule]))
    other = small.table({("11", "male"): 100.0}, of=small.dataset([rule]))
    alone, together = [(table.dataset, rule, table.frame, None)], [(other.dataset, rule, other.frame, None)]
    assert not any(attack(cells).broken.any() for cells in linked(alone))
    known = {cells.title: cells for cells in linked([*alone, *together])}["people male"]
    assert known.upper[known.codes.index(("11",))] == 100
    assert [known.codes[cell] for cell in np.flatnonzero(attack(known).broken)] == [("11",), ("12",)]


def test_figures_that_contradict_each_other_stop_the_build_by_name() -> None:
    cells = small.whole(UNITS) | {("1", "male"): 500.0}
    with pytest.raises(Stop, match=r"made_up.*group=1") as stopped:
        protect(small.table(cells, [("21", "male")]))
    assert "would have to be" in str(stopped.value)


def test_a_table_that_cannot_be_protected_stops_the_build_by_name() -> None:
    """One person in all, and withheld: whatever else goes, the whole says it."""
    cells = dict.fromkeys(product(["all", "1", "2", "11", "12", "21", "22"], ["all", "male", "female"]), 0.0)
    for group, sex in product(["all", "1", "11"], ["all", "male"]):
        cells[group, sex] = 50.0
    fixed = Adds("people", ("group", "sex"), sums=(("group", "11", ("12",)),))
    with pytest.raises(Stop, match="made_up"):
        protect(small.table(cells | {("12", "male"): 0.0}, [("11", "male")], small.dataset([fixed])))


def test_all_beside_a_small_base_is_withheld_but_for_what_is_spared() -> None:
    rule = Withhold("few", "people", because="few", below=25.0, base=("group", "21"), but=("22",))
    table = small.table(small.whole(UNITS), of=small.dataset((), [rule]))
    safe_table = protect(table)
    gone = safe_table.table.frame.filter(pl.col("withheld_by") == "few")
    assert set(gone["sex"]) == {"female"}
    assert set(gone["group"]) == {"all", "1", "2", "11", "12"}
    assert gone["value"].null_count() == gone.height == safe_table.counts["few"]


def test_what_is_withheld_for_quality_keeps_its_figure_and_a_publishers_own_is_left_alone() -> None:
    rule = Withhold("few", "people", because="few", below=25.0, reason="quality", only_modelled=True)
    table = small.table(small.whole(UNITS), of=small.dataset((), [rule]))
    modelled = table.frame.with_columns(
        pl.when(pl.col("group") == "21")
        .then(pl.lit("modelled"))
        .otherwise("status")
        .cast(small.STATUSES)
        .alias("status")
    )
    frame = protect(replace(table, frame=modelled)).table.frame
    assert frame.filter(pl.col("withheld_by") == "few").select("group", "sex", "value", "status").rows() == [
        ("21", "female", 20.0, "unreliable")
    ]
    assert protect(table).counts["few"] == 0


amounts = st.integers(0, 300).map(float)


@settings(max_examples=30, deadline=None)
@given(
    units=st.fixed_dictionaries({unit: st.tuples(amounts, amounts) for unit in ("11", "12", "21", "22")}),
    hidden=st.sets(st.sampled_from([(group, sex) for group in UNITS for sex in ("male", "female")]), max_size=4),
)
def test_after_protection_no_program_finds_a_withheld_cell(
    units: dict[str, tuple[float, float]], hidden: set[tuple[str, str]]
) -> None:
    cells = cells_of(small.table(small.whole(units), sorted(hidden)))
    try:
        more = complement(cells)
    except UnprotectableError:
        # Only a table that is nil around the cell can't be protected: there is nothing to withhold.
        assert min(min(pair) for pair in units.values()) == 0
        return
    current = without(cells, more)
    for cell, least, most in small.exact(current, np.flatnonzero(current.withheld)):
        room = np.full(len(cells.codes), np.nan), np.full(len(cells.codes), np.nan)
        room[0][:], room[1][:] = 0.0, 1.0
        room[0][cell], room[1][cell] = least, most
        assert safe(current, *room)[cell], current.name(cell)


@settings(max_examples=30, deadline=None)
@given(
    units=st.fixed_dictionaries({unit: st.tuples(amounts, amounts) for unit in ("11", "12", "21", "22")}),
    hidden=st.sets(st.sampled_from(sorted(small.whole(UNITS))), max_size=8),
)
def test_bounds_hold_the_truth_and_propagation_is_never_narrower(
    units: dict[str, tuple[float, float]], hidden: set[tuple[str, str]]
) -> None:
    truth = small.whole(units)
    cells = cells_of(small.table(truth, sorted(hidden)))
    outer = propagated(cells)
    for cell, least, most in small.exact(cells, range(len(cells.codes))):
        slack = 1e-6 * (1 + truth[cells.codes[cell]])  # type: ignore[index]
        assert outer.lower[cell] - slack <= least <= truth[cells.codes[cell]] + slack  # type: ignore[index]
        assert truth[cells.codes[cell]] - slack <= most <= outer.upper[cell] + slack  # type: ignore[index]


def test_contradiction_is_said_with_its_cell() -> None:
    table = small.table(small.whole(UNITS) | {("1", "male"): 500.0}, [("11", "female")])
    with pytest.raises(ContradictionError, match="would have to be"):
        attack(cells_of(table))
