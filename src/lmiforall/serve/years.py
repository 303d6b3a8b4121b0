"""GET .../lfs/weeklypay?soc=4135&minYear=2022 -> one measure of the years asked for, whole or by a filter's codes."""

from collections.abc import Mapping
from typing import Any

from lmiforall.base.endpoint import Years, YearsBrokenDown
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation, series, yearly
from lmiforall.serve.answer import Answer, written
from lmiforall.serve.occupation import Whom


def answer(opened: Opened, ask: Years, asked: Mapping[str, str], whom: Whom) -> Answer:
    """Answer with one figure a year; without any, with the reason in place of the years."""
    soc = whom.soc
    if whom.people is None:
        return occupation.none(soc, series.UNBORNE)
    every = yearly.of(opened, ask, whom.wanted(ask), _year, ask.year)
    text, statuses = every.between(occupation.span(asked))
    return written(b'{"soc":%d,"years":[%s]}' % (int(soc), text), statuses) if text else _none(opened, ask, whom)


def broken_down(opened: Opened, ask: YearsBrokenDown, asked: Mapping[str, str], whom: Whom) -> Answer:
    """Answer for each code of a filter that has a figure."""
    soc, by = whom.soc, asked["breakdownBy"]
    wire = ask.by_name.get(by)
    if wire is None and by not in ask.unborne:
        hint = f"Known are: {', '.join([*ask.by_name, *ask.unborne])}"
        raise Stop(Problem(f"there is no filter {by[:40]!r}", "the path", hint))
    if whom.people is None or wire is None:
        return occupation.none(soc, series.UNBORNE)
    every = yearly.by_code(opened, ask, whom.wanted(ask), wire, _year)
    span, parts, statuses = occupation.span(asked), [], yearly.NONE
    for start, one in every:
        text, met = one.between(span)
        if text:
            parts.append(b"%s%s]}" % (start, text))
            statuses = statuses | met if statuses else met
    if not parts:
        return series.none(opened, ask, whom, by)
    return written(b'{"soc":%d,"breakdownBy":"%s","series":[%s]}' % (int(soc), by.encode(), b",".join(parts)), statuses)


def _year(ask: Years, year: str, value: float) -> dict[str, Any]:
    return {"year": int(year), ask.figure: series.shown(value, ask.decimals)}


def _none(opened: Opened, ask: Years, whom: Whom) -> Answer:
    if not ask.year:
        return series.none(opened, ask, whom)
    if len(whom.soc) > ask.digits:
        why = f"There are figures of {ask.year} for major groups only: ask with coarse=true, or with one digit."
    else:
        why = f"There are figures of {ask.year} only."
    return occupation.none(whom.soc, why)
