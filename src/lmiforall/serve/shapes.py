"""An endpoint of the old API -> the JSON Schema of its answers."""

from collections.abc import Callable, Mapping
from typing import Any

from lmiforall.base import endpoint as words

Schema = dict[str, Any]

WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
TEXT: Schema = {"type": "string"}


def object_of(**properties: Schema) -> Schema:
    """Describe an object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def list_of(schema: Schema) -> Schema:
    """Describe a list of such."""
    return {"type": "array", "items": schema}


def shape(ask: words.Endpoint) -> Schema:
    """Give the schema of an endpoint's answer: what it has, or ``error`` in its place; of a list, none."""
    if isinstance(ask, words.NoData):
        return {"type": "array", "maxItems": 0} if ask.empty == "list" else NOTHING
    made = _SCHEMAS[type(ask)](ask)
    if ask.empty == "list" or isinstance(ask, words.Filters | words.Regions):
        return made
    empty = {key: {"type": "array", "maxItems": 0} for key in ask.lists}
    return {"anyOf": [made, NOTHING | {"properties": NOTHING["properties"] | empty}]}


NOTHING: Schema = {
    "type": "object",
    "properties": {"soc": WHOLE, "onetCode": TEXT, "error": TEXT},
    "required": ["error"],
    "additionalProperties": False,
}


def _series(ask: Any) -> Schema:
    broken_down = object_of(year=WHOLE, breakdown=list_of({"type": "object"}))
    year = {"anyOf": [object_of(year=WHOLE, **{ask.figure: WHOLE}), broken_down]}
    return object_of(soc=WHOLE, series=list_of(year))


def _distribution(_: Any) -> Schema:
    return object_of(median=NUMBER, deciles={"type": "object", "additionalProperties": NUMBER})


def _breakdown(_: Any) -> Schema:
    part = object_of(code=WHOLE, name=TEXT, employment=WHOLE)
    part["properties"]["note"] = TEXT
    return object_of(
        soc=WHOLE, breakdown=TEXT, predictedEmployment=list_of(object_of(year=WHOLE, breakdown=list_of(part)))
    )


def _record(ask: Any) -> Schema:
    return object_of(soc=WHOLE, **{key: list_of(TEXT) if key == "add_titles" else TEXT for key in ask.fields})


def _years(ask: Any) -> Schema:
    return list_of(object_of(year=WHOLE, **{ask.figure: NUMBER}))


def _filters(ask: Any) -> Schema:
    if ask.as_ashe:
        one = object_of(name=TEXT, codings=list_of(object_of(name=TEXT, value=WHOLE)))
    else:
        one = object_of(name=TEXT, description=TEXT, coding=list_of(object_of(code=WHOLE, description=TEXT)))
    return {"names": list_of(TEXT), "all": list_of(one), "one": one}[ask.give]


def _shortages(ask: Any) -> Schema:
    regional = {"region": object_of(name=TEXT, code=WHOLE)} if "{region}" in ask.path else {}
    return object_of(soc=WHOLE, year=WHOLE, **dict.fromkeys(ask.figures, NUMBER), **regional)


_NAMED = object_of(id=TEXT, name=TEXT)
_PART = object_of(socGroup=TEXT, description=TEXT, value=NUMBER, percentage=NUMBER)
_TITLED = object_of(soc=WHOLE, title=TEXT)

_SCHEMAS: Mapping[type[words.Endpoint], Callable[[Any], Schema]] = {
    words.Series: _series,
    words.Estimates: lambda ask: object_of(years=list_of(object_of(**{ask.figure: WHOLE}))),
    words.Changes: lambda _: object_of(soc=WHOLE, annual_changes=list_of(object_of(year=WHOLE, change=NUMBER))),
    words.Distribution: _distribution,
    words.Forecast: lambda _: object_of(
        soc=WHOLE, predictedEmployment=list_of(object_of(year=WHOLE, employment=WHOLE))
    ),
    words.Breakdown: _breakdown,
    words.Demand: lambda _: object_of(soc=WHOLE, start_year=WHOLE, end_year=WHOLE, rate=NUMBER),
    words.Lookup: _record,
    words.Search: lambda ask: list_of(_record(ask)),
    words.Years: lambda ask: object_of(soc=WHOLE, years=_years(ask)),
    words.YearsBrokenDown: lambda ask: object_of(
        soc=WHOLE, breakdownBy=TEXT, series=list_of(object_of(breakCode=WHOLE, breakName=TEXT, years=_years(ask)))
    ),
    words.Filters: _filters,
    words.Regions: lambda _: {"type": "object", "additionalProperties": WHOLE},
    words.ToOnet: lambda _: object_of(soc=WHOLE, onetCodes=list_of(object_of(code=TEXT, title=TEXT))),
    words.ToSoc: lambda _: list_of(object_of(onetCode=TEXT, socCodes=list_of(_TITLED))),
    words.Ratings: lambda ask: object_of(
        onetCode=TEXT,
        scales=list_of(object_of(id=TEXT, **{ask.key: list_of(object_of(id=TEXT, name=TEXT, value=NUMBER))})),
    ),
    words.Identifiers: lambda ask: object_of(**{key: list_of(_NAMED) for key in ask.groups}),
    words.ElementList: lambda _: list_of(object_of(shortname=TEXT, description=TEXT)),
    words.Ranked: lambda _: object_of(
        soc=WHOLE, infotype=TEXT, skills=list_of(object_of(name=TEXT, score=NUMBER, rank=WHOLE))
    ),
    words.Matches: lambda _: object_of(
        selection=object_of(skills={"type": "object", "additionalProperties": TEXT}),
        results=list_of(object_of(title=TEXT, likely_soc_codes=list_of(WHOLE))),
    ),
    words.Courses: lambda _: object_of(
        soc=WHOLE,
        years=list_of(object_of(year=TEXT, courses=list_of(object_of(name=TEXT, percentage=NUMBER)))),
    ),
    words.CourseList: lambda _: list_of(_NAMED),
    words.CourseOccupations: lambda _: list_of(
        object_of(year=TEXT, occupations=list_of(object_of(soc=WHOLE, title=TEXT, percentage=NUMBER)))
    ),
    words.Surroundings: lambda ask: object_of(
        area=object_of(latitude=NUMBER, longitude=NUMBER, district=TEXT, ward=TEXT),
        **{ask.total: NUMBER, ask.parts: list_of(_PART)},
    ),
    words.Shortages: _shortages,
    words.RankedShortages: lambda ask: list_of(object_of(soc=WHOLE, **dict.fromkeys(ask.figures, NUMBER))),
    words.Convert: lambda _: object_of(
        soc=WHOLE,
        **{"from": TEXT, "to": TEXT},
        codes=list_of(object_of(soc=WHOLE, title=TEXT, weight=NUMBER)),
    ),
}
