"""GET .../ashe/estimatePay?soc=4135 -> one measure over the years, and its kin: distribution, forecast, demand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import pairwise
from typing import Any

from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import Changes, Demand, Distribution, Estimates, Filtered, Forecast, Series, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import groups, nothing, occupation, yearly
from lmiforall.serve.answer import Answer, found, kept, written
from lmiforall.serve.occupation import Whom

# What writes the answer about a group of people; None where there is none.
Writing = Callable[[Mapping[str, str]], Answer | None]

NONE = "There is no figure for this group."
WIDER = "Try coarse=true for the wider two-digit group."
# A code of so many digits is of no narrower group than that.
WIDE = 2
UNBORNE = "The published figures can't be told apart by this filter for a single occupation."


def answer(opened: Opened, ask: Series, asked: Mapping[str, str], whom: Whom) -> Answer:
    """Answer with one figure a year, rounded to the declared step; by ``breakdown`` with one for each code."""
    if (by := asked.get("breakdown")) and whom.people is not None:
        return _broken_down(opened, ask, whom, by)

    def write(wanted: Mapping[str, str]) -> Answer | None:
        figures = occupation.looked_up(opened, {**wanted, "measure": ask.measure})
        series = [{"year": int(year), ask.figure: occupation.whole(value, ask.step)} for year, value, _ in figures]
        return found({"soc": int(whom.soc), "series": series}, {status for _, _, status in figures}) if series else None

    return _remembered(opened, ask, whom, (ask.measure,), write)


def estimates(opened: Opened, ask: Estimates, _: Mapping[str, str], whom: Whom) -> Answer:
    """Answer as in 2013: the figures in the order of their years."""

    def write(wanted: Mapping[str, str]) -> Answer | None:
        figures = occupation.looked_up(opened, {**wanted, "measure": ask.measure})
        content = [{ask.figure: occupation.whole(value, ask.step)} for _, value, _ in figures]
        return found({"years": content}, {status for _, _, status in figures}) if content else None

    return _remembered(opened, ask, whom, (ask.measure,), write)


def changes(opened: Opened, ask: Changes, _: Mapping[str, str], whom: Whom) -> Answer:
    """Answer with the change from each year to the next, of figures that came about in the same way.

    A published and a converted figure aren't compared: what changed there is the classification. For such a year
    the change is the one that the data tells (``ask.told``).
    """

    def write(wanted: Mapping[str, str]) -> Answer | None:
        told, figures = (
            occupation.looked_up(opened, {**wanted, "measure": measure}) for measure in (ask.told, ask.measure)
        )
        pairs = {year: (value, status) for year, value, status in told}
        for before, later in pairwise(figures):
            if int(later[0]) == int(before[0]) + 1 and later[2] == before[2]:
                pairs[later[0]] = ((later[1] / before[1] - 1.0) * 100.0, later[2])
        content = [{"year": int(year), "change": shown(pairs[year][0])} for year in sorted(pairs)]
        statuses = {status for _, status in pairs.values()}
        return found({"soc": int(whom.soc), "annual_changes": content}, statuses) if content else None

    return _remembered(opened, ask, whom, (ask.measure, ask.told), write)


def distribution(opened: Opened, ask: Distribution, _: Mapping[str, str], whom: Whom) -> Answer:
    """Answer with the median and the deciles of the newest year that has a median; a missing decile isn't given."""

    def write(wanted: Mapping[str, str]) -> Answer | None:
        for year in reversed(opened.words["year"]):
            figures = _every_measure(opened, {**wanted, "year": year})
            if ask.median in figures:
                given = {name: figures[measure] for name, measure in ask.deciles.items() if measure in figures}
                median, status = figures[ask.median]
                deciles = {name: shown(value) for name, (value, _) in given.items()}
                statuses = {status, *(one for _, one in given.values())}
                return found({"median": shown(median), "deciles": deciles}, statuses, (("X-LMI-Year", year),))
        return None

    return _remembered(opened, ask, whom, (ask.median,), write)


def _remembered(opened: Opened, ask: Filtered, whom: Whom, measures: tuple[str, ...], write: Writing) -> Answer:
    """Give what is written of a group of people, as it was written before; without any figure the reason."""
    if whom.people is None:
        return occupation.none(whom.soc, UNBORNE)
    wanted = whom.wanted(ask)

    def look_up() -> Answer | None:
        made = write(wanted)
        return kept(made) if made else None

    return groups.of(opened, ask.path, wanted, look_up, measures=measures) or none(opened, ask, whom)


