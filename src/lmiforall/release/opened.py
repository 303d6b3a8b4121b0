"""A release folder -> figures that can be looked up: by codes to rows, from rows to what they hold.

Opening reads the catalogue only. A dataset is mapped when it is first asked for; the starter release,
which has no columns, is taken out of its Parquet then.
"""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop
from lmiforall.release import columns, folder, index
from lmiforall.release.columns import Array, Columns, Texts
from lmiforall.release.index import Index, Rows

# How the struct module calls the kinds of numbers that a column may have.
_LETTERS = {"u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f8": "d"}


class Opened:
    """One dataset of an open release: its columns, and an index from codes to rows."""

    def __init__(
        self, dataset: Dataset, entry: Mapping[str, Any], held: Columns, kept: Mapping[str, Array] | None = None
    ) -> None:
        self.dataset = dataset
        self.entry = entry
        self._held = held
        self._kept = kept or {}
        self.rows = held.rows
        self.table = held.table
        self.arrays = held.arrays
        self.words = held.words
        self.files: Sequence[Mapping[str, Any]] = entry["files"]
        self.dimensions = [dimension.name for dimension in dataset.dimensions]
        self.keys = columns.keys(dataset)

    @cached_property
    def defaults(self) -> Mapping[str, str]:
        """For each dimension that has one: the code that stands for everyone."""
        return {dimension.name: dimension.default for dimension in self.dataset.dimensions if dimension.default}

    @property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """For each dimension (and ``measure``): the number behind each code."""
        return self._index.numbers

    @cached_property
    def _index(self) -> Index:
        return Index(self.keys, self.table, self.words, self._kept)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """For each column of numbers: its place in what ``at`` gives."""
        return {name: place for place, name in enumerate(self.table.dtype.names or ())}

    @cached_property
    def at(self) -> Callable[[int], tuple[Any, ...]]:
        """Give all the numbers of a row at once; the integers behind the words, where a column is coded."""
        # PERF: one call for 16 columns: 0.2 us where a view of each takes 0.5 (bench/answers.py, v2 figure).
        kind = self.table.dtype
        unpack = struct.Struct("".join(_LETTERS[kind[name].str[1:]] for name in self.places)).unpack_from
        data, size = self.table.view(np.uint8).data, kind.itemsize
        return lambda row: unpack(data, row * size)

    @cached_property
    def views(self) -> Mapping[str, memoryview]:
        """For each column of numbers: a view that gives plain Python numbers, one at a time."""
        return {name: self.table[name].data for name in self.places}

    def codes(self, name: str) -> Sequence[str]:
        """Give the codes that occur in a dimension (or ``measure``), in the order of their list."""
        met = np.unique(self.array(name)).tolist()
        self.give_back()
        return [self.words[name][number] for number in met]

    def give_back(self) -> None:
        """Let go of memory, after something that went through every row."""
        columns.give_back(self._held)

    def find(self, wanted: Mapping[str, Sequence[str]]) -> Rows:
        """Give the rows whose codes are among the wanted ones, in their order; a dimension that isn't named takes any.

        KeyError for a code that this dataset holds nowhere.
        """
        return self._index.find(wanted)

    def column(self, name: str, rows: Rows) -> list[Any]:
        """Give the plain numbers of a column at some rows; for a coded column the integers behind its words."""
        # PERF: a slice, or NumPy for many, takes half as long as a loop (bench/answers.py, v1 series, v1 breakdown).
        if isinstance(rows, range):
            return self.views[name][rows.start : rows.stop].tolist()
        if isinstance(rows, np.ndarray):
            taken: list[Any] = self.array(name)[rows].tolist()
            return taken
        view = self.views[name]
        return [view[row] for row in rows]

    def number(self, name: str, row: int) -> float | None:
        """Give the number in a column, such as ``value`` or ``lower``; None where it is missing."""
        number: float = self.views[name][row]
        return None if number != number else number  # noqa: PLR0124 - NaN is the one number unequal to itself

    def word(self, name: str, row: int) -> str:
        """Give the word in a coded column."""
        return self.words[name][self.views[name][row]]

    def text(self, name: str, row: int) -> str:
        """Give the text in a text column (a list of texts as JSON)."""
        column = self.arrays[name]
        if not isinstance(column, Texts):
            raise TypeError(f"{self.dataset.name}.{name} holds no texts")
        return column[row]

    def array(self, name: str) -> Array:
        """Give a whole column of numbers, or of the integers behind words."""
        column = self.arrays[name]
        if isinstance(column, Texts):
            raise TypeError(f"{self.dataset.name}.{name} holds texts")
        return column


class Release:
    """An open release, read-only. ``number`` is its content's; ``kind`` is ``full`` or ``starter``."""

    def __init__(self, place: Path, every: Mapping[str, Dataset]) -> None:
        self.folder = place
        self.catalogue = folder.read_catalogue(place)
        if self.catalogue.get("format") != folder.FORMAT:
            raise Stop(
                Problem(
                    f"its format is {self.catalogue.get('format')!r}, and this program reads {folder.FORMAT}",
                    f"release {place}",
                    "Build it anew with `lmi build`.",
                )
            )
        self.number: str = self.catalogue["release"]
        self.kind: str = self.catalogue["kind"]
        self._every = every
        self._opened: dict[str, Opened] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.catalogue["datasets"] and name in self._every

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.catalogue["datasets"] if name in self._every)

    def entry(self, name: str) -> Mapping[str, Any]:
        """Give what the catalogue says about a dataset."""
        found: Mapping[str, Any] = self.catalogue["datasets"][name]
        return found

    def dataset(self, name: str) -> Opened:
        """Open a dataset, or give it as it was opened before; KeyError if the release hasn't got it."""
        found = self._opened.get(name)
        if found is None:
            found = self._opened[name] = self._open(name)
        return found

    def parquet(self, name: str) -> Path:
        """Say where the Parquet of a dataset is."""
        return folder.parquet(self.folder, name)

    def _open(self, name: str) -> Opened:
        dataset, entry, mapped = self._every[name], self.entry(name), self.folder / "columns" / name
        if mapped.is_dir():
            return Opened(dataset, entry, columns.load(mapped), index.load(mapped))
        # Only the starter comes here, for it has no columns.
        import polars as pl

        frame = pl.read_parquet(self.parquet(name))
        return Opened(dataset, entry, columns.from_frame(frame, columns.coded(dataset)))
