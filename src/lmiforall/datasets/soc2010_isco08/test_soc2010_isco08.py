"""What only this dataset can get wrong: groups that are divided, and by how much."""

import pytest

from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Book, Cell, Records, Sheet
from lmiforall.datasets.soc2010_isco08 import read

HEADING: list[Cell] = ["SOC\n2010", "SOC2010 Unit Group Titles", "ISCO08", "ISCO08 Unit Group Titles"]
FIRST: list[Cell] = [3311.0, "NCOs and other ranks", "0210", "Non-commissioned armed forces officers"]
SECOND: list[Cell] = ["", "see worksheet '1to2 40-60'", "0310", "Armed forces occupations, other ranks"]
WHOLE: list[Cell] = [1115.0, "Chief executives", 1120.0, "Managing directors"]


def links(listed: list[list[Cell]], divided: list[list[Cell]]) -> Records:
    sheets = {"1to1s": listed, "1to2 50-50": [], "1to2 40-60": divided}
    made = {name: Sheet("mapping.xls", name, [HEADING, *rows]) for name, rows in sheets.items()}
    (found,) = read(Book("mapping", "mapping.xls", made))
    return found


def test_a_group_that_is_divided_has_the_parts_that_its_sheet_says() -> None:
    found = links([WHOLE, FIRST, SECOND], [FIRST, SECOND])
    assert found.columns["soc2010"] == ["1115", "3311", "3311"]
    assert found.columns["isco08"] == ["1120", "0210", "0310"]
    assert found.columns["part"] == ["all", "40 of 100", "60 of 100"]


def test_a_divided_group_that_the_list_lacks_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"3311.*0310.*not in the list"):
        links([WHOLE, FIRST], [FIRST, SECOND])


def test_a_group_with_several_links_and_no_parts_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"3311.* no sheet says in which parts"):
        links([WHOLE, FIRST, SECOND], [])


def test_a_divided_group_with_one_part_stops_the_build() -> None:
    with pytest.raises(Stop, match="sheet 1to2 40-60: 3311 has 1 groups where it should have 2"):
        links([WHOLE, FIRST, SECOND], [FIRST])
