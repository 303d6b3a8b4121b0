"""In which industries graduates of each subject work one year and three years after they graduated."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.code_list import Code, CodeList, listed
from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Source, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Records
from lmiforall.codes.cah import SUBJECT_OR_QUALIFICATION
from lmiforall.codes.sex import SEX
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.datasets.flat import Flat, figures

QUALIFICATION = listed(
    "graduate_qualification",
    "Qualification with which they graduated",
    (
        ("first_degree", "First degree"),
        ("taught_7", "Level 7 (taught)"),
        ("research_7", "Level 7 (research)"),
        ("level_8", "Level 8"),
    ),
)
RADIO = "radio"
# SOURCE: the file has 21 sections, and "RADIO BROADCASTING" beside them, which is a class of section J.
INDUSTRY = CodeList(
    "leo_industry",
    "Industry (SIC 2007 section)",
    (
        *(Code(entry.code, entry.title) for entry in SIC2007_SECTION.codes if entry.code != SIC2007_SECTION.whole),
        Code(RADIO, "Radio broadcasting, as published beside section J"),
    ),
)
SEXES = {"F+M": "all", "F": "female", "M": "male"}
# What the file calls otherwise than the classification does.
OTHERWISE = {
    "ACTIVITIES OF HOUSEHOLDS AS EMPLOYERS - UNDIFFERENTIATED GOODS-AND SERVICES-PRODUCING ACTIVITIES OF HOUSEHOLDS "
    "FOR OWN USE": "T",
    "RADIO BROADCASTING": RADIO,
}
SUBJECTS = {"All": "all", "MBA": "MBA", "PGCE": "PGCE"}
YEARS_AFTER = {"YAG.x": "1", "YAG.y": "3"}


def industry(title: str) -> str:
    """Give the section of a title; the file writes a hyphen where the classification has a semicolon."""
    found = OTHERWISE.get(title) or INDUSTRY.code_of(title.replace(" - ", "; "))
    if found is None:
        raise KeyError(title)
    return found


def subject(title: str) -> str:
    """Give the code of a subject, which the file names as CAH does."""
    found = SUBJECTS.get(title) or SUBJECT_OR_QUALIFICATION.code_of(title)
    if found is None:
        raise KeyError(title)
    return found


def qualification(title: str) -> str:
    """Give the code of a qualification."""
    return QUALIFICATION.by_title[title.casefold()]


FLOWS = Flat(
    keys={
        "sex.x": "sex",
        "subject_name": "subject",
        "SECTIONNAME.x": "industry_1",
        "SECTIONNAME.y": "industry_3",
        "qualification_TR.x": "qualification",
    },
    values={"count": "graduates"},
    ignored=("", *YEARS_AFTER),
    clean={
        "sex": SEXES.__getitem__,
        "subject": subject,
        "industry_1": industry,
        "industry_3": industry,
        "qualification": qualification,
    },
)


def read(book: Book) -> Iterable[Block | Records]:
    """Give the whole list, once each row was seen to go from the first year to the third."""
    sheet = book.only
    headings = [sheet.text(0, column) for column in range(len(sheet.cells[0]))]
    for heading, years in YEARS_AFTER.items():
        column = headings.index(heading) if heading in headings else len(headings)
        for row in range(1, len(sheet.cells)):
            if sheet.text(row, column) != years:
                raise sheet.stop(f"{heading} isn't {years} years after graduation", row, column)
    return figures({"flows": FLOWS})(book)


DATASET = Dataset(
    name="graduate_industries",
    title="Graduates by subject and industry",
    summary="Graduates by subject, sex and qualification, from industry after one year to industry after three (LEO).",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("subject", SUBJECT_OR_QUALIFICATION, "Subject (CAH level 2)", default="all"),
        Dimension("qualification", QUALIFICATION, "Qualification"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("industry_1", INDUSTRY, "Industry one year after graduation (SIC 2007 section)"),
        Dimension("industry_3", INDUSTRY, "Industry three years after graduation (SIC 2007 section)"),
    ),
    measures=(Measure("graduates", "Graduates, to the nearest 5", "people"),),
    sources=(
        Source(
            name="flows",
            publisher="Department for Education",
            title="Longitudinal Education Outcomes: graduate industry flows by subject and sex",
            page="https://explore-education-statistics.service.gov.uk/find-statistics/leo-graduate-and-postgraduate-outcomes",
            licence=OGL3,
            files=r"LEO_graduate_industry_by_subject_sex_1to3yag\.csv$",
            dialect="csv",
            by_hand="It is a table behind the department's dashboard of graduates' industries. Save it as "
            "`leo/LEO_graduate_industry_by_subject_sex_1to3yag.csv`.",
            count=(1, 1),
            holds=(25_000, 40_000),
        ),
    ),
    read=read,
    rows=(25_000, 40_000),
    totals=(
        Total(
            {
                "subject": "CAH02-04",
                "qualification": "first_degree",
                "sex": "female",
                "industry_1": "Q",
                "industry_3": "Q",
            },
            "graduates",
            10185,
            because="the largest flow of one subject, and the first row of the file",
        ),
    ),
    left_out=(
        LeftOut("the number of the row", columns=(1, 1)),
        LeftOut("how many years after graduation, which the names of the industries' dimensions say", columns=(4, 4)),
        LeftOut("how many years after graduation, which the names of the industries' dimensions say", columns=(6, 6)),
    ),
    history=(
        Edition(
            "one cohort, one year and three years after graduation",
            "",
            "The file names neither the cohort nor the tax years.",
        ),
    ),
)
