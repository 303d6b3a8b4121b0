"""People in work who live in each small area of England and Wales, by sub-major group, Census 2011."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Source
from lmiforall.base.endpoint import Surroundings
from lmiforall.datasets import census2011

DATASET = Dataset(
    name="census2011_residents",
    title="Residents by occupation and output area, Census 2011",
    summary="People in work who live in each output area of England and Wales, by sub-major group of SOC2010.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("zone", census2011.ZONE, "Output area of 2011"),
        Dimension("soc2010", census2011.GROUP, "Occupation (SOC2010 sub-major group)", default=census2011.ALL),
    ),
    measures=(Measure("people", "Residents aged 16 to 74 in work", "people"),),
    sources=(
        Source(
            name="counted",
            publisher="Office for National Statistics",
            title="2011 Census, QS606EW: occupation (minor groups), residents in work",
            page=census2011.PAGE,
            licence=census2011.LICENCE,
            files=r"QS606EW_(?P<region>\w+)\.csv$",
            dialect="csv",
            by_hand="Take table QS606EW as CSV for all output areas of each region, and of Wales. Save it as "
            "`census2011/QS606EW_London.csv`, by the region's name.",
            closed="the 2011 Census is published in full",
        ),
    ),
    read=census2011.table(digits=2),
    rows=(1, 5_000_000),
    left_out=(
        LeftOut("major and minor groups, which old answers don't tell", column_text=r"(^|: )(\d|\d{3})\.? "),
        LeftOut("the year of the Census", column_text="^date"),
    ),
    endpoints=(
        Surroundings(
            path="census/resident_occupations",
            summary="People who live around a place, by sub-major group",
            example="census/resident_occupations?area=SW1A1AA",
            measure="people",
            total="totalResidents",
            parts="residentOccupations",
            zone="oa11",
            postcodes="postcodes",
            names="postcode_names",
            capitals=True,
        ),
    ),
    history=(Edition("Census of 27 March 2011", "2013"),),
    not_held=census2011.WHY,
)
