"""GET .../ashe/estimatePay?soc=4135 -> one measure over the years, and its kin: distribution, forecast, demand."""

from collections.abc import Mapping
from typing import Any

from lmiforall.base.endpoint import Demand, Distribution, Forecast, Series, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, found

NONE = "There is no figure for this group. Try coarse=true for the wider two-digit group."
UNBORNE = "The published figures can't be told apart by this filter for a single occupation."


def answer(opened: Opened, ask: Series, asked: Mapping[str, str]) -> Answer:
    """Answer with one figure a year, rounded to the declared step."""
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, UNBORNE))
    if by := asked.get("breakdown"):
        return _broken_down(opened, ask, soc, people, by)
    figures = _one_measure(opened, soc, people, ask.measure)
    if not figures:
        return found(occupation.nothing(soc, NONE))
    series = [{"year": int(year), ask.figure: occupation.whole(value, ask.step)} for year, value, _ in figures]
    return found({"soc": int(soc), "series": series}, {status for _, _, status in figures})


def distribution(opened: Opened, ask: Distribution, asked: Mapping[str, str]) -> Answer:
    """Answer with the median and the deciles of the newest year that has a median; a missing decile isn't given."""
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, UNBORNE))
    medians = _one_measure(opened, soc, people, ask.median)
    if not medians:
        return found(occupation.nothing(soc, NONE))
    newest, median, status = medians[-1]
    deciles, statuses = {}, {status}
    for name, measure in ask.deciles.items():
        for _, value, status in _one_measure(opened, soc, {**people, "year": newest}, measure):
            deciles[name] = _shown(value)
            statuses.add(status)
    return found({"median": _shown(median), "deciles": deciles}, statuses, (("X-LMI-Year", newest),))


def forecast(opened: Opened, ask: Forecast, asked: Mapping[str, str]) -> Answer:
    """Answer with whole people, year by year, as far as the data goes."""
    soc = occupation.code(asked)
    first, last = occupation.span(asked)
    figures = [figure for figure in _one_measure(opened, soc, {}, ask.measure) if first <= figure[0] <= last]
    content = [{"year": int(year), "employment": occupation.whole(value)} for year, value, _ in figures]
    return found({"soc": int(soc), "predictedEmployment": content}, {status for _, _, status in figures})


def demand(opened: Opened, ask: Demand, asked: Mapping[str, str]) -> Answer:
    """Answer with people over the whole period; the period is the code of the dimension ``period``."""
    soc = occupation.code(asked)
    rows = opened.find({occupation.DIMENSION: [soc], "measure": [ask.measure]})
    for row in reversed(rows):
        value = opened.number("value", int(row))
        if value is not None:
            start, _, end = opened.word("period", int(row)).partition("-")
            content = {"soc": int(soc), "start_year": int(start), "end_year": int(end), "rate": occupation.whole(value)}
            return found(content, {opened.word("status", int(row))})
    return found(occupation.nothing(soc, NONE))


def _asked_for(ask: Series | Distribution, asked: Mapping[str, str]) -> tuple[str, dict[str, str] | None]:
    """Give the code, the two-digit one if it is asked for coarsely, and the people that the filters leave."""
    soc = occupation.code(asked, digits=2 if occupation.coarse(asked) else 4)
    return soc, occupation.chosen(asked.get("filters", ""), ask.filters, ask.unborne)


def _one_measure(opened: Opened, soc: str, people: Mapping[str, str], measure: str) -> list[occupation.Figure]:
    return occupation.figures(opened, {occupation.DIMENSION: soc, **people, "measure": measure})


def _broken_down(opened: Opened, ask: Series, soc: str, people: Mapping[str, str], by: str) -> Answer:
    """Answer for each code of a filter; the key of the code is the filter's own name."""
    wire = _wire(ask, by)
    if wire is None:
        return found(occupation.nothing(soc, UNBORNE))
    years: dict[str, list[dict[str, Any]]] = {}
    statuses = set()
    for number, (code, _) in wire.codes.items():
        for year, value, status in _one_measure(opened, soc, {**people, wire.dimension: code}, ask.measure):
            years.setdefault(year, []).append({wire.name: number, ask.figure: occupation.whole(value, ask.step)})
            statuses.add(status)
    if not years:
        return found(occupation.nothing(soc, NONE))
    series = [{"year": int(year), "breakdown": years[year]} for year in sorted(years)]
    return found({"soc": int(soc), "series": series}, statuses)


def _wire(ask: Series, name: str) -> Wire | None:
    known = {wire.name: wire for wire in ask.filters}
    if name not in known and name not in ask.unborne:
        hint = f"Known are: {', '.join([*known, *ask.unborne])}"
        raise Stop(Problem(f"there is no filter {name[:40]!r}", "parameter breakdown", hint))
    return known.get(name)


def _shown(value: float) -> float | int:
    """Show a number as the publisher does: to a tenth, and a whole one without a point."""
    tenth = round(value, 1)
    return int(tenth) if tenth.is_integer() else tenth
