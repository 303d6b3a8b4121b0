"""What a figure is: a publisher's cell, our estimate, or missing, and then why it is missing."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The one status that every observation carries, from the reader to the answer."""

    DIRECT = "direct"
    CONVERTED = "converted"
    MODELLED = "modelled"
    BALANCED = "balanced"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"
    NEGLIGIBLE = "negligible"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    NOT_YET_PUBLISHED = "not_yet_published"


MEANINGS: dict[Status, str] = {
    Status.DIRECT: "A cell that the publisher published, unchanged.",
    Status.CONVERTED: "Carried from another classification by published shares.",
    Status.MODELLED: "Estimated by this service from published figures.",
    Status.BALANCED: "Estimated by this service, then made to agree with published totals.",
    Status.SUPPRESSED: "Withheld, because it could disclose a person or a firm or rests on too few.",
    Status.UNRELIABLE: "Too uncertain for practical use: given as its publisher does, or to who asks for any quality.",
    Status.NEGLIGIBLE: "Nil, or less than half of the last digit shown.",
    Status.NOT_APPLICABLE: "The question makes no sense for this group.",
    Status.NOT_COLLECTED: "Nobody publishes this figure, as far as we know.",
    Status.NOT_YET_PUBLISHED: "Due from the publisher, and not out yet.",
}


SHADED = "shaded"


@dataclass(frozen=True)
class Mark:
    """A sign that a publisher prints in place of a number, such as ``x`` or ``..``.

    One sign means different things by publisher, so each source declares its own, and the
    sign itself travels with the observation beside the status that it stands for. The sign
    ``shaded`` is a number whose cell is shaded; an empty sign is a cell that was left blank.
    """

    sign: str
    status: Status
    meaning: str
