"""The benchmark of employment says which block is worse than a rival, and which its intervals hold too seldom."""

import numpy as np

from bench.employment_blocks import Trial, block, lines, score, worse
from lmiforall.fit.cube_error import Errors
from lmiforall.fit.cube_tried import Tried


def trial(ours: np.ndarray, rival: np.ndarray, kinds: list[str]) -> Trial:
    people = np.random.default_rng(2).uniform(1_000.0, 50_000.0, len(ours))
    blocks = [f"block {place % 4}" for place in range(len(ours))]
    tried = Tried(Errors(people, ours, blocks), {"plain": Errors(people, rival, blocks)}, kinds)
    return Trial("people", "a part", tried, served=True)


def test_what_holds_nine_in_ten_and_beats_its_rival_misses_nothing() -> None:
    chance = np.random.default_rng(1)
    found = trial(chance.normal(0, 0.1, 2_000), chance.normal(0, 0.3, 2_000), ["one"] * 2_000)
    measured = list(lines(found))
    assert [line.kind for line in measured][:2] == ["all", "hidden together"]
    assert 0.88 < measured[0].coverage < 0.92
    assert list(worse(found, measured)) == []
    whole = block(found, measured[0], measured[0].coverage)
    assert whole is not None
    assert not whole.is_outside


def test_a_kind_that_is_further_off_than_the_rival_is_named() -> None:
    chance = np.random.default_rng(1)
    kinds = ["near"] * 1_000 + ["far"] * 60
    ours = chance.normal(0, np.where(np.array(kinds) == "far", 0.9, 0.1))
    found = trial(ours, chance.normal(0, 0.3, len(kinds)), kinds)
    measured = list(lines(found))
    said = list(worse(found, measured))
    assert any("significantly worse than a rival" in one and one.endswith("of one kind: far") for one in said)
    asked = [block(found, line, line.coverage) for line in measured]
    blocks = [one for one in asked if one is not None and one.is_outside]
    assert any(one.figures == 60 and one.as_far(0.9) < 0.001 for one in blocks)
    assert not any(one.endswith("of one kind: near") for one in said)


def test_a_block_unlike_the_others_is_held_by_its_own_scale_and_what_it_would_be_without_is_told() -> None:
    chance = np.random.default_rng(1)
    blocks = [f"block {place % 4}" for place in range(400)]
    odd = np.array(blocks) == "block 3"
    ours = Errors(chance.uniform(1_000.0, 50_000.0, 400), chance.normal(0, np.where(odd, 0.4, 0.1)), blocks)
    tried = Tried(ours, {"plain": ours}, ["one"] * 400)
    for known, held in ((frozenset(blocks), True), (frozenset({"block 3"}), True), (frozenset(), False)):
        line = next(line for line in lines(Trial("people", "a part", tried, True, known)) if line.name == "block 3")
        assert (line.coverage > 0.8) == held
        assert (line.nothing_known or 0.0) < 0.6
        assert (line.nothing_known is None) != held
    assert block(Trial("people", "a part", tried, True), line, line.nothing_known) is None


def test_a_wider_interval_scores_worse_unless_it_holds_more() -> None:
    off = np.array([0.1, 0.1, 0.1])
    assert score(off, np.full(3, 0.2)) < score(off, np.full(3, 0.5))
    assert score(off, np.full(3, 0.2)) < score(off, np.full(3, 0.05))
