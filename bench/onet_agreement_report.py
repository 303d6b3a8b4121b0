"""Pairs and what ours says of each -> the report of ``bench.onet_agreement``: first, among five, at all; by group."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from bench.coder_report import interval
from bench.report import Report, table
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.codes.soc2010 import SOC2010

NOTE = """The content team of the National Careers Service gave each of its job profiles a code of SOC2010 and one of
O\\*NET. Theirs is one judgement a profile, in November 2020; ours is made from published links and job titles
([how](../data/onet_at_soc2020.md)), and nothing in it was chosen by theirs. Neither is the truth: the report says how
often they agree. Intervals are 95%, by 2,000 bootstrap samples of the profiles."""

# Of fewer profiles no share is told in the table; the JSON has all.
FEWEST = 3
MOST_MISSED = 15
US_DIGITS = len("11-1011")
# SOURCE: o-net/soc2onet of the old API gives the largest until they hold so much (datasets/onet_at_soc2010).
OLD_API = 0.8

Ranking = Sequence[tuple[str, float]]


def of(about: Mapping[str, str], found: Mapping[str, Any]) -> Report:
    """Write the report."""
    pairs, rankings = found["in_use"], found["to_onet"]
    nowhere = sum(not wanted for wanted in found["us"])
    counts = {
        "profiles with both codes": len(found["all"]),
        "with a code that is still in use": len(pairs),
        "with a code that the official tables lead to no US occupation of 2018": nowhere,
    }
    sections = [
        NOTE,
        "\n".join(f"- {name}: {count}" for name, count in counts.items()),
        "## From SOC to O\\*NET", _from_soc(found), _ceiling(pairs),
        "## From O\\*NET to SOC2010", _to_soc(found),
        "## By major group", _by(pairs, rankings, 1),
        f"## By minor group (those with {FEWEST} profiles or more)", _by(pairs, rankings, 3),
        "## Unit groups where ours has none of theirs", _missed(pairs, rankings),
    ]  # fmt: skip
    data = {
        "counts": counts,
        "profiles": [
            {"title": pair.title, "soc2010": pair.soc2010, "onet": pair.onet, "rank": rank(ranking, pair.onet)}
            for pair, ranking in zip(pairs, rankings, strict=True)
        ],
        "by_minor_group": _counted(pairs, rankings, 3),
        "by_unit_group": _counted(pairs, rankings, 4),
    }
    return Report("O\\*NET and SOC: agreement with the National Careers Service", about, sections, data)


def rank(ranking: Ranking, code: str) -> int | None:
    """Give the place of a code among ours, from 1; None where it isn't there."""
    return next((place for place, (other, _) in enumerate(ranking, 1) if other == code), None)


def given_by_old_api(ranking: Ranking) -> list[str]:
    """Give the codes that the old API gives: the largest, until they hold four fifths."""
    held, codes = 0.0, []
    for code, share in ranking:
        if held >= OLD_API:
            break
        codes.append(code)
        held += share
    return codes


def _from_soc(found: Mapping[str, Any]) -> str:
    pairs = found["in_use"]
    us = [
        [any(code[:US_DIGITS] in wanted for code, _ in ranking[:most]) for wanted, ranking in _us(found)]
        for most in (1, 5, None)
    ]
    columns = [_marks(pairs, found[name]) for name in ("to_onet", "to_onet_2020")]
    rows = [
        ["ours first is theirs", *(_share(column["first"]) for column in columns), _share(us[0])],
        ["theirs among our first five", *(_share(column["five"]) for column in columns), _share(us[1])],
        ["theirs among those that the old API gives", *(_share(column["old_api"]) for column in columns), ""],
        ["theirs among ours at all", *(_share(column["any"]) for column in columns), _share(us[2])],
        ["ours for a group, median number", *(_lengths(found[name]) for name in ("to_onet", "to_onet_2020")), ""],
        ["part of the group that ours gives theirs, mean", *(_mean(column["share"]) for column in columns), ""],
        ["profiles", str(len(pairs)), str(len(pairs)), str(len(found["us"]))],
    ]
    heads = ["", "`onet_at_soc2010`", "`onet_at_soc2020`, by the unit group that theirs mostly became"]
    return table([*heads, "`onet_at_soc2010`, codes out of use too, by US occupation (six digits)"], rows)


def _us(found: Mapping[str, Any]) -> Iterable[tuple[set[str], Ranking]]:
    return zip(found["us"], found["to_us"], strict=True)


