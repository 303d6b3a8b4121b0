"""Unemployed people by their last occupation, year by year, from the Labour Force Survey."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.status import Mark, Status
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.sex import SEX
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.flat import Flat, figures

DATASET = Dataset(
    name="unemployment_by_occupation",
    title="Unemployment by last occupation",
    summary="Of the people who work or look for work, by occupation, the part that is unemployed, year by year.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010), current or last"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("unemployment_rate_pct", "Unemployed of those in work or looking for work", "per cent"),),
    sources=(
        Source(
            name="survey",
            publisher="Office for National Statistics",
            title="Labour Force Survey, unemployment rate by last occupation (SOC2010) and sex",
            page="https://www.ons.gov.uk/employmentandlabourmarket/peoplenotinwork/unemployment",
            licence=OGL3,
            files=r"lfs_unemployment_soc2010_sex\.csv$",
            dialect="csv",
            count=(1, 1),
            marks=(Mark("*", Status.SUPPRESSED, "Too few people answered."),),
            by_hand="It is made to order. Ask for the unemployment rate by SOC2010, sex and year as a list. Save it as "
            "`lfs/lfs_unemployment_soc2010_sex.csv`.",
        ),
    ),
    read=figures(
        {
            "survey": Flat(
                keys={"year": "year", "soc2010": "soc2010", "sex": "sex"},
                values={"unemployment rate": "unemployment_rate_pct"},
            )
        }
    ),
    rows=(1, 1_000_000),
    history=(Edition("to 2020, as the old service had them", "2021"),),
    not_held="Unemployment by occupation after 2011 was not to be had.",
)
