"""People at work by SOC2020 occupation at every level, nation and region, industry, sex, status, qualification, year.

Modelled: the projections' tables are the margins, surveys give the structure within them.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.model import Cross, Cube
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.employment_status import EMPLOYMENT_STATUS
from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.codes.region import REGION
from lmiforall.codes.rqf import RQF
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets.few_people import MODELLED_UNDER_1000

# The tables that hold levels of employment; all others are sums, shares or changes of these.
CROSSES = (
    Cross("occ_f2", ("submajor",)),
    Cross("ind_f2", ("group_by_year",)),
    Cross("qual_f1", ("qualification",)),
    Cross("ind_t3", ("industry",)),
    Cross("occ_t2", ("submajor", "sex")),
    Cross("basic_t2", ("submajor", "qualification")),
    Cross("occ_t5", ("major", "employment_status", "sex")),
    Cross("ind_t6", ("industry", "employment_status", "sex")),
    Cross("ind_occ_t1", ("industry", "major", "sex")),
    Cross("ind_occ_t2", ("industry", "major", "employment_status")),
    Cross("basic_t1", ("sector", "major", "qualification")),
)

DATASET = Dataset(
    name="employment_estimates",
    title="Employment by occupation and region, 2010 to 2035",
    summary="People at work by SOC2020 group, region and year; by industry, sex, status, qualification; modelled.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)"),
        Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
        Dimension("industry", INDUSTRY75, "Industry", default="all"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("employment_status", EMPLOYMENT_STATUS, "Employment status", default="all"),
        Dimension("qualification", RQF, "Highest qualification", default="all"),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("employment", "People at work", "people", quality="grade_1_to_3"),),
    model=Cube(
        inputs=(
            "projections",
            "employment_by_industry",
            "employment_soc2010_sic",
            "pay",
            "employment_emp04",
            "employment_by_region",
            "soc2010_soc2020_weights",
            "employment_by_unit_group",
        ),
        method="RAS: the surveys' structure made to meet every table of the projections; regions by minor group.",
        projections="projections",
        area="EN",
        crosses=CROSSES,
        # 2020 has every table; then the years with most of them; the rest lie between.
        anchors=(2020, 2015, 2035, 2019, 2025),
        industries="employment_by_industry",
        classes="employment_soc2010_sic",
        jobs="pay",
        workers="employment_emp04",
        regions="employment_by_region",
        weights="soc2010_soc2020_weights",
        series="employment_by_unit_group",
    ),
    interval_level=0.9,
    withhold=(MODELLED_UNDER_1000,),
    rows=(7_000_000, 9_000_000),
    history=(Edition("Skills Imperative 2035; APS 2021 to 2024", "2025"),),
)
