"""One folder for each dataset; they are found by looking, so that a new folder needs no list to stand in."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop


@cache
def every() -> Mapping[str, Dataset]:
    """Import each folder and give its ``DATASET`` by name, inputs before what is modelled from them."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            dataset: Dataset = importlib.import_module(f"{__name__}.{module.name}").DATASET
            if dataset.name != module.name:
                raise ValueError(f"folder datasets/{module.name} declares the dataset {dataset.name!r}")
            found[dataset.name] = dataset
    return MappingProxyType({name: found[name] for name in _inputs_first(found)})


def _inputs_first(found: Mapping[str, Dataset]) -> list[str]:
    ordered: dict[str, None] = {}

    def place(name: str, waiting: tuple[str, ...]) -> None:
        if name in waiting:
            raise ValueError(f"datasets are modelled from each other in a circle: {' -> '.join((*waiting, name))}")
        for needed in found[name].inputs:
            if needed not in found:
                raise ValueError(f"dataset {name} is modelled from {needed!r}, which isn't declared")
            place(needed, (*waiting, name))
        ordered.setdefault(name)

    for name in sorted(found):
        place(name, ())
    return list(ordered)


def with_inputs(names: Iterable[str]) -> list[str]:
    """Give the named datasets and all that they are modelled from, inputs first; Stop where there is no such one."""
    known = every()
    wanted: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in known:
            raise Stop(Problem(f"there is no dataset {name!r}", do=f"There are: {', '.join(known)}"))
        wanted.add(name)
        todo += [needed for needed in known[name].inputs if needed not in wanted]
    return [name for name in known if name in wanted]
