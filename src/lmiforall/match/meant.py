"""Entries of an index -> how much each says of the bare title, without its industry and qualifier.

An index lists every job that a title may name ("engineer, automotive" in a garage; the same, professional). Which of
them people mean who say no more was learnt from others who gave bare titles a group: Skills England's sub-unit groups,
ESCO's preferred titles and O*NET's titles, and a little from ONS's related titles (docs/coder.md). Each weight is the
odds against an entry without qualifier.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, sqrt

from lmiforall.match import words
from lmiforall.match.lessons import Entry, Tables, onet

# SOURCE: the conditional logit of docs/coder.md, on 483 ambiguous titles; its coefficients are the logarithms of these.
PROFESSIONAL, NARROWER, AS_SUB_UNIT, AS_RELATED, AS_ESCO = 3.4, 0.35, 1.3, 1.6, 2.5
AS_ONET = 2.5  # times the root of the share that a crosswalk gives the group, as a power of e

_PROFESSIONAL = re.compile(r"\b(?:professional|qualified|licensed|chartered|graduate)\b")


def weighed(entries: Sequence[Entry], tables: Tables) -> list[Entry]:
    """Give the entries with the weight of each for its bare title."""
    codes: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        codes[entry.plain].add(entry.soc2020)
    opinions = _Opinions(tables)
    return [
        replace(entry, weight=round(opinions.weight(entry, ambiguous=len(codes[entry.plain]) > 1), 3))
        for entry in entries
    ]


class _Opinions:
    """What others say of bare titles."""

    def __init__(self, tables: Tables) -> None:
        units = tables["ssc_sub_unit_groups"].select("title", "sub_unit_group").iter_rows()
        self._units = {(words.plain(words.without_brackets(title)), code[:4]) for title, code in units}
        groups = tables["soc2020_groups"].filter(level="unit").select("soc", "related_titles").iter_rows()
        self._related = {(words.plain(title), soc) for soc, related in groups for title in related}
        esco = tables["esco_occupations"].select("title", "isco08").iter_rows()
        self._esco = {(words.plain(title), isco) for title, isco in esco}
        self._onet: dict[str, Mapping[str, float]] = {lesson.text: lesson.soc2020 for lesson in onet(tables)}

    def weight(self, entry: Entry, *, ambiguous: bool) -> float:
        """Give the weight of an entry; opinions matter only where a title has several codes."""
        weight = 1.0
        if entry.industry:
            weight = PROFESSIONAL if _PROFESSIONAL.search(entry.industry.casefold()) else NARROWER
        if not ambiguous:
            return weight
        if (entry.plain, entry.soc2020) in self._units:
            weight *= AS_SUB_UNIT
        if (entry.plain, entry.soc2020) in self._related:
            weight *= AS_RELATED
        if (entry.plain, entry.isco08) in self._esco:
            weight *= AS_ESCO
        share = self._onet.get(entry.plain, {}).get(entry.soc2020, 0.0)
        return weight * exp(AS_ONET * sqrt(share))
