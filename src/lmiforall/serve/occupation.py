"""What the shapes at the old door share: a SOC2010 code that exists, and the figures of one group of people."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from lmiforall.base.endpoint import Wire
from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.release.opened import Opened

DIMENSION = "soc2010"


def code(asked: Mapping[str, str], *, digits: int = 4) -> str:
    """Give the SOC2010 code that is asked about, cut to ``digits``; refuses one that doesn't exist."""
    given = asked["soc"]
    if given not in SOC2010:
        hint = "It is a SOC2020 code; this API speaks SOC2010." if given in SOC2020 else "Search with soc/search?q=..."
        raise Stop(Problem(f"{given} is not a SOC2010 code", "parameter soc", hint))
    return given[:digits]


def figures(opened: Opened, wanted: Mapping[str, str]) -> dict[str, dict[str, tuple[float, str]]]:
    """Give year -> measure -> (value, status) for one group of people; dimensions not named take their default.

    What has no value is left out; nothing at all gives an empty answer.
    """
    codes = {dimension.name: dimension.default for dimension in opened.dataset.dimensions if dimension.default}
    try:
        rows = opened.find({name: [word] for name, word in (codes | dict(wanted)).items()})
    except KeyError:
        return {}
    found: dict[str, dict[str, tuple[float, str]]] = {}
    for row in rows:
        place = int(row)
        value = opened.number("value", place)
        if value is not None:
            year = found.setdefault(opened.word("year", place), {})
            year[opened.word("measure", place)] = (value, opened.word("status", place))
    return found


def chosen(text: str, wires: Sequence[Wire], unborne: Sequence[str]) -> dict[str, str] | None:
    """Read ``gender:2|status:1``: dimension -> code; None where the data bears no such filter.

    ``%3A`` and ``,`` were read as well; a name or number that the old API never had is refused.
    """
    found: dict[str, str] = {}
    known = {wire.name: wire for wire in wires}
    bears = True
    for part in filter(None, (piece.strip() for piece in text.replace(",", "|").split("|"))):
        name, _, number = part.partition(":")
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
        found[wire.dimension] = wire.codes[int(number)][0]
    return found if bears else None


def between(years: Sequence[str], asked: Mapping[str, str]) -> list[str]:
    """Give the years, ascending, from minYear to maxYear, both included."""
    first, last = asked.get("minYear", "0000"), asked.get("maxYear", "9999")
    return [year for year in sorted(years) if first <= year <= last]


def whole(value: float, step: int = 1) -> int:
    """Round to a multiple of ``step``, halves up, as the old API's integers are."""
    return int(value / step + 0.5) * step


def nothing(soc: str, why: str) -> dict[str, object]:
    """Give the old API's answer where a known code has no figure."""
    return {"soc": int(soc) if soc.isdigit() else soc, "error": why}
