"""Published tables of pay -> arrays by unit group and region: what the model of pay knows before it is fitted.

A cell is a unit group in a region; cells are numbered unit group by unit group, in the regions' order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.model import PayModel
from lmiforall.base.table import Table
from lmiforall.codes.region import REGION
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit.mixed import Floats

UNITS = tuple(entry.code for entry in SOC2020.at_level("unit"))
MAJORS = tuple(entry.code for entry in SOC2020.at_level("major"))
REGIONS = tuple(entry.code for entry in REGION.codes if entry.level and entry.title != "England")
SECTIONS = tuple(entry.code for entry in SIC2007_SECTION.codes if entry.code != SIC2007_SECTION.whole)
UK = REGION.whole
LONDON = REGIONS.index("E12000007")
MAJOR_OF = np.array([MAJORS.index(code[0]) for code in UNITS])

# The percentiles that are estimated: the deciles.
PERCENTS = (10, 20, 30, 40, 50, 60, 70, 80, 90)


def figure(percent: int, unit: str = "gbp") -> str:
    """Name the measure of a percentile of pay, or of hours: the 50th is the median."""
    return f"median_{unit}" if percent == 50 else f"p{percent}_{unit}"


@dataclass(frozen=True, eq=False)
class Known:
    """What is published of all employees. ``year`` is the newest year, whose pay is estimated.

    ``median`` and ``variation`` (the CV, as a part) are of the unit groups' annual pay in the UK, ``jobs`` (thousand)
    theirs; ``share`` (units x regions) is how a unit group's jobs divide over the regions, ``people`` (units x
    sections) how many of its people work in each industry. ``regional`` (majors x regions) is the log-ratio of a
    region's annual median to the UK's, ``overall`` the same of all employees. ``published`` has table 15, NaN where
    there is nothing. ``uk[basis]`` and ``major[basis]`` have measures by unit group, and by UK major group;
    ``of_majors[basis]`` is ``regional`` on each basis, NaN where it is withheld.
    """

    year: str
    median: Floats
    variation: Floats
    jobs: Floats
    share: Floats
    people: Floats
    regional: Floats
    overall: Floats
    published: Floats
    uk: Mapping[str, Mapping[str, Floats]]
    major: Mapping[str, Mapping[str, Floats]]
    of_majors: Mapping[str, Floats]


def known(model: PayModel, tables: Mapping[str, Table]) -> Known:
    """Lay the published figures out."""
    pay, region = everyone(tables[model.pay].frame), everyone(tables[model.regions].frame)
    year = str(region["year"].max())
    region = region.filter(pl.col("year") == year)
    annual = _of(region, basis="year", measure="median_gbp")
    of_majors = {basis: _of_majors(_of(region, basis=basis, measure="median_gbp")) for basis in ("year", "week")}
    regional = of_majors["year"]
    overall = _overall(annual)
    bases = {basis: _newest(_of(pay, basis=basis), year) for basis in ("year", "week")}
    shares, people = regional_shares(tables[model.people].frame), people_by_industry(tables[model.industries].frame)
    return Known(
        year,
        median=bases["year"]["median_gbp"],
        variation=_variation(_of(pay, basis="year", measure="median_gbp")),
        jobs=_jobs(_of(pay, basis="year", measure="jobs_thousand")),
        share=shares,
        people=people,
        regional=np.where(np.isnan(regional), overall, regional),
        overall=overall,
        published=grid(annual, ("soc", "region"), (UNITS, REGIONS)),
        uk=bases,
        major={basis: majors(region.filter(pl.col("region") == UK), basis) for basis in ("year", "week")},
        of_majors=of_majors,
    )


def everyone(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the figures of both sexes and all working patterns, with their codes as plain text."""
    plain = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    return plain.filter(pl.col("sex") == "all", pl.col("pattern") == "all")


def _of(frame: pl.DataFrame, **codes: str) -> pl.DataFrame:
    return frame.filter(*(pl.col(name) == code for name, code in codes.items()))


