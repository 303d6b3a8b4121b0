"""Whole people at work in SOC2010's occupations, year by year to 2035, for the old API."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.endpoint import Breakdown, Forecast, Wire
from lmiforall.base.model import People
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.employment_status import EMPLOYMENT_STATUS
from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.codes.lmi_v1 import GENDER, QUALIFICATION, REGION, STATUS
from lmiforall.codes.region import REGION as REGIONS
from lmiforall.codes.rqf import RQF
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010

INDUSTRIES = INDUSTRY75.at_level("industry")
INDUSTRY = Wire(
    "industry", "industry", {place: (entry.code, entry.title) for place, entry in enumerate(INDUSTRIES, start=1)}
)


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
    model=People(
        inputs=("employment_estimates", "soc2010_soc2020_weights"),
        method="The employment estimates carried to SOC2010 by the dual coding, rounded to whole people that add up.",
        cube="employment_estimates",
        weights="soc2010_soc2020_weights",
        breakdowns=tuple((wire.dimension, codes(wire)) for wire in (REGION, GENDER, STATUS, QUALIFICATION, INDUSTRY)),
    ),
    rows=(1_200_000, 1_400_000),
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
            note="Small sample size. Data may be inaccurate.",
            note_below=10_000,
        ),
    ),
    history=(Edition("Skills Imperative 2035; APS 2021 to 2024", "2025"),),
    starter=Starter(
        keep={
            "soc2010": tuple(entry.code for entry in SOC2010.at_level("unit")),
            "year": tuple(str(year) for year in range(2021, 2036)),
        },
        float32=True,
        decimals=0,
    ),
)
