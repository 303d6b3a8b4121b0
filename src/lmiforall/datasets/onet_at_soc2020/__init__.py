"""Which occupations of O*NET are a UK unit group, which unit groups an O*NET occupation is, and how sure that is."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.model import Bridge
from lmiforall.codes.direction import ONET_AND_SOC2020
from lmiforall.codes.onet_soc2019 import ONET_SOC2019_OR_ALL
from lmiforall.codes.soc2020 import SOC2020

DATASET = Dataset(
    name="onet_at_soc2020",
    title="O*NET occupations and SOC2020",
    summary="Of each SOC2020 unit group the parts that are O*NET occupations, the other way too, and how sure each is.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("direction", ONET_AND_SOC2020, "Direction"),
        Dimension("onet", ONET_SOC2019_OR_ALL, "Occupation (O*NET-SOC 2019)", default="all"),
        Dimension("soc", SOC2020, "Occupation (SOC2020 unit group)", default="all"),
    ),
    measures=(
        Measure("share", "Part of the group that it starts from", "proportion"),
        Measure("share_by_links", "The same by the published links alone", "proportion"),
        Measure("share_by_titles", "The same by job titles in common alone", "proportion"),
        Measure("titles", "Job titles in common", "titles"),
        Measure("grade", "How sure the link is", "1 by both ways, 2 by links, 3 by some titles, 4 by one title"),
        Measure("us_occupations", "Occupations of the US SOC 2010 on the way", "occupations"),
        Measure("isco08_groups", "Groups of ISCO-08 on the way", "groups"),
        Measure("links_in_part", "Links between those two that BLS marks as partial", "links"),
        Measure("reached", "Groups at the other end of the links", "groups"),
        Measure("share_by_both", "Part that rests on links of grade 1", "proportion"),
    ),
    model=Bridge(
        inputs=("onet_occupations", "onet_titles", "ussoc2010_ussoc2018", "isco08_ussoc2010", "soc2020_index"),
        method="Published links through US SOC and ISCO-08 in equal parts, sharpened by job titles in common.",
        occupations="onet_occupations",
        titles="onet_titles",
        us="ussoc2010_ussoc2018",
        isco="isco08_ussoc2010",
        index="soc2020_index",
        # Because titles that are held back are then foretold best, as tests/test_crosswalks.py measures.
        links_weigh=5.0,
    ),
    rows=(130_000, 150_000),
    history=(Edition("O*NET 29, BLS links of 2015 and 2017, SOC2020 index of April 2025", "2025-04-16"),),
)
