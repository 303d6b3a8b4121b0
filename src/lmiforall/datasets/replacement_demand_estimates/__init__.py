"""People who will be needed in each occupation and region in place of those who leave, 2020 to 2035: modelled."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.model import Leavers
from lmiforall.codes.calendar import YEAR_OR_SPAN
from lmiforall.codes.region import REGION
from lmiforall.codes.soc2020 import SOC2020

DATASET = Dataset(
    name="replacement_demand_estimates",
    title="Replacement demand by occupation and region",
    summary="Openings left by people who leave, 2020 to 2035, by SOC2020 group and region; modelled.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)"),
        Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
        Dimension("period", YEAR_OR_SPAN, "From year to year"),
    ),
    measures=(
        Measure("replacement_demand", "Openings left by people who leave, over the whole period", "people"),
        Measure("replacement_demand_pct", "The same, relative to the first year", "per cent of the first year"),
        Measure("employment_at_start", "People at work in the first year", "people"),
    ),
    model=Leavers(
        inputs=("employment_estimates", "projections"),
        method="The replacement rate of the sub-major group in England times the level of the unit group.",
        cube="employment_estimates",
        projections="projections",
        area="EN",
        region="E92000001",
        table="rd_t1",
        span="2020-2035",
    ),
    rows=(22_000, 24_000),
    history=(Edition("Skills Imperative 2035; APS 2021 to 2024", "2025"),),
)
