"""GET .../lfs/weeklypay?soc=4135&minYear=2022 -> one measure of the years asked for, whole or by a filter's codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from lmiforall.base.endpoint import Years, YearsBrokenDown
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation, series
from lmiforall.serve.answer import Answer, found


def answer(opened: Opened, ask: Years, asked: Mapping[str, str]) -> Answer:
    """Answer with one figure a year; without any, with the reason in place of the years."""
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, series.UNBORNE))
    figures = _figures(opened, ask, asked, soc, people)
    if not figures:
        return found(occupation.nothing(soc, _why(ask, soc)))
    return found({"soc": int(soc), "years": _years(ask, figures)}, {status for _, _, status in figures})


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
    every = occupation.by_code(opened, wanted, known[by].dimension, [code for code, _ in known[by].codes.values()])
    first, last = occupation.span(asked)
    for number, (code, name) in known[by].codes.items():
        if figures := [figure for figure in every.get(code, ()) if first <= figure[0] <= last]:
            parts.append({"breakCode": number, "breakName": name, "years": _years(ask, figures)})
            statuses |= {status for _, _, status in figures}
    if not parts:
        return found(occupation.nothing(soc, series.NONE))
    return found({"soc": int(soc), "breakdownBy": by, "series": parts}, statuses)


def _asked_for(ask: Years, asked: Mapping[str, str]) -> tuple[str, dict[str, str] | None]:
    soc = occupation.code(asked, digits=ask.digits if occupation.coarse(asked) else 4)
    return soc, occupation.chosen(asked.get("filterBy", ""), ask)


def _figures(
    opened: Opened, ask: Years, asked: Mapping[str, str], soc: str, people: Mapping[str, str]
) -> Sequence[occupation.Figure]:
    """Give the figures of the years asked for; of a dataset of one year, that one."""
    wanted = {**ask.where, **occupation.wanted(asked, soc), **people, "measure": ask.measure}
    first, last = occupation.span(asked)
    if not ask.year:
        return [figure for figure in occupation.figures(opened, wanted) if first <= figure[0] <= last]
    if not first <= ask.year <= last:
        return []
    statuses = opened.words["status"]
    rows = occupation.columns(opened, occupation.group(opened, wanted), "value", "status")
    return [(ask.year, value, statuses[status]) for value, status in rows if value == value]  # noqa: PLR0124 - NaN


def _years(ask: Years, figures: Sequence[occupation.Figure]) -> list[dict[str, Any]]:
    return [{"year": int(year), ask.figure: series.shown(value, ask.decimals)} for year, value, _ in figures]


def _why(ask: Years, soc: str) -> str:
    if ask.year and len(soc) > ask.digits:
        return f"There are figures of {ask.year} for major groups only: ask with coarse=true, or with one digit."
    return f"There are figures of {ask.year} only." if ask.year else series.NONE
