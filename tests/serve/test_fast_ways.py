"""What is quick gives what is plain: breakdowns by slices, empty groups by a byte, links by an index; what is kept."""

import json
import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.base.endpoint import Filtered
from lmiforall.release.opened import Release
from lmiforall.serve import breakdown, groups, links, occupation, v1
from lmiforall.serve.openapi import V1

YEARS = ("2024", "2025", "2026")


def texts() -> Any:
    (ask,) = (
        one for one in datasets.every()["employment_at_soc2010"].endpoints if isinstance(one, breakdown.Breakdown)
    )
    wire = next(wire for wire in ask.wires if wire.name == "gender")
    return breakdown._texts(wire, ask.small, ask.note_below, YEARS)


def known(people: Any, has: Any, *, digits: bool) -> breakdown._Known:
    made = texts()
    return breakdown._Known(made, breakdown._digits(people, made.note_below) if digits else (), people, has, [], b"")


def test_a_breakdown_by_slices_is_the_one_that_is_written_year_by_year() -> None:
    people = np.array([[9_999, 10_000], [0, 123_456], [1, 2]])
    quick, plain = (known(people, np.ones(people.shape, bool), digits=digits) for digits in (True, False))
    for first, last in combinations(range(4), 2):
        assert quick.written(b"[", first, last, b"]") == plain.written(b"[", first, last, b"]")
    assert quick.written(b"[", 1, 1, b"]") == b"[]"
    year, *_ = json.loads(quick.written(b"[", 0, 3, b"]"))
    assert year["breakdown"][0] == {"code": 1, "name": "male", "employment": 9_999, "note": made_note()}
    assert year["breakdown"][1] == {"code": 2, "name": "female", "employment": 10_000}


def made_note() -> str:
    # SOURCE: contract, section 4: the words of the recorded answer.
    return "Small sample size. Data may be inaccurate."


def test_a_code_or_year_without_a_figure_is_left_out_of_a_breakdown() -> None:
    has = np.array([[True, False], [False, False], [True, True]])
    given = json.loads(known(np.ones((3, 2), int), has, digits=False).written(b"[", 0, 3, b"]"))
    assert [(year["year"], [part["code"] for part in year["breakdown"]]) for year in given] == [
        (2024, [1]),
        (2026, [1, 2]),
    ]


@pytest.mark.parametrize("name", ["pay_at_soc2010", "hours_at_soc2010", "pay"])
def test_a_group_is_empty_where_a_plain_search_finds_no_figure(full_release: Any, name: str) -> None:
    opened = Release(full_release, datasets.every()).dataset(name)
    measure, chance = opened.words["measure"][0], random.Random(1)
    empty = 0
    for _ in range(2_000):
        wanted = {name: chance.choice(opened.words[name]) for name in opened.keys if name not in groups.OVER}
        wanted = {**wanted, "measure": measure}
        assert groups.is_empty(opened, wanted) == (not occupation.looked_up(opened, wanted))
        empty += groups.is_empty(opened, wanted)
        left = {key: code for key, code in wanted.items() if key != "sex"}
        each = [occupation.looked_up(opened, {**left, "sex": code}) for code in opened.words["sex"]]
        assert groups.are_empty(opened, left, "sex", opened.words["sex"]) == (not any(each))
    assert 0 < empty < 2_000
    assert groups.is_empty(opened, {**wanted, "sex": "a code that stands nowhere"})


def test_filters_are_read_alike_by_parts_and_letter_by_letter() -> None:
    every = [(name, one) for name, one in v1.endpoints(datasets.every()) if isinstance(one, Filtered) and one.filters]
    for _, ask in every:
        for text in [*ask.parts, ",".join(ask.parts), "|".join([*ask.parts][::3]), f"{next(iter(ask.parts))},"]:
            assert occupation.chosen(text, ask) == occupation._read(text, ask.filters, ask.unborne)
            assert not {*ask.where} & {wire.dimension for wire in ask.filters}, "the twin in v2 would name it twice"


@pytest.mark.parametrize("dimension", ["onet", "soc2010"])
def test_the_parts_of_a_group_are_those_of_a_plain_scan(full_release: Any, dimension: str) -> None:
    opened = Release(full_release, datasets.every()).dataset("onet_at_soc2010")
    direction = links.TO_ONET if dimension == "onet" else links.back(opened)
    group = "soc2010" if dimension == "onet" else "onet"
    for code in opened.words[group][::60]:
        rows = opened.find({"direction": [direction], group: [code], "measure": ["share"]})
        scanned = [(opened.word(dimension, int(row)), opened.number("value", int(row)) or 0.0) for row in rows]
        expected = sorted((part for part in scanned if part[1] > 0), key=lambda part: (-part[1], part[0]))
        assert links.foremost(opened, direction, code, dimension, float("inf")) == expected
        some = links.foremost(opened, direction, code, dimension, 0.8)
        assert some == expected[: len(some)]
        assert sum(share for _, share in some[:-1]) < 0.8


def test_an_answer_that_is_remembered_is_the_same_and_another_question_is_not_taken_for_it(client: TestClient) -> None:
    def ask(query: str) -> bytes:
        return client.get(f"{V1}{query}").content

    for path in ("ashe/estimatePay", "ashe/estimateHours", "ashe/estimatePayMD", "lfs/weeklypay", "wf/predict"):
        first = ask(f"{path}?soc=4135")
        assert ask(f"{path}?soc=4135&_=1") == first
        others = {ask(f"{path}?soc={other}") for other in ("5314", "41", "4135&classification=soc2020", "2136")}
        assert first not in others
    by_region, by_gender = (ask(f"ashe/estimatePay?soc=2136&breakdown={by}") for by in ("region", "gender"))
    assert by_region != by_gender
    assert ask("ashe/estimatePay?soc=2136&breakdown=gender&_=2") == by_gender
    links_of = [
        client.get(f"{V1}ashe/estimatePay?soc=4135{more}").headers["link"]
        for more in ("", "&coarse=true", "&filters=gender:1")
    ]
    assert len(set(links_of)) == 3
