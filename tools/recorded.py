"""The recorded answers of the old API -> in which ways ours differ from each, and why: for the page and for the replay.

Where recordings disagree, 2017 wins.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.recorded_shapes import KEPT

# One line of tests/serve/recorded_shapes.json.
Answer = Mapping[str, Any]

# What was recorded by a client of its own, which has no date in its name.
_UNDATED = {"matchskills-2020": "2020", "bob-emploi": "before 2021"}


@dataclass(frozen=True)
class Difference:
    """One way in which an answer differs: what it was, what it is, why."""

    name: str
    then: str
    here: str
    why: str


DIFFERENCES: Mapping[str, Difference] = {
    one.name: one
    for one in (
        Difference(
            "status of an unknown code",
            "200 without a body (2015)",
            "400 with `error`",
            "every client that is known reads a 400",
        ),
        Difference("status of an empty search", "200 `[]` (2016)", "400 with `error`", "as it was from 2017"),
        Difference(
            "keys",
            "another order in `soc/code`, no `add_titles` in `soc/search` (2015, 2016)",
            "as in 2017",
            "2017 wins",
        ),
        Difference(
            "texts",
            "ONS's SOC2010 texts",
            "those of SOC2020",
            "SOC2010's are not to be had; the header says whose text it is",
        ),
        Difference("hits", "its own ranking", "ours", "an index of our own"),
        Difference(
            "years of pay and hours",
            "2012 to 2015",
            "2021 and later",
            "ASHE's files of before 2021 are not among the sources",
        ),
        Difference("years of employment", "2016 to 2024", "2010 to 2035", "newer projections"),
        Difference("order of parts", "another in each year", "that of their numbers", "the old order meant nothing"),
        Difference(
            "code",
            "2815, which is in neither SOC",
            "400 with `error`; the form is that of any other code",
            "it is a client's own sample",
        ),
        Difference(
            "figures", "HESA's, the Census's", "made up in the tests; none in a release", "no public file of them"
        ),
        Difference(
            "groups",
            "without 926 and 927 (jobs), 91 and 92 (residents), which are in its totals",
            "all of SOC2010",
            "the parts then add up to the total",
        ),
    )
}

_BY_FILE: Mapping[str, tuple[str, ...]] = {
    r"soc_code_9999999\.": ("status of an unknown code",),
    r"soc_search_q-\.200": ("status of an empty search",),
    r"soc_search_q-(\.400|gobbledygook)": (),
    r"soc_search_.*2017": ("hits", "texts"),
    r"soc_search_": ("keys", "hits", "texts"),
    r"soc_code_.*2017": ("texts",),
    r"soc_code_": ("keys", "texts"),
    r"ashe_": ("years of pay and hours",),
    r"wf_predict_breakdown_region": ("years of employment", "order of parts", "code"),
    r"hesa_": ("figures",),
    r"census_": ("figures", "groups"),
}


def answers() -> list[Answer]:
    """Give every recorded answer, by what is kept of it."""
    found: list[Answer] = json.loads(KEPT.read_text("utf-8"))
    return found


def differs(answer: Answer) -> tuple[str, ...]:
    """Name the ways in which ours differs; KeyError for an answer that nobody has looked at."""
    for form, differences in _BY_FILE.items():
        if re.match(form, answer["file"]):
            return differences
    raise KeyError(answer["file"])


def about(answer: Answer) -> tuple[str, str, str]:
    """Give when it was recorded, what was asked, and the status that it had."""
    when = answer["file"].removesuffix(".json").rpartition(".")[2]
    return _UNDATED.get(when, when), answer["address"].removeprefix("/api/v1/"), str(answer["status"])
