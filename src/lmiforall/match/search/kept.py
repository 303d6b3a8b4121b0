"""The parts of a search -> the files of a release's ``search`` folder, and back: equal parts give equal bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = "search"

Numbers = NDArray[np.int32]
Small = NDArray[np.uint16]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Lists:
    """For each thing a list of numbers, all in one array: those of thing 3 go from ``starts[3]`` to ``starts[4]``."""

    starts: Numbers
    items: Numbers | Small

    def of(self, thing: int) -> Numbers | Small:
        """Give the numbers of one thing."""
        return self.items[self.starts[thing] : self.starts[thing + 1]]

    def of_all(self, things: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the numbers of several things, one list after the other, and how long each list is."""
        starts = self.starts[things].astype(np.int64)
        lengths = self.starts[things + 1] - starts
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)
        return self.items[places].astype(np.int64), lengths


@dataclass(frozen=True, eq=False)
class Parts:
    """All that searching needs. Titles and words are numbers; words are in alphabetical order.

    ``titles_of`` has for each word the titles that hold it, ``within`` those that hold only where it is said (an
    industry or qualifier); ``words_of`` for each title its words in order, ``heads`` the one that names the trade;
    ``words_with`` for each pair of letters the words that have it. ``groups`` are codes with their classification
    before them (``20:2231``), the first is none.
    """

    words: Sequence[str]
    rarity: Floats
    titles_of: Lists
    within: Lists
    words_of: Lists
    heads: Numbers
    pairs: Sequence[str]
    words_with: Lists
    groups: Sequence[str]
    people: Floats
    soc2020: Small
    soc2010: Small
    source: NDArray[np.uint8]
    limited: NDArray[np.bool_]  # a title that holds only in an industry or with a qualifier
    texts: NDArray[np.uint8]
    text_starts: Numbers

    def text(self, title: int) -> tuple[str, str]:
        """Give a title as it is shown, and where it holds."""
        found = self.texts[self.text_starts[title] : self.text_starts[title + 1]].tobytes().decode("utf-8")
        text, _, within = found.partition("\t")
        return text, within


def save(parts: Parts, release: Path) -> None:
    """Write the parts into a release."""
    place = release / FOLDER
    place.mkdir()
    texts = {}
    for field in fields(parts):
        value = getattr(parts, field.name)
        if isinstance(value, Lists):
            np.save(place / f"{field.name}.starts.npy", value.starts)
            np.save(place / f"{field.name}.items.npy", value.items)
        elif isinstance(value, np.ndarray):
            np.save(place / f"{field.name}.npy", value)
        else:
            texts[field.name] = list(value)
    (place / "texts.json").write_text(json.dumps(texts, ensure_ascii=False, indent=0) + "\n", "utf-8")


def load(release: Path) -> Parts | None:
    """Read the parts of a release's search; None where it has none, as the starter."""
    place = release / FOLDER
    if not place.is_dir():
        return None
    texts = json.loads((place / "texts.json").read_text("utf-8"))
    return Parts(**{field.name: _read(place, field.name, texts) for field in fields(Parts)})


def _read(place: Path, name: str, texts: dict[str, list[str]]) -> Any:
    if name in texts:
        return texts[name]
    if (place / f"{name}.starts.npy").is_file():
        return Lists(np.load(place / f"{name}.starts.npy"), np.load(place / f"{name}.items.npy"))
    return np.load(place / f"{name}.npy")
