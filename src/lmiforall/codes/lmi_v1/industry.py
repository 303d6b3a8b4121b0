"""The numbers by which the old API named the industries of Working Futures: 1 to 75, in their order."""

from dataclasses import replace

from lmiforall.base.endpoint import Wire
from lmiforall.codes.industry75_2007 import DIVISIONS, INDUSTRY75
from lmiforall.codes.sic2007_section import section_of

INDUSTRY = Wire(
    "industry",
    "industry",
    {place: (entry.code, entry.title) for place, entry in enumerate(INDUSTRY75.at_level("industry"), start=1)},
    "Industry",
)

# Pay and hours are published by section; each of the 75 lies in one, and is answered with its section's figure.
SECTION = replace(
    INDUSTRY,
    codes={
        place: (section_of(DIVISIONS[entry.code][0]), entry.title)
        for place, entry in enumerate(INDUSTRY75.at_level("industry"), start=1)
    },
    note="Figures by industry are those of the SIC 2007 section that the industry belongs to.",
)
