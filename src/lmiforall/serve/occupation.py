"""What the shapes at the old door share: a code that exists, and the figures of one group of people."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from msgspec import Struct

from lmiforall.base.code_list import CodeList
from lmiforall.base.endpoint import Filtered, Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.release.opened import Opened
from lmiforall.serve.answer import Answer, found, kept


@dataclass(frozen=True)
class Spoken:
    """A classification that a request may speak: the dimension that holds its codes, and the other's list."""

    name: str
    dimension: str
    codes: CodeList
    other: CodeList


# The dimension of the classification that the old API speaks unless it is asked otherwise.
DIMENSION = "soc2010"

IN_SOC2010 = Spoken("SOC2010", DIMENSION, SOC2010, SOC2020)
IN_SOC2020 = Spoken("SOC2020", "soc", SOC2020, SOC2010)


def spoken(asked: Mapping[str, str]) -> Spoken:
    """Give the classification of the request: SOC2010, unless ``classification`` says otherwise."""
    # PERF: most requests say nothing about it (bench/answers.py, v1 series).
    return IN_SOC2020 if "classification" in asked and asked["classification"].lower() == "soc2020" else IN_SOC2010


# What no filters choose.
NOBODY: Mapping[str, str] = {}


class Whom(Struct, frozen=True):
    """Whom a question is about: a code, of ``dimension``, and the codes that filters choose by dimension.

    ``people`` is None where the data bears no such filter.
    """

    dimension: str
    soc: str
    people: Mapping[str, str] | None

    def wanted(self, ask: Filtered) -> dict[str, str]:
        """Give the codes of the group, by dimension."""
        return {**ask.where, self.dimension: self.soc, **(self.people or {})}


# So many texts of filters are remembered for each endpoint; of more, those that come first.
MOST_TEXTS = 2_000

# A year, the value and its status.
Figure = tuple[str, float, str]


def code(asked: Mapping[str, str], *, digits: int = 4) -> str:
    """Give the code that is asked about, cut to ``digits``; refuses one that doesn't exist."""
    return _known(asked["soc"], spoken(asked))[:digits]


def _known(given: str, classification: Spoken) -> str:
    if given not in classification.codes.by_code:
        hint = "Search with soc/search?q=..."
        if given in classification.other:
            hint = "It is a SOC2020 code; this API speaks SOC2010, and SOC2020 with classification=soc2020."
            hint = hint if classification is IN_SOC2010 else "It is a SOC2010 code; leave classification out."
        raise Stop(Problem(f"{given} is not a {classification.name} code", "parameter soc", hint))
    return given


def whom(asked: Mapping[str, str], ask: Filtered, read: MutableMapping[str, Mapping[str, str] | None]) -> Whom:
    """Read whom a question to a filtered endpoint is about; refuses a code and a filter that don't exist.

    ``read`` remembers what texts of filters choose.
    """
    classification = spoken(asked)
    soc = _known(asked["soc"], classification)
    text = asked.get("filters") or asked.get("filterBy") or ""
    # PERF: the filters of most questions were asked before: 0.9 us in all for 2.0 (bench/endpoints.py, lfs/weeklypay).
    if text in read:
        people = read[text]
    else:
        people = chosen(text, ask)
        if len(read) < MOST_TEXTS:
            read[text] = people
    return Whom(classification.dimension, soc[: ask.digits] if coarse(asked) else soc, people)


def wanted(asked: Mapping[str, str], soc: str) -> dict[str, str]:
    """Give the code under the dimension that holds it."""
    return {spoken(asked).dimension: soc}


def coarse(asked: Mapping[str, str]) -> bool:
    """Whether the two-digit group is asked for."""
    return "coarse" in asked and asked["coarse"].lower() in ("true", "1")


def looked_up(opened: Opened, wanted: Mapping[str, str], year: str = "") -> Sequence[Figure]:
    """Give year by year what has a value, of one measure of one group; a dataset without years is of one ``year``."""
    codes, statuses = group(opened, wanted), opened.words["status"]
    if year:
        rows = [(year, *row) for row in columns(opened, codes, "value", "status")]
    else:
        years = opened.words["year"]
        rows = [(years[at], value, status) for at, value, status in columns(opened, codes, "year", "value", "status")]
    return [(year, value, statuses[status]) for year, value, status in rows if value == value]  # noqa: PLR0124 - NaN


