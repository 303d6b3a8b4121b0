"""Entries of an index -> how much each says of the bare title, and how likely a title means one of its entries at all.

An index lists every job that a title may name ("engineer, automotive" in a garage; the same, professional). Which of
them people mean who say no more was learnt from others who gave bare titles a group: Skills England's sub-unit groups,
ESCO's preferred titles and O*NET's titles, and a little from ONS's related titles (docs/coder.md). Each weight is the
odds against an entry without qualifier.

That the index means something else by a title than people do is the less likely, the more others give the title a group
that its entries have: ESCO, and O*NET by a crosswalk.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, log, sqrt

from lmiforall.match import words
from lmiforall.match.lessons import Entry, Tables, onet

# SOURCE: the conditional logit of docs/coder.md, on 483 ambiguous titles; its coefficients are the logarithms of these.
PROFESSIONAL, NARROWER, AS_SUB_UNIT, AS_RELATED, AS_ESCO = 3.4, 0.35, 1.3, 1.6, 2.5
AS_ONET = 2.5  # times the root of the share that a crosswalk gives the group, as a power of e

# The odds that a title means none of its entries where nobody else has it: a judgement, by which the index is right for
# 0.95 of the titles that others have. SOURCE: how they change is half of what the one of ESCO and O*NET tells of the
# other, in logarithms (docs/coder.md): the other half is that both come through crosswalks.
AGAINST, WITH_ESCO = 0.065, -0.6
# By O*NET they change with the crosswalk's share, from where it says as much as that O*NET lacks the title.
WITH_ONET, AS_NOBODY = -1.75, 0.15

_PROFESSIONAL = re.compile(r"\b(?:professional|qualified|licensed|chartered|graduate)\b")


def weighed(entries: Sequence[Entry], tables: Tables) -> list[Entry]:
    """Give the entries with the weight of each for its bare title, and how far the title's are trusted."""
    alike: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[entry.plain].append(entry)
    codes = {plain: {entry.soc2020 for entry in own} for plain, own in alike.items()}
    opinions = _Opinions(tables)
    trust = {plain: round(opinions.trust(own), 3) for plain, own in alike.items()}
    return [
        replace(
            entry,
            weight=round(opinions.weight(entry, ambiguous=len(codes[entry.plain]) > 1), 3),
            trust=trust[entry.plain],
        )
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

    def trust(self, entries: Sequence[Entry]) -> float:
        """Say how likely it is that a title means one of these, all that the index has of it."""
        plain, against = entries[0].plain, log(AGAINST)
        if any((plain, entry.isco08) in self._esco for entry in entries):
            against += WITH_ESCO
        codes = {entry.soc2020 for entry in entries if entry.soc2020}
        if codes and (shares := self._onet.get(plain)) is not None:
            against += WITH_ONET * (sum(shares.get(soc, 0.0) for soc in codes) - AS_NOBODY)
        return 1 / (1 + exp(against))
