"""Search: what people type, in words, with errors and as they type it, leads to occupations; nonsense to nothing."""

import random
import tracemalloc
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from starlette.testclient import TestClient

from bench import search_errors
from lmiforall.match.search import kept, spoken, titles
from lmiforall.match.search.finder import Finder
from lmiforall.match.search.make import make
from lmiforall.match.search.titles import GROUP, INDEX, Title
from lmiforall.release.folder import read_catalogue, recorded_sums

TITLES = (
    Title("Train and tram drivers", "", "8231", "", GROUP), Title("Transport drivers", "", "82", "", GROUP),
    Title("Driver", "buses", "8212", "8213", INDEX), Title("Bus driver", "", "8212", "8213", INDEX),
    Title("Taxi driver", "", "8213", "8214", INDEX), Title("Collector of taxes", "", "4111", "4112", INDEX),
    Title("Paediatric nurse", "", "2236", "2231", INDEX), Title("Dental nurse", "", "6133", "6143", INDEX),
    Title("Fireman", "", "3313", "3313", INDEX), Title("Salesman", "shops", "7111", "7111", INDEX),
    Title("Electrician", "", "5241", "5241", INDEX), Title("Care worker", "", "6135", "6145", INDEX),
    Title("Manager", "hotel", "1221", "1221", INDEX), Title("Manager", "shop", "1150", "1190", INDEX),
    Title("Refuse collector", "", "9225", "9235", INDEX), Title("Careers adviser", "", "3572", "3564", INDEX),
    Title("Adviser", "farming", "3550", "3550", INDEX), Title("Plumber", "", "5315", "5314", INDEX),
)  # fmt: skip
PEOPLE = {"20:1150": 400_000.0, "20:1221": 50_000.0, "20:8212": 120_000.0, "20:8213": 190_000.0, "20:8231": 37_000.0}


@pytest.fixture(scope="module")
def small() -> Finder:
    """A search of a few titles, indexed as all are."""
    return Finder(make(TITLES, PEOPLE))


@pytest.fixture(scope="module")
def full(full_release: Path) -> Finder:
    """The search of the full release."""
    parts = kept.load(full_release)
    assert parts is not None
    return Finder(parts)


def codes(finder: Finder, text: str) -> list[str]:
    return [hit.code for hit in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bus driver", "8212"), ("driver, bus", "8212"), ("BUS  DRIVERS", "8212"), ("bus drivr", "8212"),
        ("bsu driver", "8212"), ("busdriver", "8212"), ("el", "5241"), ("electrican", "5241"),
        ("pædiatric nurse", "2236"), ("pediatric nurse", "2236"), ("firewoman", "3313"), ("fire man", "3313"),
        ("saleswoman", "7111"),
        ("manager (hotel)", "1221"), ("hotel manager", "1221"), ("bin man", "9225"), ("cabbie", "8213"),
        ("plumbing", "5315"), ("how do I become a plumber?", "5315"), ("experienced plumber wanted", "5315"),
        ("careers adviser", "3572"), ("2236", "2236"),
    ],
)  # fmt: skip
def test_what_people_type_leads_to_the_occupation(small: Finder, text: str, code: str) -> None:
    assert codes(small, text)[0] == code


@pytest.mark.parametrize(
    "text",
    ["", " ", "...", "asdfgh", "qwzx plok", "🚒", "消防士", "\u202e\u202c", "\x00\x01", "12345", "the of and", "9999"],
)
def test_what_means_no_occupation_leads_to_nothing(small: Finder, text: str) -> None:
    assert small.find(text) == []


def test_marks_and_emoji_around_a_title_do_not_matter_and_ten_megabytes_are_cut(small: Finder) -> None:
    assert codes(small, "\u202e🚌 Bus\u200b driver\u202c")[0] == "8212"
    start = perf_counter()
    assert small.find("bus driver " * 1_000_000)
    assert perf_counter() - start < 1


def test_equally_relevant_occupations_stand_by_how_many_people_do_them(small: Finder) -> None:
    assert codes(small, "manager") == ["1150", "1221"]


def test_a_hit_says_which_title_matched_where_it_holds_and_in_which_way(small: Finder) -> None:
    (hit,) = [hit for hit in small.find("hotel manger") if hit.code == "1221"]
    assert (hit.title, hit.within, hit.source, hit.how) == ("Manager", "hotel", "ONS coding index", "another spelling")
    assert small.find("cabbie")[0].how == "an everyday word for it"


def test_a_collector_of_taxes_collects_and_a_taxi_driver_drives(small: Finder) -> None:
    assert codes(small, "tax collector")[0] == "4111"
    assert codes(small, "collector") == ["4111", "9225"]


def test_the_other_classification_and_only_unit_groups_can_be_asked_for(small: Finder) -> None:
    assert small.find("bus driver", classification="soc2010")[0].code == "8213"
    assert "82" in codes(small, "transport drivers")
    assert "82" not in [hit.code for hit in small.find("transport drivers", units=True)]


def test_a_search_answers_alike_whatever_was_asked_before(small: Finder) -> None:
    fresh = Finder(make(TITLES, PEOPLE))
    asked = ["bus driver", "nurse", "manager hotel", "taxi", "driver"]
    assert [small.find(text) for text in asked] == [fresh.find(text) for text in asked]
    assert small.find("driver") == fresh.find("driver")


