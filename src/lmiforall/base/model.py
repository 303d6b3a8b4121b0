"""The words in which a modelled dataset says how it is made; ``fit`` interprets them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """``inputs`` are names of datasets, read or modelled before; ``method`` says in a line what is done."""

    inputs: tuple[str, ...]
    method: str
