"""Ratios by region, by sex and by working pattern -> pay of each group of people, in the UK and in every region.

Rule 1: what is published of a group in the UK stands; nothing is worked out by subtraction from what ONS withheld.
Rule 2: a region's ratio holds for each group, and departs from it as the group's does in the major group.

A group's sample is a part of everyone's, so its figure has the noise of everyone's, and more: by its share of the jobs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.fit import pay_balance, pay_people, pay_scale
from lmiforall.fit.mixed import Bools, Floats
from lmiforall.fit.pay_inputs import MAJOR_OF, MAJORS, PERCENTS, REGIONS, UK, UNITS, Known, figure, grid
from lmiforall.fit.pay_people import DIVISIONS, Divided, People, Ratios
from lmiforall.fit.pay_region import Regional
from lmiforall.fit.pay_rows import BASES, Estimates, Key
from lmiforall.fit.pay_spread import Rule
from lmiforall.fit.pay_uk import uk

MEASURES = ("mean_gbp", *(figure(percent) for percent in PERCENTS))
PART_TIME: People = ("all", "part_time")
# SOURCE: ASHE table 15.7a of 2020, part-time: the slope of the major groups' regional log-ratios on those of all
# employees (87 cells; `python -m bench.pay_holdouts` measures it again). Part-timers' pay differs little by region.
PART_TIME_FOLLOWS = 0.27


@dataclass(frozen=True, eq=False)
class Group:
    """One group of people on one basis: ``place`` is its column in the division. Frames are of the group alone."""

    people: People
    basis: str
    place: int
    divided: Divided
    ratios: Ratios
    pay: pl.DataFrame
    regions: pl.DataFrame
    departures: Mapping[str, Floats]

    @property
    def share(self) -> Floats:
        """The group's share of each unit group's jobs."""
        found: Floats = self.divided.share[:, self.place]
        return found


@dataclass(frozen=True, eq=False)
class Given:
    """What groups are estimated from: what is published (``pay`` by occupation, ``regions``), and what was fitted.

    ``shared`` says how much of a major group's departures unit groups share.
    """

    about: Known
    pay: pl.DataFrame
    regions: pl.DataFrame
    regional: Regional
    rule: Rule
    shared: Mapping[str, float]
    level: float


def by_people(given: Given) -> Iterator[Estimates]:
    """Give the estimates of each group."""
    for division, groups in DIVISIONS.items():
        bases = {basis: _groups(given, division, basis) for basis in BASES}
        for place, people in enumerate(groups):
            yield from _estimates(given, people, [bases[basis][place] for basis in BASES])


def _groups(given: Given, division: str, basis: str) -> list[Group]:
    divided = pay_people.divided(given.about, given.pay, given.regions, division, basis)
    ratios = pay_people.fit(divided, given.level)
    found = []
    for place, people in enumerate(divided.people):
        own, there = (_of(frame, people, given.about.year, basis) for frame in (given.pay, given.regions))
        departures = _departures(given, people, basis)
        found.append(Group(people, basis, place, divided, ratios, own, there, departures))
    return found


def _of(frame: pl.DataFrame, people: People, year: str, basis: str) -> pl.DataFrame:
    codes = {"sex": people[0], "pattern": people[1], "year": year, "basis": basis}
    return frame.filter(*(pl.col(name) == code for name, code in codes.items()))


def _departures(given: Given, people: People, basis: str) -> dict[str, Floats]:
    """Give how much further a measure departs from everyone's than the median does, by major group."""
    of_uk = given.regions.filter(pl.col("region") == UK)
    wide = pl.concat([of_uk, given.pay], how="diagonal").filter(pl.col("basis") == basis)
    ratios = {
        name: pay_people.newest_ratio(wide.filter(pl.col("measure") == name), (people,), MAJORS)[:, 0]
        for name in MEASURES
    }
    return {name: np.nan_to_num(ratio - ratios["median_gbp"]) for name, ratio in ratios.items()}


