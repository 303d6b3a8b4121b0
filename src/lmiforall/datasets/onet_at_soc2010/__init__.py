"""Which occupations of O*NET are a SOC2010 unit group, and the other way, for those who still speak SOC2010."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.endpoint import Soc2020, ToOnet, ToSoc
from lmiforall.base.model import Carried
from lmiforall.codes.direction import ONET_AND_SOC2010
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.codes.soc2010 import SOC2010

# Of a group, links that hold four fifths are given; the rest rest on a few people who were coded unlike the others.
MOST = 0.8

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
    endpoints=(
        ToOnet(
            path="o-net/soc2onet/{soc}",
            also=("onet/soc2onet/{soc}",),
            summary="The O*NET occupations of a unit group, the largest part first",
            example="o-net/soc2onet/4135",
            most=MOST,
            rated="onet_ratings",
            scale="IM",
            soc2020=Soc2020(dataset="onet_at_soc2020"),
        ),
        ToSoc(
            path="o-net/onet2soc",
            also=("onet/onet2soc",),
            summary="The unit groups of O*NET occupations, the largest part first",
            example="o-net/onet2soc?onetCodes=11-1011.00,13-1151.00",
            most=MOST,
            soc2020=Soc2020(dataset="onet_at_soc2020"),
            empty="list",
        ),
    ),
    history=(Edition("as onet_at_soc2020, weights of 2021", "2025-04-16"),),
)
