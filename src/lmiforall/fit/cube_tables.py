"""The employment cube -> the tables that answers need: every occupation, region and year, by one or two dimensions.

The full cross would have some thousand million cells, and nobody asks for them. What is kept: for every nation and
region people by sex, status or qualification; for England and the United Kingdom industries, too, and pairs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Cube
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.region import REGION
from lmiforall.fit import cube, cube_series
from lmiforall.fit.cube_axes import DIMENSIONS, FINEST, UNITS
from lmiforall.fit.cube_error import ENGLAND, widths
from lmiforall.fit.cube_margins import employed
from lmiforall.fit.cube_seen import Seen, seen_by_industry, seen_by_sex_and_status
from lmiforall.fit.cube_spread import by_region
from lmiforall.fit.cube_structure import by_industry, by_sex_and_status
from lmiforall.fit.cube_sure import Laid, bounds, grade, grades
from lmiforall.fit.cube_trials import Sure, sure, trials
from lmiforall.fit.margin import Floats

REGIONS = tuple(entry.code for entry in REGION.codes)
NATIONS = tuple(entry.code for entry in REGION.at_level("nation"))
# The parts of the country that the survey gives: nations without England, and England's regions.
SURVEYED = (
    *(code for code in NATIONS if code != ENGLAND),
    *(entry.code for entry in REGION.at_level("region")),
)
# Codes, and the matrix that adds the finest codes of a dimension up to them.
Sums = tuple[list[str], Floats]
# Which dimensions are crossed with occupation, region and year; the first three everywhere.
EVERYWHERE = ((), ("sex",), ("employment_status",), ("qualification",))
ALSO_FOR_THE_WHOLE = (
    ("industry",),
    ("sex", "employment_status"),
    ("sex", "qualification"),
    ("employment_status", "qualification"),
)


@dataclass(frozen=True, eq=False)
class View:
    """Unit groups crossed with some dimensions: people in England, unit groups first; and for which regions.

    ``shown`` are those of the people who are in cells that a survey prints.
    """

    dimensions: tuple[str, ...]
    people: Floats
    shown: Floats
    regions: tuple[str, ...]


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Fit the cube and lay its tables out; what is published stands as it is published."""
    model = dataset.model
    if not isinstance(model, Cube):
        raise TypeError(f"{dataset.name} declares no cube")
    frames = {name: table.frame for name, table in tables.items()}
    weights = frames[model.weights]
    structure = cube.Structure(
        by_industry(frames[model.industries], frames[model.classes], weights),
        by_sex_and_status(frames[model.jobs], frames[model.workers], weights),
    )
    levels = employed(frames[model.projections], model.area)
    years = cube.england(model, levels, structure)
    parts = cube_series.parts(frames.get(model.series), model, years, structure)
    spread = _spread(frames[model.regions])
    known = pl.Enum([str(year) for year in years])
    keys = [*(dimension.name for dimension in dataset.dimensions), "measure"]
    upwards = {name: _upwards(dataset, name) for name in DIMENSIONS}
    everybody = widths(frames[model.industries], frames[model.regions], levels)
    surety = sure(everybody, trials(frames, model, levels, structure))
    seen = Seen(
        seen_by_industry(frames[model.industries], frames[model.classes], weights),
        seen_by_sex_and_status(frames[model.jobs]),
    )
    laid = [
        _long(dataset, _laid(view, spread, upwards), surety, year)
        .with_columns(pl.lit(str(year), known).alias("year"))
        .select(*keys, "value", "status", "mark", "quality", "quality_mark", "lower", "upper")
        for year, cells in years.items()
        for view in views(cells, parts[year], seen)
    ]
    return Table(dataset, _as_published(pl.concat(laid), levels, [cross.table for cross in model.crosses]).sort(keys))


def views(cells: Floats, parts: Floats, seen: Seen) -> Iterator[View]:
    """Add a year's cube up to what is kept of it."""
    industries = cube.by_unit(cells, parts).sum(axis=(2, 3))
    others = cube.by_unit_and_qualification(cells, parts)
    printed = others * seen.by_sex_and_status[..., None]
    for dimensions in (*EVERYWHERE, *ALSO_FOR_THE_WHOLE):
        regions = REGIONS if dimensions in EVERYWHERE else (REGION.whole, ENGLAND)
        if "industry" in dimensions:
            yield View(dimensions, industries, industries * seen.by_industry, regions)
        else:
            summed = tuple(axis for axis, name in enumerate(DIMENSIONS[2:], start=1) if name not in dimensions)
            yield View(dimensions, others.sum(axis=summed), printed.sum(axis=summed), regions)


def _spread(minors: pl.DataFrame) -> Mapping[str, Floats]:
    """Give for each region, for each unit group, the people there for one in England."""
    surveyed = dict(zip(SURVEYED, by_region(minors, SURVEYED).T, strict=True))
    england = np.ones(len(UNITS))
    others = [surveyed[nation] for nation in NATIONS if nation != ENGLAND]
    return surveyed | {ENGLAND: england, REGION.whole: england + np.sum(others, axis=0)}


def _laid(view: View, spread: Mapping[str, Floats], upwards: Mapping[str, Sums]) -> Laid:
    """Lay a view out: region by occupation at every level, by code at every level."""
    people = np.stack([view.people * _beside(spread[region], view.people) for region in view.regions])
    everybody = people.sum(axis=tuple(range(2, people.ndim)))
    codes = {name: upwards[name][0] for name in ("soc", *view.dimensions)}
    sums = [upwards[name][1] for name in codes]
    england, shown = (_up(one[None], sums)[0] for one in (view.people, view.shown))
    # Most of those who are in a cell, or nobody.
    printed = 2 * shown >= england
    return Laid(view.dimensions, view.regions, codes, _up(people, sums), _up(everybody, sums[:1]), printed)


