"""Releases -> a report on which withheld figures an intruder works out from all that their APIs give.

The whole tables are asked of the real application, as anybody can, and taken from its Parquet files. Datasets of the
same statistic and releases made from the same files are put together before the linear programs are set up.
"""

import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

from lmiforall import datasets
from lmiforall.base.dataset import Adds, Dataset
from lmiforall.guard.intruder import Findings, attack
from lmiforall.guard.linked import Linked, Part, linked, others
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.watch import served

Progress = Callable[[str, str], None]
# So many of the figures that were found are named in the report; the rest are counted.
NAMED = 20
HEADINGS = ("cells", "withheld", "found", "exactly", "closest", "programs")


@dataclass(frozen=True)
class Attacked:
    """One table: its cells, how many are withheld for disclosure, and how many were found within a fifth or exactly.

    ``closest`` is the narrowest room that was left to a withheld cell, as a part of the figure either way (1 is all
    of it); for safe cells the room that was looked for, which the truth may exceed. ``programs`` were solved.
    """

    table: str
    cells: int
    withheld: int
    found: int
    exactly: int
    closest: float
    programs: int


@dataclass(frozen=True)
class Report:
    """What became of every table, and the names of figures that were found."""

    tables: Sequence[Attacked]
    named: Sequence[str]

    @property
    def found(self) -> int:
        """How many withheld figures were found, exactly or nearly."""
        return sum(one.found for one in self.tables)


def attack_releases(places: Sequence[Path], progress: Progress) -> Report:
    """Play the intruder against releases together."""
    every = datasets.every()
    tables, named = [], []
    parts = _parts([Release(place, every) for place in places], every)
    for mark, together in sorted(parts.items()):
        for cells in linked(together, mark):
            progress(cells.title, "started")
            found = attack(cells)
            tables.append(_attacked(cells, found))
            named += [_named(cells, found, int(cell)) for cell in np.flatnonzero(found.broken)]
            progress(cells.title, "finished")
    return Report(tables, named)


def _parts(releases: Sequence[Release], every: Mapping[str, Dataset]) -> Mapping[str, list[Part]]:
    """Put together what is of the same edition; a table that another release made from other files is told apart."""
    editions: dict[tuple[str, str, str], str] = {}
    together: dict[str, list[Part]] = defaultdict(list)
    for number, release in enumerate(releases):
        mine = f"as in release {number + 1}" if number else ""
        for name in release:
            for rule in every[name].adds:
                given = _given(release, every, name, rule.measure)
                for files, frame in _by_files(release, every[name], rule, given):
                    mark = editions.setdefault((name, rule.measure, files), mine)
                    together[mark].append((every[name], rule, frame, None))
    return together


def _by_files(
    release: Release, dataset: Dataset, rule: Adds, frame: pl.DataFrame
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Sort tables by the contents of the files that they come from."""
    if "file" not in frame.columns:
        yield release.catalogue["content"][dataset.name], frame
        return
    contents = {file["path"]: file["sha256"] for file in release.entry(dataset.name)["files"]}
    table = others(dataset, rule)
    files = pl.col("file").replace(contents).unique().sort().str.join(" ").alias("files")
    marked = frame.join(frame.group_by(table).agg(files), on=table) if table else frame.with_columns(files)
    for (key,), part in marked.partition_by("files", as_dict=True).items():
        yield str(key), part


def _given(release: Release, every: Mapping[str, Dataset], name: str, measure: str) -> pl.DataFrame:
    """Ask for all figures of a measure as CSV; one that only the Parquet file gives is known, too."""
    address = f"/api/v2/datasets/{name}/observations?format=csv&measure={measure}"
    frame = pl.read_csv(io.BytesIO(served.ask(application(release, every), address)), infer_schema=False).fill_null("")
    whole = pl.read_parquet(release.parquet(name), columns=["measure", "value"])
    kept = whole.filter(pl.col("measure").cast(pl.String) == measure)["value"]
    value = frame["value"].replace("", None).cast(pl.Float64).fill_null(kept)
    return frame.with_columns(value.alias("value"))


def _attacked(cells: Linked, found: Findings) -> Attacked:
    withheld = cells.withheld
    middle = (found.lower + found.upper)[withheld] / 2
    room = np.where(middle > 0, (found.upper - found.lower)[withheld] / 2 / np.where(middle > 0, middle, 1), 0)
    return Attacked(
        cells.title, len(cells.codes), int(withheld.sum()), int(found.broken.sum()), int(found.exactly().sum()),
        round(float(room.min(initial=1.0)), 3), found.solved,
    )  # fmt: skip


def _named(cells: Linked, found: Findings, cell: int) -> str:
    return f"{cells.name(cell)} lies between {found.lower[cell]:g} and {found.upper[cell]:g}"


def as_text(report: Report) -> str:
    """Say by table what was tried and what was found."""
    width = max((len(one.table) for one in report.tables), default=0) + 2
    lines = [f"{'table':{width}}" + "".join(f"{heading:>10}" for heading in HEADINGS)]
    for one in report.tables:
        counts = (one.cells, one.withheld, one.found, one.exactly)
        figures = "".join(f"{count:>10,}" for count in counts)
        lines.append(f"{one.table:{width}}{figures}{one.closest:>10.0%}{one.programs:>10,}")
    withheld = sum(one.withheld for one in report.tables)
    lines += ["", *(f"Found: {name}" for name in report.named[:NAMED])]
    lines.append(f"{report.found:,} of {withheld:,} withheld figures were found, exactly or within a fifth.")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """Say the same for a program."""
    content = {"found": report.found, "named": report.named, "tables": [asdict(one) for one in report.tables]}
    return json.dumps(content, ensure_ascii=False, indent=1)
