"""What was tried out on hidden cells -> for each figure of the employment cube its half width and its grade.

The errors of an occupation's total, and of its share by each dimension, are taken as independent: squares of half
widths add up. Grades: 1 published, and of so many people that the publisher trusts it; 2 with an interval that was
tried out on figures of its own kind; 3 with an interval that is borrowed from figures of another kind, or published of
fewer people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.fit.cube_axes import FINEST
from lmiforall.fit.cube_error import ENGLAND, LONDON, WHOLES
from lmiforall.fit.cube_foretold import major_group
from lmiforall.fit.cube_sections import section
from lmiforall.fit.cube_trials import ALONE, Sure
from lmiforall.fit.margin import Floats

PUBLISHED, PROVEN, BORROWED = 1, 2, 3
# SOURCE: the projections' own Warning: a figure should rest on 10,000 people.
RESTS_ON = 10_000.0
# So many years from a survey the projections' growth has been tried out.
TRIED_AHEAD = 3


@dataclass(frozen=True, eq=False)
class Laid:
    """A view's people, laid out as region x occupation x its dimensions, at every level.

    ``everybody`` are those of all codes together, ``shown`` says which cells of England a survey prints.
    """

    dimensions: tuple[str, ...]
    regions: Sequence[str]
    codes: Mapping[str, Sequence[str]]
    people: Floats
    everybody: Floats
    shown: np.ndarray


def bounds(laid: Laid, sure: Sure, year: int) -> tuple[Floats, Floats]:
    """Give the lower and upper bound of every figure of a view.

    No code of a dimension has more people than its occupation may have.
    """
    everybody = _of_everybody(laid, sure, year)
    beside = everybody.reshape(*everybody.shape, *[1] * len(laid.dimensions))
    squares = np.broadcast_to(beside**2, laid.people.shape).copy()
    for place, region in enumerate(laid.regions):
        if laid.dimensions and region not in WHOLES:
            squares[place] += _of_area(laid, sure, place)
    if laid.dimensions:
        squares += _of_shares(laid, sure, laid.people[laid.regions.index(ENGLAND)])
    factor = np.exp(np.sqrt(squares))
    most = (laid.everybody * np.exp(everybody)).reshape(beside.shape)
    return laid.people / factor, np.minimum(laid.people * factor, most)


def _of_everybody(laid: Laid, sure: Sure, year: int) -> Floats:
    """Give the half widths, in logarithms, of all people in an occupation and region."""
    soc, england = laid.codes["soc"], laid.everybody[laid.regions.index(ENGLAND)]
    each = zip(laid.regions, laid.everybody, strict=True)
    return np.stack([sure.everybody.half(region, soc, people, england, year) for region, people in each])


def grades(laid: Laid, sure: Sure, year: int) -> Floats:
    """Give the grade of every figure of a view, as if none were published."""
    unit, fine = _levels(laid.codes["soc"])
    lines = []
    for region in laid.regions:
        if region in WHOLES:
            lines.append(np.full(len(fine), PROVEN))
        elif region in sure.everybody.spread:
            lines.append(np.where(unit | (fine & bool(laid.dimensions)), BORROWED, PROVEN))
        else:
            lines.append(np.full(len(fine), BORROWED))
    grade = np.broadcast_to(np.stack(lines).reshape(len(lines), -1, *[1] * len(laid.dimensions)), laid.people.shape)
    if laid.dimensions:
        grade = np.where(_beside(fine, laid) & ~_tried(laid), BORROWED, grade)
    far = min(abs(year - one) for one in sure.everybody.surveyed) > TRIED_AHEAD
    return np.full(laid.people.shape, BORROWED) if far else grade


def grade(printed: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
    """Grade published figures by their people; what isn't published (null) has the other grade."""
    trusted = pl.when(printed >= RESTS_ON).then(pl.lit(PUBLISHED, pl.UInt8))
    return trusted.when(printed.is_not_null()).then(pl.lit(BORROWED, pl.UInt8)).otherwise(otherwise)


