"""What was looked up for an answer -> the same again: so much for each open dataset, and nothing that is empty.

Figures of a group of people are asked for again and again, by other years, with other numbers of jQuery's in the
address, as a script. Of most groups that can be asked for there is nothing, and these mustn't push the others out.
"""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar

from lmiforall.release.opened import Opened

Found = TypeVar("Found")

# Pay by SOC2010 is of 5,000 groups, and may be broken down in three ways: 10 MB. Beyond it all is looked up anew.
MOST = 12_000

# After so many look-ups the rows that they were made from are let go of: each maps 64 KB and more of a table, and a
# worker that was asked for everything would hold all tables, 90 MB, besides what it remembers of them.
GIVEN_BACK = 100


def remembered(opened: Opened, key: Hashable, look_up: Callable[[], Found]) -> Found:
    """Give what was looked up before under a key; else look it up."""
    # PERF: 0.5 us for up to 30 (bench/endpoints.py, ashe/estimatePay).
    known = _known(opened)
    found: Found | None = known.get(key)
    if found is None:
        found = look_up()
        if found:
            if len(known) >= MOST:
                known.clear()
            known[key] = found
            if len(known) % GIVEN_BACK == 0:
                opened.give_back()
    return found


def recalled(opened: Opened, key: Hashable) -> Any:
    """Give what was looked up before under a key; None where nothing was, or nothing found."""
    return _known(opened).get(key)


@cache
def _known(_: Opened) -> dict[Hashable, Any]:
    return {}
