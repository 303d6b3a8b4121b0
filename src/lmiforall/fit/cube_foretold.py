"""The projections' own tables, some of them hidden -> how far the cube is from what they print, as errors of shares.

The surveys say nothing of one unit group's qualifications, and no survey of later years is here. So it is tried one
level up: a sub-major group's qualifications from its major group's; a year's tables from other years'; an area's shares
from England's; the self-employed of a unit group from those of its sub-major group.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from lmiforall.base.model import Cross, Cube
from lmiforall.codes.area_si2035 import AREA_SI2035
from lmiforall.fit import cube
from lmiforall.fit.cube_axes import INDUSTRY, LEVELS
from lmiforall.fit.cube_laid import UNITS2010, laid_out
from lmiforall.fit.cube_margins import employed, published
from lmiforall.fit.cube_sections import MISSED, by_class, kin, section
from lmiforall.fit.cube_tried import NATIONAL, PARENT, Cells, Tried, joined
from lmiforall.fit.margin import Floats

# The tables that don't come out for every year, and what they say besides occupation.
BY_SEX, BY_QUALIFICATION = Cross("occ_t2", ("submajor", "sex")), Cross("basic_t2", ("submajor", "qualification"))
BY_STATUS = Cross("occ_t5", ("major", "employment_status", "sex"))
BY_INDUSTRY = Cross("ind_occ_t1", ("industry", "major", "sex"))
YEARLY = ("occ_f2", "ind_f2", "qual_f1")
# Years whose tables are hidden, and those from which they are then made.
HIDDEN = {2020: (2015, 2035), 2025: (2020, 2015, 2035)}
STILL, IN_THE_AREA = "as in the last year with a table", "the area's share of all occupations"
MAJOR = LEVELS["major"].places


def of_qualifications(model: Cube, levels: pl.DataFrame, structure: cube.Structure) -> Tried:
    """Hide the qualifications of all sub-major groups in the first anchor year; the blocks are major groups."""
    year = model.anchors[0]
    of_year = levels.filter(pl.col("period") == str(year))
    rest = of_year.filter(pl.col("table") != BY_QUALIFICATION.table)
    cells = cube.england(replace(model, anchors=(year,)), rest, structure)[year]
    made, true = cells.sum(axis=(1, 2, 3)), published(of_year, BY_QUALIFICATION)
    wider = np.zeros((MAJOR.max() + 1, true.shape[1]))
    np.add.at(wider, MAJOR, true)
    found = Cells(
        made, _part(made), {NATIONAL: _part(true.sum(axis=0)), PARENT: _part(wider)[MAJOR]}, _part(true),
        np.array(LEVELS["qualification"].codes),
    )  # fmt: skip
    return joined([*_by_major(found)])


def of_years(model: Cube, levels: pl.DataFrame, structure: cube.Structure) -> dict[str, Tried]:
    """Hide all tables of a year but the yearly ones; gives errors by dimension, in blocks of major groups."""
    found: dict[str, list[Tried]] = {}
    for year, others in HIDDEN.items():
        kept = levels.filter(
            (pl.col("period") == str(year)) & pl.col("table").is_in(YEARLY)
            | pl.col("period").is_in([str(one) for one in others])
        )
        cells = cube.england(replace(model, anchors=others), kept, structure)
        of_year, before = (levels.filter(pl.col("period") == str(one)) for one in (year, _last(others, year)))
        for name, made, true, still in _compared(cells[year], of_year, before):
            rivals = {STILL: _part(still), NATIONAL: _part(true.sum(axis=0))}
            kinds = np.array(LEVELS[name].codes)
            found_here = Cells(made, _part(made), rivals, _part(true), kinds)
            found.setdefault(name, []).extend(_by_major(found_here))
    return {name: joined(parts) for name, parts in found.items()}


def of_areas(projections: pl.DataFrame, area: str, year: str) -> dict[str, Tried]:
    """Take each LSIP's shares within an occupation to be England's; gives errors by dimension, the blocks are areas.

    Combined authorities and LEPs repeat LSIPs or overlap them.
    """
    projections = projections.filter(pl.col("period").cast(pl.String) == year)
    england = _shares_of(projections, area)
    found: dict[str, list[Tried]] = {name: [] for name in england}
    for entry in AREA_SI2035.at_level("lsip"):
        for name, true in _shares_of(projections, entry.code).items():
            ours = _part(england[name])
            everyone = true.sum(axis=1, keepdims=True)
            rivals = {NATIONAL: _part(england[name].sum(axis=0)), IN_THE_AREA: _part(true.sum(axis=0))}
            cells = Cells(ours * everyone, ours, rivals, _part(true), np.array(LEVELS[name].codes))
            found[name].append(cells.tried(np.ones(true.shape, bool), entry.code))
    return {name: joined(parts) for name, parts in found.items()}


def of_self_employed(workers: pl.DataFrame) -> Tried:
    """Take the part of a unit group (SOC2010) that is self-employed to be that of the others of its sub-major group."""
    people = workers.filter(pl.col("pattern").cast(pl.String) == "all", pl.col("sex").cast(pl.String) == "all")
    known = laid_out(people, {"soc2010": [*UNITS2010], "employment_status": ["all", "self_employed"]})
    wider = np.array([code[:2] for code in UNITS2010])
    everybody = np.nan_to_num(np.where(np.isnan(known[:, 1:]), np.nan, known))
    group = np.stack([everybody[wider == code].sum(axis=0) for code in wider]) - everybody + MISSED
    ours = group[:, 1] / group[:, 0]
    true = known[:, 1] / known[:, 0]
    rivals = {NATIONAL: np.full(len(true), everybody[:, 1].sum() / everybody[:, 0].sum())}
    cells = Cells(ours * known[:, 0], ours, rivals, true, np.array(["self_employed"]))
    majors = sorted({code[0] for code in UNITS2010})
    return joined(
        [cells.tried(np.array([unit[0] == code for unit in UNITS2010]), major_group(code)) for code in majors]
    )


def of_splits(classes: pl.DataFrame, weights: pl.DataFrame) -> Tried:
    """Divide each unit group's people of a section over its industries as the others of the sub-major group do."""
    people = np.maximum(by_class(classes, weights), 0.0)
    letters, within = np.unique([section(industry) for industry in INDUSTRY.codes], return_inverse=True)
    others, national = kin(people, within), people.sum(axis=0, keepdims=True)
    parts = []
    for place, letter in enumerate(map(str, letters)):
        inside = within == place
        if inside.sum() == 1:
            continue
        ours, true = _part(others[:, inside]), _part(np.where(people[:, inside] > 0, people[:, inside], 0.0))
        size = people[:, inside].sum(axis=1, keepdims=True)
        cells = Cells(ours * size, ours, {NATIONAL: _part(national[:, inside])}, true, np.array([letter]))
        parts.append(cells.tried(np.ones(ours.shape, bool), letter))
    return joined(parts)


