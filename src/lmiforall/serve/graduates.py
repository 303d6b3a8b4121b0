"""GET .../hesa/courses/3113 -> what graduates in an occupation had studied; and where those of a subject went."""

import re
from collections.abc import Mapping
from typing import Any

from lmiforall.base.endpoint import CourseList, CourseOccupations, Courses
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.release.opened import Opened
from lmiforall.serve import nothing, occupation
from lmiforall.serve.answer import Answer, found

NONE = "There are no graduates in this occupation, or too few to tell."
SEVERAL = "No figure is of several subjects at once: ask for one."

# SOURCE: recorded answer hesa_courses_3113: the code stands in brackets before the name.
_SUBJECT = re.compile(r"\((?P<id>\w+)\) (?P<name>.+)")


def courses(opened: Opened, ask: Courses, asked: Mapping[str, str]) -> Answer:
    """Answer year by year; where there is nothing with another status than 200, for clients take the last year."""
    soc = occupation.code(asked)
    years, statuses = _by_year(opened, {occupation.DIMENSION: soc, "measure": ask.measure}, "subject")
    if not years:
        return nothing.of(ask, asked, NONE, ask.status)
    content = [
        {"year": year, "courses": [{"name": name, "percentage": value} for name, value in years[year]]}
        for year in sorted(years)
    ]
    return found({"soc": int(soc), "years": content}, statuses)


def course_list(opened: Opened, _: CourseList, __: Mapping[str, str]) -> Answer:
    """Answer with every subject's code and name."""
    return found([{"id": one["id"], "name": one["name"]} for one in map(_subject, opened.codes("subject"))])


def occupations(opened: Opened, ask: CourseOccupations, asked: Mapping[str, str]) -> Answer:
    """Answer year by year with the occupations of a subject's graduates, most of them first."""
    wanted = {piece.strip() for piece in asked["courses"].split(",")}
    subjects = [text for text in opened.words["subject"] if _subject(text)["id"] in wanted]
    if len(subjects) != 1:
        return found([], headers=(("X-LMI-Note", SEVERAL),) if subjects else ())
    years, statuses = _by_year(opened, {"subject": subjects[0], "measure": ask.measure}, occupation.DIMENSION)
    content: list[dict[str, Any]] = []
    for year in sorted(years):
        ordered = sorted(years[year], key=lambda part: (-part[1], part[0]))
        parts = [{"soc": int(soc), "title": SOC2010.title_of(soc), "percentage": value} for soc, value in ordered]
        content.append({"year": year, "occupations": parts})
    return found(content, statuses)


def _by_year(
    opened: Opened, wanted: Mapping[str, str], dimension: str
) -> tuple[dict[str, list[tuple[str, float]]], set[str]]:
    """Give for each year the codes of a dimension that have a value, with it; and the statuses of all."""
    found: dict[str, list[tuple[str, float]]] = {}
    codes, years, statuses = opened.words[dimension], opened.words["year"], opened.words["status"]
    met = set()
    rows = occupation.columns(
        opened, {name: (code,) for name, code in wanted.items()}, dimension, "year", "value", "status"
    )
    for code, year, value, status in rows:
        if value == value:  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
            found.setdefault(years[year], []).append((codes[code], value))
            met.add(statuses[status])
    return found, met


def _subject(text: str) -> Mapping[str, str]:
    match = _SUBJECT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no subject")
    return match.groupdict()
