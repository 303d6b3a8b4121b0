"""How SOC2010's occupations were coded again to SOC2020: of each old group, the share that each new one got.

ONS coded two samples of people to both classifications, by men and women. It is the only official
weight between the two, and everything that is converted rests on it.
"""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source, Starter, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.survey_sample import SURVEY_SAMPLE

PAGE = "https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2020"

# Heading of each column -> sex, sample and measure.
COLUMNS = {
    f"{people}_{sample}_{heading}": {"sex": sex, "sample": sample, "measure": measure}
    for people, sex in (("men", "male"), ("women", "female"))
    for sample in ("lfs", "census")
    for heading, measure in (("base_2010", "base"), ("perc_2020", "share"))
}


def read(book: Book) -> Iterable[Block]:
    """Give the bases (rows "Total sample") and the shares below each of them."""
    sheet = book.sheet("Sheet1")
    heading = sheet.find_row({0: "SOC2010", 1: "SOC2020"} | {2 + place: name for place, name in enumerate(COLUMNS)})
    yield Block(
        sheet,
        rows=_rows(sheet, heading + 1),
        columns={2 + place: codes for place, codes in enumerate(COLUMNS.values())},
    )


def _rows(sheet: Sheet, first: int) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    old = ""
    for row in range(first, len(sheet.cells)):
        group, new = sheet.text(row, 0), sheet.text(row, 1)
        if not group and not new:
            continue
        if group:
            old = group.partition(":")[0]
            if new != "Total sample":
                raise sheet.stop(f"{new!r} stands where 'Total sample' should", row, 1)
        rows[row] = {"soc2010": old, "soc": "all" if group else new.partition(":")[0]}
    return rows


DATASET = Dataset(
    name="soc2010_soc2020",
    title="From SOC2010 to SOC2020: dual coding",
    summary="Of the people in each SOC2010 unit group, the share in each SOC2020 unit group, by sex and sample.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("soc", SOC2020, "Occupation (SOC2020)", default="all"),
        Dimension("sex", SEX, "Sex"),
        Dimension("sample", SURVEY_SAMPLE, "Sample"),
    ),
    measures=(
        Measure("base", "People in the sample", "people"),
        Measure("share", "Share of the SOC2010 group's sample", "proportion"),
    ),
    sources=(
        Source(
            name="dual_coding",
            publisher="Office for National Statistics",
            title="Relationship between SOC2010 and SOC2020: dual-coded Labour Force Survey and Census data",
            page=PAGE,
            licence=OGL3,
            files=r"ONS_SOC2010_SOC2020\.xlsx$",
            by_hand="The page lists it among the relationship tables. The copy that was read first lies in the folder "
            "data/raw/ONS_SOC2010_SOC2020 of vmaguirerajpaul/mathsci-econ-contrib on GitHub (commit 403b5b6f2dab). "
            "Save it as `crosswalks/ONS_SOC2010_SOC2020.xlsx`.",
            count=(1, 1),
            holds=(4_200, 4_400),
        ),
    ),
    read=read,
    rows=(4_200, 4_400),
    totals=(
        Total(
            {"soc2010": "1115", "soc": "1111", "sex": "male", "sample": "census"},
            "share",
            0.9987623762376238,
            because="the first row of the workbook",
        ),
    ),
    history=(Edition("2021", "2021", "The only edition that is known; undated in the file."),),
    starter=Starter(keep={}),
)
