"""The data files of Explore Education Statistics: one row for each time, place and filter, one column an indicator.

SOURCE: DfE, "Analysts' guide: open data standards" (https://dfe-analytical-services.github.io/analysts-guide). The
columns of time and place have fixed names; what a publication calls its filters and indicators is its own affair. So
the filters are known by what stands in them, and a column that stays unknown stops the build.
"""

from collections.abc import Iterable, Mapping, Sequence

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Reader
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import Mark, Status

TIME, LEVEL = ("time_period", "time_identifier"), "geographic_level"
YEAR = "Calendar year"
# Where a row of each level has the code of its place.
PLACES = {"National": "country_code", "Regional": "region_code"}
# The standard's columns of places; of a level that a file hasn't got they may be missing.
NAMED = ("country_code", "country_name", "region_code", "region_name")
# What a filter says where it chooses nothing.
WHOLE = ("total", "all")
# SOURCE: the same guide, symbols in place of figures.
MARKS = (
    Mark("c", Status.SUPPRESSED, "Confidential: it could disclose a person or a firm."),
    Mark("u", Status.UNRELIABLE, "Of low reliability."),
    Mark("low", Status.NEGLIGIBLE, "Rounds to nought, and isn't nought."),
    Mark("x", Status.NOT_COLLECTED, "Not available."),
    Mark("z", Status.NOT_APPLICABLE, "Not applicable."),
)
_SIGNS = {mark.sign for mark in MARKS}


def figures(filters: Mapping[str, CodeList], measure: str) -> Reader:
    """Make the reader of a file with these filters, and one indicator, by year and region."""

    def read(book: Book) -> Iterable[Block]:
        sheet = book.only
        headings = [sheet.text(0, column) for column in range(len(sheet.cells[0]))]
        for needed in (*TIME, LEVEL, "country_code"):
            if headings.count(needed) != 1:
                raise sheet.stop(f"the column {needed!r} isn't there once", 0, do=f"It has {', '.join(headings)}")
        others = {at: name for at, name in enumerate(headings) if name not in (*TIME, LEVEL, *NAMED)}
        rows = [row for row in range(1, len(sheet.cells)) if sheet.text(row, headings.index(LEVEL))]
        found = {name: _filter(sheet, rows, others, codes) for name, codes in filters.items()}
        left = {at: name for at, name in others.items() if at not in found.values()}
        (indicator,) = _indicator(sheet, rows, left)
        yield Block(
            sheet,
            rows={
                row: {name: _code(sheet.text(row, at)) for name, at in found.items()}
                | {"region": _place(sheet, row, headings), "year": _year(sheet, row, headings)}
                for row in rows
            },
            columns={indicator: {"measure": measure}},
        )

    return read


def _filter(sheet: Sheet, rows: Sequence[int], columns: Mapping[int, str], codes: CodeList) -> int:
    """Find the one column all of whose texts begin with a code, or choose nothing."""
    told = {at: {_code(sheet.text(row, at)) for row in rows} for at in columns}
    fitting = [at for at, said in told.items() if said <= set(codes.by_code) and said - {codes.whole}]
    if len(fitting) != 1:
        what = f"{len(fitting)} columns hold codes of {codes.title} throughout, where there is one in the layout"
        raise sheet.stop(what, 0, do=f"Looked at were {', '.join(columns.values())}")
    return fitting[0]


def _indicator(sheet: Sheet, rows: Sequence[int], columns: Mapping[int, str]) -> tuple[int]:
    """Find the one column of numbers; another may only say the same throughout: that it chooses nothing."""
    numbers = [at for at in columns if all(_is_figure(sheet.text(row, at)) for row in rows)]
    for at in columns.keys() - numbers:
        if {sheet.text(row, at).casefold() for row in rows} - {"", *WHOLE}:
            raise sheet.stop(f"{columns[at]!r} is a filter that nobody knows", 0, at, "Bring the reader up to date.")
    if len(numbers) != 1:
        raise sheet.stop(f"{len(numbers)} columns hold figures, where one is expected", 0, do="Which of them is meant?")
    return (numbers[0],)


def _is_figure(text: str) -> bool:
    return text in _SIGNS or text.replace(",", "").replace(".", "", 1).isdigit()


def _code(text: str) -> str:
    """Give the code that a filter's text begins with: ``2134`` of *2134 - Programmers ...*; ``all`` of *Total*."""
    first = text.partition(" ")[0].strip(":-")
    return "all" if first.casefold() in WHOLE else first


def _place(sheet: Sheet, row: int, headings: Sequence[str]) -> str:
    level = sheet.text(row, headings.index(LEVEL))
    if level not in PLACES or PLACES[level] not in headings:
        raise sheet.stop(f"rows of the level {level!r} aren't known", row, headings.index(LEVEL))
    return sheet.text(row, headings.index(PLACES[level]))


def _year(sheet: Sheet, row: int, headings: Sequence[str]) -> str:
    period, identifier = (sheet.text(row, headings.index(name)) for name in TIME)
    if identifier != YEAR:
        raise sheet.stop(f"{identifier!r} is no {YEAR.lower()}", row, headings.index(TIME[1]))
    return period
