"""GET .../ashe/estimatePay?soc=4135 -> one measure over the years, and its kin: distribution, forecast, demand."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from lmiforall.base.endpoint import Changes, Demand, Distribution, Estimates, Forecast, Series, Wire
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
        return _broken_down(opened, ask, asked, (soc, people), by)
    figures = _one_measure(opened, ask, asked, soc, people)
    if not figures:
        return found(occupation.nothing(soc, NONE))
    series = [{"year": int(year), ask.figure: occupation.whole(value, ask.step)} for year, value, _ in figures]
    return found({"soc": int(soc), "series": series}, {status for _, _, status in figures})


def distribution(opened: Opened, ask: Distribution, asked: Mapping[str, str]) -> Answer:
    """Answer with the median and the deciles of the newest year that has a median; a missing decile isn't given."""
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, UNBORNE))
    medians = _one_measure(opened, ask, asked, soc, {**people, "measure": ask.median})
    if not medians:
        return found(occupation.nothing(soc, NONE))
    newest, median, status = medians[-1]
    deciles, statuses = {}, {status}
    for name, measure in ask.deciles.items():
        for _, value, status in _one_measure(opened, ask, asked, soc, {**people, "year": newest, "measure": measure}):
            deciles[name] = shown(value)
            statuses.add(status)
    return found({"median": shown(median), "deciles": deciles}, statuses, (("X-LMI-Year", newest),))


def forecast(opened: Opened, ask: Forecast, asked: Mapping[str, str]) -> Answer:
    """Answer with whole people, year by year, as far as the data goes."""
    soc = occupation.code(asked)
    first, last = occupation.span(asked)
    figures = [figure for figure in _one_measure(opened, ask, asked, soc, {}) if first <= figure[0] <= last]
    content = [{"year": int(year), "employment": occupation.whole(value)} for year, value, _ in figures]
    return found({"soc": int(soc), "predictedEmployment": content}, {status for _, _, status in figures})


def demand(opened: Opened, ask: Demand, asked: Mapping[str, str]) -> Answer:
    """Answer with people over the whole period; the period is the code of the dimension ``period``."""
    soc = occupation.code(asked)
    codes = occupation.group(opened, {**ask.where, **occupation.wanted(asked, soc), "measure": ask.measure})
    for row in reversed(opened.find(codes)):
        value = opened.number("value", int(row))
        if value is not None:
            start, _, end = opened.word("period", int(row)).partition("-")
            content = {"soc": int(soc), "start_year": int(start), "end_year": int(end), "rate": occupation.whole(value)}
            return found(content, {opened.word("status", int(row))})
    return found(occupation.nothing(soc, NONE))


def estimates(opened: Opened, ask: Estimates, asked: Mapping[str, str]) -> Answer:
    """Answer as in 2013: the figures in the order of their years."""
    soc, people = _asked_for(ask, asked)
    figures = _one_measure(opened, ask, asked, soc, people) if people is not None else []
    if not figures:
        return found(occupation.nothing(soc, NONE if people is not None else UNBORNE))
    content = [{ask.figure: occupation.whole(value, ask.step)} for _, value, _ in figures]
    return found({"years": content}, {status for _, _, status in figures})


def changes(opened: Opened, ask: Changes, asked: Mapping[str, str]) -> Answer:
    """Answer with the change from each year to the next, of figures that came about in the same way.

    A published and a converted figure aren't compared: what changed there is the classification. For such a year
    the change is the one that the data tells (``ask.told``).
    """
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, UNBORNE))
    told = _one_measure(opened, ask, asked, soc, {**people, "measure": ask.told})
    pairs = {year: (value, status) for year, value, status in told}
    for before, later in pairwise(_one_measure(opened, ask, asked, soc, people)):
        if int(later[0]) == int(before[0]) + 1 and later[2] == before[2]:
            pairs[later[0]] = ((later[1] / before[1] - 1.0) * 100.0, later[2])
    if not pairs:
        return found(occupation.nothing(soc, NONE))
    content = [{"year": int(year), "change": shown(pairs[year][0])} for year in sorted(pairs)]
    return found({"soc": int(soc), "annual_changes": content}, {status for _, status in pairs.values()})


def _asked_for(ask: Series | Distribution, asked: Mapping[str, str]) -> tuple[str, dict[str, str] | None]:
    """Give the code, the two-digit one if it is asked for coarsely, and the people that the filters leave."""
    soc = occupation.code(asked, digits=2 if occupation.coarse(asked) else 4)
    return soc, occupation.chosen(asked.get("filters", ""), ask.filters, ask.unborne)


def _one_measure(
    opened: Opened, ask: Any, asked: Mapping[str, str], soc: str, people: Mapping[str, str]
) -> list[occupation.Figure]:
    """Give the figures of the declared measure, unless ``people`` names another."""
    measure = people.get("measure") or ask.measure
    return occupation.figures(opened, {**ask.where, **occupation.wanted(asked, soc), **people, "measure": measure})


def _broken_down(
    opened: Opened, ask: Series, asked: Mapping[str, str], who: tuple[str, dict[str, str]], by: str
) -> Answer:
    """Answer for each code of a filter; the key of the code is the filter's own name."""
    soc, people = who
    wire = _wire(ask, by)
    if wire is None:
        return found(occupation.nothing(soc, UNBORNE))
    years: dict[str, list[dict[str, Any]]] = {}
    statuses = set()
    for number, (code, _) in wire.codes.items():
        for year, value, status in _one_measure(opened, ask, asked, soc, {**people, wire.dimension: code}):
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


def shown(value: float) -> float | int:
    """Show a number as the publisher does: to a tenth, and a whole one without a point."""
    tenth = round(value, 1)
    return int(tenth) if tenth.is_integer() else tenth
