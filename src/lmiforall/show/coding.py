"""What an adviser filled in -> what the page about coding a title shows: the likeliest groups, and why."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from lmiforall.base.problem import Stop
from lmiforall.release.opened import Release
from lmiforall.serve import coding, query

# The thresholds that the page offers, each with what it means.
THRESHOLDS = {
    "0": "the likeliest occupation, however sure",
    "0.5": "one that is likelier right than wrong",
    "0.7": "one that is fairly sure",
    "0.9": "one that is nearly certain",
}
CLASSIFICATIONS = {"soc2020": "SOC2020", "soc2010": "SOC2010, which the old API speaks"}


def shown(release: Release, raw: bytes) -> dict[str, Any]:
    """Give the form as it was filled in, and the answer, or what was wrong."""
    content: dict[str, Any] = {
        "has_coder": coding.has_coder(release), "thresholds": THRESHOLDS, "classifications": CLASSIFICATIONS,
        "asked": dict.fromkeys(coding.FIELDS, "") | {"threshold": "0.5"},
        "result": None, "wrong": "", "address": "",
    }  # fmt: skip
    try:
        asked = query.once(query.pairs(raw))
    except Stop as stop:
        return content | {"wrong": str(stop.problems[0])}
    kept = {name: asked[name] for name in (*coding.FIELDS, "threshold") if asked.get(name, "").strip()}
    content["asked"] = content["asked"] | kept
    return content | _answered(release, kept, pressed="title" in asked) if content["has_coder"] else content


def _answered(release: Release, kept: Mapping[str, str], *, pressed: bool) -> dict[str, Any]:
    """Ask the API what the form says; an empty form is asked nothing."""
    if "title" not in kept:
        return {"wrong": "Enter a job title"} if pressed else {}
    asked = urlencode(kept)
    try:
        return {"result": coding.results(release, asked.encode())[0], "address": f"{coding.PATH}?{asked}"}
    except Stop as stop:
        return {"wrong": str(stop.problems[0])}
