"""The apprenticeship frameworks of England, which standards have replaced."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, LeftOut, Source
from lmiforall.base.licence import OGL3
from lmiforall.codes.apprenticeship import FRAMEWORK
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "frameworks": Flat(
        keys={"Id": "framework"},
        values={
            "Title": "title",
            "FrameworkName": "name",
            "PathwayName": "pathway",
            "Level": "level",
            "Duration": "months",
            "CurrentFundingCap": "funding_cap_gbp",
            "MaxFunding": "funding_gbp",
            "Ssa1": "subject_tier_1",
            "Ssa2": "subject_tier_2",
            "EffectiveFrom": "from_date",
            "EffectiveTo": "to_date",
        },
        ignored=(
            "Uri",
            "ProgType",
            "FrameworkCode",
            "PathwayCode",
            "TypicalLength",
            "IsActiveFramework",
            "ProgrammeType",
            "HasSubGroups",
            "ExtendedTitle",
            "FundingPeriods",
        ),
        numbers=("level", "months", "funding_cap_gbp", "funding_gbp", "subject_tier_1", "subject_tier_2"),
    ),
}

DATASET = Dataset(
    name="apprenticeship_frameworks",
    title="Apprenticeship frameworks",
    summary="776 apprenticeship frameworks: pathway, level, length, funding and when they were open.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("framework", FRAMEWORK, "Apprenticeship framework"),),
    fields=(
        Field("title", "Title"),
        Field("name", "Framework"),
        Field("pathway", "Pathway"),
        Field("level", "Level", kind="number"),
        Field("months", "Length, months", kind="number"),
        Field("funding_cap_gbp", "Funding cap, pounds", kind="number"),
        Field("funding_gbp", "Highest funding, pounds", kind="number"),
        Field("subject_tier_1", "Sector subject area, tier 1", kind="number"),
        Field("subject_tier_2", "Sector subject area, tier 2", kind="number"),
        Field("from_date", "Open from"),
        Field("to_date", "Open until"),
    ),
    sources=(
        Source(
            name="frameworks",
            publisher="Department for Education (Education and Skills Funding Agency)",
            title="Apprenticeship frameworks, Apprenticeship Courses API",
            page="https://github.com/SkillsFundingAgency/das-courses-api",
            licence=OGL3,
            files=r"apprenticeships/frameworks_(?P<version>[\d.]+)\.json$",
            dialect="json",
            by_hand="It is in the repository of the page (the file that was read is of commit f7c51c5767ac). Save it "
            "as `apprenticeships/frameworks_2.0.json`.",
            count=(1, 1),
            holds=(730, 1_100),
        ),
    ),
    read=records(LISTS),
    rows=(776, 776),
    left_out=(
        LeftOut(
            "a code that is part of the framework's own",
            column_text=r"^(ProgType|FrameworkCode|PathwayCode|ProgrammeType)$",
        ),
    ),
    history=(Edition("2.0", "2020"),),
)
