"""GET .../o-net/reversematch?skills=2.A.1.a,2.B.1.a&weights=100,50 -> the occupations that ask for them most.

An occupation's score is the weighted mean of its ratings of the chosen skills, each as a part of its scale.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from lmiforall.base.endpoint import Matches
from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.release.columns import Array
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import links, occupation, onet
from lmiforall.serve.answer import Answer, found

# More skills than O*NET rates can't be chosen.
MOST_SKILLS = 200
FULL_WEIGHT = 100.0


def answer(release: Release, opened: Opened, ask: Matches, asked: Mapping[str, str]) -> Answer:
    """Answer with what was chosen, and the best occupations with the SOC codes that they likely are."""
    rated = onet.ratings_by(opened, ask.scale, {})
    codes, values = [*rated.places], _filled(opened, ask.scale)
    chosen = _chosen(asked, {name: place for place, name in enumerate(rated.elements)})
    names = onet.element_titles(release, ask.names)
    places = [place for _, place, _ in chosen]
    weights = np.array([weight for _, _, weight in chosen])
    parts = (values[:, places] - ask.low) / (ask.high - ask.low)
    scores = parts @ (weights / weights.sum())
    best = np.lexsort((np.arange(len(codes)), -scores))[: ask.most]
    joined, spoken = release.dataset(ask.links), occupation.spoken(asked)
    results = [
        {
            "title": ONET_SOC2019.title_of(codes[row]),
            "likely_soc_codes": [
                int(soc)
                for soc, _ in links.foremost(joined, links.back(joined), codes[row], spoken.dimension, ask.part)
            ],
        }
        for row in best.tolist()
    ]
    selection: dict[str, Any] = {"skills": {name: names[name] for name, _, _ in chosen}}
    return found({"selection": selection, "results": results}, {"modelled"})


def _chosen(asked: Mapping[str, str], known: Mapping[str, int]) -> list[tuple[str, int, float]]:
    """Give each skill that is asked for, its place and its weight."""
    skills = [piece.strip() for piece in asked["skills"].split(",") if piece.strip()]
    unknown = next((skill for skill in skills if skill not in known), None)
    if unknown or not 0 < len(skills) <= MOST_SKILLS:
        what = f"{unknown[:40]!r} is no skill" if unknown else f"{len(skills)} skills are chosen"
        raise Stop(Problem(what, "parameter skills", "o-net/identifiers lists them."))
    given = [piece.strip() for piece in asked.get("weights", "").split(",") if piece.strip()]
    # SOURCE: contract, section 6: a client sends four weights whatever number of skills was chosen.
    weights = _numbers(given)[: len(skills)] if given else [FULL_WEIGHT] * len(skills)
    if len(weights) < len(skills):
        what = f"{len(weights)} weights are given for {len(skills)} skills"
        raise Stop(Problem(what, "parameter weights", "Give one for each, or none."))
    if sum(weights) <= 0.0:
        raise Stop(Problem("nothing weighs anything", "parameter weights", "Give one at least that isn't 0."))
    return [(skill, known[skill], weight) for skill, weight in zip(skills, weights, strict=True)]


def _numbers(given: list[str]) -> list[float]:
    try:
        weights = [float(text[:20]) for text in given]
    except ValueError:
        weights = [-1.0]
    if not all(0.0 <= weight <= FULL_WEIGHT for weight in weights):
        raise Stop(Problem("a weight isn't a number from 0 to 100", "parameter weights"))
    return weights


@cache
def _filled(opened: Opened, scale: str) -> Array:
    """Give the ratings; what is not rated counts as little as what is rated least."""
    values = onet.ratings_by(opened, scale, {}).values
    return np.where(np.isnan(values), np.nanmin(values), values)
