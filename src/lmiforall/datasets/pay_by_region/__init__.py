"""What people are paid in each nation and region: all of them, the major groups, and medians of unit groups."""

from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Source, Starter, Total
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Block, Book
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.region import REGION
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets import ashe, ashe_copy
from lmiforall.datasets.flat import Flat, figures

_EVERYONE = {"basis": "year", "sex": "all", "pattern": "all"}
_UNIT_GROUPS = figures(
    {
        "unit_groups": Flat(
            keys={"gss_code": "region", "soc2020": "soc"},
            values={"median_annual_gross_all_gbp": "median_gbp"},
            ignored=("itl1", "region", "title"),
            fixed=_EVERYONE,
        )
    }
)
_MAJOR_GROUPS = ashe_copy.reader("soc", "region")
_TOTALS = ashe_copy.reader("region")


def read(book: Book) -> Iterable[Block]:
    """Read the copy of one table: table 15, table 3, or all employees by region."""
    read_copy = {"unit_groups": _UNIT_GROUPS, "major_groups": _MAJOR_GROUPS, "all_employees": _TOTALS}[book.source]
    for block in read_copy(book):
        if not isinstance(block, Block):
            raise TypeError(f"{book.path} gave no figures")
        yield block


DATASET = Dataset(
    name="pay_by_region",
    title="Gross pay and paid hours by occupation and region",
    summary="Pay and hours of employees by region: all, by SOC2020 major group, and annual medians by unit group.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)", default="all"),
        Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        *ashe.PEOPLE,
    ),
    measures=ashe_copy.measures(),
    sources=(
        ashe_copy.source("all_employees", "table 15, all employees by region", "asheRegion", (3_300, 3_900)),
        ashe_copy.source(
            "major_groups",
            "table 3, region by occupation (major groups)",
            "asheOccupationByRegion",
            (20_000, 31_200),
        ),
        Source(
            name="unit_groups",
            publisher="Office for National Statistics",
            title="Annual Survey of Hours and Earnings (ASHE) table 15.7a, region by four-digit SOC, annual gross pay, "
            "all employees, provisional, through a copy: medians",
            page=ashe_copy.PAGE,
            licence=OGL3,
            files=r"ashe(?P<year>\d{4})p_table15_region_x_soc2020_median_annual_part\.csv$",
            dialect="csv",
            holds=(1_500, 3_000),
            count=(1, 10),
            derived=True,
            by_hand="The copy of 2025 was made from src/data/uk-region-occupations.json of CampCareer/campcareer on "
            "GitHub (commit 419ea92fc8e3), laid out in the columns itl1, gss_code, region, soc2020, title, "
            "median_annual_gross_all_gbp. Save it as "
            "`ashe/2025p_derived/ashe2025p_table15_region_x_soc2020_median_annual_part.csv`.",
        ),
    ),
    read=read,
    rows=(25_000, 150_000),
    totals=(
        Total(
            {"soc": "all", "region": "K02000001", **_EVERYONE, "year": "2025"},
            "median_gbp",
            32_890,
            because="the copy's first figure, all employees of the UK",
        ),
        Total(
            {"soc": "2134", "region": "E12000007", **_EVERYONE, "year": "2025"},
            "median_gbp",
            74_284,
            because="programmers in London, as they stand in the copy of table 15",
        ),
    ),
    history=(
        *ashe_copy.HISTORY,
        Edition("2025 provisional, table 15 in part", "2025-12", "Medians only; some regions are not in the copy."),
    ),
    starter=Starter(keep={"sex": ("all",), "pattern": ("all",)}, float32=True),
)
