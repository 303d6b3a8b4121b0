"""What the datasets that speak SOC2010 to the old API share: distributions carried over from SOC2020."""

from lmiforall.base.dataset import Dimension, Edition, Measure
from lmiforall.codes.region import REGION
from lmiforall.codes.sic2007_section import SIC2007_SECTION
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets import ashe

# Where estimates tell figures apart besides.
PLACES = (
    Dimension("region", REGION, "Nation, or region of England", default=REGION.whole),
    Dimension("industry", SIC2007_SECTION, "Industry (SIC 2007 section)", default=SIC2007_SECTION.whole),
)
# Who works in each: people by minor group and region, by unit group and industry.
PEOPLE = ("employment_by_region", "employment_by_industry")
STARTER = {"region": (REGION.whole,), "industry": (SIC2007_SECTION.whole,)}
DIMENSIONS = (Dimension("soc2010", SOC2010, "Occupation (SOC2010)"), *ashe.PEOPLE)
METHOD = "Mixtures of the SOC2020 unit groups' distributions by jobs and ONS's dual coding; 2021 as published."
WEIGHTS = "soc2010_soc2020_weights"
HISTORY = (Edition("2021 to the newest ASHE", "2024-10-29", "2021 direct, later years converted."),)

# From this part of a group's jobs on a figure is given; less, and it would be of another group of people.
COVERAGE = 0.8

# What the old API could be filtered by, and these figures can't be: no source has pay or hours by qualification, and
# which number stood for which age nobody knows any more (the estimates themselves are there by age, at v2).
UNBORNE = ("qualification", "age")

PERCENTS = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)


def percentile(part: int, unit: str) -> str:
    """Name the measure of a percentile: the 50th is the median."""
    return f"median_{unit}" if part == 50 else f"p{part}_{unit}"


def measures(unit: str, in_words: str, of: str) -> tuple[Measure, ...]:
    """Declare mean and percentiles in a unit, such as ``gbp``, and changes of years that can't be compared by them."""
    return (
        Measure(f"mean_{unit}", f"Mean {of}", in_words),
        *(Measure(percentile(part, unit), f"Percentile {part} of {of}", in_words) for part in PERCENTS),
        Measure("mean_change_pct", f"Change of the mean {of} in a year, up to 2022", "per cent"),
    )
