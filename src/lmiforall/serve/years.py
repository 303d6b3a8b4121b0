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
    span = occupation.span(asked)
    text, statuses = every.between(span)
    if not text:
        return _none(opened, ask, whom)
    return written(b'{"soc":%d,"years":[%s]}' % (int(soc), text), statuses, every.tag, *span)


def broken_down(opened: Opened, ask: YearsBrokenDown, asked: Mapping[str, str], whom: Whom) -> Answer:
    """Answer for each code of a filter that has a figure."""
    soc, by = whom.soc, asked["breakdownBy"]
    wire = ask.by_name.get(by)
    if wire is None and by not in ask.unborne:
        hint = f"Known are: {', '.join([*ask.by_name, *ask.unborne])}"
        raise Stop(Problem(f"there is no filter {by[:40]!r}", "the path", hint))
    if whom.people is None or wire is None:
        return occupation.none(soc, series.UNBORNE)
    span = occupation.span(asked)
    every = yearly.by_code(opened, ask, whom.wanted(ask), wire, _year)
    text, statuses = every.between(span) if every else (b"", yearly.NONE)
    if not (every and text):
        return series.none(opened, ask, whom, by)
    body = b'{"soc":%d,"breakdownBy":"%s","series":[%s]}' % (int(soc), by.encode(), text)
    return written(body, statuses, every.tag, by, *span)


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
