"""GET .../datasets/{name}/observations -> rows of a dataset, unrounded, each with status and origin.

Rule 1: any dimension (and ``measure``) may be asked for by its codes, several joined by commas.
Rule 2: a parameter that nobody declared, and a code that doesn't exist, are refused.
Rule 3: a code that exists and has no figure here gives no row: that isn't "suppressed".
Rule 4: a figure that is withheld is stood in for by that of a wider group, unless ``coarsen=never``; with
``quality=any`` figures that are only too uncertain are given as they are.
Rule 5: CSV and Parquet give the whole table, so that nobody has to page through it, each figure with its status.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from lmiforall.base.problem import Problem, Stop
from lmiforall.release.index import Rows
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import coarser, query, table
from lmiforall.serve.answer import Answer, Missing, Stream, found

FORMATS = ("json", *table.FORMATS)
PAGE = 1000
LARGEST_PAGE = 10_000

DEFAULTS: Mapping[str, Any] = {"format": "json", "limit": PAGE, "offset": 0, "coarsen": "", "quality": ""}
SETTINGS = tuple(DEFAULTS)
# The one word that each of these can be set to.
WORDS = {"coarsen": "never", "quality": "any"}


def answer(release: Release, name: str, raw: bytes) -> Answer | Stream:
    """Answer a query on one dataset."""
    opened = open_dataset(release, name)
    values = query.declared(query.pairs(raw), (*opened.keys, *SETTINGS))
    settings = DEFAULTS if values.keys().isdisjoint(SETTINGS) else _settings(values)
    rows = _rows(opened, values)
    if settings["format"] == "json":
        return _page(release, opened, rows, settings, raw)
    return table.answer(release, opened, rows, settings["format"], raw)


def open_dataset(release: Release, name: str) -> Opened:
    """Open a dataset, or say which ones there are."""
    if name in release:
        return release.dataset(name)
    near = get_close_matches(name, list(release), 1)
    hint = f"Did you mean {near[0]}?" if near else "See /api/v2/datasets"
    raise Missing(Problem(f"there is no dataset {name[:80]!r} in this release", do=hint))


def _settings(values: Mapping[str, str]) -> Mapping[str, Any]:
    """Read limit, offset, format, and what is to be done about withheld figures."""
    settings: dict[str, Any] = {"format": values.get("format", "json")}
    for name, word in WORDS.items():
        settings[name] = values.get(name, "")
        if settings[name] not in {"", word}:
            raise Stop(
                Problem(f"{settings[name][:40]!r} is no {name}", f"parameter {name}", f"Leave it out, or write {word}.")
            )
    if settings["format"] not in FORMATS:
        what = f"{settings['format'][:40]!r} is no format"
        raise Stop(Problem(what, "parameter format", f"One of: {', '.join(FORMATS)}"))
    for name, most in (("limit", LARGEST_PAGE), ("offset", 10**9)):
        text = values.get(name, str(DEFAULTS[name]))
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
            raise Stop(
                Problem(f"{text[:40]!r} is no {name}", f"parameter {name}", f"A whole number from 0 to {most:,}.")
            )
        settings[name] = int(text)
    return settings


def _rows(opened: Opened, values: Mapping[str, str]) -> Rows:
    """Find the rows that are asked for."""
    try:
        # PERF: nearly always one code of each dimension is asked for, and has rows: 2.4 us where reading every
        # list of codes first takes 4.7 (bench/answers.py, v2 figure).
        return opened.find({name: (text,) for name, text in values.items()})
    except KeyError:
        wanted = _wanted(opened, values)
        return opened.find(wanted) if all(wanted.values()) else range(0)


def _wanted(opened: Opened, values: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """Read the codes of each dimension; a code that exists nowhere is refused with the nearest that does."""
    wanted: dict[str, Sequence[str]] = {}
    for name in opened.keys:
        if name not in values:
            continue
        known, text = opened.numbers[name], values[name]
        # A code can hold a comma itself, where titles stand for codes.
        codes = [text] if text in known else text.split(",")
        for code in codes:
            if code not in known and not _exists(opened, name, code):
                near = get_close_matches(code, list(known), 3, 0.5) or list(known)[:5]
                hint = f"Its codes here are such as {', '.join(near)}"
                raise Stop(Problem(f"{code[:80]!r} is not a code of {name}", f"parameter {name}", hint))
        wanted[name] = [code for code in codes if code in known]
    return wanted


def _exists(opened: Opened, name: str, code: str) -> bool:
    if name == "measure":
        return any(measure.name == code for measure in opened.dataset.measures)
    return code in opened.dataset.dimension(name).codes


def _page(release: Release, opened: Opened, rows: Rows, settings: Mapping[str, Any], raw: bytes) -> Answer:
    name, total = opened.dataset.name, len(rows)
    offset, limit = settings["offset"], settings["limit"]
    content: dict[str, Any] = {"dataset": name, "release": release.number, "total": total}
    if 0 < limit < total - offset:
        kept = [part for part in raw.decode("ascii", "replace").split("&") if part and not part.startswith("offset=")]
        content["next"] = f"/api/v2/datasets/{name}/observations?{'&'.join([*kept, f'offset={offset + limit}'])}"
    make = coarser.maker(opened, coarsen=not settings["coarsen"], any_quality=bool(settings["quality"]))
    entries = content["observations"] = list(map(make, rows[offset : offset + limit]))
    return found(content, {entry.status for entry in entries}, table.headers(release, name))
