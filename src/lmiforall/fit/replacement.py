"""Published replacement demand of sub-major groups and the employment cube -> that of every occupation and region.

A unit group loses the same part of its people as its sub-major group does in England, for nobody publishes it finer. So
the unit groups of England add up to the published figures.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Leavers, LeaversAtSoc2010
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.region import REGION
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit.cube_axes import DIMENSIONS, SUBMAJOR, UNITS, WITHIN
from lmiforall.fit.cube_margins import PEOPLE
from lmiforall.fit.margin import Floats
from lmiforall.fit.mixture import GROUPS, belonging
from lmiforall.fit.shape import coded

DEMAND, PER_CENT, START = "replacement_demand", "replacement_demand_pct", "employment_at_start"


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give for every SOC2020 group and region the people over the whole span, the level at its start, and per cent."""
    model = dataset.model
    if not isinstance(model, Leavers):
        raise TypeError(f"{dataset.name} declares no leavers")
    levels = _levels(tables[model.cube].frame, model.span.partition("-")[0])
    published = _published(tables[model.projections].frame, model)
    england = levels[model.region]
    rates = published / np.bincount(WITHIN, england)
    codes = [entry.code for entry in SOC2020.codes]
    sums = np.array([[_is_in(unit, code) for unit in UNITS] for code in codes], np.float64)
    parts = [
        _long("soc", codes, sums @ (people * rates[WITHIN]), sums @ people).with_columns(pl.lit(region).alias("region"))
        for region, people in levels.items()
    ]
    return _table(dataset, pl.concat(parts), model.span)


def fit_at_soc2010(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Carry the United Kingdom's figures to SOC2010: a group has its part of each unit group's people."""
    model = dataset.model
    if not isinstance(model, LeaversAtSoc2010):
        raise TypeError(f"{dataset.name} declares no leavers at SOC2010")
    belongs = belonging(tables[model.weights].frame)
    belongs = np.vstack([belongs, np.ones(len(UNITS))])
    frame = tables[model.leavers].frame.filter(pl.col("region").cast(pl.String) == REGION.whole)
    needed, start = (_units(frame.filter(pl.col("measure").cast(pl.String) == name)) for name in (DEMAND, START))
    [span] = frame["period"].cast(pl.String).unique()
    return _table(dataset, _long("soc2010", [*GROUPS, SOC2010.whole], belongs @ needed, belongs @ start), span)


def _levels(cube: pl.DataFrame, year: str) -> dict[str, Floats]:
    """Give for each region the unit groups' people of one year."""
    everyone = cube.filter(
        pl.col("year").cast(pl.String) == year, *(pl.col(name).cast(pl.String) == "all" for name in DIMENSIONS[1:])
    )
    regions = everyone["region"].cast(pl.String).unique(maintain_order=True)
    return {region: _units(everyone.filter(pl.col("region").cast(pl.String) == region)) for region in regions}


def _units(frame: pl.DataFrame) -> Floats:
    figures = dict(frame.select(pl.col("soc").cast(pl.String), "value").iter_rows())
    return np.array([figures[unit] for unit in UNITS])


def _published(projections: pl.DataFrame, model: Leavers) -> Floats:
    """Give the people who leave each sub-major group over the span."""
    chosen = {"area": model.area, "table": model.table, "period": model.span, "measure": f"{DEMAND}_thousand"}
    chosen |= dict.fromkeys(DIMENSIONS[1:], "all")
    frame = projections.filter(*(pl.col(name).cast(pl.String) == code for name, code in chosen.items()))
    figures = dict(frame.select(pl.col("soc").cast(pl.String), "value").iter_rows())
    return np.array([figures[code] for code in SUBMAJOR.codes]) * PEOPLE


def _is_in(unit: str, code: str) -> bool:
    return code == SOC2020.whole or unit.startswith(code)


def _long(occupation: str, codes: Sequence[str], needed: Floats, start: Floats) -> pl.DataFrame:
    figures = {DEMAND: needed, PER_CENT: needed / start * 100.0, START: start}
    return pl.concat(
        pl.DataFrame({occupation: codes, "value": values}).with_columns(pl.lit(name).alias("measure"))
        for name, values in figures.items()
    )


def _table(dataset: Dataset, frame: pl.DataFrame, span: str) -> Table:
    said = (pl.lit(span).alias("period"), pl.lit(str(Status.MODELLED)).alias("status"))
    return Table(dataset, coded(dataset, frame.with_columns(*said)))