def _marks(pairs: Sequence[Any], rankings: Sequence[Ranking]) -> Mapping[str, list[float]]:
    places = [rank(ranking, pair.onet) for pair, ranking in zip(pairs, rankings, strict=True)]
    return {
        "first": [float(place == 1) for place in places],
        "five": [float(place is not None and place <= 5) for place in places],
        "any": [float(place is not None) for place in places],
        "old_api": [float(pair.onet in given_by_old_api(r)) for pair, r in zip(pairs, rankings, strict=True)],
        "share": [dict(ranking).get(pair.onet, 0.0) for pair, ranking in zip(pairs, rankings, strict=True)],
    }


def _ceiling(pairs: Sequence[Any]) -> str:
    """Say how often one answer a group could be first at most."""
    by_group: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        by_group[pair.soc2010][pair.onet] += 1
    best = sum(codes.most_common(1)[0][1] for codes in by_group.values())
    return (
        "Profiles of one unit group often have different O\\*NET codes: any list that gives one first answer a group, "
        "even one made from theirs, could be first for at most "
        f"{best / len(pairs):.3f} of them ({len(by_group)} groups)."
    )


def _to_soc(found: Mapping[str, Any]) -> str:
    pairs, rankings = found["in_use"], found["to_soc"]
    rows = []
    for digits, name in ((4, "unit group"), (3, "minor group"), (2, "sub-major group"), (1, "major group")):
        marks = [
            [
                float(any(code[:digits] == pair.soc2010[:digits] for code, _ in ranking[:most]))
                for pair, ranking in zip(pairs, rankings, strict=True)
            ]
            for most in (1, 5, None)
        ]
        rows.append([name, *map(_share, marks)])
    return table(["same", "our first", "among our first five", "among ours at all"], rows)


def _counted(pairs: Sequence[Any], rankings: Sequence[Ranking], digits: int) -> dict[str, dict[str, int]]:
    """Count profiles by group: all, ours first, among ours."""
    found: dict[str, dict[str, int]] = {}
    for pair, ranking in zip(pairs, rankings, strict=True):
        place = rank(ranking, pair.onet)
        counts = found.setdefault(pair.soc2010[:digits], {"profiles": 0, "first": 0, "five": 0, "any": 0})
        counts["profiles"] += 1
        counts["first"] += place == 1
        counts["five"] += place is not None and place <= 5
        counts["any"] += place is not None
    return dict(sorted(found.items()))


def _by(pairs: Sequence[Any], rankings: Sequence[Ranking], digits: int) -> str:
    rows = [
        [f"{group} {SOC2010.title_of(group)}", *(str(counts[name]) for name in ("profiles", "first", "five", "any"))]
        for group, counts in _counted(pairs, rankings, digits).items()
        if digits == 1 or counts["profiles"] >= FEWEST
    ]
    return table(["group", "profiles", "ours first is theirs", "among our first five", "among ours"], rows)


def _missed(pairs: Sequence[Any], rankings: Sequence[Ranking]) -> str:
    """List the unit groups with most profiles of which ours has no code of theirs."""
    missed = {group: counts for group, counts in _counted(pairs, rankings, 4).items() if counts["any"] == 0}
    rows = []
    for group in sorted(missed, key=lambda group: (-missed[group]["profiles"], group))[:MOST_MISSED]:
        place = next(place for place, pair in enumerate(pairs) if pair.soc2010 == group)
        theirs = sorted({pair.onet for pair in pairs if pair.soc2010 == group})
        rows.append(
            [
                f"{group} {SOC2010.title_of(group)}",
                "; ".join(f"{code} {ONET_SOC2019.title_of(code)}" for code in theirs),
                "; ".join(f"{code} {ONET_SOC2019.title_of(code)}" for code, _ in rankings[place][:2]),
            ]
        )
    heads = ["unit group", "theirs", "our first two"]
    return f"{len(missed)} of {len(_counted(pairs, rankings, 4))} unit groups; those with most profiles:\n\n" + table(
        heads, rows
    )


def _share(marks: Sequence[float] | Sequence[bool]) -> str:
    right = np.asarray(marks, dtype=np.float64)
    low, high = interval(right)
    return f"{right.mean():.3f} ({low:.3f}-{high:.3f})"


def _mean(shares: Sequence[float]) -> str:
    return f"{np.mean(shares):.3f}"


def _lengths(rankings: Sequence[Ranking]) -> str:
    return f"{np.median([len(ranking) for ranking in rankings]):.0f}"
