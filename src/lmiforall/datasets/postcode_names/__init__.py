"""The names of the wards and districts whose codes the postcode directory gives."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.gss import AREA

# Whose names a file has, and how the names of its columns begin; the year of the boundaries follows.
BEGINNINGS = {"wards": "WD", "districts": "LAD"}


def read(book: Book) -> Iterable[Records]:
    """Give code and name; a Welsh name beside it, and whatever else there is, is left out."""
    sheet, start = book.only, BEGINNINGS[book.source]
    headings = [sheet.text(0, column) for column in range(len(sheet.cells[0]))]
    found = {}
    for end in ("CD", "NM"):
        fits = [place for place, heading in enumerate(headings) if heading.startswith(start) and heading.endswith(end)]
        if len(fits) != 1:
            raise sheet.stop(f"{len(fits)} columns are named like {start}24{end} where one is expected", 0)
        found[end] = fits[0]
    rows = [row for row in range(1, len(sheet.cells)) if sheet.text(row, found["CD"])]
    columns = {"area": found["CD"], "title": found["NM"]}
    yield Records(sheet, rows, {name: [sheet.text(row, place) for row in rows] for name, place in columns.items()})


def _source(name: str, title: str, files: str, save_as: str) -> Source:
    return Source(
        name=name,
        publisher="Office for National Statistics",
        title=title,
        page="https://geoportal.statistics.gov.uk/",
        licence=OGL3,
        files=files,
        dialect="csv",
        count=(1, 1),
        by_hand=f"It is in the folder `Documents` of the ONS Postcode Directory. Save it as `{save_as}`, under its own "
        "name.",
    )


DATASET = Dataset(
    name="postcode_names",
    title="Names of wards and districts",
    summary="The names of the wards and local authority districts that the postcode directory gives by their codes.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("area", AREA, "Ward or district, by its GSS code"),),
    fields=(Field("title", "Name"),),
    sources=(
        _source("wards", "ONS Postcode Directory: names of wards", r"Ward names and codes UK.*\.csv$", "postcodes/"),
        _source(
            "districts", "ONS Postcode Directory: names of districts", r"LA_UA names and codes UK.*\.csv$", "postcodes/"
        ),
    ),
    read=read,
    rows=(1, 20_000),
    history=(Edition("with the postcode directory; none was met", "2025"),),
    not_held="No postcode directory was to be had, and these names come with it.",
)
