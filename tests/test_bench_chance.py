"""Blocks whose intervals hold too few or too many are told apart from those that are off by chance."""

import numpy as np

from bench.chance import Block, beyond, told

ASKED = (0.80, 0.97)


def test_ten_figures_that_are_all_held_are_outside_and_mean_nothing() -> None:
    block = Block("ten", 10, 10, ASKED)
    assert block.is_outside
    assert block.as_far(0.9) > 0.5
    # Held may be 8 or 9 of 10; all other counts are outside: 1 - 0.1937 - 0.3874.
    assert np.isclose(block.by_chance(0.9), 0.4189, atol=1e-4)


def test_a_block_that_is_far_off_is_beyond_chance_among_many_that_are_not() -> None:
    chance = np.random.default_rng(3)
    blocks = [Block(str(place), 50, int(chance.binomial(50, 0.9)), ASKED) for place in range(200)]
    assert sum(beyond(blocks, 0.9)) == 0
    as_expected = [Block(str(place), 50, 45, ASKED) for place in range(200)]
    found = beyond([*as_expected, Block("London", 95, 60, ASKED)], 0.9)
    assert found == [False] * 200 + [True]


def test_what_is_told_counts_what_chance_alone_would_put_outside() -> None:
    blocks = [Block(f"block {place}", 10, 10, ASKED) for place in range(10)]
    said = told([*blocks, Block("London", 95, 60, ASKED)], 0.9)
    assert said[0].startswith("11 of 11 coverages are outside")
    assert "4 would be outside by chance" in said[0]
    assert said[2].startswith("- 63.2% of 95: London")
    assert said[2].endswith("**beyond chance**)")
    assert sum("chance may explain it" in one for one in said) == 10


def test_no_blocks_are_beyond_chance_where_there_are_none() -> None:
    assert beyond([], 0.9) == []
