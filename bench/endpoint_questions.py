"""A release and an endpoint of the old API -> addresses that ask it, no two the same.

Parameters are drawn by chance from all that they may be. Where an endpoint can be asked fewer things than a run needs
addresses, the rest ask again with ``_=1`` and so on, as jQuery does: the service ignores it, and finds no held answer.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations_with_replacement

from lmiforall.base.endpoint import Breakdown, Endpoint, Filters, Parameter, Wire
from lmiforall.release.opened import Release
from lmiforall.serve.openapi import V1

# A client asks for ten O*NET occupations at once (contract, section 6); a matcher offers a handful of skills.
MOST_CODES = 10
MOST_SKILLS = 6

Draw = Callable[[Parameter, Endpoint], str]


@dataclass(frozen=True)
class Asked:
    """The addresses, and how many different things they ask."""

    addresses: Sequence[str]
    meanings: int


def variants(endpoint: Endpoint) -> list[Endpoint]:
    """Give the endpoint; where it may be asked for a breakdown, without it and with it."""
    if not any(one.name == "breakdown" for one in endpoint.parameters):
        return [endpoint]
    without = tuple(one for one in endpoint.parameters if one.name != "breakdown")
    return [replace(endpoint, parameters=without), endpoint]


def questions(endpoint: Endpoint, draw: Draw, count: int) -> Asked:
    """Draw ``count`` addresses of an endpoint."""
    seen: dict[str, None] = {}
    addresses = []
    for number in range(count):
        address = _address(endpoint, draw)
        if address in seen:
            joined = "&" if "?" in address else "?"
            addresses.append(f"{address}{joined}_={number}")
        else:
            addresses.append(address)
            seen[address] = None
    return Asked(addresses, len(seen))


def drawing(release: Release, chance: random.Random) -> Draw:
    """Prepare what draws a value for a parameter: a code that there is, a filter that the endpoint bears."""
    drawn = _Drawn(release, chance)

    def draw(parameter: Parameter, endpoint: Endpoint) -> str:
        given = getattr(drawn, parameter.name, None)
        return given(_wires(endpoint)) if given else ""

    return draw


class _Drawn:
    """By the name of a parameter, what draws a value for it; a parameter without one is left out."""

    def __init__(self, release: Release, chance: random.Random) -> None:
        self._release = release
        self._chance = chance
        self._years = ("", "")

    @cached_property
    def _socs(self) -> Sequence[str]:
        return [code for code in self._release.dataset("soc2010_descriptions").codes("soc2010") if code.isdigit()]

    @cached_property
    def _onets(self) -> Sequence[str]:
        return self._release.dataset("onet_ratings").codes("onet")

    @cached_property
    def _skills(self) -> Sequence[str]:
        return [code for code in self._release.dataset("onet_ratings").codes("element") if code.startswith("2.")]

    @cached_property
    def _spans(self) -> Sequence[tuple[str, str]]:
        return list(combinations_with_replacement(self._release.dataset("employment_at_soc2010").codes("year"), 2))

    @cached_property
    def _words(self) -> Sequence[str]:
        titles = self._release.dataset("soc2010_descriptions")
        texts = " ".join(titles.text("title", row) for row in range(titles.rows)).lower()
        return sorted(set(re.findall(r"[a-z]{4,}", texts)))

    def _several(self, codes: Sequence[str], most: int) -> str:
        return ",".join(self._chance.sample(codes, self._chance.randint(1, most)))

    def soc(self, _: Sequence[Wire]) -> str:
        return self._chance.choice(self._socs)

    code = soc

    def onet(self, _: Sequence[Wire]) -> str:
        return self._chance.choice(self._onets)

    def onetCodes(self, _: Sequence[Wire]) -> str:  # noqa: N802 - the parameter's name
        return self._several(self._onets, MOST_CODES)

    def skills(self, _: Sequence[Wire]) -> str:
        return self._several(self._skills, MOST_SKILLS)

    def coarse(self, _: Sequence[Wire]) -> str:
        return self._chance.choice(("", "true"))

    def q(self, _: Sequence[Wire]) -> str:
        return "+".join(self._chance.sample(self._words, 2))

    def minYear(self, _: Sequence[Wire]) -> str:  # noqa: N802 - the parameter's name
        self._years = self._chance.choice(self._spans)
        return self._years[0]

    def maxYear(self, _: Sequence[Wire]) -> str:  # noqa: N802 - the parameter's name
        return self._years[1]

    def region(self, _: Sequence[Wire]) -> str:
        return str(self._chance.randint(1, 12))

    def filters(self, wires: Sequence[Wire]) -> str:
        chosen = [(wire.name, self._chance.choice(["", *map(str, wire.codes)])) for wire in wires]
        return ",".join(f"{name}:{number}" for name, number in chosen if number)

    filterBy = filters  # noqa: N815 - the parameter's name

    def name(self, wires: Sequence[Wire]) -> str:
        return self._chance.choice([wire.name for wire in wires])

    breakdown = breakdownBy = filter = name  # noqa: N815 - the parameters' names

    def area(self, _: Sequence[Wire]) -> str:
        return "SW1A1AA"

    def courses(self, _: Sequence[Wire]) -> str:
        return "A1"


def _address(endpoint: Endpoint, draw: Draw) -> str:
    values = {one.name: draw(one, endpoint) for one in endpoint.parameters}
    path = endpoint.path
    for one in endpoint.parameters:
        if one.in_path:
            path = path.replace(f"{{{one.name}}}", values.pop(one.name))
    if "breakdown" in values and values.get("filters", "").startswith(f"{values['breakdown']}:"):
        values["breakdown"] = ""
    query = "&".join(f"{name}={value}" for name, value in values.items() if value)
    return f"{V1}{path}?{query}" if query else f"{V1}{path}"


def _wires(endpoint: Endpoint) -> Sequence[Wire]:
    if isinstance(endpoint, Breakdown | Filters):
        return endpoint.wires
    wires: Sequence[Wire] = getattr(endpoint, "filters", ())
    return wires
