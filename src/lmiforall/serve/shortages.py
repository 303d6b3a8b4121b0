"""GET .../ess/uk/4135 -> how many vacancies are hard to fill, and how many for want of skills."""

from collections.abc import Mapping
from typing import Any

from lmiforall.base.endpoint import RankedShortages, Shortages
from lmiforall.release.opened import Opened
from lmiforall.serve import nothing, occupation, series
from lmiforall.serve.answer import Answer, found
from lmiforall.serve.lookup import UNIT_DIGITS

NONE = "Too few employers answered about this group. Try coarse=true for the wider two-digit group."


def answer(opened: Opened, ask: Shortages, asked: Mapping[str, str]) -> Answer:
    """Answer with the figures of the year that is asked for, or of the newest that has them all."""
    soc = occupation.code(asked, digits=2 if occupation.coarse(asked) else 4)
    region = _region(ask, asked)
    wanted = {occupation.DIMENSION: soc} | ({"region": region[0]} if region else {})
    figures = occupation.by_code(opened, wanted, "measure", [*ask.figures.values()])
    years = [{year for year, _, _ in figures.get(measure, ())} for measure in ask.figures.values()]
    told = [year for year in set.intersection(*years) if asked.get("year", year) == year]
    if not told:
        return nothing.answer(ask, {**asked, "soc": soc}, NONE)
    newest = max(told)
    content: dict[str, Any] = {"soc": int(soc), "year": int(newest)}
    statuses = set()
    for key, measure in ask.figures.items():
        value, status = next((value, status) for year, value, status in figures[measure] if year == newest)
        content[key] = series.shown(value)
        statuses.add(status)
    if region:
        content["region"] = {"name": region[1], "code": int(asked["region"])}
    return found(content, statuses)


def ranked(opened: Opened, ask: RankedShortages, asked: Mapping[str, str]) -> Answer:
    """Answer with the unit groups of a region in the newest year that has figures of it, the hardest to fill first."""
    code = ask.wire.codes[int(asked["region"])][0]
    for year in reversed(opened.words["year"]):
        every, statuses = _of_year(opened, ask, {"region": (code,), "year": (year,)})
        listed = [{"soc": int(soc), **figures} for soc, figures in every.items() if len(figures) == len(ask.figures)]
        if listed:
            return found(sorted(listed, key=lambda one: (-one[ask.by], one["soc"])), statuses)
    return found([])


def _of_year(
    opened: Opened, ask: Shortages, codes: Mapping[str, tuple[str]]
) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Give the figures of each unit group under the keys of the wire, in their order; and the statuses of all."""
    keys = {measure: key for key, measure in ask.figures.items()}
    found: dict[str, dict[str, Any]] = {}
    socs, measures, statuses = opened.words[occupation.DIMENSION], opened.words["measure"], opened.words["status"]
    met = set()
    rows = occupation.columns(opened, codes, occupation.DIMENSION, "measure", "value", "status")
    for soc, measure, value, status in rows:
        known = value == value  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
        if known and len(socs[soc]) == UNIT_DIGITS:
            found.setdefault(socs[soc], {})[keys[measures[measure]]] = series.shown(value)
            met.add(statuses[status])
    return {soc: {key: one[key] for key in ask.figures if key in one} for soc, one in found.items()}, met


def _region(ask: Shortages, asked: Mapping[str, str]) -> tuple[str, str] | None:
    """Give code and name of the region that is asked for; none where it is the whole country."""
    return ask.wire.codes[int(asked["region"])] if "region" in asked else None
