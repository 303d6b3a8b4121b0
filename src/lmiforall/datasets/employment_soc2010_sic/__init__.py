"""How many people worked in each SOC2010 occupation and each detailed industry in 2018."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Download, Edition, Measure, Source, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sic2007 import SIC2007_CLASS
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.addresses import on_github


def read(book: Book) -> Iterable[Block]:
    """Give the whole matrix: the codes stand at the beginning of the texts in the first row and column."""
    sheet = book.only
    columns = {column: {"industry": _industry(sheet.text(0, column))} for column in range(1, len(sheet.cells[0]))}
    rows = {row: {"soc2010": sheet.text(row, 0).split()[0]} for row in range(1, len(sheet.cells))}
    yield Block(sheet, rows, columns, {"year": book.edition["year"], "measure": "employment"})


def _industry(heading: str) -> str:
    """Take ``01.11`` out of ``111 01.11 Growing of cereals``; a heading without it is given as it is, and refused."""
    words = heading.split()
    return words[1] if len(words) > 1 else heading


DATASET = Dataset(
    name="employment_soc2010_sic",
    title="Employment by occupation (SOC2010) and detailed industry, 2018",
    summary="People in work by SOC2010 unit group and SIC2007 class, UK, from the Annual Population Survey of 2018.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010 unit group)"),
        Dimension("industry", SIC2007_CLASS, "Industry (SIC 2007 class)"),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("employment", "People in work", "people"),),
    sources=(
        Source(
            name="matrix",
            publisher="Office for National Statistics",
            title="Employment by SOC2010 and four-digit SIC2007, Annual Population Survey (user-requested)",
            page="https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/employmentandemployeetypes",
            licence=OGL3,
            files=r"ONS_SOC2010_by_SIC2007_4digit_matrix_(?P<year>\d{4})\.csv$",
            dialect="csv",
            downloads=(
                Download(
                    (on_github("vmaguirerajpaul/mathsci-econ-contrib", "403b5b6f2dab", "data/raw/SOC-SIC-matrix.csv"),),
                    "employment/ONS_SOC2010_by_SIC2007_4digit_matrix_{year}.csv",
                ),
            ),
            editions=({"year": "2018"},),
            count=(1, 1),
            holds=(200_000, 260_000),
        ),
    ),
    read=read,
    rows=(200_000, 260_000),
    totals=(
        Total(
            {"soc2010": "2136", "industry": "62.01", "year": "2018"},
            "employment",
            102362,
            because="programmers in computer programming, the largest cell of their row",
        ),
    ),
    history=(Edition("2018", "2019"),),
)
