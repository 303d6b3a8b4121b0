"""Sheets with tables side by side and below each other -> blocks: labels beside the figures, headings above them.

Rule 1: rows and columns are found by the words beside and above them; a word that nobody knows stops the build.
Rule 2: a heading row has one word for a whole group of columns, or one for each column of it.
Rule 3: headings hold for the rows below them until the next headings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lmiforall.base.sheet import Block, Sheet

Codes = Mapping[str, str]
Labels = Mapping[str, Codes]


@dataclass(frozen=True)
class Panel:
    """A table on a sheet. ``labels`` is its column of labels, ``figures`` its groups of columns (``B:F H:J``).

    Rows whose labels are in ``rows`` hold figures; a label in ``above`` holds for the rows that follow it.
    ``tables`` names the table below each stack of headings in order (one name: below all of them), and is empty
    where a stack belongs to another panel. ``says`` is what holds for a column unless its headings say
    otherwise, ``title`` what the panel's own title must hold, ``first`` the row (from 1) where it begins.
    """

    labels: str
    figures: str
    rows: Labels
    tables: tuple[str, ...]
    above: Labels = field(default_factory=dict)
    fixed: Codes = field(default_factory=dict)
    says: Codes = field(default_factory=dict)
    title: str = ""
    first: int = 1


@dataclass(frozen=True)
class Words:
    """What words stand for: a ``label`` as it is looked up, a ``heading``, a ``corner`` above the labels.

    ``columns`` turns what the headings say of each column into its codes, without those that it can't name.
    """

    label: Callable[[str], str]
    heading: Callable[[str], Codes | None]
    corner: Callable[[str], Codes | None]
    columns: Callable[[Mapping[int, Codes]], dict[int, Codes]]


def blocks(sheet: Sheet, panel: Panel, words: Words) -> list[Block]:
    """Read one panel: a block for each table and set of columns, however often its headings stand on the sheet."""
    walk = _Walk(sheet, panel, words)
    title = sheet.text(0, walk.labels)
    if panel.title not in title:
        raise sheet.stop(f"the title {title!r} doesn't say {panel.title!r}", 0, walk.labels)
    for row in range(panel.first - 1, len(sheet.cells)):
        walk.take(row)
    if len(panel.tables) not in (1, walk.stacks):
        raise sheet.stop(f"{walk.stacks} tables stand below column {panel.labels}, not {len(panel.tables)}")
    return walk.blocks()


def column_of(letters: str) -> int:
    """Give the place of a column from its letters, from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


class _Walk:
    """Goes down a panel: ``heads`` are the heading rows that hold now, ``rows`` the rows of figures below them."""

    def __init__(self, sheet: Sheet, panel: Panel, words: Words) -> None:
        self.sheet, self.panel, self.words = sheet, panel, words
        self.labels = column_of(panel.labels)
        self.groups = [_columns(group) for group in panel.figures.split()]
        self.heads: list[int] = []
        self.rows: dict[int, Codes] | None = None
        self.context: Codes = {}
        self.stacks = 0
        self.found: dict[str, tuple[dict[int, Codes], dict[int, Codes], str]] = {}

    def take(self, row: int) -> None:
        label = self.words.label(self.sheet.text(row, self.labels))
        if label not in self.panel.rows:
            self._heading(row, label)
            return
        if self.panel.above and not self.context:
            raise self.sheet.stop("nothing above says what its table is of", row, self.labels)
        if self.rows is None:
            if not self.heads:
                raise self.sheet.stop("no heading stands above this row", row, self.labels)
            self.rows = self._below_headings()
        self.rows[row] = {**self.panel.rows[label], **self.context}

    def blocks(self) -> list[Block]:
        fixed = self.panel.fixed
        return [
            Block(self.sheet, rows, columns, {**fixed, "table": table}) for rows, columns, table in self.found.values()
        ]

    def _heading(self, row: int, label: str) -> None:
        """Take a row without figures: headings begin a new stack after figures, other texts say nothing."""
        self.context = self.panel.above.get(label, self.context)
        if not self._written(row) and self.words.corner(self.sheet.text(row, self.labels)) is None:
            return
        if self.rows is not None:
            self.rows, self.heads = None, []
        self.heads.append(row)

    def _written(self, row: int) -> bool:
        """Say whether anything stands in the panel's columns; a zero there is what a formula left behind."""
        line = self.sheet.cells[row]
        return any(line[place] not in ("", None, 0) for group in self.groups for place in group if place < len(line))

    def _below_headings(self) -> dict[int, Codes]:
        """Give the rows to which the headings belong; the same headings may have stood on the sheet before."""
        self.stacks += 1
        table = self.panel.tables[min(self.stacks, len(self.panel.tables)) - 1]
        if not table:
            return {}
        columns = self._named()
        rows, _, _ = self.found.setdefault(f"{table} {columns}", ({}, columns, table))
        return rows

    def _named(self) -> dict[int, Codes]:
        """Give the codes of each column, or stop at the first that its headings don't name."""
        said = {place: codes for group in self.groups for place, codes in self._said(group).items()}
        named = self.words.columns(said)
        for place in (place for place in said if place not in named):
            raise self.sheet.stop(f"its headings don't say what it is: {dict(said[place])}", self.heads[-1], place)
        return named

    def _said(self, group: range) -> dict[int, Codes]:
        """Put together what all headings say of each column of a group."""
        said: dict[int, dict[str, str]] = {place: {} for place in group}
        for row in self.heads:
            beside = self.words.corner(self.sheet.text(row, self.labels)) or {}
            for place, codes in self._heads_of(row, group).items():
                for name, code in (*beside.items(), *codes.items()):
                    if said[place].setdefault(name, code) != code:
                        raise self.sheet.stop(f"{name} is {code!r} here and {said[place][name]!r} above", row, place)
        return {place: {**self.panel.says, **codes} for place, codes in said.items()}

    def _heads_of(self, row: int, group: range) -> dict[int, Codes]:
        """Give what one heading row says: one word for the whole group, or one for each column of it."""
        texts = {place: text for place in group if (text := self.sheet.text(row, place)) not in ("", "0")}
        if len(texts) not in (0, 1, len(group)):
            what = f"{len(texts)} headings stand above {len(group)} columns"
            raise self.sheet.stop(what, row, min(texts), "Has a column come in?")
        words: dict[int, Codes] = {}
        for place, text in texts.items():
            known = self.words.heading(text)
            if known is None:
                raise self.sheet.stop(
                    f"nobody knows the heading {text!r}", row, place, "Has a row or a column come in?"
                )
            words[place] = known
        only = next(iter(words.values()), {})
        return words if len(words) == len(group) else dict.fromkeys(group, only)


def _columns(group: str) -> range:
    first, _, last = group.partition(":")
    return range(column_of(first), column_of(last or first) + 1)
