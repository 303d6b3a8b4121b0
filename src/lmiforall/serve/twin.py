"""A question to the old API -> the Link header of its answer: the same in v2, what was merged or split, the licences.

In v2 every figure is unrounded, with its status and its origin.
"""

from collections.abc import Mapping
from functools import lru_cache

from lmiforall.base.endpoint import Endpoint
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import occupation
from lmiforall.serve.lookup import UNIT_DIGITS
from lmiforall.serve.table import licences

# The path that tells how a code is converted.
CONVERT = "/api/v1/soc/convert"


class Twin:
    """What is the same in every Link header of an endpoint, or of an occupation, is written once."""

    def __init__(self, release: Release, opened: Opened, endpoint: Endpoint) -> None:
        self._keys = frozenset(opened.keys)
        self._digits = getattr(endpoint, "digits", 2)
        self._converted = occupation.DIMENSION in opened.dimensions
        self._address = f"</api/v2/datasets/{opened.dataset.name}"
        self._fixed = [f"{name}={code}" for name, code in endpoint.where.items() if name in self._keys]
        measure = getattr(endpoint, "measure", "")
        self._measure = [f"measure={measure}"] if measure and "measure" in self._keys else []
        self._licences = licences(release, opened.dataset.name)
        # PERF: 0.15 us for 0.8 (bench/endpoints.py, ashe/estimatePay).
        self._around = lru_cache(1_000)(self._written_around)

    def link(self, asked: Mapping[str, str], people: Mapping[str, str]) -> str:
        """Write the header for a question, and the people whom its filters choose."""
        code, keys = asked.get("soc") or asked.get("code") or "", self._keys
        whole, before, after = self._around(
            code, asked.get("onet", ""), occupation.coarse(asked), occupation.spoken(asked).dimension
        )
        chosen = "&".join([f"{name}={code}" for name, code in people.items() if name in keys]) if people else ""
        return f"{before}{chosen}{after}" if chosen else whole

    def _written_around(self, code: str, onet: str, coarse: bool, dimension: str) -> tuple[str, str, str]:  # noqa: FBT001
        """Write the header where no filter chooses anybody; and what stands before and after whom one chooses."""
        codes, related = [*self._fixed], ""
        if code:
            if dimension in self._keys:
                codes.append(f"{dimension}={code[: self._digits] if coarse else code}")
            if self._converted and not coarse and len(code) >= UNIT_DIGITS:
                related = f', <{CONVERT}?soc={code}>; rel="related"'
        if onet and "onet" in self._keys:
            codes.append(f"onet={onet}")
        end = f'>; rel="describedby"{related}{self._licences}'
        all_codes = "&".join([*codes, *self._measure])
        return (
            f"{self._address}{'/observations?' if all_codes else ''}{all_codes}{end}",
            f"{self._address}/observations?{'&'.join([*codes, ''])}",
            f"{'&'.join(['', *self._measure])}{end}",
        )