def _up(people: Floats, sums: Sequence[Floats]) -> Floats:
    """Add the finest codes of all dimensions but the first up to those of every level."""
    for place, matrix in enumerate(sums, start=1):
        people = np.moveaxis(np.tensordot(matrix, people, (1, place)), 0, place)
    return people


def _long(dataset: Dataset, laid: Laid, surety: Sure, year: int) -> pl.DataFrame:
    """Lay a view out in rows."""
    keys: dict[str, Sequence[str]] = {"region": laid.regions, **laid.codes}
    grids = np.meshgrid(*(np.arange(len(codes)) for codes in keys.values()), indexing="ij")
    columns = {name: _enumerated(dataset, name, keys[name], grid) for name, grid in zip(keys, grids, strict=True)}
    whole = {name: _list(dataset, name).whole for name in DIMENSIONS[1:] if name not in keys}
    lower, upper = bounds(laid, surety, year)
    figures = {
        "value": laid.people.ravel(),
        "lower": outwards(lower.ravel(), np.floor),
        "upper": outwards(upper.ravel(), np.ceil),
        "quality": grades(laid, surety, year).ravel().astype(np.uint8),
    }
    return pl.DataFrame(columns | figures).with_columns(
        *(pl.lit(code, _kind(dataset, name)).alias(name) for name, code in whole.items()),
        pl.lit("employment", pl.Enum(["employment"])).alias("measure"),
        _status(pl.when(pl.col("region") == ENGLAND).then(_lit(Status.BALANCED)).otherwise(_lit(Status.MODELLED))),
        *(pl.lit("", pl.Enum([""])).alias(name) for name in ("mark", "quality_mark")),
    )


def outwards(figures: Floats, rounded: Callable[[Floats], Floats]) -> Floats:
    """Round bounds to three digits, away from what is between them.

    PERF: an interval isn't known better, and its columns take a fifth of the room in the parquet file.
    """
    with np.errstate(divide="ignore"):
        step = 10.0 ** (np.floor(np.log10(figures)) - 2)
    return np.where(
        figures > 0, rounded(np.divide(figures, step, out=np.zeros_like(figures), where=step > 0)) * step, 0.0
    )


def _as_published(frame: pl.DataFrame, levels: pl.DataFrame, tables: Sequence[str]) -> pl.DataFrame:
    """Put published figures, which the fit met to 1e-9, in the place of fitted ones; of equal ones the first's."""
    kinds = frame.schema
    known = (
        levels.filter(pl.col("period").str.len_chars() == 4, pl.col("table").is_in(list(tables)))
        .sort(pl.col("table").cast(pl.Enum(tables)), maintain_order=True)
        .rename({"period": "year"})
        .with_columns(pl.lit(ENGLAND).alias("region"))
        .unique(["region", "year", *DIMENSIONS], keep="first", maintain_order=True)
        .select("region", "year", *DIMENSIONS, pl.col("value").alias("published"))
        .with_columns(pl.col(name).cast(kinds[name], strict=False) for name in ("region", "year", *DIMENSIONS))
        .drop_nulls()
    )
    joined = frame.join(known, on=["region", "year", *DIMENSIONS], how="left", maintain_order="left")
    direct = pl.col("published").is_not_null()
    return joined.with_columns(
        pl.coalesce("published", "value").alias("value"),
        *(pl.when(direct).then(None).otherwise(pl.col(bound)).alias(bound) for bound in ("lower", "upper")),
        grade(pl.col("published"), pl.col("quality")).alias("quality"),
        _status(pl.when(direct).then(_lit(Status.DIRECT)).otherwise(pl.col("status").cast(pl.String))),
    ).drop("published")


def _upwards(dataset: Dataset, name: str) -> Sums:
    """Give a dimension's codes (of all but occupation without the whole), and what adds the finest ones up to them."""
    codes = _list(dataset, name)
    finest = UNITS if name == "soc" else FINEST[DIMENSIONS.index(name)].codes
    above = [set(_lineage(codes, code)) for code in finest]
    met = set().union(*above)
    kept = [entry.code for entry in codes.codes if entry.code in met and (name == "soc" or entry.code != codes.whole)]
    return kept, np.array([[code in one for one in above] for code in kept], np.float64)


def _lineage(codes: CodeList, code: str) -> Iterator[str]:
    """Give a code and all that it belongs to."""
    while code:
        yield code
        code = codes.by_code[code].parent


def _list(dataset: Dataset, name: str) -> CodeList:
    codes = dataset.dimension(name).codes
    if not isinstance(codes, CodeList):
        raise TypeError(f"{dataset.name}.{name} has no closed list of codes")
    return codes


def _kind(dataset: Dataset, name: str) -> pl.Enum:
    return pl.Enum([entry.code for entry in _list(dataset, name).codes])


def _enumerated(dataset: Dataset, name: str, codes: Sequence[str], places: np.ndarray) -> pl.Series:
    """Give a column of codes from their places among some codes."""
    kind = _kind(dataset, name)
    known = kind.categories.to_list()
    numbers = np.array([known.index(code) for code in codes], np.uint32)
    return pl.Series(name, numbers[places.ravel()]).cat.to(kind)


def _beside(factors: Floats, people: Floats) -> Floats:
    return factors.reshape(-1, *[1] * (people.ndim - 1))


def _lit(status: Status) -> pl.Expr:
    return pl.lit(str(status))


def _status(status: pl.Expr) -> pl.Expr:
    return status.cast(pl.Enum([str(one) for one in Status])).alias("status")
