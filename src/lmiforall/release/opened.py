"""A release folder -> figures that can be looked up: by codes to rows, from rows to what they hold.

Opening reads the catalogue only. A dataset is mapped when it is first asked for; the starter release,
which has no columns, is taken out of its Parquet then.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop
from lmiforall.release import catalogue, columns, folder, freeze
from lmiforall.release.columns import Array, Columns, Texts

Rows = Array | Sequence[int]

# PERF: up to so many rows a Python loop over a view beats NumPy's masks (bench/answers.py).
FEW = 200


class Opened:
    """One dataset of an open release: its columns, and an index from codes to rows."""

    def __init__(self, dataset: Dataset, entry: Mapping[str, Any], held: Columns) -> None:
        self.dataset = dataset
        self.entry = entry
        self.rows = held.rows
        self.arrays = held.arrays
        self.words = held.words
        self.files: Sequence[Mapping[str, Any]] = entry["files"]
        self.dimensions = [dimension.name for dimension in dataset.dimensions]
        self.keys = [*self.dimensions, "measure"] if dataset.of_figures else list(self.dimensions)

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """For each coded column: the integer behind each word."""
        return {name: {word: place for place, word in enumerate(words)} for name, words in self.words.items()}

    @cached_property
    def views(self) -> Mapping[str, memoryview]:
        """For each column of numbers: a view that gives plain Python numbers, one at a time."""
        return {name: array.data for name, array in self.arrays.items() if not isinstance(array, Texts)}

    def codes(self, name: str) -> Sequence[str]:
        """Give the codes that occur in a dimension (or ``measure``), in the order of their list."""
        met = np.unique(np.asarray(self.arrays[name]))
        return [self.words[name][number] for number in met.tolist()]

    def find(self, wanted: Mapping[str, Sequence[str]]) -> Rows:
        """Give the rows whose codes are among the wanted ones; a dimension that isn't named takes any.

        KeyError for a code that this dataset holds nowhere. The rows keep their order.
        """
        low, high = 0, self.rows
        masks: list[tuple[str, list[int]]] = []
        ordered = True
        for name in self.keys:
            codes = wanted.get(name)
            if codes is None:
                ordered = False
                continue
            places = [self.numbers[name][code] for code in codes]
            if ordered and len(places) == 1:
                low, high = self._between(name, places[0], low, high)
            else:
                ordered = False
                masks.append((name, places))
        return self._masked(masks, low, high) if masks else range(low, high)

    def _masked(self, masks: Sequence[tuple[str, list[int]]], low: int, high: int) -> Rows:
        """Keep of some rows those that hold one of the wanted codes in each column."""
        if high - low <= FEW:
            rows: Sequence[int] = range(low, high)
            for name, places in masks:
                view = self.views[name]
                rows = [row for row in rows if view[row] in places]
            return rows
        keep = np.ones(high - low, bool)
        for name, places in masks:
            part = np.asarray(self.arrays[name][low:high])  # type: ignore[index]
            keep &= part == places[0] if len(places) == 1 else np.isin(part, places)
        return np.flatnonzero(keep) + low

    def _between(self, name: str, place: int, low: int, high: int) -> tuple[int, int]:
        """Narrow sorted rows to those with one code: the first dimension by its index, the next by halving."""
        if name == self.keys[0]:
            return self._starts[place], self._starts[place + 1]
        # PERF: bisect on a view beats searchsorted on so few rows (bench/answers.py).
        view = self.views[name]
        return bisect_left(view, place, low, high), bisect_right(view, place, low, high)

    @cached_property
    def _starts(self) -> list[int]:
        first = np.asarray(self.arrays[self.keys[0]]).astype(np.int64)
        starts: list[int] = np.searchsorted(first, np.arange(len(self.words[self.keys[0]]) + 1)).tolist()
        starts[-1] = self.rows
        return starts

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


class Release:
    """An open release, read-only. ``number`` is its content's; ``kind`` is ``full`` or ``starter``."""

    def __init__(self, place: Path, every: Mapping[str, Dataset]) -> None:
        self.folder = place
        self.catalogue = folder.read_catalogue(place)
        if self.catalogue.get("format") != catalogue.FORMAT:
            raise Stop(
                Problem(
                    f"its format is {self.catalogue.get('format')!r}, and this program reads {catalogue.FORMAT}",
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
            dataset, entry = self._every[name], self.entry(name)
            found = self._opened[name] = Opened(dataset, entry, self._columns(name, dataset))
        return found

    def parquet(self, name: str) -> Path:
        """Say where the Parquet of a dataset is."""
        return freeze.parquet(self.folder, name)

    def _columns(self, name: str, dataset: Dataset) -> Columns:
        mapped = self.folder / "columns" / name
        if mapped.is_dir():
            return columns.load(mapped)
        # Only the starter comes here: polars isn't loaded where columns can be mapped.
        import polars as pl

        return columns.from_frame(pl.read_parquet(self.parquet(name)), freeze.coded(dataset))