def _every_measure(opened: Opened, wanted: Mapping[str, str]) -> dict[str, tuple[float, str]]:
    """Give value and status of each measure that has a value, of one group of people in one year."""
    names, statuses = opened.words["measure"], opened.words["status"]
    rows = occupation.columns(opened, occupation.group(opened, wanted), "measure", "value", "status")
    return {names[name]: (value, statuses[status]) for name, value, status in rows if value == value}  # noqa: PLR0124


def _broken_down(opened: Opened, ask: Series, whom: Whom, by: str) -> Answer:
    """Answer for each code of a filter; the key of the code is the filter's own name."""
    wire = _wire(ask, by)
    if wire is None:
        return occupation.none(whom.soc, UNBORNE)
    wanted = whom.wanted(ask)

    def look_up() -> Answer | None:
        years: dict[str, list[dict[str, Any]]] = {}
        statuses = set()
        figures = occupation.by_code(opened, {**wanted, "measure": ask.measure}, wire.dimension, wire.told)
        for number, (code, _) in wire.codes.items():
            for year, value, status in figures.get(code, ()):
                years.setdefault(year, []).append({wire.name: number, ask.figure: occupation.whole(value, ask.step)})
                statuses.add(status)
        series = [{"year": int(year), "breakdown": years[year]} for year in sorted(years)]
        return kept(found({"soc": int(whom.soc), "series": series}, statuses)) if series else None

    made = groups.by_code(opened, ask.path, wanted, wire, look_up, measures=(ask.measure,))
    return made or none(opened, ask, whom, by)


def forecast(opened: Opened, ask: Forecast, asked: Mapping[str, str]) -> Answer:
    """Answer with whole people, year by year, as far as the data goes."""
    soc = occupation.code(asked)
    wanted = {**ask.where, **occupation.wanted(asked, soc)}
    every = yearly.of(opened, ask, wanted, _people)
    span = occupation.span(asked)
    text, statuses = every.between(span)
    return written(b'{"soc":%d,"predictedEmployment":[%s]}' % (int(soc), text), statuses, every.tag, *span)


def _people(_: Forecast, year: str, value: float) -> dict[str, int]:
    return {"year": int(year), "employment": occupation.whole(value)}


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


def _wire(ask: Series, name: str) -> Wire | None:
    if name not in ask.by_name and name not in ask.unborne:
        hint = f"Known are: {', '.join([*ask.by_name, *ask.unborne])}"
        raise Stop(Problem(f"there is no filter {name[:40]!r}", "parameter breakdown", hint))
    return ask.by_name.get(name)


def none(opened: Opened, ask: Filtered, whom: Whom, by: str = "") -> Answer:
    """Answer that there is no figure, and where one may be."""
    cut = _cut_short_in(opened)
    # PERF: in a full release nothing is cut short (bench/endpoints.py, lfs/weeklypay/breakdown).
    return occupation.none(whom.soc, why_none(whom.soc, _told_by(ask, whom, by) if cut else (), cut))


def why_none(soc: str, told_by: Iterable[str], cut: Set[str]) -> str:
    """Say that there is no figure, and where one may be: in the full release, or of a wider group.

    ``told_by`` are the dimensions by which it is asked for, ``cut`` those that are cut short in the release.
    """
    if not cut.isdisjoint(told_by):
        return nothing.LEFT_OUT
    return NONE if len(soc) <= WIDE else f"{NONE} {WIDER}"


def cut_short(dataset: Dataset, codes: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Name the dimensions of which only those codes are there that the starter keeps; ``codes`` gives those there."""
    kept = dataset.starter.keep if dataset.starter else {}
    names = (one.name for one in dataset.dimensions if one.name in kept)
    return frozenset(name for name in names if {*codes(name)} <= {*kept[name]})


@cache
def _cut_short_in(opened: Opened) -> frozenset[str]:
    return cut_short(opened.dataset, opened.codes)


def _told_by(ask: Filtered, whom: Whom, by: str) -> Iterator[str]:
    """Name the dimensions by which figures are asked for."""
    yield from ask.where
    yield from whom.people or ()
    yield from (wire.dimension for wire in ask.filters if wire.name == by)


def shown(value: float, decimals: int = 1) -> float | int:
    """Show a number as the publisher does: mostly to a tenth, and a whole one without a point."""
    rounded = round(value, decimals)
    return int(rounded) if rounded.is_integer() else rounded
