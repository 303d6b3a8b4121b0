"""How the 28 sheets of a Skills Imperative workbook are laid out, as data: nothing is read here.

A sheet holds panels: a column of labels, columns of figures to the right of it, headings above them. What a
word stands for is the same on every sheet, so that a panel only says where it is and which words its labels are.
"""

from collections.abc import Mapping
from dataclasses import replace

from lmiforall.base.dataset import LeftOut
from lmiforall.codes.rqf import RQF
from lmiforall.datasets.panels import Codes, Panel
from lmiforall.datasets.projections.words import (
    BRACKETED,
    CONSTRAINED,
    EMPLOYMENT,
    GROUPS,
    INDUSTRIES,
    NESTED,
    NUMBERED,
    OCCUPATIONS,
    QUALIFICATIONS,
    SECTORS,
    SEXES,
    Labels,
)

# What a share on a panel is a share of, and a unit that its headings leave to the sheet's title.
OF_INDUSTRIES = {"share": "share_of_industries_pct"}
OF_PARENT = {"share": "share_of_parent_pct"}
OF_QUALIFICATIONS = {"share": "share_of_qualifications_pct"}
THOUSAND = {"unit": "thousand"}
GROWTH = {"unit": "pct_a_year"}


def _requirement(labels: str, main: str, need: str, table: str, *, title: str = "", **fixed: str) -> tuple[Panel, ...]:
    """Levels, shares, growth and change on the left; net change, replacement demand and requirement beside them."""
    return (
        Panel(labels, main, OCCUPATIONS, (table,) * 4, fixed=fixed, title=title),
        Panel(labels, need, OCCUPATIONS, (f"{table}_requirement",) * 3 + ("",), fixed=fixed, title=title),
    )


def _by_sex(table: str) -> tuple[Panel, ...]:
    """The same three times, and below each of them levels again, with growth before and after the base year."""
    summary = f"{table}_summary"
    found: list[Panel] = []
    for labels, main, need, growth, title, sex in (
        ("A", "B:F", "H:J", "H:I", "Employment Change", "all"),
        ("L", "M:Q", "S:U", "S:T", "Males:", "male"),
        ("W", "X:AB", "AD:AF", "AD:AE", "Females:", "female"),
    ):
        left, right = _requirement(labels, main, need, table, title=title, sex=sex)
        found += (
            replace(left, tables=(*left.tables, summary)),
            replace(right, tables=(*right.tables, "")),
            replace(left, figures=growth, tables=("", "", "", "", summary)),
        )
    return tuple(found)


# The groups of columns of Basic T1: all qualifications, and each level.
_TEN = "B:D F:H J:L N:P R:T V:X Z:AB AD:AF AH:AJ AL:AN"

# Labels, levels and requirement of the nine panels of Basic T2, one for each level of qualification.
_NINE = (
    ("A", "B:F", "H:J"),
    ("L", "M:Q", "S:U"),
    ("W", "X:AB", "AD:AF"),
    ("AH", "AI:AM", "AO:AQ"),
    ("AS", "AT:AX", "AZ:BB"),
    ("BD", "BE:BI", "BK:BM"),
    ("BO", "BP:BT", "BV:BX"),
    ("BZ", "CA:CE", "CG:CI"),
    ("CK", "CL:CP", "CR:CT"),
)


def _basic_t2() -> tuple[Panel, ...]:
    levels = RQF.at_level("level")
    return tuple(
        panel
        for (labels, main, need), entry in zip(_NINE, levels, strict=True)
        for panel in _requirement(labels, main, need, "basic_t2", title=entry.title, qualification=entry.code)
    )


def _industry_table(rows: Labels, table: str) -> tuple[Panel, ...]:
    return (Panel("A", "B:F", rows, (table,), says=OF_INDUSTRIES),)


def _charts(table: str, rows: Labels, says: Codes) -> tuple[Panel, ...]:
    """Employment in each year, as a line chart draws it."""
    return (Panel("L", "M:AL", rows, (table,), says=says, first=3),)


