"""A question to the old API -> the Link header of its answer: the same in v2, what was merged or split, the licences.

In v2 every figure is unrounded, with its status and its origin.
"""

from collections.abc import Mapping

from lmiforall.base.endpoint import Endpoint
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import occupation
from lmiforall.serve.lookup import UNIT_DIGITS
from lmiforall.serve.table import licences

# The path that tells how a code is converted.
CONVERT = "/api/v1/soc/convert"


class Twin:
    """What is the same in every Link header of an endpoint is written once."""

    def __init__(self, release: Release, opened: Opened, endpoint: Endpoint) -> None:
        self._keys = frozenset(opened.keys)
        self._digits = getattr(endpoint, "digits", 2)
        self._converted = occupation.DIMENSION in opened.dimensions
        self._address = f"</api/v2/datasets/{opened.dataset.name}"
        self._fixed = [f"{name}={code}" for name, code in endpoint.where.items() if name in self._keys]
        measure = getattr(endpoint, "measure", "")
        self._measure = [f"measure={measure}"] if measure and "measure" in self._keys else []
        self._licences = licences(release, opened.dataset.name)

    def link(self, asked: Mapping[str, str], people: Mapping[str, str]) -> str:
        """Write the header for a question, and the people whom its filters choose."""
        keys, codes, related = self._keys, [*self._fixed], ""
        if code := asked.get("soc") or asked.get("code"):
            coarse, dimension = occupation.coarse(asked), occupation.spoken(asked).dimension
            if dimension in keys:
                codes.append(f"{dimension}={code[: self._digits] if coarse else code}")
            if self._converted and not coarse and len(code) >= UNIT_DIGITS:
                related = f', <{CONVERT}?soc={code}>; rel="related"'
        if "onet" in keys and (code := asked.get("onet")):
            codes.append(f"onet={code}")
        codes += [f"{name}={code}" for name, code in people.items() if name in keys]
        codes += self._measure
        observations = f"/observations?{'&'.join(codes)}" if codes else ""
        return f'{self._address}{observations}>; rel="describedby"{related}{self._licences}'
