"""The numbers by which the old API named the industries of Working Futures: 1 to 75, in their order."""

from lmiforall.base.endpoint import Wire
from lmiforall.codes.industry75_2007 import INDUSTRY75

INDUSTRY = Wire(
    "industry",
    "industry",
    {place: (entry.code, entry.title) for place, entry in enumerate(INDUSTRY75.at_level("industry"), start=1)},
    "Industry",
)
