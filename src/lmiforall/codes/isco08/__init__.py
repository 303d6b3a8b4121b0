"""ISCO-08, the international classification of occupations: 10 major, 43 sub-major, 130 minor, 436 unit groups."""

from pathlib import Path

from lmiforall.base.code_list import from_csv

LEVELS = ("major", "submajor", "minor", "unit")

# SOURCE: ILO, ISCO-08 structure, codes and titles only; tests hold it against the workbook.
ISCO08 = from_csv(
    Path(__file__).with_name("codes.csv"), "isco08", "International Standard Classification of Occupations 2008", LEVELS
)
