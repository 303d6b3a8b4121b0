"""The industries of the Skills Imperative 2035, built from SIC2007 divisions: 6 sectors, 22 groups, 75 industries.

Each has its divisions beside it; the publisher numbers them within each level, and the code keeps that number.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from lmiforall.base.code_list import from_csv

LEVELS = ("all", "sector", "group", "industry")

_FILE = Path(__file__).with_name("codes.csv")

# SOURCE: the England workbook, sheets "name" (titles) and "AggregationTables" (parents, divisions).
INDUSTRY75 = from_csv(
    _FILE, "industry75_2007", "Industries of the Skills Imperative 2035 (SIC2007)", LEVELS, whole="all"
)


def _expand(divisions: str) -> Iterator[str]:
    for part in divisions.split(","):
        first, _, last = part.partition("-")
        yield from (f"{number:02}" for number in range(int(first), int(last or first) + 1))


def _divisions() -> Mapping[str, tuple[str, ...]]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return MappingProxyType({row["code"]: tuple(_expand(row["sic2007"])) for row in csv.DictReader(stream)})


# The two-digit divisions of SIC2007 in each industry; a range also names the numbers in it that SIC2007 leaves free.
DIVISIONS = _divisions()
