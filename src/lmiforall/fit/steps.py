"""Declared steps and the tables that they name -> a matrix of links for each direction of each step."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from lmiforall.base.model import Crosswalks, Scheme, Step
from lmiforall.fit.links import Floats, matrix

# Of a step, gone forward or back: a row for each code that it starts from, a column for each at its finish.
Matrices = Mapping[tuple[Step, bool], Floats]
Frames = Mapping[str, pl.DataFrame]
Axes = Mapping[str, Sequence[str]]

# How open lists write that there is no code.
NONE = "none"


def axes(model: Crosswalks, frames: Frames) -> dict[str, tuple[str, ...]]:
    """Give the codes of each scheme, in the order of their list; open lists by their code."""
    return {scheme.name: _codes(scheme, frames) for scheme in model.schemes}


def _codes(scheme: Scheme, frames: Frames) -> tuple[str, ...]:
    if scheme.codes:
        return tuple(
            entry.code for entry in (scheme.codes.at_level(scheme.level) if scheme.level else scheme.codes.codes)
        )
    found = frames[scheme.table][scheme.column].cast(pl.String).unique().sort().to_list()
    return tuple(code for code in found if code != NONE)


def matrices(model: Crosswalks, frames: Frames, codes: Axes) -> Matrices:
    """Lay out the links of each step in both directions."""
    found: dict[tuple[Step, bool], Floats] = {}
    for step in model.steps:
        if step.told == "shares":
            found |= {(step, forward): _shares(step, frames, codes, forward=forward) for forward in (True, False)}
        else:
            links = _links(step, frames, codes)
            found |= {(step, True): links, (step, False): links.T}
    return found


def _shares(step: Step, frames: Frames, codes: Axes, *, forward: bool) -> Floats:
    """Read the shares of one direction: those that are of the code that it starts from."""
    start, finish = step.columns if forward else reversed(step.columns)
    ends = (step.first, step.second) if forward else (step.second, step.first)
    # The directions are named by where they lead: to_onet, to_soc2020.
    frame = frames[step.table].filter(
        pl.col("measure").cast(pl.String) == "share", pl.col("direction").cast(pl.String) == f"to_{ends[1]}"
    )
    rows = frame.select(pl.col(start, finish).cast(pl.String), "value").filter(
        pl.col(start) != "all", pl.col(finish) != "all"
    )
    return _weighed(rows.iter_rows(), codes[ends[0]], codes[ends[1]])


def _links(step: Step, frames: Frames, codes: Axes) -> Floats:
    starts, finishes = codes[step.first], codes[step.second]
    if step.told == "digits":
        width = len(finishes[0])
        return matrix(((code, code[:width]) for code in starts), starts, finishes)
    frame, (first, second) = frames[step.table], step.columns
    if step.told == "lists":
        frame = frame.explode(second)
    weight = _part(pl.col("part")) if step.told == "parts" else pl.lit(1.0)
    once = _one_direction(frame).select(pl.col(first, second).cast(pl.String), weight.alias("weight"))
    wider = _widened(once.drop_nulls().iter_rows(), set(starts), finishes)
    return _weighed(_widened_back(wider, starts, set(finishes)), starts, finishes)


def _one_direction(frame: pl.DataFrame) -> pl.DataFrame:
    """Take each link once where a table has it both ways."""
    if "direction" not in frame.columns:
        return frame
    directions = pl.col("direction").cast(pl.String)
    return frame.filter(directions == directions.min())


def _part(column: pl.Expr) -> pl.Expr:
    """Read a part as ONS writes it: ``all``, or ``60 of 100``."""
    return pl.when(column == "all").then(1.0).otherwise(
        column.str.extract(r"^(\d+) of 100$").cast(pl.Float64) / 100
    )  # fmt: skip


Links = Iterable[tuple[str, str, float]]


def _widened(links: Links, starts: set[str], finishes: Sequence[str]) -> Links:
    """Turn a link to a wider group into one to each unit group in it."""
    known = set(finishes)
    for start, finish, weight in links:
        if finish in known or start not in starts or not finish.isdigit():
            yield start, finish, weight
        else:
            yield from ((start, unit, weight) for unit in finishes if unit.startswith(finish))


def _widened_back(links: Links, starts: Sequence[str], finishes: set[str]) -> Links:
    """The same of a link from a wider group; links of codes that are in no list any more are left out."""
    known = set(starts)
    for start, finish, weight in links:
        if finish not in finishes or not start:
            continue
        if start in known:
            yield start, finish, weight
        elif start.isdigit():
            yield from ((unit, finish, weight) for unit in starts if unit.startswith(start))


def _weighed(links: Links, rows: Sequence[str], columns: Sequence[str]) -> Floats:
    """Add up the weights of each pair of codes."""
    found = list(links)
    counted = matrix((), rows, columns)
    at = {code: place for place, code in enumerate(rows)}, {code: place for place, code in enumerate(columns)}
    for row, column, weight in found:
        counted[at[0][row], at[1][column]] += weight
    return counted
