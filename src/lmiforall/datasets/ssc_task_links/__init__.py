"""Which tasks people in each finer occupation do, and how closely each task belongs to it."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Measure
from lmiforall.codes.ssc import SUB_UNIT_GROUP, TASK
from lmiforall.datasets import ssc
from lmiforall.datasets.flat import Flat, figures

LISTS = {
    "links": Flat(
        sheet=ssc.SHEET,
        keys={"SUG Code": "sub_unit_group", "Task ID": "task"},
        values={"Task Relatedness %": "relatedness_pct"},
        ignored=("SUG Title", "SUG Description", "Task Statement"),
        clean={"sub_unit_group": ssc.repaired},
    ),
}

DATASET = Dataset(
    name="ssc_task_links",
    title="UK Standard Skills Classification: tasks of occupations",
    summary="How closely each of 21,084 tasks belongs to each of 1,138 sub-unit groups of SOC2020, in per cent.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("sub_unit_group", SUB_UNIT_GROUP, "Sub-unit group (SOC2020 extension)"),
        Dimension("task", TASK, "Task"),
    ),
    measures=(
        Measure(
            "relatedness_pct",
            "Relatedness",
            "per cent",
        ),
    ),
    sources=(ssc.source("links", "links between sub-unit groups and tasks", holds=(40_000, 45_000)),),
    read=figures(LISTS),
    rows=(40_000, 45_000),
    history=(ssc.EDITION,),
)
