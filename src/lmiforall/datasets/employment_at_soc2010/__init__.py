"""People at work in SOC2010's occupations, year by year to 2035, for the old API: the simplest honest model.

The survey's level of a unit group, then the growth that is projected for its sub-major group in England.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.endpoint import Breakdown, Forecast, Wire
from lmiforall.base.model import Employment, Shares
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.employment_status import EMPLOYMENT_STATUS
from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.codes.lmi_v1 import GENDER, QUALIFICATION, REGION, STATUS
from lmiforall.codes.lmi_v1.industry import INDUSTRY
from lmiforall.codes.region import REGION as REGIONS
from lmiforall.codes.rqf import RQF
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.v1_filters import filters


def codes(wire: Wire) -> tuple[str, ...]:
    """Give the codes behind the numbers of the old API."""
    return tuple(code for code, _ in wire.codes.values())


DATASET = Dataset(
    name="employment_at_soc2010",
    title="Employment by occupation (SOC2010), to 2035",
    summary="People at work by SOC2010 group and year; by region, sex, status, qualification or industry; modelled.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("region", REGIONS, "Nation, or region of England", default=REGIONS.whole),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("employment_status", EMPLOYMENT_STATUS, "Employment status", default="all"),
        Dimension("qualification", RQF, "Highest qualification", default="all"),
        Dimension("industry", INDUSTRY75, "Industry", default="all"),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("employment", "People at work", "people"),),
    model=Employment(
        inputs=("employment_by_industry", "employment_by_region", "projections", "soc2010_soc2020_weights"),
        method="Survey level of each unit group, grown as its sub-major group in England; shares of its wider group.",
        levels="employment_by_industry",
        growth="projections",
        growth_table="occ_f2",
        area="EN",
        last_year=2035,
        weights="soc2010_soc2020_weights",
        shares=(
            Shares("region", "employment_by_region", "region", codes(REGION), 3, "employment"),
            Shares("sex", "projections", "sex", codes(GENDER), 2, "employment_thousand", "occ_t2"),
            Shares(
                "employment_status",
                "projections",
                "employment_status",
                codes(STATUS),
                1,
                "employment_thousand",
                "occ_t5",
            ),
            Shares(
                "qualification",
                "projections",
                "qualification",
                codes(QUALIFICATION),
                2,
                "employment_thousand",
                "basic_t2",
            ),
            Shares("industry", "projections", "industry", codes(INDUSTRY), 1, "employment_thousand", "ind_occ_t1"),
        ),
    ),
    rows=(700_000, 900_000),
    endpoints=(
        Forecast(
            path="wf/predict",
            summary="People at work, year by year",
            example="wf/predict?soc=2231&minYear=2026&maxYear=2032",
            measure="employment",
        ),
        Breakdown(
            path="wf/predict/breakdown/{filter}",
            summary="People at work by region, gender, status, qualification or industry",
            example="wf/predict/breakdown/region?soc=4135",
            measure="employment",
            wires=(REGION, GENDER, STATUS, QUALIFICATION, INDUSTRY),
            # SOURCE: the recorded breakdown by region, where the note stands at exactly the counts under 10,000.
            small="Small sample size. Data may be inaccurate.",
            note_below=10_000,
        ),
        *filters("wf", "filters/info", (REGION, GENDER, STATUS, QUALIFICATION, INDUSTRY)),
    ),
    history=(Edition("APS 2021 to 2024, Skills Imperative 2035", "2025"),),
    starter=Starter(
        keep={"soc2010": tuple(entry.code for entry in SOC2010.at_level("unit"))}, float32=True, decimals=0
    ),
)
