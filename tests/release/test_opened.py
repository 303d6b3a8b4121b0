"""Looking rows up: what ``find`` gives is what a plain scan of the columns gives, over every dataset."""

import random
from pathlib import Path

import numpy as np
import pytest

from lmiforall import datasets
from lmiforall.release.opened import Opened, Release

STARTER = Path(datasets.__file__).parents[1] / "starter"
RELEASE = Release(STARTER, datasets.every())

# Questions of every kind come up in so many: one code or several, with dimensions left out before and between.
QUESTIONS = 200


@pytest.mark.parametrize("name", list(RELEASE))
def test_a_row_is_found_by_its_codes_as_a_plain_scan_finds_it(name: str) -> None:
    opened, chance = RELEASE.dataset(name), random.Random(name)
    for _ in range(QUESTIONS):
        wanted = _question(opened, chance)
        assert list(opened.find(wanted)) == _scan(opened, wanted), wanted


@pytest.mark.parametrize("name", list(RELEASE))
def test_columns_are_taken_alike_from_any_kind_of_rows(name: str) -> None:
    opened = RELEASE.dataset(name)
    rows = range(min(50, opened.rows))
    for column in opened.views:
        expected = opened.array(column)[: len(rows)]
        for kind in (rows, list(rows), np.array(rows)):
            assert np.array_equal(opened.column(column, kind), expected, equal_nan=expected.dtype.kind == "f")


def test_a_key_of_one_code_need_not_be_named_for_rows_to_be_found_without_reading_all_of_them() -> None:
    opened = RELEASE.dataset("employment_at_soc2010")
    assert list(opened.words["measure"]) == ["employment"]
    assert isinstance(opened.find({"soc2010": ["2231"]}), range)


def test_a_code_that_a_dataset_holds_nowhere_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        RELEASE.dataset("pay").find({"soc": ["0000"]})


def _question(opened: Opened, chance: random.Random) -> dict[str, list[str]]:
    """Ask for the codes of one row, in some of the dimensions, with others beside."""
    row, wanted = chance.randrange(opened.rows), {}
    for name in opened.keys:
        if chance.random() < 0.7:
            beside = chance.choice([0, 0, 0, 1, 5])
            wanted[name] = [opened.word(name, row), *chance.choices(opened.words[name], k=beside)]
    return wanted


def _scan(opened: Opened, wanted: dict[str, list[str]]) -> list[int]:
    keep = np.ones(opened.rows, bool)
    for name, codes in wanted.items():
        keep &= np.isin(opened.array(name), [opened.numbers[name][code] for code in codes])
    return np.flatnonzero(keep).tolist()