def _of_shares(laid: Laid, sure: Sure, people: Floats) -> Floats:
    """Give the squares of the half widths of shares: unit and minor groups' by the surveys, wider ones' by years."""
    _, fine = _levels(laid.codes["soc"])
    majors = _majors(laid)
    of_units = np.zeros_like(people)
    for name in laid.dimensions:
        codes = laid.codes[name]
        axis = 1 + laid.dimensions.index(name)
        for code in codes:
            at = (slice(None),) * axis + (codes.index(code),)
            of_units[at] += _of_units(laid, sure, name, code, (people[at], laid.shown[at])) ** 2
    of_years = sum(sure.years[name].at(people, majors) ** 2 for name in laid.dimensions)
    return np.where(_beside(fine, laid), of_units, of_years)


def _of_units(laid: Laid, sure: Sure, name: str, code: str, cells: tuple[Floats, np.ndarray]) -> Floats:
    """Give the half widths of unit groups' shares of one code; ``cells`` are people, and whether they are printed."""
    people, shown = cells
    if name == "sex" and "employment_status" in laid.dimensions:
        # Sex and working pattern were tried out together: the width of the pattern has that of the sex in it.
        alone = laid.codes["employment_status"].index(ALONE)
        only = np.zeros_like(people)
        only[..., alone] = sure.units["sex"].at(people, shown)[..., alone]
        return only
    if name == "qualification" or code == ALONE:
        return sure.majors[code if code == ALONE else name].at(people, _majors(laid))
    if name == "employment_status":
        title = "sex, " if "sex" in laid.dimensions else ""
        return sure.units[f"{title}part_time" if code == "part_time" else f"{title}full_time"].at(people, shown)
    found = sure.units[name].at(people, shown)
    return np.hypot(found, sure.splits.at(people, shown)) if name == "industry" and is_part_of_section(code) else found


def _of_area(laid: Laid, sure: Sure, place: int) -> Floats:
    """Give the squares of the half widths that a region adds, whose shares are taken to be England's."""
    widths = sure.london if laid.regions[place] == LONDON else sure.areas
    return np.asarray(sum(widths[name].at(laid.people[place]) ** 2 for name in laid.dimensions), np.float64)


def _tried(laid: Laid) -> np.ndarray:
    """Say of which cells of unit groups the intervals were tried out on figures of their own kind."""
    found = laid.shown & ("qualification" not in laid.dimensions)
    for axis, name in enumerate(laid.dimensions, start=1):
        known = [code != ALONE and not (name == "industry" and is_part_of_section(code)) for code in laid.codes[name]]
        found = found & np.array(known).reshape([-1 if one == axis else 1 for one in range(found.ndim)])
    return np.asarray(found, np.bool_)


@cache
def is_part_of_section(industry: str) -> bool:
    """Say whether some of a section's industries are in a code, and others aren't."""
    finest = FINEST[1].codes
    inside = {one for one in finest if _is_in(one, industry)}
    sections = {section(one) for one in inside}
    return any(section(one) in sections for one in finest if one not in inside)


def _is_in(industry: str, wider: str) -> bool:
    return industry == wider or (bool(industry) and _is_in(INDUSTRY75.by_code[industry].parent, wider))


def _majors(laid: Laid) -> list[str]:
    # All occupations together are of no major group: their block is one that nobody knows.
    return [major_group(code) for code in laid.codes["soc"]]


def _levels(codes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Say which occupations are unit groups, and which are unit or minor groups."""
    unit, fine = (np.array([len(code) >= digits and code.isdigit() for code in codes]) for digits in (4, 3))
    return unit, fine


def _beside(fine: np.ndarray, laid: Laid) -> np.ndarray:
    return fine.reshape(-1, *[1] * len(laid.dimensions))
