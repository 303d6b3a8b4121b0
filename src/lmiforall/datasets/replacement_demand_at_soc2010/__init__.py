"""People who will be needed in SOC2010's occupations in place of those who leave, for the old API."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.endpoint import Demand
from lmiforall.base.model import LeaversAtSoc2010
from lmiforall.codes.calendar import YEAR_OR_SPAN
from lmiforall.codes.soc2010 import SOC2010

DATASET = Dataset(
    name="replacement_demand_at_soc2010",
    title="Replacement demand by occupation (SOC2010)",
    summary="Openings left by people who leave, 2020 to 2035, by SOC2010 group: people, and per cent of the start.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("period", YEAR_OR_SPAN, "From year to year"),
    ),
    measures=(
        Measure("replacement_demand", "Openings left by people who leave, over the whole period", "people"),
        Measure("replacement_demand_pct", "The same, relative to the first year", "per cent of the first year"),
        Measure("employment_at_start", "People at work in the first year", "people"),
    ),
    model=LeaversAtSoc2010(
        inputs=("replacement_demand_estimates", "soc2010_soc2020_weights"),
        method="The replacement demand estimates carried to SOC2010 by the dual coding.",
        leavers="replacement_demand_estimates",
        weights="soc2010_soc2020_weights",
    ),
    rows=(1_400, 1_600),
    endpoints=(
        Demand(
            path="wf/replacement_demand",
            summary="People needed in place of those who leave, over the whole period",
            example="wf/replacement_demand?soc=4135",
            measure="replacement_demand",
        ),
    ),
    history=(Edition("Skills Imperative 2035; APS 2021 to 2024", "2025"),),
    starter=Starter(keep={}, float32=True),
)
