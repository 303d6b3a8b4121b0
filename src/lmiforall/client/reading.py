"""JSON as the service sends it -> typed answers; what isn't as expected raises KeyError, TypeError or ValueError."""

from collections.abc import Mapping
from typing import Any

from lmiforall.client.answers import (
    Crosswalk,
    CrosswalkStep,
    CrosswalkTarget,
    DatasetInfo,
    DatasetSummary,
    Deciles,
    DimensionInfo,
    Interval,
    Observation,
    Occupation,
    Part,
    Quality,
    Rating,
    ReleaseInfo,
    Reply,
    Weighted,
    YearFigure,
)

# What v2 says of every figure; all else in a row is its codes, or the fields of a record.
_SAID = ("value", "unit", "status", "mark", "withheld_by", "quality", "interval", "origin", "measure", "instead_of")


def crosswalk(said: Mapping[str, Any]) -> Crosswalk:
    """Read what a code is in another classification."""
    return Crosswalk(
        code=said["from"]["code"],
        title=said["from"]["title"],
        targets=tuple(CrosswalkTarget(**target) for target in said["targets"]),
        way=tuple(
            CrosswalkStep(one["from"], one["to"], one["basis"], one["meaning"], one["dataset"]) for one in said["way"]
        ),
        why=said.get("why", ""),
        **{name: said[name] for name in ("relation", "left_out", "arrives", "returns", "quality")},
    )


def observation(said: Mapping[str, Any]) -> Observation:
    """Read a row of v2."""
    quality, interval = said.get("quality"), said.get("interval")
    return Observation(
        row={name: value for name, value in said.items() if name not in _SAID},
        status=said["status"],
        origin=said["origin"],
        measure=said.get("measure", ""),
        value=said.get("value"),
        unit=said.get("unit", ""),
        mark=said.get("mark", ""),
        withheld_by=said.get("withheld_by", ""),
        quality=Quality(quality["kind"], quality["value"], quality.get("mark", "")) if quality else None,
        instead_of=said.get("instead_of", {}),
        interval=Interval(interval["lower"], interval["upper"], interval["level"]) if interval else None,
    )


def release(said: Mapping[str, Any]) -> ReleaseInfo:
    """Read which release it is."""
    return ReleaseInfo(said["release"], said["kind"], said["rows"])


def summary(said: Mapping[str, Any]) -> DatasetSummary:
    """Read a line of the list of datasets."""
    return DatasetSummary(**{name: said[name] for name in ("name", "title", "summary", "kind", "rows")})


def dataset(said: Mapping[str, Any]) -> DatasetInfo:
    """Read what a dataset is."""
    dimensions = tuple(
        DimensionInfo(
            one["name"],
            one.get("label", ""),
            one.get("default", ""),
            {code["code"]: code["title"] for code in one["codes"]},
        )
        for one in said["dimensions"]
    )
    return DatasetInfo(said["name"], said["title"], said["summary"], said["release"], dimensions, said)


def figures(entries: Any, name: str) -> tuple[YearFigure, ...]:
    """Read the years of a series."""
    return tuple(YearFigure(entry["year"], entry[name]) for entry in entries)


def occupation(said: Mapping[str, Any]) -> Occupation:
    """Read an occupation."""
    return Occupation(
        soc=said["soc"],
        title=said["title"],
        description=said.get("description", ""),
        qualifications=said.get("qualifications", ""),
        tasks=said.get("tasks", ""),
        job_titles=tuple(said.get("add_titles", ())),
    )


def occupations(reply: Reply) -> tuple[Occupation, ...]:
    """Read a list of occupations."""
    return tuple(map(occupation, reply.content))


def converted(reply: Reply) -> tuple[Weighted, ...]:
    """Read the codes of the other classification."""
    return tuple(Weighted(str(one["soc"]), one["title"], one["weight"]) for one in reply.content["codes"])


def deciles(reply: Reply) -> Deciles:
    """Read a distribution."""
    found = {int(place): value for place, value in reply.content["deciles"].items()}
    return Deciles(reply.content["median"], found, reply.statuses)


def parts(reply: Reply) -> tuple[Part, ...]:
    """Read a breakdown, which has years of codes, as codes of years."""
    found: dict[tuple[int, str], list[YearFigure]] = {}
    for year in reply.content["predictedEmployment"]:
        for one in year["breakdown"]:
            found.setdefault((one["code"], one["name"]), []).append(YearFigure(year["year"], one["employment"]))
    return tuple(Part(code, name, tuple(years)) for (code, name), years in found.items())


def demand(reply: Reply) -> YearFigure:
    """Read how many will be needed, and until when."""
    return YearFigure(reply.content["end_year"], reply.content["rate"])


def onet_occupations(reply: Reply) -> tuple[tuple[str, str], ...]:
    """Read O*NET occupations, code and title."""
    return tuple((one["code"], one["title"]) for one in reply.content["onetCodes"])


def skills(reply: Reply) -> tuple[Rating, ...]:
    """Read the skills of an O*NET occupation, scale by scale."""
    scales = reply.content["scales"]
    return tuple(
        Rating(scale["id"], one["id"], one["name"], one["value"]) for scale in scales for one in scale["skills"]
    )
