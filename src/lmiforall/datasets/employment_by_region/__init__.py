"""How many people work in each minor group of occupations in each region, from the Annual Population Survey."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source, Starter, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.region import REGION
from lmiforall.codes.soc2020 import SOC2020

# SOURCE: the names in the derived file, where they differ from the official ones.
NAMES = {"East": "East of England"}


def read(book: Book) -> Iterable[Block]:
    """Give one block for each region: the file is a long list."""
    sheet = book.only
    heading = sheet.find_row({0: "soc2020_minor", 1: "title", 2: "region", 3: f"employment_{book.edition['year']}"})
    rows: dict[int, dict[str, str]] = {}
    for row in range(heading + 1, len(sheet.cells)):
        name = sheet.text(row, 2)
        region = REGION.code_of(NAMES.get(name, name))
        if region is None:
            raise sheet.stop(f"{name!r} is no region", row, 2)
        rows[row] = {"soc": sheet.text(row, 0), "region": region}
    yield Block(sheet, rows, {3: {"measure": "employment"}}, {"year": book.edition["year"]})


DATASET = Dataset(
    name="employment_by_region",
    title="Employment by occupation and region",
    summary="People in work by SOC2020 minor group in the 12 nations and regions, from the Annual Population Survey.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020 minor group)"),
        Dimension("region", REGION, "Nation, or region of England"),
        Dimension("year", YEAR, "Year (January to December)"),
    ),
    measures=(Measure("employment", "People in work", "people"),),
    sources=(
        Source(
            name="aps",
            publisher="Office for National Statistics, through Nomis",
            title="Annual Population Survey: employment by occupation (SOC2020 minor groups) and region",
            page="https://www.nomisweb.co.uk/datasets/aps218",
            licence=OGL3,
            files=r"APS_(?P<year>\d{4})_employment_SOC2020_minor_group_by_region_derived\.csv$",
            dialect="csv",
            marks=(
                Mark(
                    "", Status.SUPPRESSED, "Blank in the derived file; Nomis gives no figure from too small a sample."
                ),
            ),
            holds=(1_000, 1_260),
            derived=True,
            by_hand="Ask Nomis for the survey's year from January to December, by minor group of SOC2020 and region, "
            "and lay it out in the columns soc2020_minor, title, region, employment_2024. (The file that was read "
            "first was made so from a page of PMOLDN/ukjobs on GitHub, commit 3db7a2ea7a45.) Save it as "
            "`employment/APS_2024_employment_SOC2020_minor_group_by_region_derived.csv`.",
        ),
    ),
    read=read,
    rows=(1_000, 20_000),
    totals=(
        Total(
            {"soc": "111", "region": "E12000007", "year": "2024"}, "employment", 49200, because="the file's first row"
        ),
    ),
    history=(Edition("January to December 2024", "2025"),),
    starter=Starter(keep={}),
)
