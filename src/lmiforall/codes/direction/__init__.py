"""The two directions of a conversion between SOC2010 and SOC2020."""

from lmiforall.base.code_list import listed

DIRECTION = listed(
    "direction",
    "Direction",
    (("to_soc2020", "Of a SOC2010 group, the part in each SOC2020 group"), ("to_soc2010", "The other way round")),
)
