"""GET .../lfs/weeklypay?soc=4135&minYear=2022 -> one measure of the years asked for, whole or by a filter's codes."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from lmiforall.base.endpoint import Years, YearsBrokenDown
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import groups, occupation, series, yearly
from lmiforall.serve.answer import Answer, found
from lmiforall.serve.yearly import Yearly


def answer(opened: Opened, ask: Years, asked: Mapping[str, str]) -> Answer:
    """Answer with one figure a year; without any, with the reason in place of the years."""
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, series.UNBORNE))
    given = _given(opened, ask, asked, soc, people)
    if not given:
        return found(occupation.nothing(soc, _why(opened, ask, asked, soc)))
    return found({"soc": int(soc), "years": given.listed}, {*given.statuses})


def broken_down(opened: Opened, ask: YearsBrokenDown, asked: Mapping[str, str]) -> Answer:
    """Answer for each code of a filter that has a figure."""
    soc, people = _asked_for(ask, asked)
    known, by = {wire.name: wire for wire in ask.filters}, asked["breakdownBy"]
    if by not in known and by not in ask.unborne:
        hint = f"Known are: {', '.join([*known, *ask.unborne])}"
        raise Stop(Problem(f"there is no filter {by[:40]!r}", "the path", hint))
    if people is None or by not in known:
        return found(occupation.nothing(soc, series.UNBORNE))
    parts, statuses = [], set()
    wanted = {**ask.where, **occupation.wanted(asked, soc), **people, "measure": ask.measure}
    wire = known[by]
    every = yearly.by_code(opened, ask, wanted, wire, partial(_year, ask))
    span = occupation.span(asked)
    for number, (code, name) in wire.codes.items():
        if code in every and (given := every[code].between(span)):
            parts.append({"breakCode": number, "breakName": name, "years": given.listed})
            statuses |= {*given.statuses}
    if not parts:
        return found(occupation.nothing(soc, series.none(opened, ask, asked)))
    return found({"soc": int(soc), "breakdownBy": by, "series": parts}, statuses)


def _asked_for(ask: Years, asked: Mapping[str, str]) -> tuple[str, dict[str, str] | None]:
    soc = occupation.code(asked, digits=ask.digits if occupation.coarse(asked) else 4)
    return soc, occupation.chosen(asked.get("filterBy", ""), ask)


def _given(opened: Opened, ask: Years, asked: Mapping[str, str], soc: str, people: Mapping[str, str]) -> Yearly:
    """Give the figures of the years asked for; of a dataset of one year, that one."""
    wanted = {**ask.where, **occupation.wanted(asked, soc), **people, "measure": ask.measure}
    span = occupation.span(asked)
    if not ask.year:
        return yearly.of(opened, ask, wanted, partial(_year, ask)).between(span)
    if groups.is_empty(opened, wanted):
        return yearly.NOTHING
    statuses = opened.words["status"]
    rows = occupation.columns(opened, occupation.group(opened, wanted), "value", "status")
    figures = [(ask.year, value, statuses[status]) for value, status in rows if value == value]  # noqa: PLR0124 - NaN
    return yearly.written(figures, partial(_year, ask)).between(span)


def _year(ask: Years, year: str, value: float) -> dict[str, Any]:
    return {"year": int(year), ask.figure: series.shown(value, ask.decimals)}


def _why(opened: Opened, ask: Years, asked: Mapping[str, str], soc: str) -> str:
    if ask.year and len(soc) > ask.digits:
        return f"There are figures of {ask.year} for major groups only: ask with coarse=true, or with one digit."
    return f"There are figures of {ask.year} only." if ask.year else series.none(opened, ask, asked)
