"""Vacancies that are hard to fill and skills that staff lack, by local area, from the Employer Skills Survey."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.code_list import Pattern
from lmiforall.base.dataset import Adds, Dataset, Dimension, Edition, LeftOut, Measure, Source, Total, Withhold
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR

# The sheet that has all areas side by side; the others are one area each, by sector and size.
SHEETS = {"LEA": "ALL_LEAS", "LEP": "ALL_LEPS"}
AREA_KIND = Pattern("ess_area_kind", "Kind of area", "LEA|LEP|England")
TITLE = Pattern("title", "By its title", ".+")
HEADING_ROW = 8


def read(book: Book) -> Iterable[Block]:
    """Give the whole sheet: a row is a question or an answer to it, a column an area."""
    kind = book.edition["kind"]
    sheet = book.sheet(SHEETS[kind])
    if sheet.text(HEADING_ROW, 1) != "England Total":
        raise sheet.stop("'England Total' is not where it was", HEADING_ROW, 1)
    columns = {1: {"area": "England", "kind": "England"}} if kind == "LEA" else {}
    columns |= {
        column: {"area": sheet.text(HEADING_ROW, column), "kind": kind}
        for column in range(2, len(sheet.cells[HEADING_ROW]))
        if sheet.text(HEADING_ROW, column)
    }
    yield Block(sheet, _questions(sheet), columns, {"year": book.edition["year"], "measure": "figure"})


def _questions(sheet: Sheet) -> dict[int, dict[str, str]]:
    """Name each row of figures by the headings above it; the lines of a heading have no figures of their own."""
    rows: dict[int, dict[str, str]] = {}
    section = ""
    for row in range(HEADING_ROW + 1, len(sheet.cells)):
        label = " ".join(sheet.text(row, 0).split())
        if label.startswith("Tables produced by"):
            break
        if label and not sheet.text(row, 1):
            section = label
        elif label:
            rows[row] = {"question": f"{section}: {label}" if section else label}
    return rows


# Shares can't be added up; these can.
COUNTS = (
    "Skills gaps: Number of skills gaps",
    "Total number of staff",
    "Training: Total Days Training",
    "Training: Total number trained (including modelled data)",
    "Vacancies: Number of skill-shortage vacancies",
    "Vacancies: Number of vacancies",
)
# The one area of which too few answered, the other part of its partnership, and the partnership.
# SOURCE: of the other partnerships, none is made up of whole authorities of which one is withheld; England's figures
# are weighted in another way than its parts', which add up to 4% more or less.
FEW, OTHER, BOTH = "Isles of Scilly", "Cornwall", "Cornwall and Isles of Scilly"

DATASET = Dataset(
    name="skills_shortages_by_area",
    title="Skills shortages by local area, 2019",
    summary="Vacancies, hard-to-fill and skill-shortage vacancies and skills gaps by local area, England (ESS 2019).",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("area", TITLE, "Local area, by its title"),
        Dimension("kind", AREA_KIND, "Local education authority, or local enterprise partnership"),
        Dimension("question", TITLE, "Question, and the answer counted"),
        Dimension("year", YEAR, "Year of the survey"),
    ),
    measures=(Measure("figure", "Count, or share where it is under 1", "as the question says"),),
    sources=(
        Source(
            name="summary",
            publisher="Department for Education",
            title="Employer Skills Survey 2019: summary tables by local area",
            page="https://www.gov.uk/government/publications/employer-skills-survey-2019-england-results",
            licence=OGL3,
            files=r"ESS_(?P<year>\d{4})_(?P<kind>LEA|LEP)_Summary_Tables\.xlsx$",
            marks=(
                Mark("**", Status.SUPPRESSED, "Withheld: fewer than 30 establishments answered."),
                Mark("*", Status.NEGLIGIBLE, "Under half of a per cent, and more than nil."),
                Mark("-", Status.NEGLIGIBLE, "Nil."),
            ),
            by_hand="The page has the summary tables by local education authority and by local enterprise "
            "partnership. Save it as `ess/ESS_2019_LEA_Summary_Tables.xlsx` and "
            "`ess/ESS_2019_LEP_Summary_Tables.xlsx`.",
            count=(2, 2),
            holds=(1_500, 6_000),
        ),
    ),
    read=read,
    rows=(4_500, 8_000),
    totals=(
        Total(
            {"area": "England", "question": "Total number of staff", "year": "2019"},
            "figure",
            25480720,
            because="the total of the table",
        ),
    ),
    withhold=(
        Withhold(
            "under_50_answered",
            "figure",
            below=50.0,
            base=("question", "Unweighted row"),
            but=("Total (establishments)",),
            because="a figure from fewer than 50 establishments could give one of them away",
        ),
    ),
    adds=(
        Adds(
            "figure",
            sums=(("area", BOTH, (OTHER, FEW)),),
            rounded_to=1.0,
            where=(("area", (FEW, OTHER, BOTH)), ("question", COUNTS)),
            read_as=(("kind", "LEP", "LEA"),),
            last=(("area", OTHER),),
        ),
    ),
    left_out=(
        LeftOut("England, repeated from the other table", sheet="ALL_LEPS", columns=(2, 2)),
        LeftOut("one area by sector and size, on a sheet of its own", sheet="(?!ALL_LE[AP]S$|Contents$).*"),
    ),
    history=(Edition("2019", "2020-09-30", "The survey of 2022 isn't by these areas."),),
)
