"""A frame <-> a table that can be mapped into memory: codes as small integers, texts as bytes with ends.

The columns of numbers stand row by row in one ``rows.npy``; the words behind the integers stand in ``words.json``;
a text column is one UTF-8 file and an array of where each text ends. Nothing is compressed, so that
opening costs nothing and several workers share the pages.
"""

import json
import mmap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lmiforall.base.dataset import Dataset
from lmiforall.base.problem import Problem, Stop

if TYPE_CHECKING:
    import polars as pl

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of texts: one string of bytes, and where each text ends in it."""

    data: Any
    ends: Array

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, row: int) -> str:
        first = int(self.ends[row - 1]) if row else 0
        return bytes(self.data[first : int(self.ends[row])]).decode("utf-8")


@dataclass(frozen=True, eq=False)
class Columns:
    """``table`` has a field for each column of numbers; ``words`` gives the words behind the integers of coded ones."""

    table: Array
    texts: Mapping[str, Texts]
    words: Mapping[str, Sequence[str]]

    @property
    def rows(self) -> int:
        return len(self.table)

    @cached_property
    def arrays(self) -> Mapping[str, Array | Texts]:
        """Every column by its name."""
        return {**{name: self.table[name] for name in self.table.dtype.names or ()}, **self.texts}


def coded(dataset: Dataset) -> set[str]:
    """Name the text columns that hold codes rather than texts."""
    return {"status", "file", "sheet", *(dimension.name for dimension in dataset.dimensions)}


def keys(dataset: Dataset) -> list[str]:
    """Name the columns by which the rows of a dataset are sorted."""
    return [*(dimension.name for dimension in dataset.dimensions), *(["measure"] if dataset.of_figures else [])]


def from_frame(frame: "pl.DataFrame", coded: Collection[str]) -> Columns:
    """Take a frame apart: the text columns named in ``coded`` become codes, the others stay texts.

    Lists of texts become JSON texts, a float32 becomes the decimal that it shows.
    """
    # A server that maps a full release needs no polars, which takes 25 MB and a tenth of a second.
    import polars as pl

    arrays: dict[str, Array] = {}
    texts: dict[str, Texts] = {}
    words: dict[str, Sequence[str]] = {}
    for column in frame.iter_columns():
        name, kind = column.name, column.dtype
        if isinstance(kind, pl.Enum):
            words[name] = kind.categories.to_list()
            arrays[name] = _smallest(column.to_physical().to_numpy())
        elif kind == pl.String and name in coded:
            words[name] = column.unique().sort().to_list()
            arrays[name] = _smallest(column.cast(pl.Enum(words[name])).to_physical().to_numpy())
        elif isinstance(kind, pl.List):
            texts[name] = _texts([json.dumps(items or [], ensure_ascii=False) for items in column.to_list()])
        elif kind == pl.String:
            texts[name] = _texts([text or "" for text in column.to_list()])
        elif kind == pl.Float32:
            arrays[name] = shown(column.to_numpy())
        elif kind == pl.Float64:
            arrays[name] = column.to_numpy()
        else:
            arrays[name] = _smallest(column.to_numpy())
    return Columns(_side_by_side(arrays, frame.height), texts, words)


def shown(values: Array) -> Array:
    """Widen float32 to the seven digits that it holds, so that 12.3 is served as 12.3."""
    wide = values.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (6 - np.floor(np.log10(np.abs(wide))))
        rounded = np.round(wide * scale) / scale
    return np.where(np.isfinite(rounded), rounded, wide)


def save(columns: Columns, folder: Path) -> None:
    """Write the columns of one dataset into its folder."""
    folder.mkdir(parents=True)
    np.save(folder / "rows.npy", columns.table)
    for name, texts in columns.texts.items():
        (folder / f"{name}.utf8").write_bytes(texts.data)
        np.save(folder / f"{name}.ends.npy", texts.ends)
    (folder / "words.json").write_text(json.dumps(columns.words, ensure_ascii=False), "utf-8")


def load(folder: Path) -> Columns:
    """Map the columns of one dataset into memory; nothing is read until it is asked for."""
    if not (folder / "rows.npy").is_file():
        raise Stop(Problem("it was built by an older program", f"release {folder.parents[1]}", "Build it anew."))
    words = json.loads((folder / "words.json").read_text("utf-8"))
    return Columns(mapped(folder / "rows.npy"), dict(_load_texts(folder)), words)


def give_back(columns: Columns) -> None:
    """Let go of mapped pages, which count as a worker's memory; what is asked again comes from the system's cache."""
    held = [columns.table, *(part for texts in columns.texts.values() for part in (texts.data, texts.ends))]
    for part in held:
        below = part
        while isinstance(below, np.ndarray):
            below = below.base
        if isinstance(below, mmap.mmap):
            below.madvise(mmap.MADV_DONTNEED)


def _load_texts(folder: Path) -> Iterator[tuple[str, Texts]]:
    for path in sorted(folder.glob("*.utf8")):
        data = np.memmap(path, np.uint8, "r") if path.stat().st_size else b""
        yield path.stem, Texts(data, mapped(path.with_name(f"{path.stem}.ends.npy")))


def mapped(path: Path) -> Array:
    """Map an array into memory."""
    # PERF: a plain view of the map: 0.1 us for a slice where np.memmap takes 1.0 (bench/answers.py, v1 breakdown).
    return np.asarray(np.load(path, mmap_mode="r"))


def _side_by_side(arrays: Mapping[str, Array], height: int) -> Array:
    """Lay columns out row by row, the widest kinds first, so that no row holds a gap but at its end."""
    # PERF: one look-up touches one place of memory, not one for each column: 19 us for a figure where it took 21
    # (bench/answers.py, v2 figure).
    widest = sorted(arrays, key=lambda name: -arrays[name].dtype.itemsize)
    table = np.zeros(height, np.dtype([(name, arrays[name].dtype) for name in widest], align=True))
    for name, array in arrays.items():
        table[name] = array
    return table


def same(one: Array | Texts, other: Array | Texts) -> bool:
    """Whether two columns hold the same; NaN is the same as NaN."""
    if isinstance(one, Texts) or isinstance(other, Texts):
        return (
            isinstance(one, Texts)
            and isinstance(other, Texts)
            and np.array_equal(one.ends, other.ends)
            and bytes(one.data) == bytes(other.data)
        )
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def _smallest(numbers: Array) -> Array:
    """Hold whole numbers in the smallest unsigned kind that fits them."""
    highest = int(numbers.max()) if numbers.size else 0
    return numbers.astype(np.min_scalar_type(highest))


def _texts(texts: Sequence[str]) -> Texts:
    encoded = [text.encode("utf-8") for text in texts]
    ends = np.cumsum([len(part) for part in encoded], dtype=np.uint32) if encoded else np.zeros(0, np.uint32)
    return Texts(b"".join(encoded), ends)
