"""Where each postcode of the UK lies, and in which small areas, ward and district."""

from pathlib import Path

from lmiforall.base.code_list import Pattern
from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, LeftOut, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Book, Records

OUTWARD = Pattern("postcode_outward", "First half of a postcode", r"[A-Z]{1,2}\d[A-Z\d]?")
INWARD = Pattern("postcode_inward", "Second half of a postcode", r"\d[A-Z]{2}")

# SOURCE: ONS Postcode Directory, user guide: the names of the columns.
FIELDS = {
    "latitude": "lat",
    "longitude": "long",
    "oa11": "oa11",
    "wz11": "wz11",
    "district": "oslaua",
    "ward": "osward",
    "ended": "doterm",
}
IGNORED = (
    "pcd", "pcd2", "dointr", "oscty", "ced", "parish", "usertype", "oseast1m", "osnrth1m", "osgrdind", "oshlthau",
    "nhser", "ctry", "rgn", "streg", "pcon", "eer", "teclec", "ttwa", "pct", "itl", "nuts", "statsward", "oa01",
    "casward", "npark", "park", "lsoa01", "msoa01", "ur01ind", "oac01", "lsoa11", "msoa11", "sicbl", "ccg", "bua11",
    "buasd11", "ru11ind", "oac11", "lep1", "lep2", "pfa", "imd", "calncv", "icb", "stp", "oa21", "lsoa21", "msoa21",
    "hlthaur",
)  # fmt: skip
NUMBERS = ("latitude", "longitude")


def read(book: Book) -> list[Records]:
    """Give every postcode, also those that ended: people remember them, and the Census is of 2011."""
    sheet = book.only
    headings = [sheet.text(0, column) for column in range(len(sheet.cells[0]))]
    known = {"pcds", *FIELDS.values()}
    if new := [heading for heading in headings if heading not in known and heading not in IGNORED]:
        raise sheet.stop(f"{new[0]!r} is a column that nobody knows", 0, headings.index(new[0]))
    places = {}
    for heading in known:
        if headings.count(heading) != 1:
            raise sheet.stop(f"the column {heading!r} is not there, or twice", 0)
        places[heading] = headings.index(heading)
    rows = list(range(1, len(sheet.cells)))
    halves = [_halves(book, row, places["pcds"]) for row in rows]
    columns: dict[str, list[object]] = {"outward": [one for one, _ in halves], "inward": [two for _, two in halves]}
    columns |= {name: [sheet.text(row, places[heading]) for row in rows] for name, heading in FIELDS.items()}
    return [Records(sheet, rows, columns, {name: places[FIELDS[name]] for name in NUMBERS})]


def _halves(book: Book, row: int, column: int) -> tuple[str, str]:
    outward, _, inward = book.only.text(row, column).partition(" ")
    if outward not in OUTWARD or inward not in INWARD:
        raise book.only.stop(f"{book.only.text(row, column)!r} is no postcode", row, column)
    return outward, inward


DATASET = Dataset(
    name="postcodes",
    title="Postcodes",
    summary="Where each postcode lies, with its output area, workplace zone, ward and district.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("outward", OUTWARD, "First half"), Dimension("inward", INWARD, "Second half")),
    fields=(
        Field("latitude", "Latitude", kind="number"),
        Field("longitude", "Longitude", kind="number"),
        Field("oa11", "Output area of 2011"),
        Field("wz11", "Workplace zone of 2011"),
        Field("district", "Code of the local authority district"),
        Field("ward", "Code of the ward"),
        Field("ended", "Year and month in which it ended, if it did"),
    ),
    sources=(
        Source(
            name="directory",
            publisher="Office for National Statistics",
            title="ONS Postcode Directory",
            page="https://geoportal.statistics.gov.uk/",
            licence=OGL3,
            files=r"ONSPD_(?P<edition>[A-Z]{3}_\d{4})_UK_(?P<area>[A-Z]{1,2})\.csv$",
            dialect="csv",
            by_hand="Take the newest ONS Postcode Directory, of which the folder multi_csv has a CSV for each postcode "
            "area. Save it as `postcodes/ONSPD_NOV_2025_UK_SW.csv`, by edition and area.",
        ),
    ),
    read=read,
    rows=(1, 3_000_000),
    left_out=(LeftOut("columns of the directory that nothing here asks for", column_text="^(?!lat$|long$)"),),
    history=(Edition("four times a year; none was met", "2025"),),
    not_held="No postcode directory was to be had.",
)
