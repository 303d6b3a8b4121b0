"""GET .../census/jobs_breakdown?area=SW1A1AA -> the people of the small area around a place, by occupation.

A place is a postcode, or latitude and longitude: then the nearest postcode.
"""

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from lmiforall.base.endpoint import Surroundings
from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import nothing
from lmiforall.serve.answer import Answer, found

UNKNOWN = "This postcode isn't in the directory: is it new, or misspelt?"
NONE = "There are no figures of the area around this place: the tables are of England and Wales."
FAR = "There is no postcode near this place."

_POSTCODE = re.compile(r"(?P<outward>[A-Z]{1,2}\d[A-Z\d]?)\s*(?P<inward>\d[A-Z]{2})")
_POINT = re.compile(r"(?P<latitude>-?\d{1,2}(\.\d{1,20})?)\s*,\s*(?P<longitude>-?\d{1,3}(\.\d{1,20})?)")

# A place further than this from every postcode is at sea or abroad; the emptiest parts of Scotland are nearer.
MOST_KM = 20.0
KM_A_DEGREE = 111.2


def answer(release: Release, opened: Opened, ask: Surroundings, asked: Mapping[str, str]) -> Answer:
    """Answer with every occupation of the declared table, in the order of its codes."""
    postcodes = release.dataset(ask.postcodes)
    place = _place(postcodes, asked["area"])
    if isinstance(place, str):
        return nothing.of(ask, asked, place, ask.status)
    zone = postcodes.text(ask.zone, place)
    people = _people(opened, ask, zone)
    total = people.pop(opened.defaults["soc2010"], 0.0)
    if not total:
        return nothing.of(ask, asked, NONE, ask.status)
    parts = [
        {"socGroup": code, "description": _title(ask, code), "value": value, "percentage": percentage(value, total)}
        for code, value in people.items()
    ]
    area = _about(postcodes, release.dataset(ask.names), place)
    return found({"area": area, ask.total: total, ask.parts: parts}, {"direct"})


def percentage(part: float, whole: float) -> float:
    """Work out a percentage in the order in which the old service did, so that the last digit is the same."""
    return part / whole * 100


def _place(postcodes: Opened, area: str) -> int | str:
    """Give the row of the postcode, or of the one that is nearest to a point; or say why there is none."""
    if match := _POSTCODE.fullmatch(area.upper()):
        try:
            rows = postcodes.find({name: (text,) for name, text in match.groupdict().items()})
        except KeyError:
            return UNKNOWN
        return int(rows[0]) if len(rows) else UNKNOWN
    if match := _POINT.fullmatch(area):
        return _nearest(postcodes, float(match["latitude"]), float(match["longitude"]))
    do = "A postcode such as SW1A 1AA, or latitude and longitude such as 51.501,-0.142."
    raise Stop(Problem(f"{area[:40]!r} is no place", "parameter area", do))


def _nearest(postcodes: Opened, latitude: float, longitude: float) -> int | str:
    latitudes, longitudes = _points(postcodes)
    east = (longitudes - longitude) * math.cos(math.radians(latitude))
    squares = (latitudes - latitude) ** 2 + east**2
    row = int(np.nanargmin(squares))
    return row if math.sqrt(squares[row]) * KM_A_DEGREE <= MOST_KM else FAR


@cache
def _points(postcodes: Opened) -> tuple[Array, Array]:
    return np.ascontiguousarray(postcodes.array("latitude")), np.ascontiguousarray(postcodes.array("longitude"))


def _people(opened: Opened, ask: Surroundings, zone: str) -> dict[str, float]:
    """Give the people of each occupation and of all; none where the area isn't in the table."""
    try:
        rows = opened.find({"zone": (zone,), "measure": (ask.measure,)})
    except KeyError:
        return {}
    codes, values = opened.column("soc2010", rows), opened.column("value", rows)
    return {opened.words["soc2010"][code]: value for code, value in zip(codes, values, strict=True)}


def _title(ask: Surroundings, code: str) -> str:
    title = SOC2010.title_of(code)
    return title.upper() if ask.capitals else title


def _about(postcodes: Opened, names: Opened, row: int) -> dict[str, Any]:
    return {
        "latitude": postcodes.number("latitude", row),
        "longitude": postcodes.number("longitude", row),
        "district": _name(names, postcodes.text("district", row)),
        "ward": _name(names, postcodes.text("ward", row)),
    }


def _name(names: Opened, code: str) -> str:
    """Give the name of a ward or district; its code where the list of names is of another year."""
    try:
        rows = names.find({"area": (code,)})
    except KeyError:
        return code
    return names.text("title", int(rows[0])) if len(rows) else code
