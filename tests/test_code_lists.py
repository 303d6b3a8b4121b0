"""What holds for every code list, by discovery; and each classification against the workbook that it was taken from."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
import xlrd
from python_calamine import CalamineWorkbook

from lmiforall import codes
from lmiforall.base.code_list import CodeList
from lmiforall.codes.industry75_2007 import DIVISIONS, INDUSTRY75
from lmiforall.codes.isco08 import ISCO08
from lmiforall.codes.onet_soc2010 import ONET_SOC2010
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.ussoc2010 import USSOC2010
from lmiforall.codes.ussoc2018 import USSOC2018


def every_list() -> dict[str, CodeList]:
    found = {}
    for module in pkgutil.iter_modules(codes.__path__):
        for value in vars(importlib.import_module(f"{codes.__name__}.{module.name}")).values():
            if isinstance(value, CodeList):
                found[value.name] = value
    return found


by_name = pytest.mark.parametrize("listed", every_list().values(), ids=lambda listed: listed.name)


@by_name
def test_a_code_stands_once_and_has_a_title(listed: CodeList) -> None:
    assert len(listed.by_code) == len(listed.codes) > 0
    assert all(entry.code.strip() == entry.code and entry.title.strip() == entry.title for entry in listed.codes)
    assert all(entry.code and entry.title for entry in listed.codes)


@by_name
def test_a_parent_is_a_code_of_a_wider_level(listed: CodeList) -> None:
    for entry in listed.codes:
        assert 0 <= entry.level < len(listed.levels)
        if entry.parent:
            assert listed.by_code[entry.parent].level < entry.level, entry


@by_name
def test_what_stands_for_everything_is_one_of_the_codes(listed: CodeList) -> None:
    assert not listed.whole or listed.whole in listed


@pytest.mark.parametrize(
    ("listed", "sizes"), [(SOC2010, [9, 25, 90, 369]), (SOC2020, [9, 26, 104, 412])], ids=["soc2010", "soc2020"]
)
def test_the_occupations_are_as_many_as_ons_says_and_nest_by_their_digits(listed: CodeList, sizes: list[int]) -> None:
    for digits, (level, size) in enumerate(zip(("major", "submajor", "minor", "unit"), sizes, strict=True), start=1):
        entries = listed.at_level(level)
        assert len(entries) == size
        assert all(len(entry.code) == digits for entry in entries)
        assert all(entry.parent == (entry.code[:-1] or listed.whole) for entry in entries)


def test_soc2010_is_as_in_its_volume_2(sources: Path) -> None:
    book = xlrd.open_workbook(sources / "soc2010" / "soc2010_volume2_index_v5.1_aug2016_ONS_index.xls")
    sheet = book.sheet_by_name("SOC2010 Structure")
    published = {}
    for row in range(1, sheet.nrows):
        *groups, title = sheet.row_values(row)[:5]
        code = next((str(int(group)) for group in groups if isinstance(group, float)), "")
        if code:
            published[code] = " ".join(title.split())
    # The workbook prints the wider groups in capitals.
    assert {entry.code: entry.title.casefold() for entry in SOC2010.codes if entry.code != "all"} == {
        code: title.casefold() for code, title in published.items()
    }


def test_soc2020_is_as_in_its_volume_1(sources: Path) -> None:
    (path,) = (sources / "soc2020").glob("soc2020volume1*.xlsx")
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("SOC2020 descriptions").to_python()
    published = {}
    for row in rows[1:]:
        code = next(str(int(cell)) for cell in row[:4] if isinstance(cell, float))
        published[code] = " ".join(str(row[4]).split())
    assert {entry.code: entry.title for entry in SOC2020.codes if entry.code != "all"} == published


def test_isco08_is_as_the_ilo_publishes_it(sources: Path) -> None:
    book = xlrd.open_workbook(sources / "crosswalks" / "ilo_isco08_struct08.xls")
    sheet = book.sheet_by_index(0)
    published = {
        str(sheet.cell_value(row, 0)).removesuffix(".0"): " ".join(sheet.cell_value(row, 1).split())
        for row in range(1, sheet.nrows)
    }
    assert {entry.code: entry.title for entry in ISCO08.codes} == published


def test_the_onet_occupations_are_those_of_its_database(sources: Path) -> None:
    path = sources / "onet" / "db_29_x_xlsx" / "Occupation Data.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Occupation Data").to_python()
    assert {entry.code: entry.title for entry in ONET_SOC2019.codes} == {row[0]: row[1] for row in rows[1:]}


def test_the_occupations_of_the_united_states_are_as_bls_publishes_them(sources: Path) -> None:
    path = sources / "crosswalks" / "bls_ussoc2010_to_ussoc2018.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Sorted by 2010").to_python()[9:]
    for listed, at in ((USSOC2010, 0), (USSOC2018, 2)):
        # BLS marks titles of occupations that were divided or put together with (#) and (##).
        published = {row[at]: re.sub(r" \(#+\)$", "", str(row[at + 1])) for row in rows}
        assert {entry.code: entry.title for entry in listed.at_level("detailed")} == published


def test_the_former_onet_occupations_and_the_broad_us_one_are_those_of_onets_crosswalk(sources: Path) -> None:
    path = sources / "crosswalks" / "onet_to_ussoc2010.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Sheet1").to_python()[1:]
    assert {entry.code: entry.title for entry in ONET_SOC2010.codes} == {row[0]: row[1] for row in rows}
    broad = {row[2]: row[3] for row in rows if row[2] not in {entry.code for entry in USSOC2010.at_level("detailed")}}
    assert {entry.code: entry.title for entry in USSOC2010.at_level("broad")} == broad


def test_the_75_industries_cover_sic2007_without_overlap() -> None:
    industries = INDUSTRY75.at_level("industry")
    assert [len(INDUSTRY75.at_level(level)) for level in ("sector", "group", "industry")] == [6, 22, 75]
    divisions = [division for entry in industries for division in DIVISIONS[entry.code]]
    assert len(divisions) == len(set(divisions))
