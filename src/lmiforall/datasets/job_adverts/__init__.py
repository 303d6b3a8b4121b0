"""How many job adverts are online for each occupation, month by month."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.calendar import MONTH
from lmiforall.codes.soc2020 import SOC2020_OR_UNKNOWN
from lmiforall.datasets.flat import Flat, figures

# The source's words, and ours; the national file has the same with another beginning.
MEASURES = {
    f"{part}_{word}": measure
    for part in ("soc", "national")
    for word, measure in (("3m_avg", "adverts"), ("growth", "growth_pct"), ("pop", "per_person"), ("job", "per_job"))
}


def month(day: str) -> str:
    """Give the month of the first day that the source prints."""
    return day[:7]


LISTS = {
    "unit_groups": Flat(
        keys={"timePeriod": "month", "soc_4_digit_code": "soc", "metric": "measure"},
        values={"value": ""},
        ignored=("soc_4_digit_label",),
        clean={"month": month, "soc": str.lower, "measure": MEASURES.__getitem__},
    ),
    "national": Flat(
        keys={"timePeriod": "month", "metric": "measure"},
        values={"value": ""},
        clean={"month": month, "measure": MEASURES.__getitem__},
    ),
}

DATASET = Dataset(
    name="job_adverts",
    title="Online job adverts by occupation",
    summary="Three-month averages of online job adverts in England by SOC2020 unit group, with growth and rates.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020_OR_UNKNOWN, "Occupation (SOC2020 unit group)", default="all"),
        Dimension("month", MONTH, "Month in which the three months end"),
    ),
    measures=(
        Measure("adverts", "Adverts online, average of three months", "adverts"),
        Measure("growth_pct", "Change on the year before", "per cent"),
        Measure("per_person", "Adverts per head of the population", "adverts per person"),
        Measure("per_job", "Adverts per job", "adverts per job"),
    ),
    sources=(
        Source(
            name="unit_groups",
            publisher="Department for Education, from ONS and Textkernel",
            title="Local Skills Dashboard: online job adverts by SOC2020 unit group (labour demand volumes)",
            page="https://www.gov.uk/government/publications/local-skills-dashboard",
            licence=OGL3,
            files=r"DfE_ONS_Textkernel_job_adverts_by_SOC2020_unit_group_monthly_(?P<first>\d{4})-(?P<last>\d{4})\.csv$",
            dialect="csv",
            by_hand="It was made, one row a month and metric, from the tables in the folder job_ads_page of "
            "dfe-analytical-services/lsip_dashboard on GitHub (commit 324a915). Save it as "
            "`vacancies/DfE_ONS_Textkernel_job_adverts_by_SOC2020_unit_group_monthly_2021-2025.csv`.",
            count=(1, 1),
            holds=(60_000, 120_000),
        ),
        Source(
            name="national",
            publisher="Department for Education, from ONS and Textkernel",
            title="Local Skills Dashboard: online job adverts, England",
            page="https://www.gov.uk/government/publications/local-skills-dashboard",
            licence=OGL3,
            files=r"DfE_ONS_Textkernel_job_adverts_national_monthly_(?P<first>\d{4})-(?P<last>\d{4})\.csv$",
            dialect="csv",
            by_hand="It was made, one row a month and metric, from the tables in the folder job_ads_page of "
            "dfe-analytical-services/lsip_dashboard on GitHub (commit 324a915). Save it as "
            "`vacancies/DfE_ONS_Textkernel_job_adverts_national_monthly_2021-2025.csv`.",
            count=(1, 1),
            holds=(100, 400),
        ),
    ),
    read=figures(LISTS),
    rows=(60_000, 200_000),
    history=(Edition("January 2021 to November 2025", "2025-12"),),
)