def by_code(
    opened: Opened, wanted: Mapping[str, str], dimension: str, asked: Sequence[str]
) -> Mapping[str, Sequence[Figure]]:
    """Give the same for each code of a dimension, in the order in which they are asked for; those that have any."""
    numbers, years, statuses = opened.numbers[dimension], opened.words["year"], opened.words["status"]
    codes = group(opened, wanted)
    codes[dimension] = [code for code in asked if code in numbers]
    found: dict[int, list[Figure]] = {numbers[code]: [] for code in codes[dimension]}
    # PERF: all codes at once: 30 us for the 12 regions of pay, where a search for each takes 140
    # (bench/endpoints.py, ashe/estimatePay?breakdown).
    for number, year, value, status in columns(opened, codes, dimension, "year", "value", "status"):
        if value == value:  # noqa: PLR0124 - NaN, a missing value, is unequal to itself
            found[number].append((years[year], value, statuses[status]))
    return {code: found[numbers[code]] for code in codes[dimension] if found[numbers[code]]}


def group(opened: Opened, wanted: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Give the codes of one group of people: those wanted, and for other dimensions their default."""
    return {name: (code,) for name, code in {**opened.defaults, **wanted}.items()}


def columns(opened: Opened, codes: Mapping[str, Sequence[str]], *names: str) -> Iterable[tuple[Any, ...]]:
    """Give some columns of the rows that hold the codes; none where a code is one of which there is nothing here."""
    try:
        rows = opened.find(codes)
    except KeyError:
        return ()
    return zip(*[opened.column(name, rows) for name in names], strict=True)


def chosen(text: str, ask: Filtered) -> Mapping[str, str] | None:
    """Read what filters choose: dimension -> code; None where the data bears no such filter."""
    if not text:
        return NOBODY
    # PERF: as they are mostly written, names and numbers are looked up at once: 1 us for four filters where to read
    # them takes 9 (bench/endpoints.py, ashe/estimatePay).
    parts, pieces = ask.parts, text.replace("|", ",").split(",")
    if all(map(parts.__contains__, pieces)):
        found = dict([parts[piece] for piece in pieces])
        if len(found) == len(pieces):
            return found
    return _read(text, ask.filters, ask.unborne)


def _read(text: str, wires: Sequence[Wire], unborne: Sequence[str]) -> dict[str, str] | None:
    """Read ``gender:2|status:1``: dimension -> code; None where the data bears no such filter.

    ``%3A`` and ``,`` were read as well; a name or number that the old API never had is refused. A number alone is
    another code of the name before it; no figure is of two codes at once.
    """
    found: dict[str, str] = {}
    known = {wire.name: wire for wire in wires}
    bears, before = True, ""
    for part in filter(None, (piece.strip() for piece in text.replace(",", "|").split("|"))):
        name, given, number = (piece.strip() for piece in part.partition(":"))
        if not given and before:
            name, number = before, name
        before = name
        if name in unborne:
            bears = False
            continue
        if name not in known:
            near = get_close_matches(name, [*known, *unborne], 1)
            raise Stop(
                Problem(
                    f"there is no filter {name[:40]!r}",
                    "parameter filters",
                    f"Did you mean {near[0]}?" if near else f"Known are: {', '.join([*known, *unborne])}",
                )
            )
        wire = known[name]
        if not (number.isascii() and number.isdigit() and len(number) < 4 and int(number) in wire.codes):
            numbers = ", ".join(f"{place} {title}" for place, (_, title) in wire.codes.items())
            raise Stop(
                Problem(f"{number[:40]!r} is not a code of {name}", "parameter filters", f"Its codes: {numbers}")
            )
        code = wire.codes[int(number)][0]
        bears = bears and found.setdefault(wire.dimension, code) == code
    return found if bears else None


def span(asked: Mapping[str, str]) -> tuple[str, str]:
    """Give the first and the last year that are asked for, by minYear and maxYear."""
    return asked.get("minYear", "0000"), asked.get("maxYear", "9999")


def whole(value: float, step: int = 1) -> int:
    """Round to a multiple of ``step``, halves up, as the old API's integers are."""
    return int(value / step + 0.5) * step


def nothing(soc: str, why: str) -> dict[str, object]:
    """Give the old API's answer where a known code has no figure."""
    return {"soc": int(soc) if soc.isdigit() else soc, "error": why}


# PERF: most groups that can be asked for have no figure: 0.1 us for 2 (bench/endpoints.py, ashe/estimatePay).
@lru_cache(2_000)
def none(soc: str, why: str) -> Answer:
    """Answer so."""
    return kept(found(nothing(soc, why)))
