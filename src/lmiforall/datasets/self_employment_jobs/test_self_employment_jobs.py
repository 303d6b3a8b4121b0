"""What only this dataset can get wrong: quarters that don't follow each other, and columns that aren't ONS's."""

import pytest

from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Block, Book, Cell, Sheet
from lmiforall.datasets.self_employment_jobs import read


def block(*quarters: list[Cell], title: str = "JOBS04 Self Employed jobs by industry (UK male full-time)") -> Block:
    sheet = Sheet(
        "jobs04.xls",
        "1. UK totals",
        [
            [title],
            ["SIC 2007 section", "", "A", "", "", "B", "A-T"],
            ["SIC 2007 division", "", "01", "05", "06", "05-06", ""],
            *quarters,
            [""],
            ["1. A footnote."],
        ],
    )
    (found,) = read(Book("jobs04", sheet.book, {sheet.name: sheet}))
    assert isinstance(found, Block)
    return found


def test_the_title_says_whom_a_sheet_counts_and_the_footnotes_of_a_quarter_are_no_part_of_it() -> None:
    found = block(["Dec 99 ", "", 5.0, 0.5, 0.5, 1.0, 6.0], ["Mar 00  2", "", 6.0, 1.0, 1.0, 2.0, 8.0])
    assert found.fixed == {"region": "K02000001", "sex": "male", "pattern": "full_time", "measure": "jobs_thousand"}
    assert found.rows == {3: {"month": "1999-12"}, 4: {"month": "2000-03"}}


def test_halves_that_somebody_put_in_are_left_out() -> None:
    found = block(["Dec 99 ", "", 5.0, 0.5, 0.5, 1.0, 6.0])
    assert found.columns == {2: {"industry": "01"}, 5: {"industry": "05-06"}, 6: {"industry": "A-T"}}


def test_a_division_that_is_more_than_half_of_its_pair_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"cell E4: division 06 isn't half of 05-06"):
        block(["Dec 99 ", "", 5.0, 0.5, 0.75, 1.0, 6.0])


def test_a_quarter_that_is_missing_stops_the_build() -> None:
    with pytest.raises(Stop, match="June 2000 doesn't follow December 1999 by a quarter"):
        block(["Dec 99 ", "", 5.0, 0.5, 0.5, 1.0, 6.0], ["Jun 00 ", "", 6.0, 1.0, 1.0, 2.0, 8.0])


def test_a_sheet_that_counts_others_stops_the_build() -> None:
    with pytest.raises(Stop, match="doesn't say whom it counts"):
        block(["Dec 99 ", "", 5.0, 0.5, 0.5, 1.0, 6.0], title="JOBS04 Self Employed jobs by industry (Wales)")