def test_equal_titles_give_equal_bytes_and_what_is_kept_finds_alike(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        kept.save(make(TITLES, PEOPLE), tmp_path / name)
    one, other = ({p.name: p.read_bytes() for p in (tmp_path / name / "search").iterdir()} for name in ("one", "other"))
    assert one == other
    parts = kept.load(tmp_path / "one")
    assert parts is not None
    assert Finder(parts).find("hotel manager") == Finder(make(TITLES, PEOPLE)).find("hotel manager")


def test_a_saying_of_the_list_of_everyday_words_means_something_that_titles_say(full: Finder) -> None:
    unknown = [
        (said, mean) for said, means in spoken.everyday().items() for mean in means if not full.find(" ".join(mean))
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("teecher", "2313"), ("RN", "2237"), ("lollipop lady", "9232"), ("HGV", "8211"), ("coder", "2134"),
        ("nurse, paediatric", "2236"), ("software dev", "2134"), ("care taker", "6232"), ("Head of marketing", "1132"),
        ("senior java developer london", "2134"), ("truck driver", "8211"), ("janitor", "6232"),
        ("Payroll co-ordinator", "4122"), ("airworthiness engineer", "3581"), ("hair professional", "6221"),
        ("flight attendant", "6213"), ("library", "4135"), ("bakery", "5432"), ("barrista", "9266"),
        ("A&E nurse", "2237"), ("apprentice electrician", "5241"), ("pen tester", "2135"), ("CSI", "3319"),
        ("RAF pilot", "3311"), ("999 operator", "7213"), ("Amazon driver", "8214"), ("L&D manager", "3574"),
    ],
)  # fmt: skip
def test_everyday_american_and_short_words_lead_to_the_occupation(full: Finder, text: str, code: str) -> None:
    assert codes(full, text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"), [("wairess", "9264"), ("dinner lday", "9263"), ("postmitsress", "4123"), ("stable gilr", "6129")]
)
def test_misspelt_words_for_women_lead_where_the_right_ones_do(full: Finder, text: str, code: str) -> None:
    assert code in [hit.code for hit in full.find(text, 5, units=True)]


def test_at_least_nineteen_in_twenty_nonsense_queries_lead_to_nothing(full: Finder) -> None:
    asked = search_errors.nonsense()
    assert len(asked) >= 200
    assert sum(not full.find(text) for text in asked) >= 0.95 * len(asked)


def test_one_error_in_a_title_hardly_matters(full: Finder) -> None:
    chance = random.Random(5)
    asked = search_errors.asked(full.parts, chance, 600)
    first = sum(bool(set(codes(full, text)[:1]) & right) for _, text, right in asked)
    five = sum(bool(set(codes(full, text)[:5]) & right) for _, text, right in asked)
    assert first >= 0.94 * len(asked)
    # Of 600 draws one more may miss than 0.995 says; bench/search.py draws 5,000.
    assert five >= 0.985 * len(asked)


def test_all_that_search_holds_takes_at_most_30_megabytes(full_release: Path) -> None:
    tracemalloc.start()
    parts = kept.load(full_release)
    assert parts is not None
    finder = Finder(parts)
    for text in ("nurse", "bus driver", "m", "assistant manager retail"):
        finder.find(text)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 30 * 1024 * 1024


def test_the_search_is_a_part_of_a_release_and_its_sums(full_release: Path) -> None:
    content = read_catalogue(full_release)["search"]["content"]
    assert content
    assert set(content) <= {path.removeprefix("search/") for path in recorded_sums(full_release)}


def test_titles_of_every_kind_are_searched(full: Finder) -> None:
    counted: dict[int, int] = defaultdict(int)
    for source in full.parts.source.tolist():
        counted[source] += 1
    assert sorted(counted) == list(range(len(titles.SOURCES)))
    assert counted[INDEX] > 25_000


def test_v2_explains_each_hit_and_refuses_what_it_does_not_know(full_client: TestClient) -> None:
    given = full_client.get("/api/v2/search?q=teecher&limit=1&level=unit").json()
    assert given["hits"][0]["matched"]["how"] == "another spelling"
    assert given["hits"][0]["title"] == "Secondary education teaching professionals"
    assert full_client.get("/api/v2/search?q=qwzx").json()["hits"] == []
    for wrong in ("q=", "", "q=nurse&limit=0", "q=nurse&classification=isco", "q=nurse&levels=unit", "q=%ff"):
        assert full_client.get(f"/api/v2/search?{wrong}").status_code == 400


def test_the_starter_searches_the_titles_of_groups_and_says_so(client: TestClient) -> None:
    response = client.get("/api/v2/search?q=dental+nurse")
    assert response.json()["hits"][0]["code"] == "6133"
    assert "full release" in response.headers["x-lmi-note"]


Order = Callable[[str], list[int]]


def test_the_old_search_gives_occupations_by_title_and_by_text_where_no_title_fits(full_client: TestClient) -> None:
    def order(text: str) -> list[int]:
        return [one["soc"] for one in full_client.get("/api/v1/soc/search", params={"q": text}).json()]

    # SOURCE: the recorded answers of February 2017 begin so.
    assert order("library")[:2] == [4135, 2451]
    assert order("plumber")[0] == 5314
    assert order("gobbledygook") == []
    assert order("invoices AND ledgers")
    assert order("teecher")[0] in (2314, 2315)
