"""People who work in each small area of England and Wales, by minor group of their occupation, Census 2011."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Source
from lmiforall.base.endpoint import Surroundings
from lmiforall.datasets import census2011

DATASET = Dataset(
    name="census2011_jobs",
    title="Jobs by occupation and workplace zone, Census 2011",
    summary="People who work in each workplace zone of England and Wales, by minor group of SOC2010.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("zone", census2011.ZONE, "Workplace zone of 2011"),
        Dimension("soc2010", census2011.GROUP, "Occupation (SOC2010 minor group)", default=census2011.ALL),
    ),
    measures=(Measure("people", "People who work there", "people"),),
    sources=(
        Source(
            name="counted",
            publisher="Office for National Statistics",
            title="2011 Census, WP606EW: occupation (minor groups), workplace population",
            page=census2011.PAGE,
            licence=census2011.LICENCE,
            files=r"WP606EW_(?P<region>\w+)\.csv$",
            dialect="csv",
            by_hand="Take table WP606EW as CSV for all workplace zones of each region, and of Wales. Save it as "
            "`census2011/WP606EW_London.csv`, by the region's name.",
            closed="the 2011 Census is published in full",
        ),
    ),
    read=census2011.table(digits=3),
    rows=(1, 5_000_000),
    left_out=(
        LeftOut("major and sub-major groups, which are sums of minor groups", column_text=r"(^|: )\d\d?\.? "),
        LeftOut("the year of the Census", column_text="^date"),
    ),
    endpoints=(
        Surroundings(
            path="census/jobs_breakdown",
            summary="Jobs around a place, by minor group",
            example="census/jobs_breakdown?area=SW1A1AA",
            measure="people",
            total="totalJobs",
            parts="jobsBreakdown",
            zone="wz11",
            postcodes="postcodes",
            names="postcode_names",
        ),
    ),
    history=(Edition("Census of 27 March 2011", "2014"),),
    not_held=census2011.WHY,
)
