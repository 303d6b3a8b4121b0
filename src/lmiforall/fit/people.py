"""The employment cube -> whole people in SOC2010's occupations by year, for everyone and by one dimension at a time.

Rule 1: every figure, at every level, is within one person of what was fitted.
Rule 2: the codes of a breakdown add up to the total, and unit groups to their wider groups: exactly.

Both hold by controlled rounding (``whole.py``): for a tree of occupations by the codes of one dimension it always finds
whole people. All breakdowns of a year must share its totals; where those that are nearest to the fit leave one of them
without an answer, the totals are taken from the rounding of that one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import People
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.fit.cube_axes import UNITS
from lmiforall.fit.margin import Cells, Floats, Margin, dense
from lmiforall.fit.mixture import GROUPS, belonging
from lmiforall.fit.shape import coded
from lmiforall.fit.whole import Whole, nearest, whole

UNITS2010 = tuple(entry.code for entry in SOC2010.at_level("unit"))
# How many digits the codes of each level have that is wider than a unit group; none for everybody.
WIDER = (0, 1, 2, 3)


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Carry every year's unit groups to SOC2010, and round them together."""
    model = dataset.model
    if not isinstance(model, People):
        raise TypeError(f"{dataset.name} declares no people")
    everyone = _of_everyone(dataset, tables[model.cube])
    unit = [place for place, code in enumerate(GROUPS) if len(code) == len(UNITS2010[0])]
    belongs = belonging(tables[model.weights].frame)[unit]
    years = sorted(set(everyone["year"]))
    parts = []
    for year in years:
        of_year = everyone.filter(pl.col("year") == year)
        everybody = belongs @ _units(of_year, dataset, "", ("",))[:, 0]
        people = [belongs @ _units(of_year, dataset, dimension, codes) for dimension, codes in model.breakdowns]
        totals, whole_people = together(everybody, people)
        parts.append(_long(dataset, totals[:, None], year, "", ("",)))
        for (dimension, codes), each in zip(model.breakdowns, whole_people, strict=True):
            parts.append(_long(dataset, each, year, dimension, codes))
    return Table(dataset, coded(dataset, pl.concat(parts)))


def together(everybody: Floats, tables: Sequence[Floats]) -> tuple[Whole, list[Whole]]:
    """Round totals and all their breakdowns; Stop where no totals that were tried suit all of them."""
    tries: list[Callable[[], Whole]] = [lambda: rounded_totals(everybody)]
    tries += [partial(totals_of, people) for people in tables]
    refused: list[Problem] = []
    for each in tries:
        totals = each()
        try:
            return totals, [rounded(people, totals) for people in tables]
        except Stop as stopped:
            refused = [*stopped.problems]
    raise Stop(*refused)


def totals_of(people: Floats) -> Whole:
    """Give totals that suit one breakdown: it is rounded with them as one more column, and that always can be."""
    cells = dense(people.shape)
    margins = [nearest(cells.along("totals", (0,), people.sum(axis=1)))]
    for digits in WIDER:
        groups, sums = _summed(people, digits)
        margins.append(nearest(_by_code(cells, people, digits)))
        everyone, whole_rows = sums.sum(axis=1), np.repeat(groups, people.shape[1]).astype(np.int32)
        margins.append(nearest(Margin(f"{digits} digits", whole_rows, everyone, everyone)))
    return np.asarray(whole(people.ravel(), margins, table="people by occupation").reshape(people.shape).sum(axis=1))


def rounded_totals(people: Floats) -> Whole:
    """Round the people of each unit group so that every wider group is within one person of its own sum."""
    cells = dense(people.shape)
    margins = [
        nearest(replace(cells.along(f"{digits} digits", (0,), people), groups=groups, lower=sums, upper=sums))
        for digits in WIDER
        for groups, sums in [_summed(people, digits)]
    ]
    return whole(people, margins, table="people by occupation")


def rounded(people: Floats, totals: Whole) -> Whole:
    """Round unit groups x codes: rows add up to the totals, each code of a wider group is within one person."""
    cells = dense(people.shape)
    margins = [cells.along("totals", (0,), totals.astype(np.float64))]
    margins += [nearest(_by_code(cells, people, digits)) for digits in WIDER]
    return whole(people.ravel(), margins, table="people by occupation and code").reshape(people.shape)


