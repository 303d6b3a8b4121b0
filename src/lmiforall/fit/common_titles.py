"""Job titles of two classifications -> the titles that both have, and which groups of either have each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lmiforall.fit.links import Floats, matrix, parts

Titled = Iterable[tuple[str, str]]

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, eq=False)
class Common:
    """Two matrices of groups by titles, 1 where the group has the title; ``titles`` are the columns of both."""

    titles: Sequence[str]
    one: Floats
    other: Floats

    def swapped(self) -> "Common":
        """Give the same, seen from the other classification."""
        return Common(self.titles, self.other, self.one)

    def counts(self) -> Floats:
        """Count for each pair of groups the titles that both have."""
        counted: Floats = self.one @ self.other.T
        return counted

    def credit(self) -> Floats:
        """Give each of a group's titles to the other classification's groups that have it, in equal parts."""
        credited: Floats = self.one @ parts(self.other.T)
        return credited


def common(one: Titled, other: Titled, one_groups: Sequence[str], other_groups: Sequence[str]) -> Common:
    """Find the titles that both have, once for each group; pairs are of group and title."""
    plain_one, plain_other = _plain_pairs(one), _plain_pairs(other)
    titles = sorted({title for _, title in plain_one} & {title for _, title in plain_other})
    known = set(titles)
    return Common(
        titles,
        *(
            matrix((pair for pair in pairs if pair[1] in known), groups, titles)
            for pairs, groups in ((plain_one, one_groups), (plain_other, other_groups))
        ),
    )


def plain(title: str) -> str:
    """Bring a title to the form in which it is compared: lower case, no brackets, the last word in the singular."""
    text = _IN_BRACKETS.sub(" ", title.casefold()).replace("&", " and ").replace("'", "")
    words = _BETWEEN_WORDS.sub(" ", text).split()
    if words and words[-1].endswith("s") and not words[-1].endswith("ss"):
        words[-1] = words[-1][:-1]
    return " ".join(words)


def _plain_pairs(pairs: Titled) -> set[tuple[str, str]]:
    return {(group, found) for group, title in pairs if (found := plain(title))}
