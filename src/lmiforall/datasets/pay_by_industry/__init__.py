"""What people in each industry are paid, whatever their occupation."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Starter, Total
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.datasets import ashe, ashe_copy

DATASET = Dataset(
    name="pay_by_industry",
    title="Gross pay and paid hours by industry",
    summary="Pay and hours of employees by section of SIC2007: median, mean, percentiles.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("industry", SIC2007_SECTION, "Industry (SIC 2007 section)"),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        *ashe.PEOPLE,
    ),
    measures=ashe_copy.measures(),
    sources=(ashe_copy.source("sections", "table 4, industry (SIC 2007 sections)", "asheIndustry", (4_500, 6_200)),),
    read=ashe_copy.reader("industry"),
    rows=(5_500, 60_000),
    totals=(
        Total(
            {"industry": "A", "basis": "year", "sex": "all", "pattern": "all", "year": "2025"},
            "median_gbp",
            28_643,
            because="the copy's first figure, agriculture",
        ),
    ),
    history=ashe_copy.HISTORY,
    starter=Starter(keep={"sex": ("all",), "pattern": ("all",)}, float32=True),
)