def _by_code(cells: Cells, people: Floats, digits: int) -> Margin:
    """Give the sums of the wider groups of one level, code by code."""
    groups, sums = _summed(people, digits)
    by_code = (groups[:, None] * people.shape[1] + np.arange(people.shape[1])).ravel().astype(np.int32)
    margin = cells.along(f"{digits} digits by code", (0, 1), people)
    return replace(margin, groups=by_code, lower=sums.ravel(), upper=sums.ravel())


def _summed(people: Floats, digits: int) -> tuple[np.ndarray, Floats]:
    """Number the wider group of each unit group, and add the people up."""
    wider = sorted({code[:digits] for code in UNITS2010})
    groups = np.array([wider.index(code[:digits]) for code in UNITS2010], np.int32)
    sums = np.zeros((len(wider), *people.shape[1:]))
    np.add.at(sums, groups, people)
    return groups, sums


def _of_everyone(dataset: Dataset, table: Table) -> pl.DataFrame:
    """Take the unit groups of the cube where at most one dimension of the dataset isn't the whole."""
    names = _names(dataset)
    defaults = {name: dataset.dimension(name).default for name in names}
    rest = [dimension.name for dimension in table.dataset.dimensions if dimension.name not in {"soc", "year", *names}]
    frame = table.frame.filter(pl.col("soc").cast(pl.String).str.len_chars() == len(UNITS[0]))
    narrow = pl.sum_horizontal(
        [(pl.col(name).cast(pl.String) != code).cast(pl.Int8) for name, code in defaults.items()]
    )
    if rest:
        raise ValueError(f"{dataset.name}: {rest} are dimensions of {table.dataset.name} and not of it")
    return frame.filter(narrow <= 1).select(pl.col("soc", "year", *names).cast(pl.String), "value")


def _units(of_year: pl.DataFrame, dataset: Dataset, dimension: str, codes: Sequence[str]) -> Floats:
    """Lay one year's unit groups out by the codes of a dimension; by nothing, where that is empty."""
    defaults = {name: dataset.dimension(name).default for name in _names(dataset) if name != dimension}
    chosen = of_year.filter(*(pl.col(name) == code for name, code in defaults.items()))
    rows = {unit: place for place, unit in enumerate(UNITS)}
    places = {code: place for place, code in enumerate(codes)}
    column = pl.col(dimension) if dimension else pl.lit("")
    chosen = chosen.filter(column.is_in(list(codes)))
    people = np.full((len(UNITS), len(codes)), np.nan)
    at = chosen.select(pl.col("soc").replace_strict(rows), column.replace_strict(places).alias("code"), "value")
    people[at["soc"].to_numpy(), at["code"].to_numpy()] = at["value"].to_numpy()
    return people


def _names(dataset: Dataset) -> list[str]:
    """Name the dimensions that have a whole: all but occupation and year."""
    return [dimension.name for dimension in dataset.dimensions if dimension.default]


def _long(dataset: Dataset, people: Whole, year: str, dimension: str, codes: Sequence[str]) -> pl.DataFrame:
    """Lay whole people out long, for unit groups and for all wider groups."""
    values = [people.astype(np.float64)]
    names = [*UNITS2010]
    for digits in WIDER:
        values.append(_summed(values[0], digits)[1])
        names += sorted({code[:digits] or SOC2010.whole for code in UNITS2010})
    count = len(names)
    fixed = {name: dataset.dimension(name).default for name in _names(dataset) if name != dimension}
    columns = {dimension: np.tile(np.array(codes), count)} if dimension else {}
    return pl.DataFrame({"soc2010": np.repeat(np.array(names), len(codes)), **columns}).with_columns(
        *(pl.lit(code).alias(name) for name, code in fixed.items()),
        pl.lit(year).alias("year"),
        pl.lit("employment").alias("measure"),
        pl.Series("value", np.concatenate(values).ravel()),
        pl.lit(str(Status.MODELLED)).alias("status"),
    ).select("soc2010", *_names(dataset), "year", "measure", "value", "status")  # fmt: skip
