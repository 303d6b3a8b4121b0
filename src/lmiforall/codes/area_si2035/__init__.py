"""The areas of the Skills Imperative 2035: England, and local areas that overlap, so that they must not be summed.

LSIP: local skills improvement plan. MCA: mayoral combined authority. LEP: local enterprise partnership.
A code is the beginning of the workbook's name.
"""

from pathlib import Path

from lmiforall.base.code_list import from_csv

LEVELS = ("country", "lsip", "mca", "lep")

# SOURCE: the workbooks' own "Info" sheets.
AREA_SI2035 = from_csv(
    Path(__file__).with_name("codes.csv"),
    "area_si2035",
    "Areas of the Skills Imperative 2035",
    LEVELS,
    whole="EN",
)
