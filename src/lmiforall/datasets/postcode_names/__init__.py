"""The names of the wards and districts whose codes the postcode directory gives."""

import re
from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.gss import AREA

# How the names of the columns begin; the year of the boundaries follows, then CD (code), NM (name) or NMW (Welsh name).
HEADINGS = {
    "wards": re.compile(r"WD\d\d(CD|NM|NMW)"),
    "districts": re.compile(r"LAD\d\d(CD|NM|NMW)"),
}


def read(book: Book) -> Iterable[Records]:
    """Give code and name; a Welsh name beside it is left out."""
    sheet = book.only
    found: dict[str, int] = {}
    for column in range(len(sheet.cells[0])):
        match = HEADINGS[book.source].fullmatch(sheet.text(0, column))
        if match is None or match[1] in found:
            raise sheet.stop(f"{sheet.text(0, column)!r} is a column that nobody knows", 0, column)
        found[match[1]] = column
    if not {"CD", "NM"} <= set(found):
        raise sheet.stop("there is no column of codes, or none of names", 0)
    rows = [row for row in range(1, len(sheet.cells)) if sheet.text(row, found["CD"])]
    columns = {"area": found["CD"], "title": found["NM"]}
    yield Records(sheet, rows, {name: [sheet.text(row, place) for row in rows] for name, place in columns.items()})


def _source(name: str, title: str, files: str, example: str) -> Source:
    return Source(
        name=name,
        publisher="Office for National Statistics",
        title=title,
        page="https://geoportal.statistics.gov.uk/",
        licence=OGL3,
        files=files,
        dialect="csv",
        count=(1, 1),
        by_hand=f"It is a document of the ONS Postcode Directory. Save it as `postcodes/{example}`, by its date.",
    )


DATASET = Dataset(
    name="postcode_names",
    title="Names of wards and districts",
    summary="The names of the wards and local authority districts that the postcode directory gives by their codes.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("area", AREA, "Ward or district, by its GSS code"),),
    fields=(Field("title", "Name"),),
    sources=(
        _source(
            "wards",
            "ONS Postcode Directory: names of wards",
            r"Ward names and codes UK.*\.csv$",
            "Ward names and codes UK as at 05_25.csv",
        ),
        _source(
            "districts",
            "ONS Postcode Directory: names of districts",
            r"LA_UA names and codes UK.*\.csv$",
            "LA_UA names and codes UK as at 04_25.csv",
        ),
    ),
    read=read,
    rows=(1, 20_000),
    history=(Edition("with the postcode directory; none was met", "2025"),),
    not_held="No postcode directory was to be had, and these names come with it.",
)
