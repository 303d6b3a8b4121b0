"""How many people may work in each occupation and industry until 2035, by the Skills Imperative 2035 projections.

The projections stop at sub-major groups of occupations; 4-digit figures are modelled from them elsewhere.
"""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Download, Edition, Measure, Source, Starter, Total, Withhold
from lmiforall.base.licence import OGL3
from lmiforall.codes.area_si2035 import AREA_SI2035
from lmiforall.codes.calendar import YEAR_OR_SPAN
from lmiforall.codes.employment_status import EMPLOYMENT_STATUS
from lmiforall.codes.industry75_2007 import INDUSTRY75
from lmiforall.codes.rqf import RQF
from lmiforall.codes.sex import SEX
from lmiforall.codes.si2035_table import SI2035_TABLE
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets.addresses import on_github
from lmiforall.datasets.projections.layout import LEFT_OUT
from lmiforall.datasets.projections.reader import read

# What most people ask, for every area; charts that repeat a table, and finer crosses, are in the full release.
IN_STARTER = (
    *("occ_f2", "occ_t2", "occ_t2_requirement", "occ_t5"),
    *("ind_f2", "ind_t2", "ind_t3"),
    *("qual_f1", "basic_t2"),
    *("rd_t1", "rd_t1_2", "rd_t1_3"),
)
LOCAL = tuple(entry.code for entry in AREA_SI2035.codes if entry.code != "EN")

_PUBLISHER = "Department for Education (Warwick Institute for Employment Research, Cambridge Econometrics and NFER)"
_PAGE = "https://www.gov.uk/government/publications/labour-market-and-skills-projections-2020-to-2035"
# SOURCE: the department's own repository of its LSIP dashboard, where it keeps the workbooks one by one.
_DOWNLOAD = Download(
    (
        on_github(
            "dfe-analytical-services/lsip_dashboard",
            "ace69761dfd4",
            "Data/2-13_skillsImperative2035/{area}_MainTables.Main.xlsm",
        ),
    ),
    "projections/skills_imperative_2035/{area}_MainTables.Main.xlsm",
)


def _source(name: str, title: str, areas: str, known: tuple[str, ...], holds: tuple[int, int]) -> Source:
    return Source(
        name=name,
        publisher=_PUBLISHER,
        title=f"Labour market and skills projections: 2020 to 2035, main workbook, {title}",
        page=_PAGE,
        licence=OGL3,
        files=rf"(?:^|/)(?P<area>{areas})_MainTables\.Main\.xlsm$",
        downloads=(_DOWNLOAD,),
        editions=tuple({"area": area} for area in known),
        count=(len(known), 2 * len(known) - 1),
        holds=holds,
    )


def _thousand(name: str, label: str) -> Measure:
    return Measure(f"{name}_thousand", label, "thousand")


def _effect(name: str, label: str) -> tuple[Measure, Measure]:
    return (
        _thousand(f"{name}_effect", f"Change that comes from {label}"),
        Measure(f"{name}_effect_pct", f"The same, relative to the first year ({label})", "per cent of the first year"),
    )


def _openings(name: str, label: str) -> tuple[Measure, Measure, Measure]:
    return (
        _thousand(name, label),
        Measure(f"{name}_pct", f"{label}, relative to the first year", "per cent of the first year"),
        Measure(f"{name}_pct_a_year", f"{label}, a year", "per cent a year, compound"),
    )


DATASET = Dataset(
    name="projections",
    title="Projected employment until 2035",
    summary="Skills Imperative 2035: employment by occupation, industry, sex, status and qualification, 2010 to 2035, "
    "its changes, and replacement demand; England and 42 local areas.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("area", AREA_SI2035, "Area", default="EN"),
        Dimension("table", SI2035_TABLE, "Table of the workbook"),
        Dimension("soc", SOC2020, "Occupation (SOC2020, sub-major at the finest)", default="all"),
        Dimension("industry", INDUSTRY75, "Industry", default="all"),
        Dimension("sex", SEX, "Sex", default="all"),
        Dimension("employment_status", EMPLOYMENT_STATUS, "Employment status", default="all"),
        Dimension("qualification", RQF, "Highest qualification", default="all"),
        Dimension("period", YEAR_OR_SPAN, "Year, or span of years that a change covers"),
    ),
    measures=(
        _thousand("employment", "Employment"),
        _thousand("change", "Change of employment"),
        Measure("change_pct", "Change of employment, relative to the first year", "per cent of the first year"),
        Measure("growth_pct_a_year", "Growth of employment a year", "per cent a year, compound"),
        Measure("share_of_industries_pct", "Share of all industries", "per cent"),
        Measure("share_of_occupations_pct", "Share of all occupations", "per cent"),
        Measure("share_of_occupations_fraction", "Share of all occupations, as a fraction", "fraction of one"),
        Measure("share_of_qualifications_pct", "Share of all qualifications", "per cent"),
        Measure("share_of_parent_pct", "Share of the next wider industry or occupation", "per cent"),
        *_openings("replacement_demand", "Replacement demand: openings left by people who leave"),
        Measure("replacement_demand_fraction_a_year", "Replacement demand rate", "fraction of one a year, compound"),
        *_openings("total_requirement", "Total requirement: net change and replacement demand"),
        *_effect("scale", "the growth of employment as a whole"),
        *_effect("occupation", "a changing mix of occupations within industries"),
        *_effect("industry_mix", "a changing mix of industries"),
    ),
    sources=(
        _source("england", "England", "EN", ("EN",), (48_900, 49_200)),
        _source("local", "local areas", "[A-Z]{2}_(?:LSIP|MCA|LEP)", LOCAL, (31_800, 32_100)),
    ),
    read=read,
    rows=(1_390_000, 2_800_000),
    totals=(
        Total(
            {"area": "EN", "table": "occ_f2", "soc": "all", "period": "2020"},
            "employment_thousand",
            29_859.68,
            because="all occupations in England in the base year, in each table that prints it",
            within=0.01,
        ),
        Total(
            {"area": "EN", "table": "occ_f2", "soc": "all", "period": "2035"},
            "employment_thousand",
            32_070.09,
            because="all occupations in England in the last year",
            within=0.01,
        ),
        Total(
            {"area": "EN", "table": "ind_t1_requirement", "industry": "all", "period": "2020-2035"},
            "change_thousand",
            2_210.41,
            because="net change of all industries in England's sheet Ind T1",
            within=0.01,
        ),
        Total(
            {"area": "EN", "table": "ind_t1_requirement", "industry": "all", "period": "2020-2035"},
            "replacement_demand_thousand",
            14_988.1,
            because="replacement demand of all industries in England's sheet Ind T1",
            within=0.05,
        ),
    ),
    withhold=(
        Withhold(
            "under_10000_people",
            "employment_thousand",
            below=10.0,
            only_flag=True,
            because="the workbook's Warning: figures should rest on 10,000 people, and are of little use under 1,000",
        ),
    ),
    left_out=LEFT_OUT,
    history=(
        Edition("England", "2023", "Database of 10 February 2023; published by the department in 2023."),
        Edition("Local areas", "2024", "Database of 28 February 2024."),
        Edition(
            "Corrected",
            "2024-08-01",
            "Workbooks with a corrected split of occupations, in the department's repository.",
        ),
    ),
    starter=Starter(keep={"table": IN_STARTER}, float32=True),
)
