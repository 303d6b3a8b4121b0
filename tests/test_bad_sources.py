"""Files that are cut short, doubled, or laid out in another way stop the build, for every dataset that is read."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from lmiforall import datasets
from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Book, Sheet
from lmiforall.base.table import File
from lmiforall.datasets.reading import read
from lmiforall.extract import dialect, folder
from tests.not_held import MADE_UP

READ = [dataset for dataset in datasets.every().values() if dataset.read is not None]
by_name = pytest.mark.parametrize("dataset", READ, ids=lambda dataset: dataset.name)


@pytest.fixture(scope="session")
def official(sources: Path) -> folder.Folder:
    return folder.look(sources)


@pytest.fixture
def listing(request: pytest.FixtureRequest, dataset: Dataset) -> folder.Folder:
    """The folder in which a dataset's files are: the official ones, or made-up ones where nobody has any."""
    if dataset.not_held:
        return folder.look(MADE_UP)
    found: folder.Folder = request.getfixturevalue("official")
    return found


def first_of_each_source(listing: folder.Folder, dataset: Dataset) -> list[File]:
    """Give one file of each source, the smallest first so that the tests are quick."""
    found: dict[str, File] = {}
    for file in sorted(folder.files_of(listing, dataset), key=lambda file: (listing.root / file.path).stat().st_size):
        found.setdefault(file.source, file)
    return list(found.values())


def refused(dataset: Dataset, books: Iterable[Book], files: list[File]) -> str:
    """Read, and give what the refusal says; fails where nothing was refused."""
    with pytest.raises(Stop) as stop:
        read(replace(dataset, rows=(1, 10**9)), books, files)
    return str(stop.value)


# How much a whole file holds nobody knows of one that nobody has met.
@pytest.mark.parametrize("dataset", [one for one in READ if not one.not_held], ids=lambda dataset: dataset.name)
def test_a_file_that_is_cut_short_stops_the_build_and_is_named(
    dataset: Dataset, listing: folder.Folder, tmp_path: Path
) -> None:
    for file in first_of_each_source(listing, dataset):
        if dataset.source(file.source).quality_of:
            continue
        for path in filter(None, (file.path, file.quality_path)):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(listing.root / path, tmp_path / path)
        whole = (tmp_path / file.path).read_bytes()
        (tmp_path / file.path).write_bytes(whole[: len(whole) // 2])
        said = refused(dataset, dialect.books(tmp_path, dataset, [file]), [file])
        assert f"dataset {dataset.name}" in said
        assert file.path in said


def books_of(dataset: Dataset, listing: folder.Folder) -> Iterable[tuple[File, Book]]:
    for file in first_of_each_source(listing, dataset):
        if not dataset.source(file.source).quality_of:
            (book,) = dialect.books(listing.root, dataset, [file])
            yield file, book


def changed(book: Book, change: Callable[[Sheet], Sheet]) -> Book:
    return replace(book, sheets={name: change(sheet) for name, sheet in book.sheets.items()})


@by_name
def test_a_column_that_came_in_stops_the_build(dataset: Dataset, listing: folder.Folder) -> None:
    def wider(sheet: Sheet) -> Sheet:
        return replace(sheet, cells=[["new", *row] for row in sheet.cells])

    for file, book in books_of(dataset, listing):
        said = refused(dataset, [changed(book, wider)], [file])
        assert f"dataset {dataset.name}" in said
        assert file.path in said


@by_name
def test_a_renamed_sheet_stops_the_build(dataset: Dataset, listing: folder.Folder) -> None:
    for file, book in books_of(dataset, listing):
        if dataset.source(file.source).dialect != "workbook":
            continue
        renamed = {f"{name} new": replace(sheet, name=f"{name} new") for name, sheet in book.sheets.items()}
        said = refused(dataset, [replace(book, sheets=renamed)], [file])
        assert "sheet" in said
        assert file.path in said


@by_name
def test_a_file_that_is_there_twice_stops_the_build(dataset: Dataset, listing: folder.Folder) -> None:
    file = first_of_each_source(listing, dataset)[0]
    doubled = replace(listing, paths=tuple(sorted((*listing.paths, f"copy/{file.path}"))))
    with pytest.raises(Stop) as stop:
        folder.files_of(doubled, dataset)
    assert f"copy/{file.path}" in str(stop.value)
    assert dataset.name in str(stop.value)


@pytest.fixture
def coding(sources: Path, tmp_path: Path) -> Path:
    """A folder with a copy of a small workbook, to be changed by a spreadsheet program."""
    path = tmp_path / "ONS_SOC2010_SOC2020.xlsx"
    shutil.copyfile(sources / "crosswalks" / path.name, path)
    return path


def read_coding(path: Path) -> str:
    dataset = datasets.every()["soc2010_soc2020"]
    files = folder.files_of(folder.look(path.parent), dataset)
    with pytest.raises(Stop) as stop:
        read(dataset, dialect.books(path.parent, dataset, files), files)
    return str(stop.value)


def test_a_code_that_does_not_exist_is_named_with_its_cell(coding: Path) -> None:
    book = openpyxl.load_workbook(coding)
    book["Sheet1"]["B5"] = "9999: Something new"
    book.save(coding)
    said = read_coding(coding)
    for part in ("dataset soc2010_soc2020", "file ONS_SOC2010_SOC2020.xlsx", "sheet Sheet1, cell B5", "'9999'"):
        assert part in said


def test_a_sign_that_nobody_declared_is_named_with_its_cell(coding: Path) -> None:
    book = openpyxl.load_workbook(coding)
    book["Sheet1"]["D4"] = "~"
    book.save(coding)
    said = read_coding(coding)
    for part in ("dataset soc2010_soc2020", "sheet Sheet1, cell D4", "'~'"):
        assert part in said


def test_a_figure_that_stands_twice_is_named_with_both_cells(coding: Path) -> None:
    book = openpyxl.load_workbook(coding)
    sheet = book["Sheet1"]
    sheet["B6"] = sheet["B5"].value
    book.save(coding)
    said = read_coding(coding)
    assert "stands 2 times" in said
    assert "Sheet1!D5" in said or "Sheet1!F5" in said
