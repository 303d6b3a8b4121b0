"""What is peculiar to the projections: 45 tables that print one estimate, and layouts that may not slip unseen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Book, Cell, Sheet
from lmiforall.base.table import Table
from lmiforall.codes.industry75_2007 import DIVISIONS, INDUSTRY75
from lmiforall.codes.rqf import RQF, SIX_GROUPS
from lmiforall.codes.si2035_table import SI2035_TABLE
from lmiforall.datasets.projections.layout import NO_FIGURES
from lmiforall.datasets.projections.reader import read
from lmiforall.datasets.projections.words import heading
from lmiforall.extract import dialect, folder
from lmiforall.guard import protect

PROJECTIONS = datasets.every()["projections"]
GROUPS = ["area", "soc", "industry", "sex", "employment_status", "qualification"]


@pytest.fixture(scope="module")
def england(sources: Path) -> Book:
    files = folder.files_of(folder.look(sources), PROJECTIONS)
    (book,) = dialect.books(sources, PROJECTIONS, [file for file in files if file.edition["area"] == "EN"])
    return book


@pytest.fixture(scope="module")
def frame(table_of: Callable[[str], Table]) -> pl.DataFrame:
    return table_of("projections").frame.with_columns(pl.col("period", "measure").cast(pl.String))


def test_one_figure_is_the_same_wherever_it_is_printed(frame: pl.DataFrame) -> None:
    spread = frame.group_by(*GROUPS, "period", "measure").agg(
        pl.len(), (pl.col("value").max() - pl.col("value").min()).alias("spread")
    )
    assert spread.filter(pl.col("len") > 1).height > 200_000
    assert spread["spread"].max() == pytest.approx(0, abs=1e-6)


def test_a_change_is_the_difference_of_two_levels(frame: pl.DataFrame) -> None:
    levels = frame.filter(measure="employment_thousand").select(*GROUPS, "period", "value").unique([*GROUPS, "period"])
    changes = frame.filter(measure="change_thousand").with_columns(
        pl.col("period").str.head(4).alias("first"), pl.col("period").str.tail(4).alias("last")
    )
    for end in ("first", "last"):
        changes = changes.join(levels.rename({"period": end, "value": f"level_{end}"}), on=[*GROUPS, end], how="left")
    wrong = (pl.col("level_last") - pl.col("level_first") - pl.col("value")).abs()
    assert changes.select(wrong.max()).item() == pytest.approx(0, abs=1e-6)
    assert changes["level_first"].null_count() == changes["level_last"].null_count() == 0


def test_sub_major_groups_add_up_to_all_occupations_in_every_year(frame: pl.DataFrame) -> None:
    each_year = frame.filter(pl.col("table") == "occ_f2", measure="employment_thousand")
    parts = each_year.filter(pl.col("soc").cast(pl.String).str.len_chars() == 2).group_by("area", "period")
    both = parts.agg(pl.col("value").sum().alias("sum")).join(
        each_year.filter(pl.col("soc") == "all"), on=["area", "period"]
    )
    assert both.height == 43 * 26
    assert both.select((pl.col("sum") - pl.col("value")).abs().max()).item() == pytest.approx(0, abs=1e-6)


def test_every_table_has_figures(frame: pl.DataFrame) -> None:
    assert set(frame["table"].cast(pl.String).unique()) == {entry.code for entry in SI2035_TABLE.codes}


def test_a_level_under_ten_thousand_people_is_given_as_published_and_marked(frame: pl.DataFrame) -> None:
    small = frame.filter(
        pl.col("table") == "occ_t2", pl.col("area") == "CU_LSIP", pl.col("soc") == "63", pl.col("sex") == "female"
    )
    safe = protect(Table(PROJECTIONS, small)).table.frame
    levels = safe.filter(measure="employment_thousand")
    assert levels.height > 0
    assert levels["value"].max() < 1
    assert levels["value"].to_list() == small.filter(measure="employment_thousand")["value"].to_list()
    assert set(levels["status"].cast(pl.String)) == {"unreliable"}
    assert "unreliable" not in set(safe.filter(measure="change_thousand")["status"].cast(pl.String))


def test_the_code_lists_are_those_that_the_workbook_prints(england: Book) -> None:
    names = england.sheet("name")
    for column, level in enumerate(("industry", "group", "sector")):
        entries = INDUSTRY75.at_level(level)
        assert [names.text(row, column) for row in range(3, 3 + len(entries))] == [entry.title for entry in entries]
    assert [names.text(row, 5) for row in range(3, 12)] == [entry.title for entry in RQF.at_level("level")]
    assert [names.text(row, 6) for row in range(3, 9)] == [RQF.title_of(code) for code in SIX_GROUPS]


def test_the_divisions_of_an_industry_are_those_of_its_group_and_sector() -> None:
    for entry in INDUSTRY75.codes:
        if entry.parent:
            assert set(DIVISIONS[entry.code]) <= set(DIVISIONS[entry.parent]), entry.code
    each = [division for entry in INDUSTRY75.at_level("industry") for division in DIVISIONS[entry.code]]
    assert len(each) == len(set(each))


@pytest.mark.parametrize(("text", "period"), [("2015", "2015"), ("2020 - 2025", "2020-2025"), ("2015-20", "2015-2020")])
def test_years_and_spans_are_read_from_the_headings(text: str, period: str) -> None:
    assert heading(text) == {"period": period}


def _with(book: Book, sheet: Sheet) -> Book:
    return replace(book, sheets={**book.sheets, sheet.name: sheet})


def _each_sheet_with(book: Book, change: Callable[[list[Cell]], list[Cell]]) -> list[str]:
    """Change each row of one sheet at a time; give the names of the sheets that were read all the same."""
    unseen = []
    for sheet in book.visible():
        if sheet.name not in NO_FIGURES:
            try:
                list(read(_with(book, replace(sheet, cells=[change(list(row)) for row in sheet.cells]))))
            except Stop:
                continue
            unseen.append(sheet.name)
    return unseen


def test_a_column_more_or_less_on_any_sheet_stops_the_build(england: Book) -> None:
    assert _each_sheet_with(england, lambda row: [row[0], "", *row[1:]]) == []
    assert _each_sheet_with(england, lambda row: [*row[:2], *row[3:]]) == []
    assert _each_sheet_with(england, lambda row: [*row, 1.5]) == []


def test_a_sheet_that_is_renamed_hidden_new_or_of_another_area_stops_the_build(england: Book) -> None:
    table = england.sheet("Occ T2")
    others = {name: sheet for name, sheet in england.sheets.items() if name != "Occ T2"}
    with pytest.raises(Stop, match="there is no sheet 'Occ T2'"):
        list(read(replace(england, sheets={**others, "Occ T2a": replace(table, name="Occ T2a")})))
    with pytest.raises(Stop, match="sheet Occ T2: it is hidden"):
        list(read(_with(england, replace(table, visible=False))))
    with pytest.raises(Stop, match="sheet Occ T9: nobody knows this sheet"):
        list(read(_with(england, replace(table, name="Occ T9"))))
    with pytest.raises(Stop, match="its title doesn't name the area 'England'"):
        list(read(_with(england, replace(table, cells=[["Table 2, Wales"], *table.cells[1:]]))))
    with pytest.raises(Stop, match=r"it is of 'England', and the file's name says 'Cumbria \(LSIP\)'"):
        list(read(replace(england, source="local", edition={"area": "CU_LSIP"})))
