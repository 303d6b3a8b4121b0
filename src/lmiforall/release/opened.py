"""A release folder -> figures that can be looked up: by codes to rows, from rows to what they hold.

Opening reads the catalogue only. A dataset is mapped when it is first asked for; the starter release,
which has no columns, is taken out of its Parquet then.
"""

import math
from bisect import bisect_left
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
    def defaults(self) -> Mapping[str, str]:
        """For each dimension that has one: the code that stands for everyone."""
        return {dimension.name: dimension.default for dimension in self.dataset.dimensions if dimension.default}

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
        met = np.unique(self.array(name))
        return [self.words[name][number] for number in met.tolist()]

    def find(self, wanted: Mapping[str, Sequence[str]]) -> Rows:
        """Give the rows whose codes are among the wanted ones; a dimension that isn't named takes any.

        KeyError for a code that this dataset holds nowhere. The rows keep their order.
        """
        least, width = 0, self._combinations
        rest: Sequence[str] = ()
        for leading, (name, numbers, step) in enumerate(self._steps):
            codes = wanted.get(name)
            if codes is None or len(codes) != 1:
                rest = [name for name in self.keys[leading:] if name in wanted]
                break
            least += numbers[codes[0]] * step
            width = step
        # PERF: one search in one column, whatever the number of dimensions (bench/answers.py, v2 figure).
        low = bisect_left(self._ranks, least)
        high = bisect_left(self._ranks, least + width, low)
        return self._masked(rest, wanted, low, high) if rest else range(low, high)

    def _masked(self, names: Sequence[str], wanted: Mapping[str, Sequence[str]], low: int, high: int) -> Rows:
        """Keep of some rows those that hold one of the wanted codes in each of the named columns."""
        masks = [(name, [self.numbers[name][code] for code in wanted[name]]) for name in names]
        if high - low <= FEW:
            rows: Sequence[int] = range(low, high)
            for name, places in masks:
                rows = [row for row, place in zip(rows, self.column(name, rows), strict=True) if place in places]
            return rows
        keep = np.ones(high - low, bool)
        for name, places in masks:
            among = np.zeros(len(self.words[name]), bool)
            among[places] = True
            keep &= among[self.array(name)[low:high]]
        return np.flatnonzero(keep) + low

    @cached_property
    def _combinations(self) -> int:
        """How many combinations of codes there are, most of which may have no row."""
        return math.prod(len(self.words[name]) for name in self.keys)

    @cached_property
    def _steps(self) -> list[tuple[str, Mapping[str, int], int]]:
        """For each key: its codes' numbers, and how many combinations of the later keys follow each code."""
        steps, step = [], self._combinations
        for name in self.keys:
            step //= len(self.words[name])
            steps.append((name, self.numbers[name], step))
        return steps

    @cached_property
    def _ranks(self) -> memoryview:
        """For each row its place among all combinations of codes: ascending, since rows are sorted by their codes."""
        ranks = np.zeros(self.rows, np.min_scalar_type(self._combinations))
        for name, _, step in self._steps:
            ranks += self.array(name).astype(ranks.dtype) * ranks.dtype.type(step)
        return ranks.data

    def column(self, name: str, rows: Rows) -> list[Any]:
        """Give the plain numbers of a column at some rows; for a coded column the integers behind its words."""
        # PERF: a slice, or NumPy for many, takes them in one step (bench/answers.py, v1 series and v1 breakdown).
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
