"""The codes that a dimension may take: a closed list with titles and parents, or an open pattern."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Code:
    """``level`` counts from 0 at the widest (``all``); ``parent`` is a code of the same list, or empty."""

    code: str
    title: str
    level: int = 0
    parent: str = ""


@dataclass(frozen=True)
class CodeList:
    """A classification, or a part of one, in its publisher's order.

    ``levels`` names each level from wide to narrow; ``whole`` is the code that stands for everything.
    """

    name: str
    title: str
    codes: tuple[Code, ...]
    levels: tuple[str, ...] = ("code",)
    whole: str = ""

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """Each code's entry; building it refuses a code that stands in the list twice."""
        found = {entry.code: entry for entry in self.codes}
        if len(found) != len(self.codes):
            raise ValueError(f"code list {self.name} holds a code twice")
        return found

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def title_of(self, code: str) -> str:
        """Give the title; KeyError for a code that isn't in the list."""
        return self.by_code[code].title

    def at_level(self, level: str) -> tuple[Code, ...]:
        """Give the codes of one level, by the level's name."""
        depth = self.levels.index(level)
        return tuple(entry for entry in self.codes if entry.level == depth)

    @cached_property
    def by_title(self) -> Mapping[str, str]:
        """Code by title, lower-cased and with single spaces; for sources that print titles only."""
        return {_plain(entry.title): entry.code for entry in self.codes}

    def code_of(self, title: str) -> str | None:
        """Find a code by its title, whatever the case and the spacing."""
        return self.by_title.get(_plain(title))


@dataclass(frozen=True)
class Pattern:
    """An open list: any code of this form, such as a year or a month, is known.

    Next year's edition then needs no change here.
    """

    name: str
    title: str
    form: str
    levels: tuple[str, ...] = field(default=("code",))
    whole: str = ""

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(self.form)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._form.fullmatch(code) is not None

    def title_of(self, code: str) -> str:
        """An open code is its own title."""
        return code


def listed(name: str, title: str, pairs: Iterable[tuple[str, str]], whole: str = "") -> CodeList:
    """Declare a short flat list in code: pairs of code and title."""
    return CodeList(name, title, tuple(Code(code, text) for code, text in pairs), whole=whole)


def from_csv(path: Path, name: str, title: str, levels: tuple[str, ...], whole: str = "") -> CodeList:
    """Read a list from a CSV beside its declaration: columns ``code,title,level,parent``.

    The file holds codes and titles only; ``level`` is a name out of ``levels``.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        codes = tuple(
            Code(row["code"], row["title"], levels.index(row["level"]), row["parent"]) for row in csv.DictReader(stream)
        )
    return CodeList(name, title, codes, levels, whole)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
