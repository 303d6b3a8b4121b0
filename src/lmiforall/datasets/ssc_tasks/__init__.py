"""The tasks of the UK Standard Skills Classification."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.ssc import TASK
from lmiforall.datasets import ssc
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "links": Flat(
        sheet=ssc.SHEET,
        keys={"Task ID": "task"},
        values={"Task Statement": "statement"},
        ignored=ssc.others("Task ID", "Task Statement"),
        once=True,
    ),
}

DATASET = Dataset(
    name="ssc_tasks",
    title="UK Standard Skills Classification: tasks",
    summary="21,084 statements of what people do at work.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("task", TASK, "Task"),),
    fields=(Field("statement", "Task", sentences=True),),
    sources=(ssc.source("links", "tasks of occupations", holds=(20_000, 27_000)),),
    read=records(LISTS),
    rows=(21_000, 23_000),
    history=(ssc.EDITION,),
)
