"""A question in Python -> a typed answer of a running service: the library for those who use the API.

Rule 1: it imports nothing but the standard library, and no other room; no other room imports it.
Rule 2: a question is only ever asked with GET, so that asking again is harmless; who is told to wait waits.
Rule 3: an answer is typed as it came: a figure keeps its status, and one that isn't there is None with its reason.
"""

from lmiforall.client.answers import (
    Crosswalk,
    CrosswalkStep,
    CrosswalkTarget,
    DatasetInfo,
    DatasetSummary,
    Deciles,
    DimensionInfo,
    Interval,
    Observation,
    Occupation,
    Part,
    Quality,
    Rating,
    ReleaseInfo,
    Reply,
    Series,
    Weighted,
    YearFigure,
)
from lmiforall.client.held import HeldAnswers
from lmiforall.client.lmi import LMI
from lmiforall.client.transport import Transport
from lmiforall.client.trouble import LMIError, Misunderstood, NoFigures, Refused, Unreachable
from lmiforall.client.waiting import Patience

__all__ = [
    "LMI",
    "Crosswalk",
    "CrosswalkStep",
    "CrosswalkTarget",
    "DatasetInfo",
    "DatasetSummary",
    "Deciles",
    "DimensionInfo",
    "HeldAnswers",
    "Interval",
    "LMIError",
    "Misunderstood",
    "NoFigures",
    "Observation",
    "Occupation",
    "Part",
    "Patience",
    "Quality",
    "Rating",
    "Refused",
    "ReleaseInfo",
    "Reply",
    "Series",
    "Transport",
    "Unreachable",
    "Weighted",
    "YearFigure",
]
