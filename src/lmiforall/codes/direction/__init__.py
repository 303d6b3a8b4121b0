"""The two directions of a link between classifications: a share or a part is of the group that it starts from."""

from lmiforall.base.code_list import listed

DIRECTION = listed(
    "direction",
    "Direction",
    (("to_soc2020", "Of a SOC2010 group, the part in each SOC2020 group"), ("to_soc2010", "The other way round")),
)

ISCO_AND_US = listed(
    "isco_and_us_direction",
    "Direction",
    (
        ("to_ussoc2010", "From an ISCO-08 group to occupations of the United States"),
        ("to_isco08", "The other way round"),
    ),
)

ONET_AND_SOC2020 = listed(
    "onet_and_soc2020_direction",
    "Direction",
    (("to_soc2020", "Of an O*NET occupation, the part in each SOC2020 group"), ("to_onet", "The other way round")),
)

ONET_AND_SOC2010 = listed(
    "onet_and_soc2010_direction",
    "Direction",
    (("to_soc2010", "Of an O*NET occupation, the part in each SOC2010 group"), ("to_onet", "The other way round")),
)
