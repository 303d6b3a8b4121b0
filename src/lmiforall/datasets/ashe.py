"""The shape of ASHE table 14, which pay and hours share: one sheet a group of employees, one row an occupation.

The ``a`` workbooks hold the figures, the ``b`` workbooks the coefficient of variation of each at the same place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import Adds, Dimension, Download, Edition, LeftOut, Measure, Range, Source, Total, Withhold
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sex import SEX
from lmiforall.codes.working_pattern import WORKING_PATTERN
from lmiforall.datasets.addresses import of_ons

# By the number of a table (1), what all of its figures share.
Tables = Mapping[str, Mapping[str, str]]

# Whom a figure is about, besides the occupation, and when.
PEOPLE = (
    Dimension("sex", SEX, "Sex", default="all"),
    Dimension("pattern", WORKING_PATTERN, "Full-time or part-time", default="all"),
    Dimension("year", YEAR, "Year of the survey (April)"),
)

HISTORY_SOC2010 = (
    Edition("2021 provisional", "2021-10-26", "The last edition on SOC2010; includes furloughed employees."),
)
HISTORY_SOC2020 = (
    Edition(
        "2022 provisional",
        "2022-10-26",
        "The first edition on SOC2020; ONS later found miscoded occupations in the LFS, which weights ASHE.",
    ),
    Edition("2023 provisional", "2023-11-01"),
    Edition("2024 provisional", "2024-10-29"),
    Edition("2025 provisional, in part", "2025-12", "Through a copy: unit groups only, no CVs, jobs or part-time."),
)

# How the measures of pay are told, and which table has pay for which time.
PAY = ("gbp", "pounds per week, hour or year (see basis)", "gross pay")
PAY_TABLES: Tables = {"1": {"basis": "week"}, "5": {"basis": "hour"}, "7": {"basis": "year"}}
HOURS = ("hours", "hours per week", "paid hours")
HOURS_TABLES: Tables = {"9": {}}

# SOURCE: the workbooks' own "Notes" and "CV notes" sheets.
MARKS = (
    Mark("x", Status.UNRELIABLE, "Withheld by ONS: a CV over 20%, unreliable for practical purposes, or disclosive."),
    Mark("..", Status.SUPPRESSED, "Withheld by ONS as disclosive."),
    Mark(":", Status.NOT_APPLICABLE, "Not applicable."),
    Mark("-", Status.NEGLIGIBLE, "Nil or negligible."),
    Mark(".", Status.NOT_COLLECTED, "Unavailable: ONS gives no CV for a change."),
)

# Sheet -> (sex, working pattern).
SHEETS: Mapping[str, tuple[str, str]] = {
    "All": ("all", "all"),
    "Male": ("male", "all"),
    "Female": ("female", "all"),
    "Full-Time": ("all", "full_time"),
    "Part-Time": ("all", "part_time"),
    "Male Full-Time": ("male", "full_time"),
    "Male Part-Time": ("male", "part_time"),
    "Female Full-Time": ("female", "full_time"),
    "Female Part-Time": ("female", "part_time"),
}

# The copy's words: group -> (sex, working pattern), measure -> number of the table.
GROUPS = {
    "all": ("all", "all"),
    "male": ("male", "all"),
    "female": ("female", "all"),
    "ft": ("all", "full_time"),
    "male_ft": ("male", "full_time"),
    "female_ft": ("female", "full_time"),
}
TABLES = {"weekly": "1", "hourly": "5", "annual": "7", "hours": "9"}

PERCENTILES = (10, 20, 25, 30, 40, 60, 70, 75, 80, 90)


LEFT_OUT = (
    LeftOut("the heading that names the percentiles", source="estimates|coefficients.*", rows=(5, 5), columns=(8, 17)),
)


_HEADING = {0: "Description", 1: "Code", 2: "(thousand)", 3: "Median", 4: "change", 5: "Mean", 6: "change"} | {
    7 + place: str(percentile) for place, percentile in enumerate(PERCENTILES)
}


UNRELIABLE = Withhold(
    "cv_over_20",
    "quality",
    above=20.0,
    reason="quality",
    because="ONS holds an estimate with a coefficient of variation over 20% unreliable for practical purposes",
)


def jobs(soc: str) -> Adds:
    """Say how jobs add up: by occupation (the dimension ``soc``), by sex and by pattern.

    Jobs by weekly pay, by hourly pay and by hours are the same jobs, so that one table could give away another's.
    """
    same = (("basis", "hour", "week"), ("basis", "", "week"))
    return Adds("jobs_thousand", (soc, "sex", "pattern"), rounded_to=1.0, statistic="ASHE jobs", read_as=same)


def measures(unit: str, in_words: str, of: str) -> tuple[Measure, ...]:
    """Declare the 15 statistics of table 14 in a unit, such as ``gbp``; each with its CV but the changes."""
    return (
        Measure("jobs_thousand", "Employee jobs (indicative only)", "thousand jobs", quality="cv_pct"),
        Measure(f"median_{unit}", f"Median {of}", in_words, quality="cv_pct"),
        Measure("median_change_pct", f"Change of the median {of} in a year", "per cent"),
        Measure(f"mean_{unit}", f"Mean {of}", in_words, quality="cv_pct"),
        Measure("mean_change_pct", f"Change of the mean {of} in a year", "per cent"),
        *(
            Measure(f"p{percentile}_{unit}", f"Percentile {percentile} of {of}", in_words, quality="cv_pct")
            for percentile in PERCENTILES
        ),
    )


PAGE = (
    "https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/earningsandworkinghours/datasets/"
    "occupation4digitsoc2010ashetable14"
)


# ONS has used both names for the archive. Which year has which isn't known for certain, so both are asked for.
ARCHIVES = ("ashetable14{year}provisional.zip", "table14{year}provisional.zip")

# Below ashe/table14/, by what a file name calls the classification.
FOLDERS = {"SOC20": "{year}p", "SOC10": "{year}p_soc2010"}


def sources(
    soc: str, tables: str, editions: tuple[str, ...], stand_in: Range | None = None, closed: str = ""
) -> tuple[Source, ...]:
    """Declare the pairs of workbooks, and the copy that stands in for an edition until its workbooks are there.

    ``soc`` is as in the file name (``SOC20``), ``tables`` a pattern (``1|5|7``), ``stand_in`` how many numbers the
    copy holds of them (None where no copy stands in), ``closed`` why no edition will follow.
    """
    stem = rf"{soc} \(4\) Table 14\.(?P<table>{tables})%s\s.*(?P<year>\d{{4}})%s\.xlsx?$"
    title = "Annual Survey of Hours and Earnings (ASHE) table 14, occupation by four-digit SOC, provisional"
    archive = Download(
        tuple(of_ons(PAGE, "{year}provisional/" + archive) for archive in ARCHIVES),
        save_as=f"ashe/table14/{FOLDERS[soc]}/",
        unpack=stem % ("a", ""),
    )
    estimates = Source(
        name="estimates",
        publisher="Office for National Statistics",
        title=title,
        page=PAGE,
        licence=OGL3,
        files=stem % ("a", ""),
        marks=MARKS,
        holds=(60_000, 110_000),
        downloads=(archive,),
        editions=tuple({"year": year} for year in editions),
        closed=closed,
    )
    variation = replace(
        estimates,
        name="coefficients_of_variation",
        title=f"{title}: coefficients of variation",
        files=stem % ("b", " CV"),
        quality_of="estimates",
        downloads=(replace(archive, unpack=stem % ("b", " CV")),),
    )
    if stand_in is None:
        return estimates, variation
    copy = replace(
        estimates,
        name="stand_in",
        title=f"{title}: medians, means and percentiles, through a copy",
        files=r"ashe(?P<year>\d{4})p_table14_soc2020_unit_.*\.csv$",
        dialect="csv",
        marks=(Mark("", Status.UNRELIABLE, "Blank in the copy, where ONS's workbooks have a sign: withheld by ONS."),),
        holds=stand_in,
        downloads=(),
        editions=(),
        count=(0, 10),
        derived=True,
        yields_to="estimates",
        optional=True,
        by_hand="It isn't needed where ONS's own workbooks of the edition are. The copy of 2025 was made from a "
        "script of kncube-stack/uk-earnings on GitHub (commit 480a1f47a857). Save it as "
        "`ashe/2025p_derived/ashe2025p_table14_soc2020_unit_annual_weekly_hourly_hours_by_sex.csv`.",
    )
    return estimates, variation, copy


def headline(soc: str, year: str, median: float) -> Total:
    """Declare the headline of a release: the median annual pay of all employees."""
    where = {soc: "all", "basis": "year", "sex": "all", "pattern": "all", "year": year}
    return Total(where, "median_gbp", median, because="headline of the ONS release, all employees")


def reader(soc: str, codes: CodeList, told: tuple[str, str, str], fixed: Tables) -> Callable[[Book], Iterable[Block]]:
    """Make the reader of a dataset.

    ``told`` is how its measures are told, ``fixed`` gives by table number (``1``) what all of its figures share.
    """
    names = tuple(measure.name for measure in measures(*told))

    def read(book: Book) -> Iterable[Block]:
        if book.source == "stand_in":
            yield _stand_in(book, soc, names, fixed)
            return
        if book.quality is None:
            raise ValueError(f"{book.path} came without its coefficients of variation")
        for name, (sex, pattern) in SHEETS.items():
            sheet, quality = book.sheet(name), book.quality.sheet(name)
            rows = _occupations(sheet, soc, codes)
            if _occupations(quality, soc, codes) != rows:
                raise quality.stop(
                    "its rows are not those of the estimates", do="Is one of the two of another edition?"
                )
            yield Block(
                sheet,
                rows=rows,
                columns={2 + place: {"measure": measure} for place, measure in enumerate(names)},
                fixed={"sex": sex, "pattern": pattern, "year": book.edition["year"], **fixed[book.edition["table"]]},
                quality=quality,
            )

    return read


def _stand_in(book: Book, soc: str, names: tuple[str, ...], fixed: Tables) -> Block:
    """Read the copy: a long list of pay and hours together; the rows of the other are left to its dataset."""
    sheet = book.only
    given = {"median": names[1], "mean": names[3]}
    given |= {f"p{part}": name for part, name in zip(PERCENTILES, names[5:], strict=True)}
    headings = ["measure", "group", "soc2020", "title", *given]
    sheet.find_row(dict(enumerate(headings)), 0, 1)
    rows = {}
    for row in range(1, len(sheet.cells)):
        table, group = TABLES.get(sheet.text(row, 0), ""), sheet.text(row, 1)
        if not table or group not in GROUPS:
            raise sheet.stop(f"{sheet.text(row, 0)!r} for {group!r} is not known", row, 0)
        if table in fixed:
            sex, pattern = GROUPS[group]
            rows[row] = {soc: sheet.text(row, 2), "sex": sex, "pattern": pattern, **fixed[table]}
    columns = {headings.index(heading): {"measure": name} for heading, name in given.items()}
    return Block(sheet, rows, columns, {"year": book.edition["year"]})


def _occupations(sheet: Sheet, soc: str, codes: CodeList) -> dict[int, dict[str, str]]:
    """Find the rows of occupations: from the heading to the row "Not Classified", whose figures nobody gives."""
    heading = sheet.find_row(_HEADING)
    rows: dict[int, dict[str, str]] = {}
    for row in range(heading + 1, len(sheet.cells)):
        title, code = sheet.text(row, 0), sheet.text(row, 1)
        if title == "Not Classified":
            return rows
        if not code:
            if title != "All employees":
                raise sheet.stop(f"a row {title!r} without a code", row, 1)
            code = "all"
        if code not in codes:
            raise sheet.stop(f"{code!r} is not a code of {codes.title}", row, 1, "Codes are never mapped silently.")
        rows[row] = {soc: code}
    raise sheet.stop("the table doesn't end with 'Not Classified'", do="Is the file cut short?")
