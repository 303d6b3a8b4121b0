"""A coder's parts -> the files of a release's ``coder`` folder, and back: equal parts give equal bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern

import numpy as np
from numpy.typing import NDArray

from lmiforall.base.problem import Problem, Stop
from lmiforall.match import words
from lmiforall.match.asked import People
from lmiforall.match.lessons import Entry
from lmiforall.match.net import Floats, Net

FOLDER = "coder"


@dataclass(frozen=True, eq=False)
class Parts:
    """All that coding needs: the net, its features and unit groups by number, and the entries of the indexes."""

    net: Net
    features: Sequence[str]
    soc2010: Sequence[str]
    soc2020: Sequence[str]
    entries: Sequence[Entry]
    people: People


def save(parts: Parts, release: Path) -> None:
    """Write the parts into a release; a feature's vector is kept in whole numbers of 8 bits and a scale."""
    place = release / FOLDER
    place.mkdir()
    whole, scales = _in_bytes(parts.net.vectors)
    for name, array in (
        ("vectors", whole), ("scales", scales), ("outputs", parts.net.outputs), ("biases", parts.net.biases),
        ("pay", parts.people.pay), ("levels", parts.people.levels), ("shares", parts.people.shares),
    ):  # fmt: skip
        np.save(place / f"{name}.npy", array)
    _write(place / "features.txt", parts.features)
    _write(
        place / "entries.tsv",
        [
            "\t".join((e.title, e.industry, e.soc2010, e.soc2020, f"{e.weight:g}", f"{e.trust:g}"))
            for e in parts.entries
        ],
    )
    about = {"soc2010": list(parts.soc2010), "soc2020": list(parts.soc2020)}
    (place / "groups.json").write_text(json.dumps(about) + "\n", "utf-8")


def is_there(release: Path) -> bool:
    """Say whether a release has a coder, in the form that is read: an earlier one had no trust of its entries."""
    return (release / FOLDER / "entries.tsv").is_file()


def load(release: Path) -> Parts:
    """Read the parts of a release's coder; stops where it has none that can be read."""
    place = release / FOLDER
    if not is_there(release):
        raise Stop(
            Problem(
                "this release has a coder of an earlier program" if place.is_dir() else "this release has no coder",
                str(release),
                "Build a full one with `lmi build --sources`: the coder learns from job titles that the starter lacks",
            )
        )
    vectors, scales, outputs, biases = (
        np.load(place / f"{name}.npy") for name in ("vectors", "scales", "outputs", "biases")
    )
    groups = json.loads((place / "groups.json").read_text("utf-8"))
    entries = [_entry(*line.split("\t")) for line in _read(place / "entries.tsv")]
    net = Net(vectors, outputs, biases, len(groups["soc2010"]), scales)
    people = People(*(np.load(place / f"{name}.npy") for name in ("pay", "levels", "shares")))
    return Parts(net, _read(place / "features.txt"), groups["soc2010"], groups["soc2020"], entries, people)


def _entry(title: str, industry: str, soc2010: str, soc2020: str, *numbers: str) -> Entry:
    # PERF: equal texts are held once: 6 MiB less (bench/coder.py).
    plain = words.plain(title)
    own = title if plain == title else intern(plain)
    weight, trust = map(_number, numbers)
    return Entry(title, own, intern(industry), intern(soc2010), intern(soc2020), "", weight, trust)


_number = lru_cache(maxsize=4096)(float)


def _in_bytes(vectors: Floats | NDArray[np.int8]) -> tuple[NDArray[np.int8], Floats]:
    # PERF: a quarter of the memory of 32-bit numbers (bench/coder.py).
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _read(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")[:-1]
