"""Weekly pay of SOC2010's occupations, for the old API: converted from the SOC2020 figures of today."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Starter
from lmiforall.base.endpoint import Changes, Distribution, Estimates, Series, Soc2020, Years, YearsBrokenDown
from lmiforall.base.model import MixtureByRegion
from lmiforall.codes.lmi_v1 import GENDER, NQF8, PATTERN, QUALIFICATION, REGION
from lmiforall.codes.lmi_v1.industry import INDUSTRY, SECTION
from lmiforall.datasets import at_soc2010
from lmiforall.datasets.v1_filters import filters

# The same in SOC2020 is published, not converted; by region and industry it is estimated.
ESTIMATED = Soc2020(dataset="pay_estimates", where={"basis": "week"})
PUBLISHED = Soc2020(dataset="pay", where={"basis": "week"}, besides=ESTIMATED)
# The endpoints of the Labour Force Survey give pay by ASHE, whose sample of jobs is larger.
BY_ASHE = "Pay by the Annual Survey of Hours and Earnings, not by the Labour Force Survey."

# What the endpoints of the Labour Force Survey could be filtered by besides, and these figures can't be.
OF_THE_LFS = ("region", "nqf8", "ageband")

DECILES = {str(part): at_soc2010.percentile(part, "gbp") for part in range(10, 100, 10)}

FILTERS = (GENDER, PATTERN, REGION, SECTION)

DATASET = Dataset(
    name="pay_at_soc2010",
    title="Weekly pay by occupation (SOC2010), converted",
    summary="Mean, median and percentiles of gross weekly pay by SOC2010 group, converted from SOC2020.",
    folder=Path(__file__).parent,
    dimensions=(
        *at_soc2010.DIMENSIONS,
        *at_soc2010.PLACES,
    ),
    measures=at_soc2010.measures("gbp", "pounds per week", "gross weekly pay"),
    model=MixtureByRegion(
        inputs=("pay", "pay_soc2010", at_soc2010.WEIGHTS, "pay_estimates", *at_soc2010.PEOPLE),
        method=at_soc2010.METHOD,
        new="pay",
        old="pay_soc2010",
        weights=at_soc2010.WEIGHTS,
        where=(("basis", "week"),),
        unit="gbp",
        coverage=at_soc2010.COVERAGE,
        estimates="pay_estimates",
        people=at_soc2010.PEOPLE[0],
        industries=at_soc2010.PEOPLE[1],
    ),
    rows=(500_000, 900_000),
    endpoints=(
        Series(
            path="ashe/estimatePay",
            summary="Mean pay a week, in pounds rounded to 10, by year",
            example="ashe/estimatePay?soc=4135",
            measure="mean_gbp",
            figure="estpay",
            step=10,
            filters=FILTERS,
            unborne=at_soc2010.UNBORNE,
            soc2020=PUBLISHED,
        ),
        Estimates(
            path="ashe/estimate",
            summary="Mean pay a week as in 2013: in the order of the years, without them",
            example="ashe/estimate?soc=4135",
            measure="mean_gbp",
            figure="estpay",
            step=10,
            filters=FILTERS,
            unborne=at_soc2010.UNBORNE,
            soc2020=PUBLISHED,
        ),
        Changes(
            path="ashe/annualChanges",
            summary="By how many per cent mean pay changed, by year",
            example="ashe/annualChanges?soc=4135",
            measure="mean_gbp",
            figure="change",
            step=1,
            told="mean_change_pct",
            note="2022 on 2021, where the classification changed, is bridged by ONS's dual coding.",
            filters=FILTERS,
            unborne=at_soc2010.UNBORNE,
            soc2020=PUBLISHED,
        ),
        Distribution(
            path="ashe/estimatePayMD",
            summary="Median and deciles of pay a week, in pounds, of the newest year",
            example="ashe/estimatePayMD?soc=4135",
            median="median_gbp",
            deciles=DECILES,
            filters=FILTERS,
            unborne=at_soc2010.UNBORNE,
            soc2020=PUBLISHED,
        ),
        *filters("ashe", "filter", (REGION, GENDER, PATTERN, QUALIFICATION, INDUSTRY), ("age",)),
        Years(
            path="lfs/weeklypay",
            summary="Mean pay a week, in pounds, by year",
            example="lfs/weeklypay?soc=4135&minYear=2023",
            measure="mean_gbp",
            figure="weekpay",
            filters=(GENDER, PATTERN),
            unborne=OF_THE_LFS,
            note=BY_ASHE,
            soc2020=PUBLISHED,
        ),
        YearsBrokenDown(
            path="lfs/weeklypay/breakdown/{breakdownBy}",
            summary="Mean pay a week, in pounds, by year and by gender or status",
            example="lfs/weeklypay/breakdown/gender?soc=4135",
            measure="mean_gbp",
            figure="weekpay",
            filters=(GENDER, PATTERN),
            unborne=OF_THE_LFS,
            note=BY_ASHE,
            soc2020=PUBLISHED,
        ),
        *filters("lfs", "filters/info", (REGION, GENDER, PATTERN, NQF8), ("ageband",)),
    ),
    history=at_soc2010.HISTORY,
    starter=Starter(keep={"measure": ("mean_gbp", *DECILES.values()), **at_soc2010.STARTER}, float32=True),
)
