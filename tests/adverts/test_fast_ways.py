"""The fast ways by which adverts are prepared, beside plain ones: on the same texts they find the same."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from lmiforall.match import coder, net, words
from lmiforall.match.adverts import clean, personal
from lmiforall.match.net import Vocabulary
from tests.test_coder import _parts as parts

PIECES = (
    "Jane Smith", "Smith_Jane", "Jo", "jo", "O'Brien", "Anne-Marie McDonald", "Human Resources", "Mr J. Bloggs",
    "jane.smith@pipes.example", "mary (at) nanny (dot) example", "a@b", "x@@y.example", "@", "[at]", "look (at) this",
    "Contact", "call", "tel:", "0113 496 0000", "+44 (0)7700 900123", "£25,000", "Ünïcödé", "\u00a0", "\t", "  ", "\n",
    " \n\n ", "\r\n", "\u200b", "\u202e", "🚒", "ﬁre", "head chef", "swab", "teaching assistant", "a" * 70, "+._-'",
    "©", "one;two", "C++", "İ", "x" * 30, "\x1e", ".", ",",
)  # fmt: skip


def texts(count: int = 3_000) -> Iterator[str]:
    """Draw texts, the same ones each time."""
    draw = random.Random(4135)
    for _ in range(count):
        yield "".join(draw.choice(PIECES) + draw.choice(("", " ", " ")) for _ in range(draw.randrange(30)))


def test_addresses_are_found_where_the_pattern_alone_finds_them() -> None:
    found = [[match.span() for match in personal._EMAIL.finditer(text)] for text in texts()]
    assert [personal._addresses(text) for text in texts()] == found
    assert sum(map(len, found)) > 1_000


@pytest.mark.parametrize("name", ["Jane Smith", "Jo", "Smith", "a.b", "Ünïcödé", "chef"])
def test_names_are_taken_out_where_a_pattern_of_each_would_take_them(name: str) -> None:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    assert [personal._without(text, name) for text in texts()] == [pattern.sub("[name]", text) for text in texts()]


def test_a_line_and_a_text_are_as_when_every_step_is_taken() -> None:
    hidden, spaces = clean._HIDDEN, re.compile(r"[^\S\n]+")
    for text in texts():
        plain = hidden.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        tidy = re.sub(r" ?\n ?(?:\n ?)+", "\n", spaces.sub(" ", plain)).strip()
        assert clean._tidy(text) == tidy
        assert clean.line(text) == " ".join(tidy.split())[: clean.LONGEST_LINE].strip()


def _weights(found: list[str], numbers: dict[str, int]) -> dict[int, float]:
    """Weigh the features of a text one after the other."""
    own: dict[int, float] = {}
    of_words = [f"W{word}" for word in found] + [f"B{one} {other}" for one, other in pairwise(found)]
    if found:
        of_words += [f"F{found[0]}", f"L{found[-1]}", *(f"S{word} {found[-1]}" for word in found[:-2])]
    edged = [f"<{word}>" for word in found]
    of_letters = [w[at : at + size] for w in edged for size in (3, 4, 5) for at in range(len(w) - size + 1)]
    for features, share in ((of_words, 1.0), (of_letters, net.LETTERS)):
        known = [numbers[feature] for feature in features if feature in numbers]
        for number in known:
            own[number] = own.get(number, 0.0) + share / len(known) ** 0.5
    return own


def test_features_weigh_to_the_last_digit_what_they_weigh_one_by_one_in_the_same_order() -> None:
    every = [words.words(text) for text in texts()]
    known = dict.fromkeys(feature for found in every[::2] for kind in words.features(found) for feature in kind)
    numbers = {feature: number for number, feature in enumerate(known)}
    every += [["ab", "swab", "swabs", "swab"], []]
    made = net.rows([" ".join(found) for found in every], Vocabulary(numbers))
    expected = [_weights(found, numbers) for found in every]
    assert np.diff(made.starts).tolist() == [len(own) for own in expected]
    assert made.features.tolist() == [number for own in expected for number in own]
    amounts = np.array([weight for own in expected for weight in own.values()], np.float32)
    assert made.weights.tolist() == amounts.tolist()


def test_a_net_in_whole_numbers_is_the_weighted_sum_of_its_vectors() -> None:
    draw = np.random.default_rng(4135)
    scales = draw.random(50, np.float32)
    vectors = draw.integers(-127, 128, (50, 24)).astype(np.int8)
    outputs, biases = draw.normal(size=(3, 7, 8)).astype(np.float32), draw.normal(size=(3, 7)).astype(np.float32)
    sizes = [0, 1, 30, 0, 7, 50]
    starts = np.cumsum([0, *sizes])
    features = np.concatenate([draw.choice(50, size, replace=False) for size in sizes]).astype(np.int32)
    rows = net.Rows(starts, features, draw.random(len(features), np.float32))
    found = net.Net(vectors, outputs, biases, 3, scales)._hidden(rows)
    for row, sums in enumerate(found):
        own = slice(starts[row], starts[row + 1])
        whole = (vectors[features[own]].astype(float) * (rows.weights[own] * scales[features[own]])[:, None]).sum(
            axis=0
        )
        assert np.allclose(sums, whole, rtol=1e-5, atol=1e-4)


def test_a_wider_group_is_the_one_that_adding_up_group_by_group_gives() -> None:
    held = parts()
    made, draw = coder.Coder(held), np.random.default_rng(4135)
    for which, groups in enumerate((held.soc2010, held.soc2020)):
        for chances in draw.dirichlet(np.full(len(groups), 0.3), 200).astype(np.float32):
            best = coder.Choice("", 0.0)
            expected = coder.NOTHING
            for digits in (3, 2, 1):
                totals: dict[str, float] = {}
                for soc, chance in zip(groups, chances.tolist(), strict=True):
                    totals[soc[:digits]] = totals.get(soc[:digits], 0.0) + chance
                code = max(totals, key=lambda code: totals[code])
                if totals[code] >= 0.6:
                    expected = coder.Choice(code, totals[code])
                    break
            assert made._sure(which, chances, best, 0.6) == expected


def test_many_addresses_and_names_in_one_text_are_all_taken() -> None:
    told = personal.removed("Jo a.jo@b.example " * 5_000, ("Jo",))
    assert told == "[name] [e-mail] " * 5_000
