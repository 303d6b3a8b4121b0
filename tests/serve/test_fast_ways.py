"""What is quick gives what is plain: breakdowns by slices, empty groups by a byte, links by an index, easy queries."""

import json
import random
from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.base.endpoint import CLASSIFICATION, Breakdown, Filtered, Forecast, Wire, Years
from lmiforall.release.opened import Opened, Release
from lmiforall.serve import answer, breakdown, groups, links, occupation, query, remembered, v1
from lmiforall.serve.application import application
from lmiforall.serve.openapi import V1

YEARS = ("2024", "2025", "2026")
OPENED = b'{"all":['


def texts() -> Any:
    (ask,) = (
        one for one in datasets.every()["employment_at_soc2010"].endpoints if isinstance(one, breakdown.Breakdown)
    )
    wire = next(wire for wire in ask.wires if wire.name == "gender")
    return breakdown._texts(wire, ask.small, ask.note_below, YEARS)


def test_a_breakdown_by_pieces_is_the_one_that_is_written_year_by_year() -> None:
    people, made = np.array([[9_999, 10_000], [0, 123_456], [1, 2]]), texts()
    quick = breakdown._pieces_of_years(made, breakdown._digits(people, made))
    plain = breakdown._texts_of_years(made.year(place, row.tolist(), [True] * 2) for place, row in enumerate(people))
    for first, last in combinations(range(4), 2):
        assert quick(OPENED, first, last) == plain(OPENED, first, last)
    assert quick(OPENED, 1, 1) == plain(OPENED, 1, 1) == quick(OPENED, 2, 1) == plain(OPENED, 2, 1) == b'{"all":[]}'
    year, *_ = json.loads(quick(OPENED, 0, 3))["all"]
    assert year["breakdown"][0] == {"code": 1, "name": "male", "employment": 9_999, "note": made_note()}
    assert year["breakdown"][1] == {"code": 2, "name": "female", "employment": 10_000}


def made_note() -> str:
    # SOURCE: contract, section 4: the words of the recorded answer.
    return "Small sample size. Data may be inaccurate."


def test_a_code_or_year_without_a_figure_is_left_out_of_a_breakdown() -> None:
    has, made = [[True, False], [False, False], [True, True]], texts()
    written = breakdown._texts_of_years(made.year(place, [1, 1], row) for place, row in enumerate(has))
    given = json.loads(written(OPENED, 0, 3))["all"]
    assert [(year["year"], [part["code"] for part in year["breakdown"]]) for year in given] == [
        (2024, [1]),
        (2026, [1, 2]),
    ]
    assert json.loads(written(OPENED, 0, 2))["all"] == given[:1]
    assert written(OPENED, 1, 2) == b'{"all":[]}'


@pytest.mark.parametrize("path", ["wf/predict/breakdown/gender", "wf/predict"])
def test_years_of_which_there_are_no_figures_rest_on_none(client: TestClient, path: str) -> None:
    some, none = (client.get(f"{V1}{path}?soc=4135&minYear={year}") for year in ("2030", "2090"))
    assert some.headers["x-lmi-status"]
    assert none.json()["predictedEmployment"] == []
    assert "x-lmi-status" not in none.headers


def is_empty(opened: Opened, wanted: Mapping[str, str], measures: tuple[str, ...]) -> bool:
    return groups.of(opened, "a test", wanted, lambda: True, measures=measures) is None


def are_empty(opened: Opened, wanted: Mapping[str, str], wire: Wire, measures: tuple[str, ...]) -> bool:
    return groups.by_code(opened, "a test", wanted, wire, lambda: True, measures=measures) is None


@pytest.mark.parametrize("name", ["pay_at_soc2010", "hours_at_soc2010", "pay"])
def test_a_group_is_empty_where_a_plain_search_finds_no_figure(full_release: Any, name: str) -> None:
    opened = Release(full_release, datasets.every()).dataset(name)
    measures, chance = (opened.words["measure"][0], opened.words["measure"][-1]), random.Random(1)
    by_sex = Wire("gender", "sex", {1: ("male", "male"), 2: ("female", "female")})
    empty = 0
    for _ in range(2_000):
        wanted = {name: chance.choice(opened.words[name]) for name in opened.keys if name not in groups.OVER}
        plain = [occupation.looked_up(opened, {**wanted, "measure": measure}) for measure in measures]
        assert is_empty(opened, wanted, measures[:1]) == (not plain[0])
        assert is_empty(opened, wanted, measures) == (not any(plain))
        empty += is_empty(opened, wanted, measures)
        one = {**wanted, "measure": measures[0]}
        assert are_empty(opened, wanted, by_sex, measures[:1]) == (
            not occupation.by_code(opened, one, "sex", by_sex.told)
        )
    assert 0 < empty < 2_000
    assert is_empty(opened, {**wanted, "sex": "a code that stands nowhere"}, measures)
    assert are_empty(opened, {**wanted, "pattern": "a code that stands nowhere"}, by_sex, measures)
    without = {name: code for name, code in wanted.items() if name != "sex"}
    assert is_empty(opened, without, measures) == is_empty(opened, {**wanted, "sex": "all"}, measures)
    assert is_empty(opened, {**wanted, "no dimension": "1"}, measures) == is_empty(opened, wanted, measures)


