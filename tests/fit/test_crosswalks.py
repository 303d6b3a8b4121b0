"""Crosswalks: which way is gone, and what arrives by it, on a small country whose figures can be worked out by hand."""

from pathlib import Path

import polars as pl
import pytest

from lmiforall import datasets
from lmiforall.base.code_list import listed
from lmiforall.base.dataset import Dataset, Dimension, Measure
from lmiforall.base.model import Crosswalks, Scheme, Step
from lmiforall.base.route import Route, quality, reverse, routes
from lmiforall.base.table import Table
from lmiforall.codes.crosswalk import CODE
from lmiforall.fit import crosswalks

NAMES = ("old", "new", "world", "jobs")
OLD = listed("old", "Old", [("1", "one"), ("2", "two"), ("3", "three")])
NEW = listed("new", "New", [("a", "A"), ("b", "B"), ("c", "C")])
WORLD = listed("world", "World", [("x", "X"), ("y", "Y")])

STEPS = (
    Step("old", "new", "weights", ("old", "new"), "shares", "people", "people", 0.5, "people were counted"),
    Step("new", "world", "links", ("new", "world"), "rows", "equal", "equal", 1.0, "links"),
    Step("old", "world", "judged", ("old", "world"), "parts", "publisher", "equal", 1.0, "a table", partial=True),
    Step("jobs", "old", "jobs", ("job", "old"), "rows", "one", "equal", 0.1, "cheap, and never a way through"),
    Step("jobs", "world", "jobs", ("job", "world"), "lists", "equal", "equal", 0.6, "theirs, too"),
)
MODEL = Crosswalks(
    inputs=("weights", "links", "judged", "jobs"),
    method="steps",
    schemes=(
        Scheme("old", "old", "a digit", OLD),
        Scheme("new", "new", "a letter", NEW),
        Scheme("world", "world", "x or y", WORLD),
        Scheme("jobs", "job", "a word", table="jobs", column="job"),
    ),
    steps=STEPS,
)
DATASET = Dataset(
    name="crosswalks",
    title="",
    summary="",
    folder=Path(__file__).parent,
    dimensions=(
        *(Dimension(name, listed("scheme", "Scheme", [(one, one) for one in NAMES])) for name in ("from", "to")),
        Dimension("code", CODE),
        Dimension("target", CODE, default="all"),
    ),
    measures=tuple(Measure(name, "", "") for name in ("weight", "back", "targets", "arrives", "returns", "way")),
    rows=(1, 1000),
    model=MODEL,
)
FRAMES = {
    "weights": pl.DataFrame(
        {
            "direction": ["to_new"] * 4 + ["to_old"] * 4,
            "old": ["1", "1", "2", "3"] * 2,
            "new": ["a", "b", "b", "c"] * 2,
            "measure": ["share"] * 8,
            "value": [0.75, 0.25, 1.0, 1.0, 1.0, 0.4, 0.6, 1.0],
        }
    ),
    "links": pl.DataFrame({"new": ["a", "b", "b"], "world": ["x", "x", "y"]}),
    "judged": pl.DataFrame({"old": ["1", "1"], "world": ["x", "y"], "part": ["60 of 100", "40 of 100"]}),
    "jobs": pl.DataFrame(
        {"job": ["baker", "cook"], "title": ["Baker", "Cook"], "old": ["1", "3"], "world": [["x", "y"], []]}
    ),
}

Found = dict[tuple[str, str, str], dict[str, dict[str, float]]]


def stops(way: Route) -> str:
    return " ".join([way[0].start, *(leg.finish for leg in way)])


@pytest.fixture(scope="module")
def found() -> Found:
    table = crosswalks.fit(DATASET, {name: Table(DATASET, frame) for name, frame in FRAMES.items()})
    by_code: Found = {}
    for row in table.frame.iter_rows(named=True):
        place = by_code.setdefault((row["from"], row["to"], row["code"]), {})
        place.setdefault(row["target"], {})[row["measure"]] = row["value"]
    return by_code


def test_the_cheapest_way_is_gone_and_a_second_one_without_links_that_leave_codes_out() -> None:
    assert [stops(way) for way in routes(MODEL, "old", "world")] == ["old world", "old new world"]
    assert [stops(way) for way in routes(MODEL, "old", "new")] == ["old new"]


