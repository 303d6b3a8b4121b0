"""GET .../datasets/{name}/observations -> rows of a dataset, unrounded, each with status and origin.

Rule 1: any dimension (and ``measure``) may be asked for by its codes, several joined by commas.
Rule 2: a parameter that nobody declared, and a code that doesn't exist, are refused.
Rule 3: a code that exists and has no figure here gives no row: that isn't "suppressed".
Rule 4: CSV and Parquet give the whole table, so that nobody has to page through it.
"""

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from lmiforall.base.problem import Problem, Stop
from lmiforall.base.sheet import a1
from lmiforall.release.opened import Opened, Release, Rows
from lmiforall.serve import query, table
from lmiforall.serve.answer import Answer, Missing, Stream, found

FORMATS = ("json", *table.FORMATS)
PAGE = 1000
LARGEST_PAGE = 10_000

SETTINGS = ("limit", "offset", "format")


def answer(release: Release, name: str, raw: bytes) -> Answer | Stream:
    """Answer a query on one dataset."""
    opened = open_dataset(release, name)
    given = query.pairs(raw)
    query.only_known(given, [*opened.keys, *SETTINGS])
    values = query.once(given)
    settings = _settings(values)
    wanted = _wanted(values, opened)
    if settings["format"] == "json":
        return _page(release, opened, _rows(opened, wanted), settings, raw)
    return table.answer(release, opened, _rows(opened, wanted), settings["format"], raw)


def open_dataset(release: Release, name: str) -> Opened:
    """Open a dataset, or say which ones there are."""
    if name in release:
        return release.dataset(name)
    near = get_close_matches(name, list(release), 1)
    hint = f"Did you mean {near[0]}?" if near else "See /api/v2/datasets"
    raise Missing(Problem(f"there is no dataset {name[:80]!r} in this release", do=hint))


def _settings(values: Mapping[str, str]) -> dict[str, Any]:
    """Read limit, offset and format."""
    settings: dict[str, Any] = {"format": values.get("format", "json")}
    if settings["format"] not in FORMATS:
        what = f"{settings['format'][:40]!r} is no format"
        raise Stop(Problem(what, "parameter format", f"One of: {', '.join(FORMATS)}"))
    for name, default, most in (("limit", PAGE, LARGEST_PAGE), ("offset", 0, 10**9)):
        text = values.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
            raise Stop(
                Problem(f"{text[:40]!r} is no {name}", f"parameter {name}", f"A whole number from 0 to {most:,}.")
            )
        settings[name] = int(text)
    return settings


def _wanted(values: Mapping[str, str], opened: Opened) -> Mapping[str, Sequence[str]]:
    """Read the codes of each dimension; a code that exists nowhere is refused with the nearest that does."""
    wanted = {}
    for name in opened.keys:
        if name not in values:
            continue
        codes, known = values[name].split(","), opened.numbers[name]
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


def _rows(opened: Opened, wanted: Mapping[str, Sequence[str]]) -> Rows:
    if any(not codes for codes in wanted.values()):
        return range(0)
    return opened.find(wanted)


def _page(release: Release, opened: Opened, rows: Rows, settings: Mapping[str, Any], raw: bytes) -> Answer:
    name, total = opened.dataset.name, len(rows)
    offset, limit = settings["offset"], settings["limit"]
    one = _figure if opened.dataset.of_figures else _record
    content: dict[str, Any] = {"dataset": name, "release": release.number, "total": total}
    if 0 < limit < total - offset:
        kept = [part for part in raw.decode("ascii", "replace").split("&") if part and not part.startswith("offset=")]
        content["next"] = f"/api/v2/datasets/{name}/observations?{'&'.join([*kept, f'offset={offset + limit}'])}"
    content["observations"] = [one(opened, int(row)) for row in rows[offset : offset + limit]]
    statuses = {str(entry["status"]) for entry in content["observations"]}
    return found(content, statuses, table.headers(release, name))


def _figure(opened: Opened, row: int) -> dict[str, Any]:
    """Give one figure with its codes, unit, status, quality or interval, and origin."""
    arrays, dataset = opened.arrays, opened.dataset
    entry: dict[str, Any] = {name: opened.word(name, row) for name in opened.keys}
    measure = dataset.measure(entry["measure"])
    entry |= {"value": opened.number("value", row), "unit": measure.unit, "status": opened.word("status", row)}
    if mark := opened.word("mark", row):
        entry["mark"] = mark
    if "withheld_by" in arrays and (rule := opened.word("withheld_by", row)):
        entry["withheld_by"] = rule
    if measure.quality and "quality" in arrays:
        entry["quality"] = {"kind": measure.quality, "value": opened.number("quality", row)}
        if sign := opened.word("quality_mark", row):
            entry["quality"]["mark"] = sign
    if "lower" in arrays:
        entry["interval"] = {
            "lower": opened.number("lower", row), "upper": opened.number("upper", row), "level": 0.95,
        }  # fmt: skip
    entry["origin"] = _origin(opened, row)
    return entry


def _origin(opened: Opened, row: int) -> dict[str, Any]:
    if "file" not in opened.arrays:
        return {"method": opened.entry["method"], "inputs": opened.entry["inputs"]}
    place = {"file": opened.word("file", row), "sheet": opened.word("sheet", row)}
    if "column" in opened.arrays:
        return place | {"cell": _cell(opened, row)}
    return place | {"row": opened.views["row"][row]}


def _cell(opened: Opened, row: int) -> str:
    return a1(opened.views["row"][row] - 1, opened.views["column"][row] - 1)


def _record(opened: Opened, row: int) -> dict[str, Any]:
    """Give one record with its codes, fields, status and origin; a field that isn't here is named as such."""
    entry: dict[str, Any] = {name: opened.word(name, row) for name in opened.dimensions}
    for field in opened.dataset.fields:
        if field.name not in opened.arrays:
            continue
        if field.kind == "number":
            entry[field.name] = opened.number(field.name, row)
        else:
            text = opened.text(field.name, row)
            entry[field.name] = json.loads(text) if field.kind == "texts" else text
    return entry | {"status": opened.word("status", row), "origin": _origin(opened, row)}
