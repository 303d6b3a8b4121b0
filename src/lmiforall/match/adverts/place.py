"""What an advert says of its place -> the local authority of today and the region, by their official codes.

A postcode's district is laid to the authority in which its middle lies (dataset ``area_lookups``): an approximation.
How far places are from each other is told by these middles, too; that of a town or an authority is the mean of its
districts'.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import Any

import polars as pl

Tables = Mapping[str, pl.DataFrame]
NEEDED = ("local_authorities", "area_lookups")

# SOURCE: Royal Mail's postcodes: a district is one or two letters, a number, and in parts of London one letter more.
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d{1,2}[A-Z]?)(?:\s*\d[A-Z]{2})?\b")
_AROUND = re.compile(
    r"\b(?:city|town) centre$|^(?:greater|central|north|south|east|west|inner|outer) (?=london)|^city of (?!london)"
)
_PIECES = re.compile(r"[,;|/()\n]| - ")
# Of a town's districts so many must lie in one authority, or its name says too little.
MOSTLY = 0.75
# SOURCE: IUGG: the mean radius of the earth is 6,371.0 km; a mile is 1.609344 km.
RADIUS_MILES = 6371.0 / 1.609344
# The one region that is a town, too: whoever says it means its middle.
CITY = "london"
# SOURCE: ONS's codes of the nations; regions have names of their own in the lookup.
NATIONS = {"wales": "W92000004", "scotland": "S92000003", "northern ireland": "N92000002"}


@dataclass(frozen=True)
class Place:
    """A local authority and its region; both empty where nothing is known."""

    area: str = ""
    region: str = ""


NOWHERE = Place()
# Latitude and longitude, in degrees.
Point = tuple[float, float]


class Places:
    """Looks up places by postcode districts and by names.

    The names are those of authorities, counties, combined authorities, regions, and towns that districts are called by.
    """

    def __init__(
        self, districts: Mapping[str, Place], names: Mapping[str, Place], points: Mapping[str, Point] | None = None
    ) -> None:
        """Take places by district and by name; ``points`` are of districts, names and authorities' codes."""
        self._districts, self._names, self._points = districts, names, points or {}
        self._areas = {place.area: place for place in districts.values()}
        # PERF: adverts of one town tell their place in few ways; each is looked up once.
        self.point = lru_cache(16_384)(self._point)

    def find(self, place: str, postcode: str = "") -> Place:
        """Look a place up, by its postcode, else by its names: the first, unless what stands after it disagrees."""
        for text in (postcode, place):
            for district in _POSTCODE.findall(text.upper()):
                if there := self._districts.get(district):
                    return there
        found = [self._names[name] for piece in _PIECES.split(place) if (name := _plain(piece)) in self._names]
        if not found:
            return NOWHERE
        # Newport, Isle of Wight is not the Newport that is an authority.
        agree = len({one.region for one in found}) == 1
        return next((one for one in found if one.area), found[0]) if agree else found[-1]

    def around(self, point: Point, miles: float) -> list[str]:
        """Give the authorities and regions in which something lies that is so near, as their codes."""
        near = [name for name, there in self._points.items() if apart(point, there) <= miles]
        found = (self._districts.get(name) or self._names.get(name) or self._areas.get(name, NOWHERE) for name in near)
        return sorted({there.area or there.region for there in found} - {""})

    def _point(self, place: str, postcode: str) -> Point | None:
        """Give the middle of a place: of its postcode district, else of its town, else of its authority."""
        for district in _POSTCODE.findall(f"{postcode}\n{place}".upper()):
            if district in self._districts:
                return self._points.get(district)
        there = self.find(place)
        named = (name for piece in _PIECES.split(place) if self._names.get(name := _plain(piece)) == there)
        return next((self._points[name] for name in named if name in self._points), self._points.get(there.area))


def apart(one: Point, other: Point) -> float:
    """Work out how many miles lie between two points, as the crow flies (haversine)."""
    (low, left), (high, right) = ((math.radians(degrees) for degrees in point) for point in (one, other))
    half = math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin((right - left) / 2) ** 2
    return 2 * RADIUS_MILES * math.asin(math.sqrt(half))


def places(tables: Tables) -> Places:
    """Read the lookups of a release."""
    authorities = tables["local_authorities"].to_dicts()
    codes = {row["area"]: Place(row["now"], _region(row)) for row in authorities}
    named = _authorities(authorities, codes)
    rows = tables["area_lookups"].filter(pl.col("kind") == "postcode_district").to_dicts()
    districts = {row["area"]: codes[row["within"]] for row in rows if row["within"] in codes}
    names = {**_towns(rows, districts), **_wider(authorities), **named}
    return Places(districts, names, _points(rows, districts, names))


def _points(rows: list[dict[str, Any]], districts: Mapping[str, Place], names: Mapping[str, Place]) -> dict[str, Point]:
    """Give the middles of districts, towns and authorities; none where a release of before has none."""
    found: dict[str, list[Point]] = defaultdict(list)
    for row in rows:
        if row["area"] in districts and row.get("latitude") is not None:
            here, town = districts[row["area"]], _plain(row["name"])
            meant = names.get(town, NOWHERE)
            # There is a Newport in Wales, and one on the Isle of Wight: a name means one of them.
            own = [town] if meant in (here, Place(region=here.region)) else []
            own += [CITY] if names.get(CITY) == Place(region=here.region) else []
            for name in (row["area"], here.area, *own):
                found[name].append((row["latitude"], row["longitude"]))
    return {name: (fmean(one for one, _ in points), fmean(one for _, one in points)) for name, points in found.items()}


def _region(row: Mapping[str, str]) -> str:
    return row["region"] or row["nation"]


def _authorities(rows: list[dict[str, str]], codes: Mapping[str, Place]) -> dict[str, Place]:
    """Name authorities as people do: Bristol, City of is Bristol; a former one leads to that of today."""
    found = {}
    for row in sorted(rows, key=lambda row: row["current"] == "TRUE"):
        for name in (row["name"], row["name"].partition(",")[0], row["name"].removesuffix(" City")):
            found[_plain(name)] = codes[row["area"]]
    return found


def _wider(rows: list[dict[str, str]]) -> dict[str, Place]:
    """Name regions, and the counties and combined authorities that lie in one."""
    regions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in (row["region_name"], row["upper_tier_name"], row["combined_authority_name"]):
            if name:
                regions[_plain(name)].add(_region(row))
    found = {name: Place(region=next(iter(codes))) for name, codes in regions.items() if len(codes) == 1}
    return found | {name: Place(region=code) for name, code in NATIONS.items()}


def _towns(rows: list[dict[str, str]], districts: Mapping[str, Place]) -> dict[str, Place]:
    towns: dict[str, Counter[Place]] = defaultdict(Counter)
    for row in rows:
        if row["name"] and row["area"] in districts:
            towns[_plain(row["name"])][districts[row["area"]]] += 1
    most = {town: counted.most_common(1)[0] for town, counted in towns.items()}
    return {town: place for town, (place, count) in most.items() if count >= MOSTLY * towns[town].total()}


def _plain(name: str) -> str:
    folded = " ".join(name.casefold().replace("&", " and ").replace(".", " ").replace("-", " ").split())
    return _AROUND.sub("", folded).strip()
