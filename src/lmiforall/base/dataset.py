"""The declaration of a dataset. Reading, building, answering, auditing and the docs all derive from it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from lmiforall.base.code_list import CodeList, Pattern
from lmiforall.base.endpoint import Endpoint
from lmiforall.base.licence import Licence
from lmiforall.base.model import Model
from lmiforall.base.sheet import Block, Book, Records
from lmiforall.base.status import Mark

Reader = Callable[[Book], Iterable[Block | Records]]
Range = tuple[int, int]


@dataclass(frozen=True)
class Address:
    """Where a file can be asked for.

    ``through`` says whose copy it is, where the address isn't the publisher's own. ``verified`` is the day
    (ISO) on which somebody got the right file from it, and empty as long as nobody has.
    """

    url: str
    through: str = ""
    verified: str = ""


@dataclass(frozen=True)
class Download:
    """One file to get: where to ask for it, and its name below the sources folder.

    ``addresses`` are of the same file: the next is asked where one answers that it has no such file.
    ``unpack`` is a pattern: those members of the zip archive are kept, in the folder ``save_as``.
    ``{...}`` fields in both are filled from ``editions`` of the source.
    """

    addresses: tuple[Address, ...]
    save_as: str
    unpack: str = ""


@dataclass(frozen=True)
class Source:
    """Files of one kind from one publisher.

    ``files`` is searched in a file's path below the sources folder (with ``/``); its named groups are the
    edition, and a file that appears next year is found by them. ``holds`` is how many numbers (of records:
    how many records) one file may hold (low, high), ``count`` how many files there may be.
    ``quality_of`` names the source whose figures this one qualifies, cell by cell (ASHE's CVs); such files are
    paired by equal named groups.
    ``derived`` marks a file that somebody re-shaped: where ``yields_to``, a source of the same
    dataset, has a file of the same edition, the original is read instead.
    A ``nested_json`` holds lists of flat objects below keys that say what each list is of.
    In a ``shaded_workbook`` the publisher tells something by shading a number's cell; the mark ``shaded`` says what.
    ``by_hand`` tells a person where to get what can't be downloaded, and as which `name` to save it.
    ``closed`` says why no later edition will come; without it later years are looked for.
    """

    name: str
    publisher: str
    title: str
    page: str
    licence: Licence
    files: str
    dialect: Literal["workbook", "shaded_workbook", "csv", "json", "nested_json", "parquet"] = "workbook"
    downloads: tuple[Download, ...] = ()
    editions: tuple[Mapping[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    count: Range = (1, 1000)
    holds: Range = (1, 10_000_000)
    quality_of: str = ""
    derived: bool = False
    yields_to: str = ""
    optional: bool = False
    by_hand: str = ""
    closed: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """``files``, compiled."""
        return re.compile(self.files)


@dataclass(frozen=True)
class Dimension:
    """One question that a figure answers. ``default`` is the code that stands for everyone, if any."""

    name: str
    codes: CodeList | Pattern
    label: str = ""
    default: str = ""


@dataclass(frozen=True)
class Measure:
    """A quantity, its unit in words, and ``quality``: what the quality column means (``cv_pct``)."""

    name: str
    label: str
    unit: str
    quality: str = ""


@dataclass(frozen=True)
class Field:
    """A column of a dataset of records. ``sentences`` marks a publisher's prose, which the starter leaves out."""

    name: str
    label: str
    kind: Literal["text", "number", "texts"] = "text"
    sentences: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Numeric cells that are published and not served, and why; the audit counts them under ``because``.

    All that is given must hold: ``source`` and ``sheet`` are patterns for the whole name, ``rows`` and
    ``columns`` ranges as a spreadsheet counts (from 1, inclusive), ``row_text`` is searched in the texts of
    the cell's row, ``column_text`` in the texts above it, ``years`` asks for a whole number 1990-2060.
    """

    because: str
    source: str = ".*"
    sheet: str = ".*"
    rows: Range | None = None
    columns: Range | None = None
    row_text: str = ""
    column_text: str = ""
    years: bool = False


@dataclass(frozen=True)
class Withhold:
    """A rule of protection: figures of ``measure`` below (or above) a bound are withheld, or only flagged.

    ``measure`` may be ``quality``, the quality column. ``name`` is what an answer and the audit call it.
    With ``base`` (a dimension and its code) the figure at that code is what is bounded, and all figures beside it
    are withheld, but for those at the codes in ``but``: few answered, so nothing is said of them.

    Withheld for ``disclosure``, a figure is gone for good. Withheld for ``quality`` it is `unreliable`: the release
    keeps it for who asks for it, and gives a coarser group's figure to who doesn't. ``only_flag`` serves it as it is.
    ``only_modelled`` leaves a publisher's own figures alone.
    The dataset's notes must state ``name``, or the docs don't build.
    """

    name: str
    measure: str
    because: str
    below: float | None = None
    above: float | None = None
    only_flag: bool = False
    reason: Literal["disclosure", "quality"] = "disclosure"
    base: tuple[str, str] = ("", "")
    but: tuple[str, ...] = ()
    only_modelled: bool = False


# What an answer and the audit call figures that are withheld because they would give another away.
SECONDARY = "secondary"


@dataclass(frozen=True)
class Adds:
    """Figures of ``measure`` that add up, so that one which is withheld could be worked out from the others.

    ``along`` names dimensions: by their code lists, the parts of a code add up to it. ``sums`` are further totals:
    dimension, code of the total, codes of its parts. In ``more`` are dimensions whose totals hold more than their
    parts. Figures are ``rounded_to`` multiples of that. ``where`` keeps to some codes of a dimension.

    Datasets that give the same figures name the same ``statistic``; ``read_as`` then says of which code of another
    dimension theirs are (dimension, code here or "" where there is no such dimension, code there).
    ``last`` (dimension, code) are figures that are withheld only where no other would do.
    """

    measure: str
    along: tuple[str, ...] = ()
    sums: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    more: tuple[str, ...] = ()
    rounded_to: float = 0.0
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    statistic: str = ""
    read_as: tuple[tuple[str, str, str], ...] = ()
    last: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Total:
    """A published figure that must come out of the build, whenever its edition is among the files."""

    where: Mapping[str, str]
    measure: str
    value: float
    because: str
    within: float = 0.0


@dataclass(frozen=True)
class Edition:
    """One line of a source's history: what came out, when (ISO date or year), and what is special about it."""

    name: str
    published: str
    note: str = ""


@dataclass(frozen=True)
class Starter:
    """What of a dataset ships with the package: rows whose codes are in ``keep`` (all, where a dimension isn't named).

    ``float32`` rounds values to 24 bits, ``decimals`` to so many decimal places; the answer then says so.
    ``drop`` names fields that are left out.
    """

    keep: Mapping[str, tuple[str, ...]]
    float32: bool = False
    decimals: int | None = None
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """One dataset, wholly declared: figures have ``measures``, records have ``fields``.

    Either ``sources`` are read by ``read``, or ``model`` makes it from the datasets named in the model's ``inputs``.
    ``rows`` (low, high) bounds the observations that the build must give. ``interval_level`` is how often the
    intervals of its modelled figures should hold the figure that they are for. ``folder`` is where the
    declaration stands, with ``notes.md`` and ``golden.csv`` beside it.
    """

    name: str
    title: str
    summary: str
    folder: Path
    dimensions: tuple[Dimension, ...]
    rows: Range
    measures: tuple[Measure, ...] = ()
    fields: tuple[Field, ...] = ()
    sources: tuple[Source, ...] = ()
    read: Reader | None = None
    model: Model | None = None
    totals: tuple[Total, ...] = ()
    withhold: tuple[Withhold, ...] = ()
    adds: tuple[Adds, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    history: tuple[Edition, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    starter: Starter | None = None
    interval_level: float = 0.95

    def dimension(self, name: str) -> Dimension:
        """Give a dimension by its name; KeyError if there is none."""
        return self._dimensions[name]

    def measure(self, name: str) -> Measure:
        """Give a measure by its name; KeyError if there is none."""
        return self._measures[name]

    def source(self, name: str) -> Source:
        """Give a source by its name; KeyError if there is none."""
        return {source.name: source for source in self.sources}[name]

    @cached_property
    def _measures(self) -> Mapping[str, Measure]:
        return {measure.name: measure for measure in self.measures}

    @cached_property
    def _dimensions(self) -> Mapping[str, Dimension]:
        return {dimension.name: dimension for dimension in self.dimensions}

    @property
    def of_figures(self) -> bool:
        """Whether it holds figures (long: one row an observation) rather than records."""
        return bool(self.measures)

    @property
    def has_quality(self) -> bool:
        """Whether any measure comes with a quality."""
        return any(measure.quality for measure in self.measures)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The datasets that it is modelled from; none where it is read."""
        return self.model.inputs if self.model else ()

    @property
    def notes(self) -> Path:
        """The notes in plain words."""
        return self.folder / "notes.md"

    @property
    def licences(self) -> tuple[Licence, ...]:
        """The licences of its own sources, each once."""
        return tuple(dict.fromkeys(source.licence for source in self.sources))

    def places(self) -> Iterator[str]:
        """Name the columns that say where a row stands in its source."""
        yield from ("file", "sheet", "row")
        if self.of_figures:
            yield "column"
