"""A group's intervals are as wide as its own errors need: the more there are, the less those of others count."""

import numpy as np
import pytest

from lmiforall.fit import own_scale


def missed(scales: dict[str, float], many: int) -> tuple[np.ndarray, list[str]]:
    chance = np.random.default_rng(1)
    groups = [name for name in scales for _ in range(many)]
    return np.abs(chance.normal(0, [scales[name] for name in groups])), groups


def test_many_errors_give_a_group_a_scale_of_its_own() -> None:
    found = own_scale.factors(*missed({"near": 1.0, "far": 3.0}, 3_000), 0.9)
    assert found["near"] == pytest.approx(1.645, rel=0.1)
    assert found["far"] == pytest.approx(3 * 1.645, rel=0.1)


def test_a_single_error_moves_the_scale_a_little() -> None:
    off, groups = missed({"near": 1.0}, 3_000)
    both = own_scale.factors(np.append(off, 9.0), [*groups, "far"], 0.9)
    assert both["near"] < both["far"] < 9.0


def test_groups_that_are_alike_have_nearly_one_scale() -> None:
    found = own_scale.factors(*missed(dict.fromkeys("abcdefgh", 1.0), 200), 0.9)
    assert max(found.values()) / min(found.values()) < 1.35


def test_a_single_group_has_the_quantile_of_its_own_errors() -> None:
    found = own_scale.factors(np.arange(1.0, 1001.0), ["all"] * 1000, 0.9)
    assert found["all"] == pytest.approx(900, abs=2)
