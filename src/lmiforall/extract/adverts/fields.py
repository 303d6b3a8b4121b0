"""Values of JSON, as sources give them -> plain texts, numbers and days; one of another kind counts as none."""

import re
from collections.abc import Mapping
from typing import Any

from lmiforall.base.advert import DAY, HOUR, MONTH, WEEK, YEAR

# Nobody writes so much about a job; a field may hold anything.
LONGEST = 100_000
# SOURCE: schema.org's QuantitativeValue (unitText) and DfE's wageUnit, in upper case.
PER = {
    "HOUR": HOUR, "HOURLY": HOUR, "DAY": DAY, "DAILY": DAY, "WEEK": WEEK, "WEEKLY": WEEK, "MONTH": MONTH,
    "MONTHLY": MONTH, "YEAR": YEAR, "YEARLY": YEAR, "ANNUAL": YEAR, "ANNUALLY": YEAR, "ANNUM": YEAR,
}  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:$|\D)")


def text(value: Any) -> str:
    """Give a text or a number as text."""
    if isinstance(value, str):
        # Half a pair of UTF-16 can stand in JSON, and in no database.
        whole = value if value.isascii() else value.encode("utf-8", "ignore").decode("utf-8")
        return whole.replace("\0", "").strip()[:LONGEST]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def number(value: Any) -> float | None:
    """Give an amount of money; 0 is none: nobody is paid nothing."""
    if isinstance(value, str):
        value = value.strip().lstrip("£").replace(",", "")
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if 0 < found < float("inf") else None


def day(value: Any) -> str:
    """Give a date as ``YYYY-MM-DD``; empty where it is none."""
    said = text(value)
    if found := _DAY.match(said):
        year, month, of_month = found.groups()
    elif found := _BRITISH_DAY.match(said):
        of_month, month, year = found.groups()
    else:
        return ""
    if not (1 <= int(month) <= 12 and 1 <= int(of_month) <= 31):
        return ""
    return f"{year}-{int(month):02}-{int(of_month):02}"


def within(value: Any, *names: str) -> Any:
    """Go into objects by name; None where there is none. Of a list the first counts."""
    for name in names:
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def per(value: Any) -> str:
    """Give the time over which pay is told; empty where it is not understood."""
    return PER.get(text(value).upper().removeprefix("PER "), "")