def _estimates(given: Given, people: People, groups: list[Group]) -> Iterator[Estimates]:
    """Give the UK, whose medians' intervals are proven, and the regions, whose aren't."""
    about, rule = given.about, given.rule
    values: dict[Key, Floats] = {}
    widths: dict[Key, Floats] = {}
    published: dict[Key, Floats] = {}
    for group in groups:
        whole = _published(group)
        there = _in_regions(given, group)
        for name in MEASURES:
            key, own = (group.basis, name), group.departures[name][MAJOR_OF] * given.shared.get(name, 1.0)
            value = _in_uk(about, group, whole, name, own)
            wide = np.column_stack([np.where(np.isfinite(whole["median_gbp"]), 0.0, _width(group)), there.width])
            values[key] = np.column_stack([value, value[:, None] * np.exp(there.ratio)])
            widths[key] = wide if name == "median_gbp" else np.hypot(wide, rule.width(own)[:, None])
            published[key] = np.column_stack([whole[name], np.full((len(UNITS), len(REGIONS)), np.nan)])
        mean = (group.basis, "mean_gbp")
        values[mean][:, 1:] = _balanced(about, group, values[mean])
    balanced = frozenset((basis, "mean_gbp") for basis in BASES if people != PART_TIME)
    proven = frozenset((basis, "median_gbp") for basis in BASES)
    codes = {"sex": people[0], "pattern": people[1]}
    whole_uk, regions = (_cut(columns, values, widths, published) for columns in (slice(1), slice(1, None)))
    yield Estimates("region", (UK,), whole_uk[0], whole_uk[1], whole_uk[2], proven=proven, people=codes)
    yield Estimates("region", REGIONS, regions[0], regions[1], regions[2], balanced=balanced, people=codes)


def _cut(columns: slice, *every: dict[Key, Floats]) -> list[dict[Key, Floats]]:
    return [{key: found[:, columns] for key, found in one.items()} for one in every]


def _published(group: Group) -> dict[str, Floats]:
    return {name: grid(group.pay.filter(pl.col("measure") == name), ("soc",), (UNITS,)) for name in MEASURES}


def _width(group: Group) -> Floats:
    found: Floats = group.ratios.width[:, group.place]
    return found


def _in_uk(about: Known, group: Group, whole: Mapping[str, Floats], name: str, own: Floats) -> Floats:
    """Give a measure in the UK: as published, or everyone's times the median's ratio and the measure's departure."""
    median = np.log(whole["median_gbp"] / about.uk[group.basis]["median_gbp"])
    ratio = np.where(np.isfinite(median), median, group.ratios.ratio[:, group.place])
    return np.where(np.isfinite(whole[name]), whole[name], uk(about, group.basis, name) * np.exp(ratio + own))


@dataclass(frozen=True, eq=False)
class InRegions:
    """A group's log-ratio to its own figure in the UK, and the half-width of its interval: unit groups x regions."""

    ratio: Floats
    width: Floats


def _in_regions(given: Given, group: Group) -> InRegions:
    about, regional = given.about, given.regional
    seen = np.log(about.published / about.median[:, None])
    known = np.isfinite(seen) & (group.basis == "year")
    follows = PART_TIME_FOLLOWS if group.people == PART_TIME else 1.0
    ratio = follows * np.where(known, seen, regional.smooth) + _interaction(about, group)[MAJOR_OF]
    wrong = error(regional, known, group.share, group.ratios.error[:, group.place])
    return InRegions(ratio, pay_scale.widths(regional.model, wrong, given.level))


def error(regional: Regional, known: Bools, share: Floats, own: Floats) -> Floats:
    """Give the standard error: the region's, unless published; a smaller sample's; the cell's own; the group's."""
    cell = regional.model.variances[-1]
    fewer = regional.noise * (1.0 / share - 1.0)[:, None]
    found: Floats = np.sqrt(np.where(known, 0.0, np.square(regional.error)) + fewer + cell + np.square(own)[:, None])
    return found


def _interaction(about: Known, group: Group) -> Floats:
    """Give how much further a group's median departs in a region than everyone's does, by major group and region."""
    medians = group.regions.filter(pl.col("measure") == "median_gbp")
    ratio = grid(medians, ("soc", "region"), (MAJORS, (UK, *REGIONS)))
    found = np.log(ratio[:, 1:] / ratio[:, :1]) - about.of_majors[group.basis]
    return np.nan_to_num(found)


def _balanced(about: Known, group: Group, means: Floats) -> Floats:
    """Let a group's means by region add up to its mean in the UK, and to the major groups' where there are any."""
    jobs = (about.jobs * group.share)[:, None] * about.share
    guess = means[:, 1:] / means[:, :1]
    if group.people == PART_TIME:
        found: Floats = means[:, 1:] / (about.share * guess).sum(axis=1, keepdims=True)
        return found
    others = means_by_region(group.regions, group.basis)
    return pay_balance.balance(jobs, np.nan_to_num(guess), means[:, 0], others, MAJOR_OF).means


def means_by_region(regions: pl.DataFrame, basis: str) -> Floats:
    """Give means by major group and region; where a region has none, the UK's in the ratio of all occupations."""
    mean = regions.filter(pl.col("basis") == basis, pl.col("measure") == "mean_gbp")
    every = grid(mean.filter(pl.col("soc") == "all"), ("region",), ((UK, *REGIONS),))
    majors = grid(mean, ("soc", "region"), (MAJORS, (UK, *REGIONS)))
    return np.where(np.isnan(majors[:, 1:]), majors[:, :1] * every[1:] / every[0], majors[:, 1:])
