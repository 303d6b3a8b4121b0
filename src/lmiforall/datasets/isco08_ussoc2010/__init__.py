"""How the occupations of the United States and the groups of ISCO-08 meet, in both directions."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Address, Dataset, Dimension, Download, Edition, Field, Source
from lmiforall.base.licence import US_PUBLIC_DOMAIN
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.direction import ISCO_AND_US
from lmiforall.codes.isco08 import ISCO08
from lmiforall.codes.ussoc2010 import USSOC2010
from lmiforall.datasets.flat import Flat, records

TITLES = ("ISCO-08 Title EN", "2010 SOC Title")
FIELDS = {"part": "part", "Comment 8/17/11": "comment"}

# One sheet for each direction; both hold the same links, in another order and with marks of their own.
SHEETS = (
    Flat(
        sheet="ISCO-08 to 2010 SOC",
        keys={"ISCO-08 Code": "isco08", "2010 SOC Code": "ussoc2010"},
        values=FIELDS,
        ignored=TITLES,
        fixed={"direction": "to_ussoc2010"},
        preamble=True,
    ),
    Flat(
        sheet="2010 SOC to ISCO-08",
        keys={"2010 SOC Code": "ussoc2010", "ISCO-08 Code": "isco08"},
        values=FIELDS,
        ignored=TITLES,
        fixed={"direction": "to_isco08"},
        preamble=True,
    ),
)


def read(book: Book) -> Iterable[Records]:
    """Give the links of each sheet."""
    for flat in SHEETS:
        yield from records({book.source: flat})(book)


DATASET = Dataset(
    name="isco08_ussoc2010",
    title="ISCO-08 and US SOC 2010",
    summary="The 1,125 links between ISCO-08 and the US SOC 2010, and which of them hold only in part.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("direction", ISCO_AND_US, "Direction"),
        Dimension("isco08", ISCO08, "ISCO-08 group"),
        Dimension("ussoc2010", USSOC2010, "Occupation (US SOC 2010)"),
    ),
    fields=(
        Field("part", "* where only a part of the group that the link starts from belongs to the other"),
        Field("comment", "Comment of the publisher"),
    ),
    sources=(
        Source(
            name="crosswalk",
            publisher="U.S. Bureau of Labor Statistics",
            title="ISCO-08 to 2010 SOC crosswalk",
            page="https://www.bls.gov/soc/soccrosswalks.htm",
            licence=US_PUBLIC_DOMAIN,
            files=r"bls_isco08_ussoc2010_crosswalk\.xls$",
            downloads=(
                Download(
                    (Address("https://www.bls.gov/soc/ISCO_SOC_Crosswalk.xls"),),
                    "crosswalks/bls_isco08_ussoc2010_crosswalk.xls",
                ),
            ),
            count=(1, 1),
            holds=(2_250, 2_250),
        ),
    ),
    read=read,
    rows=(2_250, 2_250),
    history=(Edition("June 2015", "2015-06", "First published in August 2012."),),
)
