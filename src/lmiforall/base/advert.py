"""The words of a job advert: a posting as its source gives it, and the advert that is kept of it.

PERF: they go from process to process, which takes records of msgspec half of what dataclasses take
(bench/adverts.py).
"""

from hashlib import blake2b

import msgspec

JOB, APPRENTICESHIP = "job", "apprenticeship"
# The times over which pay is told.
HOUR, DAY, WEEK, MONTH, YEAR = "hour", "day", "week", "month", "year"


class Posting(msgspec.Struct, frozen=True):
    """What a source gives of an advert; its texts may be HTML, its dates are ``YYYY-MM-DD``.

    ``contacts`` are the people whom the source names in fields of their own: they are never kept, and their names
    are looked for in the texts.
    """

    source: str
    id: str
    title: str
    employer: str = ""
    description: str = ""
    place: str = ""
    postcode: str = ""
    pay: str = ""
    pay_low: float | None = None
    pay_high: float | None = None
    pay_per: str = ""
    kind: str = JOB
    link: str = ""
    posted: str = ""
    expires: str = ""
    contacts: tuple[str, ...] = ()

    def digest(self, prepared_by: str) -> bytes:
        """Tell whether a posting is the one that was prepared before, by the same release."""
        parts = [str(getattr(self, name)) for name in self.__struct_fields__]
        return blake2b("\0".join([prepared_by, *parts]).encode("utf-8", "replace"), digest_size=16).digest()


class Faulty(msgspec.Struct, frozen=True):
    """An item of a source that can't be read as a posting: where it stands, and why."""

    where: str
    why: str


class Pay(msgspec.Struct, frozen=True):
    """Pay in pounds: the range as told, and a full-time year of it. ``note`` has what else was said (OTE, pro rata)."""

    low: float
    high: float
    per: str
    yearly_low: float
    yearly_high: float
    note: str = ""


class Coding(msgspec.Struct, frozen=True):
    """A code, and how likely it is the right one; a code of fewer than four digits is a wider group."""

    soc2020: str = ""
    soc2020_probability: float = 0.0
    soc2010: str = ""
    soc2010_probability: float = 0.0
    reason: str = ""


class Skill(msgspec.Struct, frozen=True):
    """A skill of a classification that the description names, and between which characters."""

    id: str
    label: str
    start: int
    end: int


class Advert(msgspec.Struct, frozen=True):
    """A posting without HTML and personal data, with its codes.

    ``block`` is equal for adverts that might be the same one (title, employer, place); ``sketch`` tells how alike
    their texts are.
    """

    source: str
    id: str
    digest: bytes
    title: str
    kind: str = JOB
    employer: str = ""
    description: str = ""
    place: str = ""
    postcode: str = ""
    area: str = ""
    region: str = ""
    pay: Pay | None = None
    coding: Coding = Coding()
    skills: tuple[Skill, ...] = ()
    link: str = ""
    posted: str = ""
    expires: str = ""
    block: bytes = b""
    sketch: bytes = b""
