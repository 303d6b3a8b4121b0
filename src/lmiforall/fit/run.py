"""A modelled dataset and the tables that it names -> its table, by the kind of its model."""

from collections.abc import Callable, Mapping

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import (
    Areas,
    Bridge,
    Carried,
    Crosswalks,
    Cube,
    Described,
    Leavers,
    LeaversAtSoc2010,
    Mixture,
    MixtureByRegion,
    Model,
    PayModel,
    People,
    Weights,
)
from lmiforall.base.table import Table
from lmiforall.fit import (
    bridge,
    carried,
    crosswalks,
    cube_local,
    cube_tables,
    described,
    mixture,
    mixture_by_region,
    pay,
    people,
    replacement,
    weights,
)

Fit = Callable[[Dataset, Mapping[str, Table]], Table]

MODELS: Mapping[type[Model], Fit] = {
    Weights: weights.fit,
    Described: described.fit,
    Mixture: mixture.fit,
    MixtureByRegion: mixture_by_region.fit,
    Bridge: bridge.fit,
    Cube: cube_tables.fit,
    Areas: cube_local.fit,
    People: people.fit,
    Leavers: replacement.fit,
    LeaversAtSoc2010: replacement.fit_at_soc2010,
    Carried: carried.fit,
    PayModel: pay.fit,
    Crosswalks: crosswalks.fit,
}


def run(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Fit a dataset's model to its inputs; KeyError for a kind of model that nobody interprets."""
    if dataset.model is None:
        raise ValueError(f"dataset {dataset.name} is read, not modelled")
    return MODELS[type(dataset.model)](dataset, tables)
