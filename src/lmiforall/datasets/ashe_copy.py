"""The shape of the copies of ASHE tables 3, 4 and 20, which the datasets of pay by region, age and industry share.

A copy is JSON: measure, group of employees, perhaps one more key, then a list with an object for each group.
"""

from collections.abc import Callable, Iterable, Mapping

from lmiforall.base.dataset import Edition, Measure, Range, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import Mark, Status
from lmiforall.datasets.ashe import GROUPS, PERCENTILES

# SOURCE: the subject's page, which lists the tables; the address of each table's own page isn't known for certain.
PAGE = "https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/earningsandworkinghours"

HISTORY = (Edition("2025 provisional", "2025-12", "Through a copy: no CVs, jobs or part-time."),)
BLANK = Mark("", Status.UNRELIABLE, "Blank in the copy, where ONS's workbooks have a sign: withheld by ONS.")

# The copy's word for a measure -> the unit's name in ours, and the time that the figure is for.
_MEASURES: Mapping[str, tuple[str, str]] = {
    "annual": ("gbp", "year"),
    "weekly": ("gbp", "week"),
    "hourly": ("gbp", "hour"),
    "hours": ("hours", "week"),
}
_FIGURES = {"median": "median", "mean": "mean"} | {f"p{part}": f"p{part}" for part in PERCENTILES}
_HEADINGS = ["id", "label", "shortLabel", *_FIGURES]


def measures() -> tuple[Measure, ...]:
    """Declare median, mean and percentiles of gross pay and of paid hours."""
    told = {
        "gbp": ("pounds per week, hour or year (see basis)", "gross pay"),
        "hours": ("hours per week", "paid hours"),
    }
    return tuple(
        Measure(f"{name}_{unit}", f"{_label(name)} of {of}", in_words)
        for unit, (in_words, of) in told.items()
        for name in _FIGURES.values()
    )


def _label(name: str) -> str:
    return {"median": "Median", "mean": "Mean"}.get(name, f"Percentile {name[1:]}")


def source(name: str, title: str, file: str, holds: Range) -> Source:
    """Declare one copy; ``file`` is its name without the ending."""
    return Source(
        name=name,
        publisher="Office for National Statistics",
        title=f"Annual Survey of Hours and Earnings (ASHE) {title}, provisional, through a copy",
        page=PAGE,
        licence=OGL3,
        files=rf"ashe/(?P<year>\d{{4}})p_derived/{file}\.json$",
        dialect="nested_json",
        marks=(BLANK,),
        holds=holds,
        count=(1, 10),
        derived=True,
        by_hand="The copy of 2025 was made from a script of kncube-stack/uk-earnings on GitHub (commit 480a1f47a857), "
        f"whose list it holds as JSON. Save it as `ashe/2025p_derived/{file}.json`.",
    )


def reader(of_list: str, of_key: str = "") -> Callable[[Book], Iterable[Block]]:
    """Make the reader of a copy.

    ``of_list`` is the dimension of the objects' ``id``, ``of_key`` that of the key above a list, where there is one.
    """

    def read(book: Book) -> Iterable[Block]:
        sheet = book.only
        first = 3 if of_key else 2
        sheet.find_row({first + place: heading for place, heading in enumerate(_HEADINGS)}, 0, 1)
        by_unit: dict[str, dict[int, dict[str, str]]] = {}
        for row in range(1, len(sheet.cells)):
            unit, codes = _people(sheet, row)
            codes[of_list] = sheet.text(row, first)
            if of_key:
                codes[of_key] = sheet.text(row, 2)
            by_unit.setdefault(unit, {})[row] = codes
        start = first + _HEADINGS.index("median")
        for unit, rows in by_unit.items():
            columns = {start + place: {"measure": f"{name}_{unit}"} for place, name in enumerate(_FIGURES.values())}
            yield Block(sheet, rows, columns, {"year": book.edition["year"]})

    return read


def _people(sheet: Sheet, row: int) -> tuple[str, dict[str, str]]:
    """Give a row's unit, and what its first two keys say: the time that it is for, sex and pattern."""
    measure, group = sheet.text(row, 0), sheet.text(row, 1)
    if measure not in _MEASURES or group not in GROUPS:
        raise sheet.stop(f"{measure!r} for {group!r} is not known", row, 0)
    unit, basis = _MEASURES[measure]
    sex, pattern = GROUPS[group]
    return unit, {"basis": basis, "sex": sex, "pattern": pattern}
