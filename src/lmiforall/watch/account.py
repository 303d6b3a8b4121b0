"""The numeric cells of a file, and what is served from it -> what became of each cell: an Account.

Rule 1: a cell is counted once, however many datasets read its file.
Rule 2: a cell is equal, or served as the code of its row, or withheld by a rule that has a name, or left out by a
declaration that says why; whatever else there is, is a finding.
Rule 3: a figure that is served from a place where no number stands is a finding, too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from lmiforall.base.sheet import a1, as_text
from lmiforall.watch import other_readers
from lmiforall.watch.left_out import Excuses

# So many findings of a dataset are spelt out; the rest are counted.
SHOWN = 20

Place = tuple[str, str]


@dataclass
class Account:
    """What became of numeric cells; ``codes`` are those that are served as a code or text of their row."""

    cells: int = 0
    equal: int = 0
    codes: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    findings: int = 0
    shown: list[str] = field(default_factory=list)

    def found(self, what: str) -> None:
        """Count a finding, and keep the first ones to show."""
        self.findings += 1
        if len(self.shown) < SHOWN:
            self.shown.append(what)

    def add(self, other: "Account") -> None:
        """Add the account of another file."""
        self.cells += other.cells
        self.equal += other.equal
        self.codes += other.codes
        self.withheld += other.withheld
        self.left_out += other.left_out
        self.findings += other.findings
        self.shown += other.shown[: SHOWN - len(self.shown)]

    @property
    def adds_up(self) -> bool:
        """Whether what is accounted for are all numeric cells."""
        return self.equal + self.codes + self.withheld.total() + self.left_out.total() == self.cells


@dataclass
class Served:
    """What one dataset serves from one file.

    ``cells`` holds for each place (sheet, cell) the value as the answer prints it and the rule that withheld it;
    ``codes`` for each (sheet, row) the texts of the row that look like numbers.
    """

    cells: dict[Place, tuple[str, str]]
    codes: Mapping[tuple[str, int], Set[str]]


@dataclass(frozen=True)
class Reading:
    """A dataset's reading of one file: what it serves from there."""

    dataset: str
    served: Served


def of_file(
    path: str, pages: Sequence[other_readers.Page], dialect: str, readings: Sequence[Reading], excuses: "Reasons"
) -> dict[str, Account]:
    """Go through a file cell by cell; give an account to each dataset that reads it."""
    desk = _Desk(path, dialect, readings, excuses)
    for page in pages:
        for row, column, cell, value in _numbers(page, dialect):
            desk.settle(page, row, column, cell, value)
    desk.look_for_strays()
    return desk.accounts


class Reasons:
    """Why a cell is left out, by the declarations of each dataset that reads the file."""

    def __init__(self, rules: Mapping[str, Excuses]) -> None:
        self._rules = rules

    def because(self, page: other_readers.Page, row: int, column: int, value: float) -> tuple[str, str] | None:
        """Give the first dataset that leaves the cell out, and its reason."""
        for dataset, excuses in self._rules.items():
            if reason := excuses.because(page, row, column, value):
                return dataset, reason
        return None


class _Desk:
    """Settles one cell after another; what is settled is taken out of what is served."""

    def __init__(self, path: str, dialect: str, readings: Sequence[Reading], excuses: Reasons) -> None:
        self.path, self.dialect, self.readings, self.excuses = path, dialect, readings, excuses
        self.accounts = {reading.dataset: Account() for reading in readings}

    def settle(self, page: other_readers.Page, row: int, column: int, cell: object, value: float) -> None:
        place = (page.name, a1(row, column))
        serving = [reading for reading in self.readings if place in reading.served.cells]
        if serving:
            self._served(place, value, serving)
        elif coded := self._as_code(page.name, row, cell):
            self._count(coded).codes += 1
        elif left := self.excuses.because(page, row, column, value):
            self._count(left[0]).left_out[left[1]] += 1
        else:
            account = self._count(self.readings[0].dataset)
            account.found(f"{self._at(place)}: {value!r} is published, and nothing is served")

    def look_for_strays(self) -> None:
        """Find figures that are served from places where no number stands."""
        for reading in self.readings:
            for place, (value, _) in reading.served.cells.items():
                if value:
                    what = f"{self._at(place)}: {value} is served, and no number stands there"
                    self.accounts[reading.dataset].found(what)

    def _served(self, place: Place, value: float, serving: Sequence[Reading]) -> None:
        """Hold a cell against every dataset that serves it; it is counted for the first."""
        for turn, reading in enumerate(serving):
            account = self.accounts[reading.dataset]
            account.cells += turn == 0
            given, rule = reading.served.cells.pop(place)
            if given and float(given) == value:
                account.equal += turn == 0
            elif rule and not given:
                account.withheld[rule] += turn == 0
            else:
                account.found(f"{self._at(place)}: {value!r} is published, {given or 'nothing'} is served")

    def _as_code(self, sheet: str, row: int, cell: object) -> str | None:
        text = as_text(cell)  # type: ignore[arg-type]
        for reading in self.readings:
            if text in reading.served.codes.get((sheet, row + 1), ()):
                return reading.dataset
        return None

    def _count(self, dataset: str) -> Account:
        account = self.accounts[dataset]
        account.cells += 1
        return account

    def _at(self, place: Place) -> str:
        return f"{self.path}, {place[0]}, {place[1]}"


def _numbers(page: other_readers.Page, dialect: str) -> Iterator[tuple[int, int, object, float]]:
    """Give the numeric cells of a page: row and column from 0, the cell, and its number."""
    for row, cells in enumerate(page.rows):
        for column, cell in enumerate(cells):
            if cell is not None and (value := other_readers.number(cell, dialect)) is not None:
                yield row, column, cell, value
