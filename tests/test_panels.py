"""Tables side by side and below each other, on small sheets: what is read, and what stops the reading."""

from collections.abc import Mapping, Sequence

import pytest

from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Cell, Sheet
from lmiforall.datasets.panels import Codes, Panel, Words, blocks, column_of

HEADINGS: dict[str, Codes] = {
    "2020": {"year": "2020"},
    "2035": {"year": "2035"},
    "thousands": {},
    "men": {"sex": "male"},
}


def columns(said: Mapping[int, Codes]) -> dict[int, Codes]:
    return {place: codes for place, codes in said.items() if "year" in codes}


WORDS = Words(str.lower, HEADINGS.get, {"Levels": {"unit": "thousand"}}.get, columns)
JOBS = {"cooks": {"job": "1"}, "bakers": {"job": "2"}}
PANEL = Panel("A", "B:C", JOBS, ("jobs",))


def sheet(*rows: Sequence[Cell]) -> Sheet:
    return Sheet("a.xlsx", "Jobs", rows)


SMALL = (
    ["Title", "", ""],
    ["", "", "thousands"],
    ["Levels", 2020.0, 2035.0],
    ["Cooks", 1.5, 2.5],
    ["Bakers", 3.5, 4.5],
)


def test_labels_beside_and_headings_above_say_what_a_figure_is() -> None:
    (block,) = blocks(sheet(*SMALL), PANEL, WORDS)
    assert block.rows == {3: {"job": "1"}, 4: {"job": "2"}}
    assert block.columns == {1: {"unit": "thousand", "year": "2020"}, 2: {"unit": "thousand", "year": "2035"}}
    assert block.fixed == {"table": "jobs"}


def test_the_same_headings_further_down_go_on_with_the_same_block() -> None:
    again: tuple[Sequence[Cell], ...] = (["", "", ""], ["Levels", 2020.0, 2035.0], ["Cooks", 5.5, 6.5])
    (block,) = blocks(sheet(*SMALL, *again), PANEL, WORDS)
    assert list(block.rows) == [3, 4, 7]


def test_each_stack_of_headings_can_be_a_table_of_its_own_or_another_panels() -> None:
    twice = sheet(*SMALL, *SMALL[1:])
    first, second = blocks(twice, Panel("A", "B:C", JOBS, ("jobs", "more_jobs")), WORDS)
    assert (first.fixed["table"], second.fixed["table"]) == ("jobs", "more_jobs")
    (only,) = blocks(twice, Panel("A", "B:C", JOBS, ("", "more_jobs")), WORDS)
    assert list(only.rows) == [7, 8]
    with pytest.raises(Stop, match="2 tables stand below column A, not 3"):
        blocks(twice, Panel("A", "B:C", JOBS, ("jobs", "more_jobs", "still_more")), WORDS)


def test_a_label_without_figures_holds_for_the_rows_below_it() -> None:
    panel = Panel("A", "B:C", JOBS, ("jobs",), above={"hotels": {"industry": "55"}, "shops": {"industry": "47"}})
    rows = sheet(["", 2020.0, 2035.0], ["Hotels", "", ""], ["Cooks", 1.5, 2.5], ["Shops", "", ""], ["Bakers", 3.5, 4.5])
    (block,) = blocks(rows, panel, WORDS)
    assert block.rows == {2: {"job": "1", "industry": "55"}, 4: {"job": "2", "industry": "47"}}
    with pytest.raises(Stop, match="cell A4: nothing above says"):
        blocks(sheet(*SMALL), panel, WORDS)


def test_a_heading_that_nobody_knows_stops_the_build_and_names_its_cell() -> None:
    with pytest.raises(Stop, match=r"file a\.xlsx, sheet Jobs, cell C3: nobody knows the heading 'later'"):
        blocks(sheet(*SMALL[:2], ["Levels", 2020.0, "later"], *SMALL[3:]), PANEL, WORDS)


def test_a_label_that_nobody_knows_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"cell B4: nobody knows the heading '7\.5'"):
        blocks(sheet(*SMALL[:3], ["Waiters", 7.5, 8.5], *SMALL[3:]), PANEL, WORDS)


def test_fewer_headings_than_columns_stop_the_build() -> None:
    wide = Panel("A", "B:D", JOBS, ("jobs",))
    with pytest.raises(Stop, match="cell B3: 2 headings stand above 3 columns"):
        blocks(sheet(*([*row, ""] for row in SMALL)), wide, WORDS)


def test_headings_that_contradict_each_other_stop_the_build() -> None:
    with pytest.raises(Stop, match="cell B3: year is '2020' here and '2035' above"):
        blocks(sheet(["", 2035.0, ""], ["", "", ""], *SMALL[2:]), PANEL, WORDS)


def test_a_column_whose_headings_say_too_little_stops_the_build() -> None:
    with pytest.raises(Stop, match="cell B3: its headings don't say what it is"):
        blocks(sheet(*SMALL[:2], ["Levels", "men", ""], *SMALL[3:]), PANEL, WORDS)


def test_a_panel_of_another_title_stops_the_build() -> None:
    with pytest.raises(Stop, match="the title 'Title' doesn't say 'Men:'"):
        blocks(sheet(*SMALL), Panel("A", "B:C", JOBS, ("jobs",), title="Men:"), WORDS)


@pytest.mark.parametrize(("letters", "place"), [("A", 0), ("Z", 25), ("AA", 26), ("CT", 97)])
def test_columns_are_counted_as_a_spreadsheet_does(letters: str, place: int) -> None:
    assert column_of(letters) == place


def test_figures_without_any_heading_stop_the_build() -> None:
    with pytest.raises(Stop, match="cell A2: no heading stands above this row"):
        blocks(sheet(SMALL[0], *SMALL[3:]), PANEL, WORDS)
