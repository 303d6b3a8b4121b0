"""Surveyed levels and projected growth -> people by SOC2010 group, year, and one more dimension at a time.

Unit group u in year t: the survey's level where the survey reaches, then level(u, last surveyed) x S(t) / S(last),
where S is the projection of u's sub-major group. A breakdown is that level times the share that u's group (minor,
sub-major or major, as the source bears) has in each code; shares between published years are interpolated.
SOC2010 groups are sums of unit groups by the part of each that belongs to them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Employment, Replacement, Shares
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.fit.mixture import GROUPS, UNITS, Floats, belonging
from lmiforall.fit.shape import coded

PEOPLE = 1000.0


@dataclass(frozen=True)
class _Levels:
    """People by unit group (rows) and year; years up to ``surveyed`` are the survey's own."""

    years: tuple[int, ...]
    people: Floats
    surveyed: int


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give the totals, and each declared breakdown of them."""
    model = dataset.model
    if not isinstance(model, Employment):
        raise TypeError(f"{dataset.name} declares no employment")
    levels = _levels(model, tables)
    belongs = _with_all(belonging(tables[model.weights].frame))
    parts = [_long(dataset, belongs @ levels.people, levels, {})]
    for shares in model.shares:
        divided = _shares(shares, model, tables, levels.years)
        for code, share in zip(shares.codes, divided, strict=True):
            parts.append(_long(dataset, belongs @ (levels.people * share), levels, {shares.dimension: code}))
    return Table(dataset, coded(dataset, pl.concat(parts)))


def fit_replacement(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give people over the whole span, the level at its start, and the one in per cent of the other."""
    model = dataset.model
    if not isinstance(model, Replacement):
        raise TypeError(f"{dataset.name} declares no replacement demand")
    start = int(model.span.partition("-")[0])
    levels = _levels(model, tables)
    growth = _growth(model, tables)
    surveyed = levels.people[:, levels.years.index(levels.surveyed)]
    level = surveyed * _by_unit(growth[start], 2) / _by_unit(growth[levels.surveyed], 2)
    demand = _figures(tables[model.growth].frame, model, model.demand_table, "replacement_demand_thousand")
    rate = _by_unit(dict(demand.select("soc", "value").iter_rows()), 2) * PEOPLE / _by_unit(growth[start], 2)
    belongs = _with_all(belonging(tables[model.weights].frame))
    at_start, needed = belongs @ np.nan_to_num(level), belongs @ np.nan_to_num(level * rate)
    with np.errstate(invalid="ignore", divide="ignore"):
        columns = {
            "replacement_demand": needed,
            "replacement_demand_pct": needed / at_start * 100.0,
            "employment_at_start": at_start,
        }
    parts = [
        pl.DataFrame(
            {
                "soc2010": _codes(),
                "measure": name,
                "value": values,
                "period": model.span,
                "status": str(Status.MODELLED),
            }
        )
        for name, values in columns.items()
    ]
    return Table(dataset, coded(dataset, _known(pl.concat(parts))))


def _levels(model: Employment, tables: Mapping[str, Table]) -> _Levels:
    """Join the survey's years and those that grow from its last one."""
    frame = tables[model.levels].frame
    sums = frame.group_by(pl.col("soc", "year").cast(pl.String)).agg(pl.col("value").sum())
    surveyed = sorted({int(year) for year in sums["year"]})
    survey = {
        year: dict(sums.filter(pl.col("year") == str(year)).select("soc", "value").iter_rows()) for year in surveyed
    }
    last, growth = surveyed[-1], _growth(model, tables)
    years = (*surveyed, *range(last + 1, model.last_year + 1))
    known = [np.array([survey[year].get(unit, np.nan) for unit in UNITS]) for year in surveyed]
    base = _by_unit(growth[last], 2)
    grown = [known[-1] * _by_unit(growth[year], 2) / base for year in years[len(surveyed) :]]
    people = np.nan_to_num(np.column_stack([*known, *grown]))
    return _Levels(years, people, last)


def _growth(model: Employment, tables: Mapping[str, Table]) -> dict[int, dict[str, float]]:
    """Give the projected people of each sub-major group by year."""
    chosen = _figures(tables[model.growth].frame, model, model.growth_table, "employment_thousand")
    found: dict[int, dict[str, float]] = {}
    for soc, period, value in (
        chosen.filter(pl.col("soc").str.len_chars() == 2).select("soc", "period", "value").iter_rows()
    ):
        found.setdefault(int(period), {})[soc] = value * PEOPLE
    return found


