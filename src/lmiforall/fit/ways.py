"""O*NET's, the US, ISCO's and the UK's tables -> the two ways between O*NET occupations and SOC2020 unit groups.

The links lead in four steps: O*NET-SOC 2019 to US SOC 2018, which is its first six digits; to US SOC 2010; to
ISCO-08; and to SOC2020, with as many links as the index has job titles in both groups. The other way leads back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lmiforall.base.model import Bridge
from lmiforall.codes.isco08 import ISCO08
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.ussoc2010 import USSOC2010
from lmiforall.codes.ussoc2018 import USSOC2018
from lmiforall.fit.common_titles import Common, common
from lmiforall.fit.links import Floats, back, matrix

ONET = tuple(entry.code for entry in ONET_SOC2019.codes)
US2018 = tuple(entry.code for entry in USSOC2018.codes)
US2010 = tuple(entry.code for entry in USSOC2010.codes)
ISCO = tuple(entry.code for entry in ISCO08.at_level("unit"))
UNITS = tuple(entry.code for entry in SOC2020.at_level("unit"))

SIX_DIGITS = len("11-1011")

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, eq=False)
class End:
    """One end of a way: the name of its dimension, and its groups."""

    dimension: str
    groups: Sequence[str]


@dataclass(frozen=True, eq=False)
class Way:
    """One direction: from ``start`` by ``steps`` of links, or by the titles in common, to ``finish``.

    The step with the number ``middle`` (from 0) lies between US SOC 2010 and ISCO-08, the ends of which are named by
    ``around`` in the order in which they are met; ``in_part`` has those of its links that BLS marks with ``*``.
    """

    direction: str
    start: End
    finish: End
    steps: Sequence[Floats]
    titles: Common
    middle: int
    around: tuple[str, str]
    in_part: Floats


def ways(model: Bridge, frames: Frames) -> tuple[Way, Way]:
    """Lay out both directions: from O*NET to the unit groups, and back."""
    steps, titles, links = _steps(model, frames), _titles(model, frames), frames[model.isco]
    onet, units = End("onet", ONET), End("soc", UNITS)
    us, isco = "us_occupations", "isco08_groups"
    there = Way(
        direction="to_soc2020",
        start=onet,
        finish=units,
        steps=steps,
        titles=titles,
        middle=2,
        around=(us, isco),
        in_part=_us_to_isco(_marked(links, "to_isco08")),
    )
    back_again = Way(
        direction="to_onet",
        start=units,
        finish=onet,
        steps=back(steps),
        titles=titles.swapped(),
        middle=1,
        around=(isco, us),
        in_part=_us_to_isco(_marked(links, "to_ussoc2010")).T,
    )
    return there, back_again


def _steps(model: Bridge, frames: Frames) -> list[Floats]:
    """Give the steps from O*NET on."""
    us = frames[model.us].select("ussoc2018", "ussoc2010").iter_rows()
    index = frames[model.index].filter(pl.col("soc") != "", pl.col("isco08") != "").select("isco08", "soc").iter_rows()
    return [
        matrix(((code, code[:SIX_DIGITS]) for code in ONET), ONET, US2018),
        matrix(us, US2018, US2010),
        _us_to_isco(frames[model.isco].filter(pl.col("direction") == "to_isco08")),
        matrix(index, ISCO, UNITS),
    ]


def _marked(links: pl.DataFrame, direction: str) -> pl.DataFrame:
    return links.filter(pl.col("direction") == direction, pl.col("part") != "")


def _us_to_isco(links: pl.DataFrame) -> Floats:
    """Lay out links between the two; one to a wider group of ISCO-08 is one to each unit group in it."""
    pairs = links.select("ussoc2010", "isco08").iter_rows()
    return matrix(((us, unit) for us, isco in pairs for unit in ISCO if unit.startswith(isco)), US2010, ISCO)


def _titles(model: Bridge, frames: Frames) -> Common:
    """Find the titles that O*NET and the index have in common; O*NET's abbreviations are titles as well."""
    more = frames[model.titles]
    onet = [
        *frames[model.occupations].select("onet", "title").iter_rows(),
        *more.select("onet", "title").iter_rows(),
        *more.select("onet", "short_title").iter_rows(),
    ]
    index = frames[model.index].filter(pl.col("soc") != "").select("soc", "title").iter_rows()
    return common(onet, index, ONET, UNITS)
