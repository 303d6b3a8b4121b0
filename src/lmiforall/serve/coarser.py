"""A row whose figure is withheld -> the figure of the nearest wider group, which says for what it stands in.

Rule 1: first wider occupations, up to the major group; then the wider area; then one filter is dropped; then all.
Rule 2: a figure withheld for quality is given to who asks for any quality, and to nobody else.
Rule 3: where no wider group has a figure, the row is given without one, and its status says why.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from lmiforall.base.code_list import CodeList
from lmiforall.base.status import Status
from lmiforall.release.opened import Opened
from lmiforall.serve import row
from lmiforall.serve.row import Entry, Maker

WITHHELD = frozenset({str(Status.SUPPRESSED), str(Status.UNRELIABLE)})
AREAS = ("area", "region")


@cache
def maker(opened: Opened, *, coarsen: bool, any_quality: bool) -> Maker:
    """Prepare what makes an entry of an answer; withheld figures are stood in for where ``coarsen`` says so."""
    plain = row.maker(opened)
    if not opened.dataset.of_figures:
        return plain
    ladder = _Ladder(opened)

    def make(number: int) -> Entry:
        entry: Any = plain(number)
        if entry.status not in WITHHELD:
            return entry  # type: ignore[no-any-return]
        # A missing figure is NaN here; one that a rule of ours calls too uncertain is still there.
        if entry.value == entry.value and (any_quality or not _rule(entry)):
            return entry  # type: ignore[no-any-return]
        wider = ladder.wider(number) if coarsen else None
        if wider is not None:
            return _instead(plain(wider), entry, opened)
        return _blank(entry)

    return make


def _instead(wider: Any, asked: Any, opened: Opened) -> Entry:
    """Say for what a wider group's figure stands: the codes that were asked for, and why they have none."""
    said = {name: code for name in opened.dimensions if (code := getattr(asked, name)) != getattr(wider, name)}
    why = {"status": asked.status, "mark": asked.mark, "withheld_by": _rule(asked)}
    wider.instead_of = said | {name: word for name, word in why.items() if word}
    return wider  # type: ignore[no-any-return]


def _rule(entry: Any) -> str:
    rule: str = getattr(entry, "withheld_by", "")
    return rule


def _blank(entry: Any) -> Entry:
    """Take figure and interval away; what a publisher says of the figure's quality stays, as its sign does."""
    entry.value = None
    if hasattr(entry, "interval"):
        entry.interval = None
    return entry  # type: ignore[no-any-return]


class _Ladder:
    """Climbs from one row to rows of wider groups."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        dimensions = opened.dataset.dimensions
        self._occupation = next((one.name for one in dimensions if one.name.startswith("soc")), "")
        self._areas = [one.name for one in dimensions if one.name in AREAS]
        self._filters = [
            one.name for one in reversed(dimensions) if one.default and one.name not in {self._occupation, *AREAS}
        ]

    def wider(self, number: int) -> int | None:
        """Give the row of the nearest wider group that has a figure to give."""
        own = {name: self._opened.word(name, number) for name in self._opened.keys}
        for changed in self._rungs(own):
            found = self._usable({**own, **changed})
            if found is not None:
                return found
        return None

    def _rungs(self, own: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        occupations = [{}, *({self._occupation: code} for code in self._climb(self._occupation, own))]
        areas = [{}, *({name: code} for name in self._areas for code in self._climb(name, own))]
        dropped = [{name: self._opened.defaults[name]} for name in self._filters]
        every = [{name: code for one in dropped for name, code in one.items()}] if len(dropped) > 1 else []
        for less, area, occupation in product([{}, *dropped, *every], areas, occupations):
            yield {**occupation, **area, **less}

    def _climb(self, name: str, own: Mapping[str, str]) -> Sequence[str]:
        """Give the wider codes of a code, the nearest first; all occupations together are no wider group of one."""
        if not name:
            return ()
        codes = self._opened.dataset.dimension(name).codes
        found, default = [], self._opened.defaults.get(name, "")
        if isinstance(codes, CodeList):
            code = codes.by_code[own[name]].parent
            while code and code not in {codes.whole, default}:
                found.append(code)
                code = codes.by_code[code].parent
        if name != self._occupation and default and own[name] != default:
            found.append(default)
        return found

    def _usable(self, wanted: Mapping[str, str]) -> int | None:
        opened = self._opened
        if any(code not in opened.numbers[name] for name, code in wanted.items()):
            return None
        rows = opened.find({name: (code,) for name, code in wanted.items()})
        if not len(rows) or opened.number("value", rows[0]) is None or opened.word("status", rows[0]) in WITHHELD:
            return None
        return int(rows[0])
