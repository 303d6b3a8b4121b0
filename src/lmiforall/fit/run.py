"""A modelled dataset and the tables that it names -> its table, by the kind of its model."""

from collections.abc import Callable, Mapping

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import (
    Bridge,
    Carried,
    Described,
    Employment,
    Mixture,
    MixtureByRegion,
    Model,
    PayModel,
    Replacement,
    Weights,
)
from lmiforall.base.table import Table
from lmiforall.fit import bridge, carried, described, employment, mixture, mixture_by_region, pay, weights

Fit = Callable[[Dataset, Mapping[str, Table]], Table]

MODELS: Mapping[type[Model], Fit] = {
    Weights: weights.fit,
    Described: described.fit,
    Mixture: mixture.fit,
    MixtureByRegion: mixture_by_region.fit,
    Employment: employment.fit,
    Replacement: employment.fit_replacement,
    Bridge: bridge.fit,
    Carried: carried.fit,
    PayModel: pay.fit,
}


def run(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Fit a dataset's model to its inputs; KeyError for a kind of model that nobody interprets."""
    if dataset.model is None:
        raise ValueError(f"dataset {dataset.name} is read, not modelled")
    return MODELS[type(dataset.model)](dataset, tables)