def test_no_way_leads_through_an_open_list_however_cheap() -> None:
    ways = [way for start in NAMES for finish in NAMES if start != finish for way in routes(MODEL, start, finish)]
    assert len(ways) > 12
    assert not [stops(way) for way in ways if any(leg.finish == "jobs" for leg in way[:-1])]


def test_the_way_back_is_the_same_way_backwards() -> None:
    for model in (MODEL, datasets.every()["crosswalks"].model):
        assert isinstance(model, Crosswalks)
        names = [scheme.name for scheme in model.schemes]
        pairs = [(start, finish) for start in names for finish in names if start != finish]
        for start, finish in pairs:
            there, back = routes(model, start, finish), routes(model, finish, start)
            assert there, f"{start} and {finish} are joined by nothing"
            assert tuple(map(reverse, there)) == back


def test_a_way_is_worth_what_its_worst_step_is() -> None:
    assert [quality(way) for way in routes(MODEL, "old", "world")] == ["published", "in equal parts"]
    assert quality(routes(MODEL, "world", "old")[0]) == "in equal parts"
    assert quality(routes(MODEL, "jobs", "new")[0]) == "published"


def test_people_divide_a_code_and_the_way_back_is_told_beside_it(found: Found) -> None:
    one = found["old", "new", "1"]
    assert {target: link["weight"] for target, link in one.items() if target != "all"} == {"a": 0.75, "b": 0.25}
    assert {target: link["back"] for target, link in one.items() if target != "all"} == {"a": 1.0, "b": 0.4}
    assert one["all"] == {"targets": 2, "arrives": 1, "returns": pytest.approx(0.75 + 0.25 * 0.4), "way": 1}


def test_parts_that_a_publisher_gives_are_kept_and_a_code_left_out_goes_the_second_way(found: Found) -> None:
    assert {target: link.get("weight") for target, link in found["old", "world", "1"].items()} == {
        "x": 0.6, "y": 0.4, "all": None,
    }  # fmt: skip
    second = found["old", "world", "2"]
    assert (second["x"]["weight"], second["y"]["weight"], second["all"]["way"]) == (0.5, 0.5, 2)
    # Back by the same way: x goes to a and b in equal parts, of b 0.6 is 2; y to b alone.
    assert second["x"]["back"] == pytest.approx(0.5 * 0.6)
    assert second["all"]["returns"] == pytest.approx(0.5 * 0.3 + 0.5 * 0.6)


def test_a_code_that_leads_nowhere_is_there_with_no_targets(found: Found) -> None:
    assert found["new", "world", "c"] == {"all": {"targets": 0, "arrives": 0, "returns": 0, "way": 0}}


def test_what_ends_on_the_way_is_told_and_the_weights_are_of_what_arrives(found: Found) -> None:
    jobs = found["world", "jobs", "x"]
    assert jobs["all"]["arrives"] == 1
    assert jobs["baker"]["weight"] == 1
    assert found["new", "jobs", "b"]["all"]["arrives"] == pytest.approx(0.4)
    assert found["new", "jobs", "b"]["baker"]["weight"] == 1


def test_every_code_is_there_for_every_other_classification(found: Found) -> None:
    codes = {"old": 3, "new": 3, "world": 2, "jobs": 2}
    assert len(found) == sum(count * 3 for count in codes.values())
    assert all("all" in targets for targets in found.values())


def test_a_link_of_a_code_that_is_in_no_list_any_more_is_left_out(found: Found) -> None:
    frames = {**FRAMES, "links": FRAMES["links"].vstack(pl.DataFrame({"new": ["a", "zz"], "world": ["gone", "x"]}))}
    table = crosswalks.fit(DATASET, {name: Table(DATASET, frame) for name, frame in frames.items()})
    assert set(table.frame["target"].cast(pl.String)) == {
        "1",
        "2",
        "3",
        "a",
        "b",
        "c",
        "x",
        "y",
        "baker",
        "cook",
        "all",
    }
    assert found["new", "world", "a"]["x"]["weight"] == 1
