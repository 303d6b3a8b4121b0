"""The dimensions of the employment cube, and the published levels that its cells add up to.

The cube is laid out as sub-major group x industry x sex x status x qualification: as fine as any table of the
projections. Unit groups are parts of its cells (``cube_units.py``), regions parts of unit groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lmiforall.base.code_list import CodeList
from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.codes.rqf import RQF
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit.margin import Cells, Ints, dense

DIMENSIONS = ("soc", "industry", "sex", "employment_status", "qualification")


@dataclass(frozen=True, eq=False)
class Level:
    """One level of a dimension: ``codes``, and for each place along the cube's ``axis`` the place of its code."""

    axis: int
    codes: Sequence[str]
    places: Ints

    @property
    def dimension(self) -> str:
        """The dimension that it is a level of."""
        return DIMENSIONS[self.axis]


def _finest(axis: int, codes: Sequence[str]) -> Level:
    return Level(axis, codes, np.arange(len(codes)))


def _above(below: Level, codes: CodeList, level: str) -> Level:
    """Give the level to whose codes the codes of a finer one belong."""
    wider = {entry.code: place for place, entry in enumerate(codes.at_level(level))}

    def place(code: str) -> int:
        return wider[code] if code in wider else place(codes.by_code[code].parent)

    return Level(below.axis, list(wider), np.array([place(code) for code in below.codes])[below.places])


SUBMAJOR = _finest(0, [entry.code for entry in SOC2020.at_level("submajor")])
INDUSTRY = _finest(1, [entry.code for entry in INDUSTRY75.at_level("industry")])
GROUP = _above(INDUSTRY, INDUSTRY75, "group")
LEVELS = {
    "submajor": SUBMAJOR,
    "major": _above(SUBMAJOR, SOC2020, "major"),
    "industry": INDUSTRY,
    "group": GROUP,
    # SOURCE: the annual table prints construction, both a group and a sector, as the sector only.
    "group_by_year": replace(GROUP, codes=["S3" if code == "G08" else code for code in GROUP.codes]),
    "sector": _above(INDUSTRY, INDUSTRY75, "sector"),
    "sex": _finest(2, [entry.code for entry in SEX.codes if entry.code != SEX.whole]),
    "employment_status": _finest(3, ["full_time", "part_time", "self_employed"]),
    "qualification": _finest(4, [entry.code for entry in RQF.at_level("level")]),
}
FINEST = tuple(LEVELS[name] for name in ("submajor", "industry", "sex", "employment_status", "qualification"))
SHAPE = tuple(len(level.codes) for level in FINEST)
UNITS = tuple(entry.code for entry in SOC2020.at_level("unit"))
# For each unit group the place of its sub-major group.
WITHIN = np.array([SUBMAJOR.codes.index(unit[:2]) for unit in UNITS])


def cells() -> Cells:
    """Give all cells of the cube, in the order of its ravelled array."""
    return dense(SHAPE, DIMENSIONS, tuple(level.codes for level in FINEST))
