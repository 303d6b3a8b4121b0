"""A classification and a release -> its codes with their titles, and what to ask in place of one that it hasn't got."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from lmiforall.base.model import Scheme
from lmiforall.base.problem import Problem
from lmiforall.release.opened import Release
from lmiforall.serve.answer import Missing

# How open lists write that there is no code.
_NONE = "none"
_NEAR, _LISTED, _LONGEST = 3, 5, 80
# Nearer than this, a code or a title is worth naming.
_ALIKE = 0.7


class Coded:
    """One classification in a release."""

    def __init__(self, release: Release, scheme: Scheme) -> None:
        self.scheme = scheme
        self._release = release

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Each code's title; of a code that stands in an open list twice, the first."""
        scheme = self.scheme
        if scheme.codes:
            entries = scheme.codes.at_level(scheme.level) if scheme.level else scheme.codes.codes
            return {entry.code: entry.title for entry in entries}
        opened, titles = self._release.dataset(scheme.table), dict[str, str]()
        for row in range(opened.rows):
            titles.setdefault(opened.word(scheme.column, row), opened.text(scheme.titles, row))
        titles.pop(_NONE, None)
        return titles

    def find(self, asked: str, others: Iterable["Coded"]) -> str:
        """Find a code as it was asked for; one that isn't there is refused, with what to ask."""
        code = self.scheme.prefix + asked.rsplit("/", 1)[-1] if self.scheme.prefix else asked
        if code in self.titles:
            return code
        what = f"{asked[:_LONGEST]!r} is no {self.scheme.title}"
        raise Missing(Problem(what, "the path", self._instead(asked, others)))

    def _instead(self, asked: str, others: Iterable["Coded"]) -> str:
        """Name the units of a wider group, the classification that has the code, or the nearest."""
        if inside := [code for code in self.titles if self.scheme.level and asked and code.startswith(asked)]:
            more = " ..." if len(inside) > _LISTED else ""
            return f"It is a wider group: ask for {', '.join(inside[:_LISTED])}{more}"
        if theirs := [other.scheme.name for other in others if other is not self and asked in other.titles]:
            return f"It is one of {', '.join(theirs)}. A code here is {self.scheme.form}"
        if near := self._nearest(asked):
            return f"The nearest are {'; '.join(f'{code} {self.titles[code]}' for code in near)}"
        return f"A code is {self.scheme.form}"

    def _nearest(self, asked: str) -> Sequence[str]:
        """Find codes that look like what was asked, or whose titles do."""
        short = {code.removeprefix(self.scheme.prefix): code for code in self.titles}
        wanted = asked[:_LONGEST].rsplit("/", 1)[-1]
        if near := get_close_matches(wanted, list(short), _NEAR, _ALIKE):
            return [short[code] for code in near]
        by_title = {title.casefold(): code for code, title in self.titles.items()}
        return [by_title[near] for near in get_close_matches(wanted.casefold(), list(by_title), _NEAR, _ALIKE)]
