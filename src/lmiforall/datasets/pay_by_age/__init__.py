"""What people of each age are paid, by major group of occupations."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Starter, Total
from lmiforall.codes.age_band import AGE_BAND
from lmiforall.codes.pay_basis import PAY_BASIS
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets import ashe, ashe_copy

DATASET = Dataset(
    name="pay_by_age",
    title="Gross pay and paid hours by occupation and age",
    summary="Pay and hours of employees by age group and SOC2020 major group: median, mean, percentiles.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020 major group)"),
        Dimension("age", AGE_BAND, "Age group"),
        Dimension("basis", PAY_BASIS, "Pay for which time"),
        *ashe.PEOPLE,
    ),
    measures=ashe_copy.measures(),
    sources=(
        ashe_copy.source(
            "major_groups", "table 20, age group by occupation (major groups)", "asheOccupationByAge", (9_000, 15_600)
        ),
    ),
    read=ashe_copy.reader("soc", "age"),
    rows=(12_000, 60_000),
    totals=(
        Total(
            {"soc": "1", "age": "18-21", "basis": "year", "sex": "all", "pattern": "all", "year": "2025"},
            "median_gbp",
            26_807,
            because="the copy's first figure, managers of 18 to 21",
        ),
    ),
    history=ashe_copy.HISTORY,
    starter=Starter(keep={"sex": ("all",), "pattern": ("all",)}, float32=True),
)
