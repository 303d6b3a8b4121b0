"""People at work by SOC2020 occupation at every level in 42 local areas of England, year by year: modelled."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.model import Areas
from lmiforall.codes.area_si2035 import AREA_SI2035
from lmiforall.codes.calendar import YEAR
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets.few_people import MODELLED_UNDER_1000

NORTH_EAST, NORTH_WEST, YORKSHIRE = "E12000001", "E12000002", "E12000003"
EAST_MIDLANDS, WEST_MIDLANDS, EAST = "E12000004", "E12000005", "E12000006"
LONDON, SOUTH_EAST, SOUTH_WEST = "E12000007", "E12000008", "E12000009"
# The South East Midlands lie in three regions. Where Dorset (LSIP) is isn't known: see the notes of the projections.
INSIDE = {
    NORTH_EAST: ("TV_LSIP", "NE_MCA", "NT_MCA", "TV_MCA", "NO_LEP"),
    NORTH_WEST: ("CH_LSIP", "CU_LSIP", "GM_LSIP", "LA_LSIP", "LV_LSIP", "GM_MCA", "LV_MCA"),
    YORKSHIRE: ("HU_LSIP", "SY_LSIP", "WY_LSIP", "YY_LSIP", "SY_MCA", "WY_MCA"),
    EAST_MIDLANDS: ("DN_LSIP",),
    WEST_MIDLANDS: ("MA_LSIP", "ST_LSIP", "WO_LSIP", "WM_MCA"),
    EAST: ("CP_LSIP", "ES_LSIP", "HE_LSIP", "NS_LSIP", "CP_MCA"),
    LONDON: ("GL_LSIP",),
    SOUTH_EAST: ("BH_LSIP", "BU_LSIP", "KM_LSIP", "OX_LSIP", "TB_LSIP"),
    SOUTH_WEST: ("CI_LSIP", "GC_LSIP", "SN_LSIP", "WS_LSIP", "WE_MCA", "DO_LEP"),
}

DATASET = Dataset(
    name="employment_estimates_by_area",
    title="Employment by occupation and local area of England, 2010 to 2035",
    summary="People at work by SOC2020 group, local area (LSIP, MCA, LEP) and year; modelled, with intervals.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc", SOC2020, "Occupation (SOC2020)"),
        Dimension("area", AREA_SI2035, "Local area: LSIP, combined authority or LEP"),
        Dimension("year", YEAR, "Year"),
    ),
    measures=(Measure("employment", "People at work", "people", quality="grade_1_to_3"),),
    model=Areas(
        inputs=("employment_estimates", "projections", "employment_by_region", "employment_by_industry"),
        method="RAS: England's unit groups by industry made to meet the area's own totals; half of its region's ways.",
        cube="employment_estimates",
        england="E92000001",
        projections="projections",
        regions="employment_by_region",
        industries="employment_by_industry",
        inside=tuple((area, region) for region, areas in INSIDE.items() for area in areas),
    ),
    interval_level=0.9,
    withhold=(MODELLED_UNDER_1000,),
    rows=(550_000, 650_000),
    history=(Edition("Skills Imperative 2035, local areas; APS 2021 to 2024", "2025"),),
)
