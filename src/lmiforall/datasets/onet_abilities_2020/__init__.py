"""How important each ability was to each O*NET occupation, from an older edition."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.endpoint import Ratings
from lmiforall.codes.onet_soc2019 import ONET_SOC
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, figures

LISTS = {
    "abilities": Flat(keys={"O*NET-SOC Code": "onet", "Element Name": "ability"}, values={"Data Value": "importance"}),
}

DATASET = Dataset(
    name="onet_abilities_2020",
    title="O*NET abilities, 2020",
    summary="Importance of 52 abilities by O*NET occupation, edition of about 2020; levels are not to be had.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("onet", ONET_SOC, "Occupation (O*NET-SOC of 2020)"),
        Dimension("ability", onet.ABILITY, "Ability"),
    ),
    measures=(Measure("importance", "Importance", "scale from 1 to 5"),),
    sources=(
        onet.derived(
            "abilities",
            "Abilities: importance",
            r"abilities_importance_(?P<year>\d{4})_derived\.csv$",
            holds=(50_336, 50_336),
            by_hand="It was made from Abilities.csv in AlfonsoGauna/CPSOcupaciones on GitHub (commit f5bf0048549b), "
            "in the columns O*NET-SOC Code, Element Name, Data Value. Save it as "
            "`onet/abilities_importance_2020_derived.csv`.",
        ),
    ),
    read=figures(LISTS),
    rows=(50_336, 50_336),
    endpoints=(
        Ratings(
            path="o-net/abilities/{onet}",
            also=("onet/abilities/{onet}",),
            summary="Importance of each ability in an O*NET occupation; levels are not to be had",
            example="o-net/abilities/11-1011.00",
            key="abilities",
            element="ability",
            scales={"IM": "importance"},
            names="onet_elements",
            by_title=True,
            note="Importance only, of about 2020: levels are not to be had.",
        ),
    ),
    history=(Edition("about 2020 (24.x or 25.0)", "2020", "Importance only."),),
)