def _by_major(cells: Cells) -> Iterator[Tried]:
    """Compare major group by major group."""
    wider = MAJOR if len(cells.ours) == len(MAJOR) else np.arange(len(cells.ours))
    for place, code in enumerate(LEVELS["major"].codes):
        yield cells.tried(np.broadcast_to(np.equal(place, wider)[:, None], cells.ours.shape), major_group(code))


def major_group(code: str) -> str:
    """Name the block of an occupation's major group."""
    return f"major group {code[0]}"


def _compared(
    cells: Floats, of_year: pl.DataFrame, before: pl.DataFrame
) -> Iterator[tuple[str, Floats, Floats, Floats]]:
    """Give by dimension what was made, what is printed, and what was printed in the year before: occupation first."""
    majors = np.zeros((MAJOR.max() + 1, *cells.shape[1:]))
    np.add.at(majors, MAJOR, cells)
    made = {
        "sex": cells.sum(axis=(1, 3, 4)),
        "qualification": cells.sum(axis=(1, 2, 3)),
        "employment_status": majors.sum(axis=(1, 2, 4)),
        "industry": majors.sum(axis=(2, 3, 4)),
    }
    true, still = _printed(of_year), _printed(before)
    for name, people in made.items():
        if not np.isnan(true[name]).all():
            yield name, people, true[name], still[name]


def _printed(of_year: pl.DataFrame) -> dict[str, Floats]:
    """Give what a year's tables print by each dimension, occupation first; NaN where a table doesn't come out."""
    return {
        "sex": published(of_year, BY_SEX),
        "qualification": published(of_year, BY_QUALIFICATION),
        "employment_status": published(of_year, BY_STATUS).sum(axis=2),
        "industry": published(of_year, BY_INDUSTRY).sum(axis=2).T,
    }


def _shares_of(projections: pl.DataFrame, area: str) -> Mapping[str, Floats]:
    levels = employed(projections, area)
    # The books of areas have no industries as fine as England's.
    return {name: figures for name, figures in _printed(levels).items() if name != "industry"}


def _part(people: Floats) -> Floats:
    whole = people.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(people, whole, out=np.zeros_like(people), where=whole > 0), np.float64)


def _last(years: tuple[int, ...], year: int) -> int:
    return max(one for one in years if one < year)