def test_every_group_has_a_place_of_its_own(full_release: Any) -> None:
    opened = Release(full_release, datasets.every()).dataset("hours_at_soc2010")
    names = [name for name in opened.keys if name not in groups.OVER]
    every = [dict(zip(names, codes, strict=True)) for codes in product(*(opened.words[name][:5] for name in names))]
    assert len({groups._place(opened, wanted) for wanted in every}) == len(every)


QUERIES = (
    b"", b"soc=4135", b"soc=4135&_=1", b"soc= 4135", b"soc=4135 ", b"soc=%34135", b"soc=4135&soc=4135", b"soc=1&soc=2",
    b"soc=", b"soc=&soc=4135", b"soc", b"soc=4135&filters=gender:1&filterBy=gender:2", b"filterBy=gender:2&soc=41",
    b"soc=4135&coarse=TRUE", b"soc=4135&coarse=yes", b"soc=4135&minYear=2020&maxYear=20", b"soc=04135", b"&&soc=9&",
    b"soc=4135&filters=gender:2|status:1", b"soc=4135&filters=gender:2%7Cstatus:1", b"soc=4135\t", b"soc=4135\x1f",
    b"soc=4135&classification=soc2020", b"soc=4135&classification=2020", b"region=3&soc=4135", b"a=\xc3\xa9&soc=4135",
    b"a=%ff&soc=4135", b"soc=4135&a=b+c", b"code=4135", b"onetCodes=11-1011.00,13-1151.00", b"x" * 8_001,
    b"onetCodes=" + b",".join([b"11-1011.00"] * 100), b"onetCodes=" + b",".join([b"11-1011.00"] * 101),
    b"filter=region&soc=4135", b"soc=4135&name=region", b"q=a", b"from=soc2010&soc=4135",
)  # fmt: skip


@pytest.mark.parametrize("path", ["", "4135", "region", " region ", "3/4135"])
def test_a_query_that_is_read_at_once_says_what_it_says_when_it_is_read_with_care(path: str) -> None:
    at_once = 0
    for _, endpoint in v1.endpoints(datasets.every()):
        takes, named = query.expected((*endpoint.parameters, CLASSIFICATION)), v1._named(endpoint.path)
        given = [*zip(named, path.split("/"), strict=False)]
        for raw in QUERIES:
            if (read := query.plainly(given, raw, takes)) is not None:
                assert read == query.read(v1._given(given, raw), takes)
                at_once += 1
    assert at_once > len(QUERIES)


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


# Their answers are cut out of what is remembered, which has the digest.
CUT = (Breakdown, Forecast, Years)


def test_what_is_remembered_has_the_etag_of_its_bytes(client: TestClient) -> None:
    for _, endpoint in v1.endpoints(datasets.every()):
        if isinstance(endpoint, CUT):
            continue
        given, again = (client.get(f"{V1}{endpoint.example}", headers={"accept-encoding": "identity"}) for _ in "12")
        assert given.headers["etag"] == again.headers["etag"] == f'"{answer.digest(given.content)}"'


def test_what_is_cut_out_has_an_etag_of_its_own_for_each_body(client: TestClient) -> None:
    met: dict[str, set[bytes]] = {}
    for _, endpoint in v1.endpoints(datasets.every()):
        if not isinstance(endpoint, CUT):
            continue
        for more, code in product(("", "&minYear=2023", "&maxYear=2024", "&filterBy=gender:1"), ("4135", "2412", "99")):
            address = f"{V1}{endpoint.example.replace('4135', code)}{more}"
            given, again = (client.get(address, headers={"accept-encoding": "identity"}) for _ in "12")
            assert (given.headers["etag"], given.content) == (again.headers["etag"], again.content)
            assert given.headers["etag"].isascii()
            met.setdefault(given.headers["etag"], set()).add(given.content)
    assert len(met) > 10
    assert all(len(bodies) == 1 for bodies in met.values())


def test_two_servers_give_one_etag_whatever_each_was_asked_first(full_release: Any) -> None:
    paths = ("lfs/weeklypay?soc=4135", "lfs/weeklypay/breakdown/gender?soc=4135")
    orders = ("status:1|gender:2", "gender:2|status:1")
    met = []
    for asked in (orders, orders[::-1]):
        client = TestClient(application(Release(full_release, datasets.every()), datasets.every()))
        given = {
            f"{path}&filterBy={text}": client.get(f"{V1}{path}&filterBy={text}") for text in asked for path in paths
        }
        met.append({address: (one.headers["etag"], one.content) for address, one in given.items()})
    assert met[0] == met[1]


def test_rows_are_let_go_of_after_many_look_ups(full_release: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Release(full_release, datasets.every()).dataset("pay")
    given_back = []

    def give_back(one: Opened) -> None:
        given_back.append(one)

    monkeypatch.setattr(Opened, "give_back", give_back)
    for number in range(remembered.GIVEN_BACK * 2):
        assert remembered.remembered(opened, number, lambda: "found") == "found"
        assert remembered.remembered(opened, number, lambda: "looked up again") == "found"
    assert given_back == [opened, opened]


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
