"""What holds for every dataset, by discovery: a new folder gets these tests for nothing."""

import csv
import re
from collections.abc import Callable

import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Dataset
from lmiforall.base.sheet import a1
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from tests.not_held import MADE_UP

ALL = list(datasets.every().values())
READ = [dataset for dataset in ALL if dataset.read is not None]

by_name = pytest.mark.parametrize("dataset", ALL, ids=lambda dataset: dataset.name)
read_by_name = pytest.mark.parametrize("dataset", READ, ids=lambda dataset: dataset.name)


def golden(dataset: Dataset) -> list[dict[str, str]]:
    path = MADE_UP / "golden" / f"{dataset.name}.csv" if dataset.not_held else dataset.folder / "golden.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@by_name
def test_its_folder_holds_what_it_needs_and_no_more(dataset: Dataset) -> None:
    files = {path.name for path in dataset.folder.iterdir() if path.is_file()}
    # What is golden of made-up figures stands beside them, so that no figure in the package is made up.
    assert {"__init__.py", "notes.md"} <= files
    assert ("golden.csv" in files) == (not dataset.not_held)
    assert len(files) <= 6


@by_name
def test_its_notes_are_in_plain_words_and_state_each_rule_that_withholds(dataset: Dataset) -> None:
    notes = dataset.notes.read_text("utf-8")
    assert len(notes.split()) >= 60, "notes.md should tell a newcomer what the figures are and aren't"
    for rule in dataset.withhold:
        assert rule.name in notes, f"notes.md doesn't state the rule {rule.name}"


@by_name
def test_it_says_where_it_comes_from(dataset: Dataset) -> None:
    assert dataset.sources or dataset.inputs
    for source in dataset.sources:
        assert source.page.startswith("https://")
        assert source.publisher
        assert source.title
    assert dataset.history, "the update history names at least the edition that was read"


@by_name
def test_its_declaration_is_consistent(dataset: Dataset) -> None:
    names = [dimension.name for dimension in dataset.dimensions]
    assert len(set(names)) == len(names)
    assert bool(dataset.measures) != bool(dataset.fields), "figures have measures, records have fields"
    assert (dataset.read is None) == (dataset.model is not None)
    assert dataset.rows[0] > 0
    for name in [*names, *(measure.name for measure in dataset.measures), *(field.name for field in dataset.fields)]:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
    for dimension in dataset.dimensions:
        if dimension.default and isinstance(dimension.codes, CodeList):
            assert dimension.default in dimension.codes
    for rule in dataset.withhold:
        assert rule.measure == "quality" or rule.measure in {measure.name for measure in dataset.measures}
        assert (rule.below is None) != (rule.above is None)


@read_by_name
def test_a_pattern_finds_next_years_file(dataset: Dataset) -> None:
    for source in dataset.sources:
        for edition in source.editions:
            assert set(edition) <= set(source.pattern.groupindex) | {"file"}, source.name


@by_name
def test_it_gives_the_figures_that_were_checked_by_eye(dataset: Dataset, table_of: Callable[[str], Table]) -> None:
    """golden.csv: the dimensions, measure, value, status, mark, sheet, cell of figures; any columns of records."""
    frame = table_of(dataset.name).frame
    rows = golden(dataset)
    assert len(rows) >= 3
    for row in rows:
        keys = [dimension.name for dimension in dataset.dimensions] + (["measure"] if dataset.of_figures else [])
        found = frame.filter(*(pl.col(key) == row[key] for key in keys))
        assert found.height >= 1, row
        if dataset.of_figures:
            assert found.height == 1, row
            (figure,) = found.iter_rows(named=True)
            if row["value"]:
                assert figure["value"] == pytest.approx(float(row["value"]), rel=1e-12), row
            else:
                assert figure["value"] is None, row
            assert figure["status"] == row["status"], row
            assert figure["mark"] == row["mark"], row
            if dataset.read is not None:
                assert figure["sheet"] == row["sheet"], row
                assert a1(figure["row"] - 1, figure["column"] - 1) == row["cell"], row
            if row.get("quality"):
                assert figure["quality"] == pytest.approx(float(row["quality"])), row
        else:
            wanted = {name: text for name, text in row.items() if name not in keys}
            assert any(
                all(_text(record[name]) == text for name, text in wanted.items())
                for record in found.iter_rows(named=True)
            ), row


@by_name
def test_every_missing_figure_says_why(dataset: Dataset, table_of: Callable[[str], Table]) -> None:
    frame = table_of(dataset.name).frame
    assert frame["status"].null_count() == 0
    if dataset.of_figures:
        silent = frame.filter(pl.col("value").is_null() & (pl.col("status").cast(pl.String) == Status.DIRECT))
        assert silent.height == 0


def _text(value: object) -> str:
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
