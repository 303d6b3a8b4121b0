"""The local authorities of the UK, those of today and those that they replaced, with what they lie in."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Download, Edition, Field, Source
from lmiforall.base.licence import OGL3_OS
from lmiforall.codes.gss import AREA
from lmiforall.datasets.addresses import on_github
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "authorities": Flat(
        keys={"LADCD": "area"},
        values={
            "LADNM": "name",
            "LADCD_ACTIVE": "now",
            "LADNM_ACTIVE": "now_name",
            "UTLACD": "upper_tier",
            "UTLANM": "upper_tier_name",
            "CAUTHCD": "combined_authority",
            "CAUTHNM": "combined_authority_name",
            "RGNCD": "region",
            "RGNNM": "region_name",
            "CTRYCD": "nation",
            "CTRYNM": "nation_name",
            "Current": "current",
            "LAD20CD": "in_2020",
            "LAD20NM": "in_2020_name",
        },
        ignored=("EWCD", "EWNM", "GBCD", "GBNM", "UKCD", "UKNM"),
    ),
}

DATASET = Dataset(
    name="local_authorities",
    title="Local authorities",
    summary="Local authorities of the UK, current and former: successor, upper tier, region and nation.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("area", AREA, "Local authority (GSS code)"),),
    fields=(
        Field("name", "Name"),
        Field("now", "The authority of today"),
        Field("now_name", "Its name"),
        Field("upper_tier", "County or unitary authority"),
        Field("upper_tier_name", "Its name"),
        Field("combined_authority", "Combined authority"),
        Field("combined_authority_name", "Its name"),
        Field("region", "Region of England, or nation"),
        Field("region_name", "Its name"),
        Field("nation", "Nation"),
        Field("nation_name", "Its name"),
        Field("current", "Whether it is current"),
        Field("in_2020", "The authority of 2020"),
        Field("in_2020_name", "Its name"),
    ),
    sources=(
        Source(
            name="authorities",
            publisher="Office for National Statistics, Open Geography",
            title="Local authority codes with lookups, put together from the Code History Database",
            page="https://geoportal.statistics.gov.uk/",
            licence=OGL3_OS,
            files=r"drkane_la_all_codes\.csv$",
            dialect="csv",
            downloads=(
                Download(
                    (on_github("drkane/geo-lookups", "e20a072d5fc0", "la_all_codes.csv"),),
                    "geography/drkane_la_all_codes.csv",
                ),
            ),
            count=(1, 1),
            derived=True,
            holds=(390, 540),
        ),
    ),
    read=records(LISTS),
    rows=(400, 500),
    history=(Edition("2023", "2023-04-01", "After the mergers in Cumbria, North Yorkshire and Somerset."),),
)