def grid(
    frame: pl.DataFrame, names: tuple[str, ...], codes: tuple[Sequence[str], ...], column: str = "value"
) -> Floats:
    """Lay a column out as an array by codes of its dimensions; NaN where there is no figure."""
    places = [{code: place for place, code in enumerate(known)} for known in codes]
    found = np.full(tuple(len(known) for known in codes), np.nan)
    for *at, value in frame.select(*names, column).iter_rows():
        if value is not None and all(code in place for code, place in zip(at, places, strict=True)):
            found[tuple(place[code] for code, place in zip(at, places, strict=True))] = value
    return found


def _of_majors(medians: pl.DataFrame) -> Floats:
    """Give the log-ratio of each major group's median in a region to the UK's."""
    found = grid(medians, ("soc", "region"), (MAJORS, (UK, *REGIONS)))
    return np.asarray(np.log(found[:, 1:] / found[:, :1]), np.float64)


def _overall(annual: pl.DataFrame) -> Floats:
    medians = grid(_of(annual, soc="all"), ("region",), ((UK, *REGIONS),))
    found: Floats = np.log(medians[1:] / medians[0])
    return found


def majors(frame: pl.DataFrame, basis: str) -> dict[str, Floats]:
    """Give each measure of pay by major group."""
    chosen = _of(frame, basis=basis)
    names = ["mean_gbp", *(figure(percent) for percent in PERCENTS)]
    return {name: grid(_of(chosen, measure=name), ("soc",), (MAJORS,)) for name in names}


def _newest(pay: pl.DataFrame, year: str) -> dict[str, Floats]:
    """Give each measure of the year by unit group; one that misses comes from the last year, grown as all pay grew."""
    found = {}
    for name in ("mean_gbp", *(figure(percent) for percent in PERCENTS)):
        rows = _of(pay, measure=name)
        values = grid(_of(rows, year=year), ("soc",), (UNITS,))
        for earlier in sorted(set(rows["year"]) - {year}, reverse=True):
            before = grid(_of(rows, year=earlier), ("soc",), (UNITS,))
            both = np.isfinite(values) & np.isfinite(before)
            growth = float(np.median(values[both] / before[both]))
            values = np.where(np.isnan(values), before * growth, values)
        found[name] = values
    return found


def _variation(medians: pl.DataFrame) -> Floats:
    """Give the CV of each unit group's median, the middle one of its years; the worst known where none is."""
    rows = medians.filter(pl.col("quality").is_not_null()).group_by("soc").agg(pl.col("quality").median())
    found = grid(rows, ("soc",), (UNITS,), "quality") / 100.0
    return np.where(np.isnan(found), np.nanmax(found), found)


def _jobs(rows: pl.DataFrame) -> Floats:
    """Give the jobs of each unit group, of the newest year that has them; the smallest number where none has."""
    found = np.full(len(UNITS), np.nan)
    for year in sorted(set(rows["year"]), reverse=True):
        found = np.where(np.isnan(found), grid(_of(rows, year=year), ("soc",), (UNITS,)), found)
    return np.where(np.isnan(found), np.nanmin(found), found)


def regional_shares(frame: pl.DataFrame) -> Floats:
    """Say how each unit group divides over the regions: as its minor group does, or else its sub-major group.

    A cell that the survey left blank is taken at half of the smallest that its group has.
    """
    plain = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    newest = _of(plain, year=str(plain["year"].max()))
    minors = sorted({code[:3] for code in UNITS})
    people = dict(zip(minors, grid(newest, ("soc", "region"), (minors, REGIONS)), strict=True))
    shares = []
    for code in UNITS:
        row = people[code[:3]]
        if np.isnan(row).all():
            row = np.nansum([people[minor] for minor in minors if minor[:2] == code[:2]], axis=0)
        row = np.where(np.isnan(row) | (row <= 0), np.nanmin(row[row > 0]) / 2.0, row)
        shares.append(row / row.sum())
    return np.array(shares)


def people_by_industry(frame: pl.DataFrame) -> Floats:
    """Give the people of each unit group in each industry, of the survey's newest year; nil where none are given."""
    plain = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    newest = _of(plain, year=str(plain["year"].max()))
    return np.nan_to_num(grid(newest, ("soc", "industry"), (UNITS, SECTIONS)))
