"""What holds for the addresses of every source, by discovery: a new folder gets these tests for nothing."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lmiforall import datasets
from lmiforall.base.dataset import Dataset, Source
from lmiforall.extract.errands import Errand, errands

EVERY = [(dataset, source) for dataset in datasets.every().values() for source in dataset.sources]
ERRANDS = errands(datasets.every().values(), 2030)

by_source = pytest.mark.parametrize(("dataset", "source"), EVERY, ids=[f"{d.name}/{s.name}" for d, s in EVERY])
by_errand = pytest.mark.parametrize("errand", ERRANDS, ids=[errand.save_as for errand in ERRANDS])


@by_source
def test_it_is_fetched_or_a_person_is_told_where_to_get_it(dataset: Dataset, source: Source) -> None:
    assert source.downloads or source.by_hand, f"{dataset.name}/{source.name} has neither downloads nor by_hand"


@by_source
def test_what_is_got_by_hand_is_saved_where_the_build_finds_it(dataset: Dataset, source: Source) -> None:
    names = re.findall(r"`([^`]+/[^`]+)`", source.by_hand)
    assert bool(names) == bool(source.by_hand), "by_hand says under which `folder/name` to save it"
    for name in names:
        assert source.pattern.search(name), f"the build of {dataset.name} doesn't find {name}"


@by_errand
def test_what_is_fetched_is_saved_where_the_build_finds_it(errand: Errand) -> None:
    for claim in errand.claims:
        if claim.unpack:
            assert claim.save_as.endswith("/")
        else:
            assert claim.source.pattern.search(claim.save_as), claim.name


def test_what_is_unpacked_is_saved_where_the_build_finds_it(sources: Path) -> None:
    """The official files are named as they are in the publishers' archives."""
    packed = [errand for errand in ERRANDS if errand.packed and errand.known]
    assert packed
    for errand in packed:
        members = [path.name for path in (sources / errand.save_as).iterdir()]
        for claim in errand.claims:
            places = [place for name in members if (place := claim.place_of(f"any folder/{name}"))]
            assert places, claim.name
            for place in places:
                assert claim.source.pattern.search(place)
                assert (sources / place).is_file()


@by_errand
def test_an_address_is_whole_and_says_whether_anybody_has_tried_it(errand: Errand) -> None:
    for address in errand.addresses:
        parts = urlsplit(address.url)
        assert parts.scheme == "https"
        assert parts.hostname
        assert parts.username is None
        assert not re.search(r"[{}\s]", address.url)
        assert not address.verified or date.fromisoformat(address.verified)


@by_errand
def test_a_copy_says_whose_it_is(errand: Errand) -> None:
    for address in errand.addresses:
        copied = "githubusercontent.com" in address.url
        assert copied == bool(address.through), address.url


def test_next_years_table_14_is_looked_for_and_what_ended_is_not() -> None:
    later = {(name, errand.save_as) for errand in ERRANDS if not errand.known for name in errand.datasets}
    assert {("pay", "ashe/table14/2030p/"), ("hours", "ashe/table14/2026p/")} <= later
    assert not {name for name, _ in later} & {"pay_soc2010", "hours_soc2010"}
