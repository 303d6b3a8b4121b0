"""A dataset's observations as columns: what the readers make, ``guard`` makes safe and ``freeze`` writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from lmiforall.base.dataset import Dataset


@dataclass(frozen=True)
class File:
    """A file that was read: its path below the sources, sha256, source and edition.

    ``quality_path`` is the file that holds the quality of this one's figures, at the same places.
    ``places`` says for records in which column (from 1) each number field stands.
    ``fetched`` is the ISO time at which ``lmi fetch`` got it, where it did.
    """

    path: str
    sha256: str
    source: str
    edition: Mapping[str, str]
    quality_path: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    fetched: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """The frame holds one row for each observation or record, sorted by its dimensions.

    Figures: the dimensions, ``measure``, ``value`` (float64 or null), ``status``, ``mark`` (the publisher's
    sign, or ""), where declared ``quality`` and ``quality_mark``, and the origin ``file, sheet, row, column``
    (counted from 1). Modelled figures have ``lower`` and ``upper`` (an interval, or null) in place of the origin.
    Records: the dimensions, the fields, ``status`` and the origin ``file, sheet, row``.
    Codes are strings or enumerations in the frame.
    """

    dataset: Dataset
    frame: pl.DataFrame
    files: tuple[File, ...] = ()
