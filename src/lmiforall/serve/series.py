"""GET .../ashe/estimatePay?soc=4135 -> one measure over the years, and its kin: distribution, forecast, demand."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from lmiforall.base.endpoint import Changes, Demand, Distribution, Estimates, Filtered, Forecast, Series, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import groups, nothing, occupation, yearly
from lmiforall.serve.answer import Answer, found
from lmiforall.serve.remembered import remembered

NONE = "There is no figure for this group."
WIDER = "Try coarse=true for the wider two-digit group."
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
        return found(occupation.nothing(soc, none(opened, ask, asked)))
    series = [{"year": int(year), ask.figure: occupation.whole(value, ask.step)} for year, value, _ in figures]
    return found({"soc": int(soc), "series": series}, {status for _, _, status in figures})


def distribution(opened: Opened, ask: Distribution, asked: Mapping[str, str]) -> Answer:
    """Answer with the median and the deciles of the newest year that has a median; a missing decile isn't given."""
    soc, people = _asked_for(ask, asked)
    if people is None:
        return found(occupation.nothing(soc, UNBORNE))
    wanted = {**ask.where, **occupation.wanted(asked, soc), **people}
    if groups.is_empty(opened, {**wanted, "measure": ask.median}):
        return found(occupation.nothing(soc, none(opened, ask, asked)))
    made = remembered(opened, (ask.median, *wanted.items()), lambda: _newest(opened, ask, wanted))
    return made or found(occupation.nothing(soc, none(opened, ask, asked)))


def _newest(opened: Opened, ask: Distribution, wanted: Mapping[str, str]) -> Answer | None:
    for year in reversed(opened.words["year"]):
        figures = _every_measure(opened, {**wanted, "year": year})
        if ask.median in figures:
            given = {name: figures[measure] for name, measure in ask.deciles.items() if measure in figures}
            median, status = figures[ask.median]
            content = {"median": shown(median), "deciles": {name: shown(value) for name, (value, _) in given.items()}}
            return found(content, {status, *(one for _, one in given.values())}, (("X-LMI-Year", year),))
    return None


def _every_measure(opened: Opened, wanted: Mapping[str, str]) -> dict[str, tuple[float, str]]:
    """Give value and status of each measure that has a value, of one group of people in one year."""
    names, statuses = opened.words["measure"], opened.words["status"]
    rows = occupation.columns(opened, occupation.group(opened, wanted), "measure", "value", "status")
    return {names[name]: (value, statuses[status]) for name, value, status in rows if value == value}  # noqa: PLR0124


def forecast(opened: Opened, ask: Forecast, asked: Mapping[str, str]) -> Answer:
    """Answer with whole people, year by year, as far as the data goes."""
    soc = occupation.code(asked)
    wanted = {**ask.where, **occupation.wanted(asked, soc), "measure": ask.measure}
    every = yearly.of(
        opened, ask, wanted, lambda year, value: {"year": int(year), "employment": occupation.whole(value)}
    )
    given = every.between(occupation.span(asked))
    return found({"soc": int(soc), "predictedEmployment": given.listed}, {*given.statuses})


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
    figures = _one_measure(opened, ask, asked, soc, people) if people is not None else ()
    if not figures:
        return found(occupation.nothing(soc, none(opened, ask, asked) if people is not None else UNBORNE))
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
        return found(occupation.nothing(soc, none(opened, ask, asked)))
    content = [{"year": int(year), "change": shown(pairs[year][0])} for year in sorted(pairs)]
    return found({"soc": int(soc), "annual_changes": content}, {status for _, status in pairs.values()})


def _asked_for(ask: Series | Distribution, asked: Mapping[str, str]) -> tuple[str, dict[str, str] | None]:
    """Give the code, the two-digit one if it is asked for coarsely, and the people that the filters leave."""
    soc = occupation.code(asked, digits=2 if occupation.coarse(asked) else 4)
    return soc, occupation.chosen(asked.get("filters", ""), ask)


def _one_measure(
    opened: Opened, ask: Any, asked: Mapping[str, str], soc: str, people: Mapping[str, str]
) -> Sequence[occupation.Figure]:
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
    wanted = {**ask.where, **occupation.wanted(asked, soc), **(people or {}), "measure": ask.measure}
    codes = [code for code, _ in wire.codes.values()]
    if groups.are_empty(opened, wanted, wire.dimension, codes):
        return found(occupation.nothing(soc, none(opened, ask, asked)))
    figures = occupation.by_code(opened, wanted, wire.dimension, codes)
    for number, (code, _) in wire.codes.items():
        for year, value, status in figures.get(code, ()):
            years.setdefault(year, []).append({wire.name: number, ask.figure: occupation.whole(value, ask.step)})
            statuses.add(status)
    if not years:
        return found(occupation.nothing(soc, none(opened, ask, asked)))
    series = [{"year": int(year), "breakdown": years[year]} for year in sorted(years)]
    return found({"soc": int(soc), "series": series}, statuses)


def _wire(ask: Series, name: str) -> Wire | None:
    known = {wire.name: wire for wire in ask.filters}
    if name not in known and name not in ask.unborne:
        hint = f"Known are: {', '.join([*known, *ask.unborne])}"
        raise Stop(Problem(f"there is no filter {name[:40]!r}", "parameter breakdown", hint))
    return known.get(name)


def none(opened: Opened, ask: Filtered, asked: Mapping[str, str]) -> str:
    """Say that there is no figure, and where one may be: in the full release, or of a wider group."""
    cut = _cut_short(opened)
    if cut and any(name in cut for name in _told_by(ask, asked)):
        return nothing.LEFT_OUT
    return NONE if occupation.coarse(asked) or len(asked["soc"]) <= 2 else f"{NONE} {WIDER}"


@cache
def _cut_short(opened: Opened) -> frozenset[str]:
    """Name the dimensions of which this release has only those codes that the starter keeps."""
    kept = opened.dataset.starter.keep if opened.dataset.starter else {}
    return frozenset(name for name in kept if name in opened.dimensions and {*opened.codes(name)} <= {*kept[name]})


def _told_by(ask: Filtered, asked: Mapping[str, str]) -> Iterator[str]:
    """Name the dimensions by which figures are asked for."""
    yield from ask.where
    yield from occupation.chosen(asked.get("filters") or asked.get("filterBy") or "", ask) or ()
    by = asked.get("breakdown") or asked.get("breakdownBy")
    yield from (wire.dimension for wire in ask.filters if wire.name == by)


def shown(value: float, decimals: int = 1) -> float | int:
    """Show a number as the publisher does: mostly to a tenth, and a whole one without a point."""
    rounded = round(value, decimals)
    return int(rounded) if rounded.is_integer() else rounded
