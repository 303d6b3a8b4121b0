"""Where people of each local authority of England and Wales work, from the 2021 Census."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source, Total
from lmiforall.base.licence import OGL3
from lmiforall.codes.gss import AREA
from lmiforall.datasets.flat import Flat, figures

DATASET = Dataset(
    name="commuting",
    title="Commuting between local authorities, Census 2021",
    summary="People by local authority of home and of work, England and Wales, flows of 100 and more.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("home", AREA, "Local authority where they live"),
        Dimension("work", AREA, "Local authority where they work"),
    ),
    measures=(Measure("people", "People who live in the one and work in the other", "people"),),
    sources=(
        Source(
            name="flows",
            publisher="Office for National Statistics",
            title="2021 Census, ODWP01EW: workplace flows between local authorities, from 100 people on",
            page="https://www.nomisweb.co.uk/sources/census_2021_od",
            licence=OGL3,
            files=r"census2021_ODWP01EW_ltla_home_to_work_ge100\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(5_500, 6_500),
            derived=True,
            by_hand="It was taken from a map of the flows in GustavoWMSilva/MapGeospatialMobilityData on GitHub "
            "(commit b8bfc781464d), one row a flow. "
            "Save it as `commuting/census2021_ODWP01EW_ltla_home_to_work_ge100.csv`.",
            closed="the 2021 Census is published in full",
        ),
    ),
    read=figures(
        {
            "flows": Flat(
                keys={"origin_code": "home", "dest_code": "work"},
                values={"count": "people"},
                ignored=("origin_name", "dest_name"),
            )
        }
    ),
    rows=(5_500, 6_500),
    totals=(
        Total({"home": "E08000025", "work": "E08000025"}, "people", 355566, because="Birmingham, the largest flow"),
    ),
    history=(Edition("Census of 21 March 2021", "2023-10", "Taken in a lockdown."),),
)
