"""What people in O*NET occupations do, task by task."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "tasks": Flat(
        sheet="Task Statements",
        keys={"O*NET-SOC Code": "onet", "Task ID": "task"},
        values={
            "Task": "statement",
            "Task Type": "kind",
            "Incumbents Responding": "incumbents",
            "Date": "date",
            "Domain Source": "given_by",
        },
        ignored=("Title",),
        numbers=("incumbents",),
    ),
}

DATASET = Dataset(
    name="onet_tasks",
    title="O*NET tasks",
    summary="Task statements of O*NET occupations: core or supplemental, and how many people in the job answered.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),
        Dimension("task", onet.TASK, "Task"),
    ),
    fields=(
        Field("statement", "Task", sentences=True),
        Field("kind", "Core or Supplemental"),
        Field("incumbents", "People in the job who answered", kind="number"),
        Field("date", "Month of the data"),
        Field("given_by", "Who gave it"),
    ),
    sources=(onet.source("tasks", "Task Statements", holds=(16_000, 19_500)),),
    read=records(LISTS),
    rows=(18_000, 22_000),
    history=(onet.EDITION,),
)
