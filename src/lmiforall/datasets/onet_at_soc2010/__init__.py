"""Which occupations of O*NET are a SOC2010 unit group, and the other way, for those who still speak SOC2010."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.model import Carried
from lmiforall.codes.direction import ONET_AND_SOC2010
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.codes.soc2010 import SOC2010

DATASET = Dataset(
    name="onet_at_soc2010",
    title="O*NET occupations and SOC2010",
    summary="Of each SOC2010 unit group the parts that are O*NET occupations, and the other way, through SOC2020.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("direction", ONET_AND_SOC2010, "Direction"),
        Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),
        Dimension("soc2010", SOC2010, "Occupation (SOC2010 unit group)"),
    ),
    measures=(Measure("share", "Part of the group that it starts from", "proportion"),),
    model=Carried(
        inputs=("onet_at_soc2020", "soc2010_soc2020_weights"),
        method="Shares between O*NET and SOC2020 unit groups, carried on by the dual-coding weights.",
        shares="onet_at_soc2020",
        weights="soc2010_soc2020_weights",
    ),
    rows=(45_000, 55_000),
    history=(Edition("as onet_at_soc2020, weights of 2021", "2025-04-16"),),
)
