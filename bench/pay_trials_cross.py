"""Pay of part-timers by region in 2020, and of industries -> what the model foretells of them, and the rivals.

The first is the one table of pay by unit group, region and working pattern among our sources: on SOC2010, and five
years before the regional ratios that foretell it. No such table by sex, age or industry is to be had.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl
from python_calamine import CalamineWorkbook

from bench.pay_blocks import Floats, Foretold
from bench.pay_trials import BASES, Read, Trial, majors_of
from lmiforall.codes.region import REGION
from lmiforall.fit import pay_cross, pay_people, pay_region, pay_scale, pay_spread
from lmiforall.fit.pay_inputs import MAJORS, REGIONS, SECTIONS, UK, UNITS, everyone, grid

PART_TIME = "ashe/table15_2020_partial/ASHE_T15.7a_2020_annual_gross_PARTIAL.xlsx"
DESCRIPTION, CODE, MEDIAN = 0, 1, 3

Medians = Mapping[tuple[str, str], float]


def part_time_2020(sources: Path) -> Medians:
    """Read the sheet of part-timers: (region, SOC2010 code or ``all``) -> median."""
    rows = CalamineWorkbook.from_path(sources / PART_TIME).get_sheet_by_name("Part-Time").to_python()
    found: dict[tuple[str, str], float] = {}
    region = ""
    for row in rows:
        code = str(row[CODE]).strip()
        if code in REGION:
            region, code = code, "all"
        elif not (region and re.fullmatch(r"\d{1,4}", code)):
            continue
        median = row[MEDIAN]
        if isinstance(median, float):
            found[region, code] = median
    return found


def follows(read: Read, medians: Medians) -> tuple[float, int]:
    """Measure how far part-timers' regional ratios of major groups follow everyone's: the slope, and cells."""
    part = np.array([[_ratio(medians, region, major) for region in REGIONS] for major in MAJORS])
    there = np.isfinite(part)
    whole = read.known.regional[there]
    return float(part[there] @ whole / (whole @ whole)), int(there.sum())


def _ratio(medians: Medians, region: str, code: str) -> float:
    return float(np.log(medians.get((region, code), np.nan) / medians.get((UK, code), np.nan)))


def part_time(read: Read, medians: Medians, regional: pay_region.Regional) -> Trial:
    """Try part-timers by region; a SOC2010 group stands for the unit group that most of its people went to."""
    about = pay_people.divided(read.known, read.pay, read.frames["pay_by_region"], "pattern", "year")
    heir, z = _heirs(read.frames["soc2010_soc2020_weights"]), []
    for region, code in medians:
        if len(code) == 4 and region != UK and code in heir and np.isfinite(_ratio(medians, region, code)):
            z.append(
                (heir[code], REGIONS.index(region), _ratio(medians, region, code), _ratio(medians, region, code[0]))
            )
    units, regions = (np.array([int(one[place]) for one in z]) for place in (0, 1))
    truth, parent = (np.array([one[place] for one in z]) for place in (2, 3))
    none = np.zeros(regional.error.shape, np.bool_)
    wrong = pay_cross.error(regional, none, about.share[:, 1], np.zeros(len(UNITS)))[units, regions]
    ratio = pay_cross.PART_TIME_FOLLOWS * regional.smooth[units, regions]
    rivals = np.stack([np.zeros(len(z)), np.nan_to_num(parent)])
    plain = np.repeat(np.nanquantile(np.abs(truth - rivals), read.level, axis=1)[:, None], len(z), axis=1)
    widths = pay_scale.widths(regional.model, wrong, read.level)
    foretold = Foretold(np.arange(len(z)), truth, ratio, widths, rivals, plain)
    blocks = [("region", REGION.title_of(code), regions == place) for place, code in enumerate(REGIONS)]
    return Trial(
        "annual medians of part-timers by region, 2020",
        "Everything: nothing of this table is fitted to, but the one number that says how far part-timers follow a "
        "region's pay (from its major groups). The regions' ratios are those of 2025. Rivals' intervals are as wide as "
        "holds these very figures, so they are flattered.",
        "the unit group's part-timers in the UK; that times the region's ratio of part-timers in the major group",
        foretold,
        [one for one in (*blocks, *majors_of(units)) if one[2].any()],
    )


def _heirs(weights: pl.DataFrame) -> dict[str, int]:
    plain = weights.with_columns(pl.col(pl.Enum).cast(pl.String))
    chosen = plain.filter(pl.col("direction") == "to_soc2020", pl.col("measure") == "share").sort("value")
    return {old: UNITS.index(new) for old, new in chosen.select("soc2010", "soc").iter_rows()}


def industries(read: Read, rule: pay_spread.Rule) -> Iterator[Trial]:
    """Try each industry's mean, foretold from what its occupations are paid in the UK."""
    sections = everyone(read.frames["pay_by_industry"])
    for basis, word in BASES.items():
        mean = sections.filter(
            pl.col("basis") == basis, pl.col("measure") == "mean_gbp", pl.col("year") == read.known.year
        )
        published = grid(mean, ("industry",), (SECTIONS,))
        yield _of_industries(read, np.log(published), np.log(_composed(read, basis)), rule, f"{word} means by industry")


def _composed(read: Read, basis: str) -> Floats:
    """Give what an industry's people would be paid on average, if each occupation were paid there as everywhere."""
    mean = read.known.uk[basis]["mean_gbp"]
    people = np.where(np.isfinite(mean)[:, None], read.known.people, 0.0)
    found: Floats = (people * np.nan_to_num(mean)[:, None]).sum(axis=0) / people.sum(axis=0)
    return found


def _of_industries(read: Read, published: Floats, composed: Floats, rule: pay_spread.Rule, name: str) -> Trial:
    people = read.known.people.sum(axis=0)
    national = float(np.log(np.nansum(people * np.exp(published)) / people[np.isfinite(published)].sum()))
    tried = np.flatnonzero(np.isfinite(published) & np.isfinite(composed))
    # An industry's own figure is a part of what is known of both wider groups; it is taken out of them.
    rivals = np.array(
        [
            [_others(people, published, place), _others(people, published, place, kin=place < PRODUCTION)]
            for place in map(int, tried)
        ]
    ).T
    z = published[tried]
    plain = np.repeat(np.quantile(np.abs(z - rivals), read.level, axis=1)[:, None], len(tried), axis=1)
    widths = rule.width(composed[tried] - national)
    return Trial(
        name,
        "The industry's figures, and its part of the figures of the wider groups. Only the mean of a whole industry is "
        "published; of unit groups within it nothing is, so that can't be tried.",
        "all other industries' mean; that of the other industries of its kind, production or services",
        Foretold(tried, z, composed[tried], widths, rivals, plain),
        [],
    )


# SOURCE: SIC2007 sections A to F make or grow things; all others are services.
PRODUCTION = SECTIONS.index("G")


def _others(people: Floats, published: Floats, place: int, *, kin: bool | None = None) -> float:
    alike = np.isfinite(published) & (np.arange(len(published)) != place)
    if kin is not None:
        alike &= (np.arange(len(published)) < PRODUCTION) == kin
    return float(np.log((people * np.exp(published))[alike].sum() / people[alike].sum()))
