"""What the local tables of the Annual Population Survey can get wrong: columns that shifted, areas of another kind."""

import pytest

from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Block, Book, Cell, Sheet
from lmiforall.datasets.local_activity import DATASET

TITLE = "T01:37 (Aged 16-64 - Unemployed : All People )"


def block(area: str = "ladu:Rutland", date: str = "Jan 2018-Dec 2018", word: str = "conf", title: str = TITLE) -> Block:
    cells: list[list[Cell]] = [
        ["date", date],
        [""],
        ["Area", title, "", ""],
        ["", "number", "Flags", word],
        [area, 700.0, "", "*"],
        [""],
        ["* Estimate and confidence interval unreliable"],
    ]
    assert DATASET.read
    (found,) = DATASET.read(Book("nomis", "aps.xlsx", {"Data": Sheet("aps.xlsx", "Data", cells)}))
    assert isinstance(found, Block)
    return found


def test_a_number_and_its_interval_are_of_the_same_question_and_the_signs_below_are_no_areas() -> None:
    found = block("User Defined Geography:Cumbria-LSIP - from dn81838")
    assert found.rows == {4: {"kind": "lsip_mca", "area": "Cumbria-LSIP"}}
    assert found.columns == {
        1: {"activity": "unemployed", "measure": "people"},
        3: {"activity": "unemployed", "measure": "interval_95"},
    }
    assert found.fixed == {"year": "2018"}


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"area": "ward:Oakham"}, r"cell A5: 'ward:Oakham' is no kind of area"),
        ({"date": "Apr 2018-Mar 2019"}, "no date of a whole year"),
        ({"word": "number"}, r"cell D4: 'conf' is not where it was"),
        ({"title": "T01:40 (Aged 16-64 - Asleep : All People )"}, r"nobody knows what .*Asleep"),
    ],
)
def test_another_layout_stops_the_build(wrong: dict[str, str], what: str) -> None:
    with pytest.raises(Stop, match=what):
        block(**wrong)
