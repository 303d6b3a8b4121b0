"""How far and how people in Greater Manchester travelled to work, their hours and their activity, Census 2021."""

from pathlib import Path

from lmiforall.base.code_list import Pattern, listed
from lmiforall.base.dataset import Dataset, Dimension, Measure, Total
from lmiforall.codes.gss import AREA
from lmiforall.datasets import census2021
from lmiforall.datasets.flat import figures

QUESTION = listed(
    "census2021_question",
    "Table of the 2021 Census",
    (
        ("distance", "Distance travelled to work (TS058)"),
        ("hours", "Hours worked in a week (TS059)"),
        ("method", "Method of travel to work (TS061)"),
        ("activity", "Economic activity (TS066)"),
    ),
)
ANSWER = Pattern("census2021_answer", "Answer, as the Census words it", ".+")

DATASET = Dataset(
    name="census2021_work",
    title="Travel to work, hours and activity, Census 2021, Greater Manchester",
    summary="People by distance and method of travel to work, hours and activity, by local authority, 21 March 2021.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("area", AREA, "Local authority where they live"),
        Dimension("question", QUESTION, "Table"),
        Dimension("answer", ANSWER, "Answer"),
    ),
    measures=(Measure("people", "Residents, 16 and over", "people"),),
    sources=(
        census2021.source("distance", "TS058", "distance", "distance_travelled_to_work", (100, 100)),
        census2021.source("hours", "TS059", "hours", "hours_worked", (40, 40)),
        census2021.source("method", "TS061", "method of travel", "method_of_travel_to_work", (110, 110)),
        census2021.source("activity", "TS066", "economic activity", "economic_activity_status", (190, 190)),
    ),
    read=figures(
        {
            "distance": census2021.answers("distance_travelled_category", "answer", question="distance"),
            "hours": census2021.answers("hours_worked_category", "answer", question="hours"),
            "method": census2021.answers("mode_of_travel", "answer", question="method"),
            "activity": census2021.answers("economic_activity_status", "answer", question="activity"),
        }
    ),
    rows=(440, 440),
    totals=(
        Total(
            {"area": "E08000001", "question": "distance", "answer": "Less than 2km"},
            "people",
            15111,
            because="the first row of the distances",
        ),
    ),
    history=census2021.HISTORY,
)