def panels(detail: Labels) -> Mapping[str, tuple[Panel, ...]]:
    """Give the panels of each sheet; ``detail`` is the finest level of industries in the book."""
    return {
        "Ind T1": (
            Panel("A", "B:F", SECTORS, ("ind_t1",) * 4, says=OF_INDUSTRIES),
            Panel("A", "H:J", SECTORS, ("ind_t1_requirement",) * 2 + ("", "")),
            Panel("L", "M:Q R:S", SECTORS, ("ind_t1_1",)),
        ),
        "Ind T2": _industry_table(GROUPS, "ind_t2"),
        **({"Ind T3": _industry_table(INDUSTRIES, "ind_t3")} if detail is INDUSTRIES else {}),
        "Ind T4": (
            Panel("A", "B:F H:L", NESTED, ("ind_t4", "ind_t4", ""), says=OF_PARENT),
            Panel("A", "B:C", NESTED, ("", "", "ind_t4_summary")),
        ),
        "Ind T6": (
            Panel(
                "A",
                "B:E G:J L:O Q:T V:Y",
                EMPLOYMENT,
                ("ind_t6",),
                above=NUMBERED | (INDUSTRIES if detail is INDUSTRIES else {}),
                says=THOUSAND,
            ),
        ),
        "Ind F1": (Panel("L", "M:N", BRACKETED, ("ind_f1",), says=GROWTH),),
        "Ind F2": (
            Panel("L", "M:AL", NESTED, ("ind_f2", "", ""), says=THOUSAND, first=3),
            Panel("L", "M:O", NESTED, ("", "ind_f2_7", ""), says=OF_INDUSTRIES | {"unit": "pct"}, first=3),
            Panel("L", "N:O", NESTED, ("", "", "ind_f2_8"), says=THOUSAND, first=3),
        ),
        "Ind Occ T1": (Panel("A", "B:D F:H J:L", OCCUPATIONS, ("ind_occ_t1",), above=detail, says=THOUSAND),),
        "Ind Occ T2": (Panel("A", "B:E G:J L:O", OCCUPATIONS, ("ind_occ_t2",), above=detail, says=THOUSAND),),
        "Occ T1": _by_sex("occ_t1"),
        "Occ T2": _by_sex("occ_t2"),
        "Occ T3": (Panel("A", "B:F H:L", OCCUPATIONS, ("occ_t3",), says=OF_PARENT),),
        "Occ T4": (
            Panel("A", "B:D F:H J:L", OCCUPATIONS, ("occ_t4",), says=THOUSAND),
            Panel("A", "N:O Q:R T:U", OCCUPATIONS, ("occ_t4",), says=GROWTH),
        ),
        "Occ T5": tuple(
            Panel(labels, figures, OCCUPATIONS, ("occ_t5",), fixed={"sex": sex}, title=title)
            for labels, figures, title, sex in (
                ("A", "B:E G:J L:O", "Employment Change", "all"),
                ("Q", "R:U W:Z AB:AE", "Males:", "male"),
                ("AG", "AH:AK AM:AP AR:AU", "Females:", "female"),
            )
        ),
        "Occ F1": (
            Panel("L", "M:N", OCCUPATIONS, ("occ_f1", "", ""), says=GROWTH),
            Panel("L", "M:N", OCCUPATIONS, ("", "occ_f1_1", "occ_f1_2"), says=THOUSAND),
        ),
        "Occ F2": _charts("occ_f2", OCCUPATIONS, {}),
        "Occ F3": (Panel("W", "X:AC", OCCUPATIONS, ("occ_f3",), first=2),),
        "Occ F4": (Panel("M", "N:P", OCCUPATIONS, ("occ_f4",), says=THOUSAND),),
        "Occ F5": (Panel("M", "N:P", OCCUPATIONS, ("occ_f5",), above={"all": {"sex": "all"}, **SEXES}),),
        "Qual T1": (Panel("A", "B:F", QUALIFICATIONS, ("qual_t1",), says=OF_QUALIFICATIONS),),
        "Qual F1": _charts("qual_f1", QUALIFICATIONS, THOUSAND),
        "RD T1": (
            Panel("A", "B:F G", OCCUPATIONS, ("rd_t1",), above=CONSTRAINED, says=THOUSAND),
            Panel("I", "J:N", OCCUPATIONS, ("rd_t1_1",), above=QUALIFICATIONS, says=THOUSAND),
            Panel("P", "Q:U V", OCCUPATIONS, ("rd_t1_2",), above=SEXES, says=THOUSAND),
            Panel("X", "Y:AC AD", detail, ("rd_t1_3",), says=THOUSAND),
        ),
        "RD F1": (Panel("O", "P:Q", OCCUPATIONS, ("rd_f1", "rd_f1_1"), says=THOUSAND),),
        "Basic T1": (Panel("A", _TEN, OCCUPATIONS, ("basic_t1",), above=SECTORS, says=THOUSAND),),
        "Basic T2": _basic_t2(),
        "Basic T3": (Panel("A", "B:K M:V X:AG", OCCUPATIONS, ("basic_t3",)),),
    }


# Visible sheets that hold no figures about work.
NO_FIGURES = ("Warning", "Info", "Manager", "Contents", "name", "aggregation", "AggregationTables")

LEFT_OUT = (
    LeftOut("a year in a heading", sheet="(Ind|Occ|Qual|RD|Basic|ShiftShare) .*", years=True),
    LeftOut("the years that were chosen for the tables, which are headings there", sheet="Manager", years=True),
    LeftOut("which industry or occupation is part of which wider one: a matrix, no figure", sheet="aggregation"),
    LeftOut("the number of an industry or a group in a list, no figure", sheet="AggregationTables"),
    LeftOut("a zero that a formula left between two tables", sheet="Ind T4", rows=(17, 17), columns=(9, 9)),
    LeftOut("a zero that a formula left between two tables", sheet="Ind T4", rows=(77, 77), columns=(6, 6)),
    LeftOut("a zero that a formula left after the last year", sheet="Ind F2", rows=(4, 4), columns=(39, 39)),
    LeftOut("the bounds of a chart's axis", sheet="Occ F3", rows=(18, 19), columns=(24, 26)),
)
