"""Unemployment by last occupation in a sample of the 2011 Census: all that could be had about it."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.code_list import listed
from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source, Total
from lmiforall.base.endpoint import Newer, Years
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book
from lmiforall.codes.lmi_v1 import GENDER
from lmiforall.codes.soc2010 import SOC2010

SAMPLE = listed(
    "census2011_sample",
    "Sample of the 2011 Census",
    (
        ("teaching_50k_6_regions", "50,000 people in six regions of England"),
        ("nanodata_10k_all_EW", "10,000 people in England and Wales"),
    ),
)
HEADING = {0: "sample", 1: "soc2010_major", 2: "title"}
MEASURES = ("employees", "self_employed", "unemployed", "ft_student_active", "unemployment_rate_pct")


def read(book: Book) -> Iterable[Block]:
    """Give the whole list."""
    sheet = book.only
    heading = sheet.find_row(HEADING | {3 + place: name for place, name in enumerate(MEASURES)})
    yield Block(
        sheet,
        rows={
            row: {"sample": sheet.text(row, 0), "soc2010": sheet.text(row, 1)}
            for row in range(heading + 1, len(sheet.cells))
        },
        columns={3 + place: {"measure": name} for place, name in enumerate(MEASURES)},
    )


# What is told in place of the sample as soon as there are figures by year.
BY_YEAR = Years(
    path="lfs/unemployment",
    summary="Unemployment by last occupation, year by year",
    example="lfs/unemployment?soc=4135&coarse=true",
    measure="unemployment_rate_pct",
    figure="unemprate",
    # SOURCE: contract, section 3: a client's test has 10.15.
    decimals=2,
    filters=(GENDER,),
    unborne=("region", "nqf8", "ageband", "status"),
)

DATASET = Dataset(
    name="unemployment_census2011",
    title="Unemployment by last occupation, Census 2011 sample",
    summary="Unemployed people by major group of their last occupation, in two samples of the 2011 Census.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010 major group), current or last"),
        Dimension("sample", SAMPLE, "Sample"),
    ),
    measures=(
        Measure("employees", "Employees in the sample", "people in the sample"),
        Measure("self_employed", "Self-employed in the sample", "people in the sample"),
        Measure("unemployed", "Unemployed in the sample", "people in the sample"),
        Measure("ft_student_active", "Full-time students who work or look for work", "people in the sample"),
        Measure("unemployment_rate_pct", "Unemployed of the active, without students", "per cent"),
    ),
    sources=(
        Source(
            name="counted",
            publisher="Office for National Statistics",
            title="2011 Census Microdata Teaching File, counted by major group",
            page="https://www.ons.gov.uk/census/2011census/2011censusdata/censusmicrodata/microdatateachingfile",
            licence=OGL3,
            files=r"derived_unemployment_by_last_occupation_major_group_2011\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(90, 90),
            derived=True,
            by_hand="It was counted from two samples of the teaching file that the page offers, 50,000 and 10,000 "
            "records (alan-turing-institute/reprosyn, commit ec2a3ecf0e07, and adacollege/challenge-data, commit "
            "4e98167d6a30, both on GitHub). Save it as "
            "`census2011_teaching/derived_unemployment_by_last_occupation_major_group_2011.csv`.",
        ),
    ),
    read=read,
    rows=(90, 90),
    totals=(
        Total(
            {"soc2010": "9", "sample": "teaching_50k_6_regions"},
            "unemployment_rate_pct",
            13.6,
            because="elementary occupations in the larger sample",
        ),
    ),
    endpoints=(
        Years(
            path="lfs/unemployment",
            summary="Unemployment by last occupation: 2011 only, by major group, in a sample of the Census",
            example="lfs/unemployment?soc=4135&coarse=true",
            measure="unemployment_rate_pct",
            figure="unemprate",
            digits=1,
            year="2011",
            where={"sample": "teaching_50k_6_regions"},
            unborne=("gender", "region", "nqf8", "ageband", "status"),
            newer=Newer(dataset="unemployment_by_occupation", endpoint=BY_YEAR),
            note="50,000 people of the 2011 Census in six regions of England; no later figures are to be had.",
        ),
    ),
    history=(Edition("Census of 27 March 2011", "2014"),),
)
