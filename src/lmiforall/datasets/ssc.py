"""The one workbook of the UK Standard Skills Classification: a row for each pair of a finer occupation and a task."""

from lmiforall.base.dataset import Edition, Source
from lmiforall.base.licence import OGL3

PAGE = "https://www.gov.uk/government/publications/uk-standard-skills-classification"
EDITION = Edition("0.9.1 (beta)", "2025-11-24", "Tasks only; skills, knowledge and links to O*NET weren't to be had.")

SHEET = "Sheet1"
HEADINGS = ("SUG Code", "SUG Title", "SUG Description", "Task ID", "Task Statement", "Task Relatedness %")

# SOURCE: one code in edition 0.9.1 is corrupt; the title beside it is that of 2311/00.
CORRUPT = {"23+A1227311/00": "2311/00"}


def source(name: str, title: str, holds: tuple[int, int]) -> Source:
    """Declare the workbook, for the part of it that a dataset reads."""
    return Source(
        name=name,
        publisher="Skills England",
        title=f"UK Standard Skills Classification 0.9.1: {title}",
        page=PAGE,
        licence=OGL3,
        files=r"ssc/sugs_task_description\.xlsx$",
        by_hand="The page offers the tasks of sub-unit groups as a workbook. The one that was read, 0.9.1, also lies "
        "in drGolo/gaisi-index on GitHub (commit 0783f0315a59). Save it as `ssc/sugs_task_description.xlsx`.",
        count=(1, 1),
        holds=holds,
    )


def others(*read: str) -> tuple[str, ...]:
    """Give the headings that a dataset knows and doesn't read."""
    return tuple(heading for heading in HEADINGS if heading not in read)


def repaired(code: str) -> str:
    """Give a code as it should be."""
    return CORRUPT.get(code, code)
