"""A frame <-> plain arrays that can be mapped into memory: codes as small integers, texts as bytes with ends.

Every column of a dataset becomes one ``.npy``; the words behind the integers stand in ``words.json``;
a text column is one UTF-8 file and an array of where each text ends. Nothing is compressed, so that
opening costs nothing and several workers share the pages.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
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
    """``arrays`` by column name; ``words`` holds for a coded column the word behind each integer."""

    rows: int
    arrays: Mapping[str, Array | Texts]
    words: Mapping[str, Sequence[str]]


def from_frame(frame: pl.DataFrame, coded: Collection[str]) -> Columns:
    """Take a frame apart: the text columns named in ``coded`` become codes, the others stay texts.

    Lists of texts become JSON texts, a float32 becomes the decimal that it shows.
    """
    arrays: dict[str, Array | Texts] = {}
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
            arrays[name] = _texts([json.dumps(items or [], ensure_ascii=False) for items in column.to_list()])
        elif kind == pl.String:
            arrays[name] = _texts([text or "" for text in column.to_list()])
        elif kind == pl.Float32:
            arrays[name] = shown(column.to_numpy())
        elif kind == pl.Float64:
            arrays[name] = column.to_numpy()
        else:
            arrays[name] = _smallest(column.to_numpy())
    return Columns(frame.height, arrays, words)


def shown(values: Array) -> Array:
    """Widen float32 to the seven digits that it holds, so that 12.3 is served as 12.3."""
    wide = values.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (6 - np.floor(np.log10(np.abs(wide))))
        rounded = np.round(wide * scale) / scale
    return np.where(np.isfinite(rounded), rounded, wide)


def save(columns: Columns, folder: Path) -> None:
    """Write the arrays of one dataset into its folder."""
    folder.mkdir(parents=True)
    for name, array in columns.arrays.items():
        if isinstance(array, Texts):
            (folder / f"{name}.utf8").write_bytes(array.data)
            np.save(folder / f"{name}.ends.npy", array.ends)
        else:
            np.save(folder / f"{name}.npy", array)
    index = {"rows": columns.rows, "words": columns.words}
    (folder / "words.json").write_text(json.dumps(index, ensure_ascii=False), "utf-8")


def load(folder: Path) -> Columns:
    """Map the arrays of one dataset into memory; nothing is read until it is asked for."""
    index = json.loads((folder / "words.json").read_text("utf-8"))
    arrays: dict[str, Array | Texts] = {}
    for path in sorted(folder.glob("*.npy")):
        name = path.name.removesuffix(".npy")
        # PERF: a plain view of the map; np.memmap costs 0.4 us each time that a number is taken out (bench/answers.py).
        mapped = np.asarray(np.load(path, mmap_mode="r"))
        if name.endswith(".ends"):
            name = name.removesuffix(".ends")
            data = folder / f"{name}.utf8"
            arrays[name] = Texts(np.memmap(data, np.uint8, "r") if data.stat().st_size else b"", mapped)
        else:
            arrays[name] = mapped
    return Columns(index["rows"], arrays, index["words"])


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