def _figures(frame: pl.DataFrame, model: Employment, table: str, measure: str) -> pl.DataFrame:
    """Choose one table's figures for everyone: only occupation and period differ."""
    return frame.filter(
        pl.col("area").cast(pl.String) == model.area,
        pl.col("table").cast(pl.String) == table,
        pl.col("measure").cast(pl.String) == measure,
        *(pl.col(name).cast(pl.String) == "all" for name in ("industry", "sex", "employment_status", "qualification")),
        pl.col("value").is_not_null(),
    ).select(pl.col("soc", "period").cast(pl.String), pl.col("value"))


def _by_unit(by_group: Mapping[str, float], digits: int) -> Floats:
    """Give each unit group the value of its wider group; NaN where that has none."""
    return np.array([by_group.get(unit[:digits], np.nan) for unit in UNITS])


def _shares(shares: Shares, model: Employment, tables: Mapping[str, Table], years: Sequence[int]) -> Floats:
    """Give codes x unit groups x years: the part of each unit group that each code has; they add to 1."""
    groups = sorted({unit[: shares.digits] for unit in UNITS})
    published, figures = _published(shares, model, tables[shares.input].frame, groups)
    parts = np.nan_to_num(figures)
    empty = parts.sum(axis=0) == 0
    if empty.any():
        parts = np.where(empty, _of_the_next_wider(parts, groups), parts)
    parts = parts / parts.sum(axis=0)
    at = np.clip(years, published[0], published[-1])
    place = {group: i for i, group in enumerate(groups)}
    rows = [place[unit[: shares.digits]] for unit in UNITS]
    drawn = np.apply_along_axis(lambda line: np.interp(at, published, line), 2, parts)
    result: Floats = drawn[:, rows, :]
    return result


def _published(
    shares: Shares, model: Employment, frame: pl.DataFrame, groups: Sequence[str]
) -> tuple[list[int], Floats]:
    """Give the published years, and the figures as codes x groups x years (NaN where there is none)."""
    period = "period" if "period" in frame.columns else "year"
    others = [
        name for name in ("industry", "sex", "employment_status", "qualification") if name != shares.source_dimension
    ]
    where = {"area": model.area, "table": shares.table, "measure": shares.measure} | dict.fromkeys(others, "all")
    chosen = frame.filter(
        *(pl.col(name).cast(pl.String) == code for name, code in where.items() if name in frame.columns),
        pl.col(period).cast(pl.String).str.len_chars() == 4,
    ).select(pl.col("soc", shares.source_dimension, period).cast(pl.String), "value")
    years = sorted({int(year) for year in chosen[period]})
    at = [{name: i for i, name in enumerate(names)} for names in (shares.codes, groups)]
    figures = np.full((len(shares.codes), len(groups), len(years)), np.nan)
    for soc, code, year, value in chosen.iter_rows():
        if code in at[0] and soc in at[1] and value is not None:
            figures[at[0][code], at[1][soc], years.index(int(year))] = value
    return years, figures


def _of_the_next_wider(parts: Floats, groups: Sequence[str]) -> Floats:
    """Give each group what the groups that share its next wider group have together."""
    wider = np.array([group[:-1] for group in groups])
    return np.stack([parts[:, wider == one, :].sum(axis=1) for one in wider], axis=1)


def _with_all(belongs: Floats) -> Floats:
    """Add a last row: everybody belongs to all occupations."""
    return np.vstack([belongs, np.ones(belongs.shape[1])])


def _codes() -> list[str]:
    return [*GROUPS, SOC2010.whole]


def _long(dataset: Dataset, people: Floats, levels: _Levels, fixed: Mapping[str, str]) -> pl.DataFrame:
    """Lay groups x years out long; every dimension that isn't fixed takes its default."""
    groups, years = people.shape
    status = [
        str(Status.CONVERTED if year <= levels.surveyed and not fixed else Status.MODELLED) for year in levels.years
    ]
    codes = {dimension.name: dimension.default for dimension in dataset.dimensions if dimension.default} | dict(fixed)
    frame = pl.DataFrame(
        {
            "soc2010": np.repeat(np.array(_codes()), years),
            "year": np.tile(np.array([str(year) for year in levels.years]), groups),
            "value": people.ravel(),
            "status": np.tile(np.array(status), groups),
        }
    )
    frame = frame.with_columns(
        pl.lit("employment").alias("measure"), *(pl.lit(code).alias(name) for name, code in codes.items())
    )
    return _known(frame)


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    """A group of which the survey found nobody has no figure rather than nil."""
    nobody = pl.col("value").is_nan() | (pl.col("value") <= 0.0)
    return frame.with_columns(
        pl.when(nobody).then(None).otherwise(pl.col("value")).alias("value"),
        pl.when(nobody).then(pl.lit(str(Status.NOT_COLLECTED))).otherwise(pl.col("status")).alias("status"),
        pl.lit("").alias("mark"),
    )
