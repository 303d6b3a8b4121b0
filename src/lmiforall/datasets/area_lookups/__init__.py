"""What lies in what: wards and postcode districts in local authorities, and local authorities through time."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3_OS
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.gss import AREA_OR_DISTRICT, LOOKUP
from lmiforall.datasets.flat import Flat, records

# The middle of a postcode district; the other lists tell none.
MIDDLE = {"latitude": "latitude", "longitude": "longitude"}

LISTS = {
    "wards": Flat(
        keys={"ward24_code": "area"},
        values={"ward24_name": "name", "ltla24_code": "within", "ltla24_name": "within_name"},
        fixed={"kind": "ward_2024"},
    ),
    "changes": Flat(
        keys={"ltla22_code": "area"},
        values={"ltla22_name": "name", "ltla23_code": "within", "ltla23_name": "within_name"},
        fixed={"kind": "ltla_2022"},
    ),
    "regions": Flat(
        keys={"ltla24_code": "area"},
        values={"ltla24_name": "name", "region24_code": "within", "region24_name": "within_name"},
        fixed={"kind": "ltla_2024"},
    ),
    "postcodes": Flat(
        keys={"postcode_district": "area"},
        values={"town": "name", "ltla_code": "within", "ltla_name": "within_name", **MIDDLE},
        numbers=tuple(MIDDLE),
        ignored=("gibbs_region", "country", "region_code", "region_name", "match"),
        fixed={"kind": "postcode_district"},
    ),
}


def read(book: Book) -> Iterable[Records]:
    """Give the rows of any of the lists."""
    for found in records(LISTS)(book):
        untold = {name: [""] * len(found.rows) for name in MIDDLE}
        yield replace(found, columns=untold | dict(found.columns))


DATASET = Dataset(
    name="area_lookups",
    title="Area lookups",
    summary="Wards, postcode districts and former local authorities, each with the local authority that it belongs to.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("kind", LOOKUP, "What is looked up"),
        Dimension("area", AREA_OR_DISTRICT, "Area"),
    ),
    fields=(
        Field("name", "Name"),
        Field("within", "The area that it lies in, or became"),
        Field("within_name", "Its name"),
        Field("latitude", "Latitude of the middle of a postcode district", kind="number"),
        Field("longitude", "Its longitude", kind="number"),
    ),
    sources=(
        Source(
            name="wards",
            publisher="Office for National Statistics, Open Geography",
            title="Wards to local authorities, 2024, England and Wales",
            page="https://geoportal.statistics.gov.uk/",
            licence=OGL3_OS,
            files=r"ward24_to_ltla24_ew\.csv$",
            dialect="csv",
            count=(1, 1),
            derived=True,
            holds=(7_100, 9_800),
            by_hand="The portal has the wards of 2024 as a lookup. Give it the columns ward24_name, ward24_code, "
            "ltla24_name, ltla24_code. (The file that was read first was made from humaniverse/geographr on GitHub, "
            "commit c026be5cc76c.) Save it as `geography/ward24_to_ltla24_ew.csv`.",
        ),
        Source(
            name="changes",
            publisher="Office for National Statistics, Open Geography",
            title="Local authorities of 2022 to those of 2023",
            page="https://geoportal.statistics.gov.uk/",
            licence=OGL3_OS,
            files=r"lookup_ltla22_ltla23\.csv$",
            dialect="csv",
            count=(1, 1),
            derived=True,
            holds=(350, 490),
            by_hand="The portal has the changes of April 2023 as a lookup. Give it the columns ltla22_code, "
            "ltla22_name, ltla23_code, ltla23_name. (The file that was read first was made from humaniverse/geographr "
            "on GitHub, commit c026be5cc76c.) Save it as `geography/lookup_ltla22_ltla23.csv`.",
        ),
        Source(
            name="regions",
            publisher="Office for National Statistics, Open Geography",
            title="Local authorities to regions, 2024, England",
            page="https://geoportal.statistics.gov.uk/",
            licence=OGL3_OS,
            files=r"lookup_ltla24_region24\.csv$",
            dialect="csv",
            count=(1, 1),
            derived=True,
            holds=(280, 390),
            by_hand="The portal has the regions of 2024 as a lookup. Give it the columns ltla24_name, ltla24_code, "
            "region24_name, region24_code. (The file that was read first was made from humaniverse/geographr on "
            "GitHub, commit c026be5cc76c.) Save it as `geography/lookup_ltla24_region24.csv`.",
        ),
        Source(
            name="postcodes",
            publisher="Office for National Statistics, Open Geography",
            title="Postcode districts to local authorities of 2023, by the middle of the district",
            page="https://geoportal.statistics.gov.uk/",
            licence=OGL3_OS,
            files=r"uk_postcode_district_to_ltla2023_derived\.csv$",
            dialect="csv",
            count=(1, 1),
            derived=True,
            holds=(2_600, 3_700),
            by_hand="It was derived: the middle of each postcode district (postcodes.csv of Gibbs/uk-postcodes on "
            "GitHub, commit e770814e0265) was laid into the boundaries of `area_boundaries`. Nobody publishes it. "
            "Save it as `geography/uk_postcode_district_to_ltla2023_derived.csv`.",
        ),
    ),
    read=read,
    rows=(10_500, 13_000),
    history=(Edition("2022 to 2024", "2024"),),
)
