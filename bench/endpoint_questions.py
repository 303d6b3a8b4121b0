"""A release and an endpoint of the old API -> addresses that ask it, no two the same.

Parameters are drawn by chance from all that they may be. Where an endpoint can be asked fewer things than a run needs
addresses, the rest ask again with ``_=1`` and so on, as jQuery does: the service ignores it, and finds no held answer.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    socs = [code for code in release.dataset("soc2010_descriptions").codes("soc2010") if code.isdigit()]
    onets = release.dataset("onet_ratings").codes("onet")
    ratings = release.dataset("onet_ratings")
    skills = [code for code in ratings.codes("element") if code.startswith("2.")]
    years = release.dataset("employment_at_soc2010").codes("year")
    spans = list(combinations_with_replacement(years, 2))
    titles = release.dataset("soc2010_descriptions")
    texts = " ".join(titles.text("title", row) for row in range(titles.rows)).lower()
    words = sorted(set(re.findall(r"[a-z]{4,}", texts)))
    span: tuple[str, str] = spans[0]

    def several(codes: Sequence[str], most: int) -> str:
        return ",".join(chance.sample(codes, chance.randint(1, most)))

    def draw(parameter: Parameter, endpoint: Endpoint) -> str:
        nonlocal span
        if parameter.name == "minYear":
            span = chance.choice(spans)
        made: dict[str, Callable[[], str]] = {
            "code": lambda: chance.choice(socs),
            "soc": lambda: chance.choice(socs),
            "onet": lambda: chance.choice(onets),
            "onetCodes": lambda: several(onets, MOST_CODES),
            "skills": lambda: several(skills, MOST_SKILLS),
            "coarse": lambda: chance.choice(("", "true")),
            "q": lambda: " ".join(chance.sample(words, 2)).replace(" ", "+"),
            "minYear": lambda: span[0],
            "maxYear": lambda: span[1],
            "region": lambda: str(chance.randint(1, 12)),
            "filters": lambda: _filters(_wires(endpoint), chance),
            "breakdown": lambda: chance.choice([wire.name for wire in _wires(endpoint)]),
            "breakdownBy": lambda: chance.choice([wire.name for wire in _wires(endpoint)]),
            "filter": lambda: chance.choice([wire.name for wire in _wires(endpoint)]),
            "name": lambda: chance.choice([wire.name for wire in _wires(endpoint)]),
            "area": lambda: "SW1A1AA",
            "courses": lambda: "A1",
        }
        made["filterBy"] = made["filters"]
        return made[parameter.name]() if parameter.name in made else ""

    return draw


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


def _filters(wires: Sequence[Wire], chance: random.Random) -> str:
    chosen = [(wire.name, chance.choice(["", *map(str, wire.codes)])) for wire in wires]
    return ",".join(f"{name}:{number}" for name, number in chosen if number)
