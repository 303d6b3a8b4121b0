"""The finer occupations of the UK Standard Skills Classification."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.ssc import SUB_UNIT_GROUP
from lmiforall.datasets import ssc
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "links": Flat(
        sheet=ssc.SHEET,
        keys={"SUG Code": "sub_unit_group"},
        values={"SUG Title": "title", "SUG Description": "description"},
        ignored=ssc.others("SUG Code", "SUG Title", "SUG Description"),
        clean={"sub_unit_group": ssc.repaired},
        once=True,
    ),
}

DATASET = Dataset(
    name="ssc_sub_unit_groups",
    title="UK Standard Skills Classification: sub-unit groups",
    summary="1,138 sub-unit groups of SOC2020 with titles and descriptions.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("sub_unit_group", SUB_UNIT_GROUP, "Sub-unit group (SOC2020 extension)"),),
    fields=(
        Field("title", "Title"),
        Field("description", "Description", sentences=True),
    ),
    sources=(ssc.source("links", "tasks of occupations", holds=(1_130, 1_400)),),
    read=records(LISTS),
    rows=(1_138, 1_300),
    history=(ssc.EDITION,),
)
