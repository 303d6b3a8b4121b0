"""The store of adverts, on SQLite and on a real PostgreSQL: each once, found, counted, closed, deleted for good."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from msgspec import structs

from lmiforall.base.advert import Advert, Coding, Pay, Skill
from lmiforall.base.problem import Stop
from lmiforall.keep import adverts, asked, ending, pages, sketch
from lmiforall.keep.adverts import Taken
from lmiforall.keep.database import Database, opened

DAY, LATER, MUCH_LATER = "2026-03-02", "2026-03-20", "2026-08-01"
TEXT = "We need a plumber who can fit boilers and bathrooms in homes around Leeds and keep our customers happy and warm"


def advert(
    number: str = "1", *, source: str = "alpha", title: str = "Plumber", text: str = TEXT, **more: str
) -> Advert:
    area = more.pop("area", "E08000035")
    return Advert(
        source, number, sketch.block((title, text)), title, employer="Pipes Ltd", description=text,
        place="Leeds", area=area, region="E12000003", pay=Pay(15, 17, "hour", 29250, 33150),
        coding=Coding("5315", 0.9, "5314", 0.95, "title of the coding index"), skills=(Skill("s1", "boilers", 10, 17),),
        link=f"https://example.org/{number}", block=sketch.block((title, "Pipes Ltd", area)),
        sketch=sketch.sketch(text.casefold().split()), **more,
    )  # fmt: skip


def everything(store: Database, day: str = DAY) -> list[asked.Kept]:
    return asked.search(store, asked.Wanted(), day, 50)


def test_an_advert_comes_back_out_as_it_was_put_in(store: Database) -> None:
    assert adverts.put(store, [advert(expires="2026-04-01", posted="2026-03-01")], [], DAY) == Taken(new=1)
    (kept,) = everything(store)
    assert (kept.title, kept.employer, kept.description) == ("Plumber", "Pipes Ltd", TEXT)
    assert kept.pay == Pay(15, 17, "hour", 29250, 33150)
    assert (kept.soc2020, kept.soc2020_probability, kept.soc2010) == ("5315", 0.9, "5314")
    assert kept.skills == (Skill("s1", "boilers", 10, 17),)
    assert (kept.first_seen, kept.last_seen, kept.expires, kept.posted) == (DAY, DAY, "2026-04-01", "2026-03-01")
    assert asked.one(store, kept.id) == kept


def test_an_advert_that_comes_again_is_seen_again_and_stays_one(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    assert adverts.put(store, [advert()], [], LATER) == Taken(again=1)
    (kept,) = everything(store, LATER)
    assert (kept.first_seen, kept.last_seen) == (DAY, LATER)


def test_a_posting_that_is_known_needs_no_preparing_and_is_seen_all_the_same(store: Database) -> None:
    one = advert()
    adverts.put(store, [one], [], DAY)
    digests = {("alpha", "1"): one.digest, ("alpha", "2"): b"other"}
    assert adverts.unchanged(store, digests) == {("alpha", "1")}
    assert adverts.put(store, [], [("alpha", "1"), ("alpha", "unknown")], LATER) == Taken(again=1)
    assert everything(store, LATER)[0].last_seen == LATER


def test_words_that_changed_are_replaced_and_found(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    assert adverts.put(store, [advert(text=f"{TEXT}, in Wakefield too")], [], LATER) == Taken(changed=1)
    (kept,) = asked.search(store, asked.Wanted("wakefield"), LATER, 50)
    assert kept.description.endswith("in Wakefield too")


def test_one_advert_from_two_sources_is_one_even_where_one_of_them_cuts_it_short(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    short = advert("77", source="beta", text=TEXT[:80])
    assert adverts.put(store, [short], [], DAY) == Taken(same=1)
    (kept,) = everything(store)
    assert kept.description == TEXT


def test_two_adverts_of_one_batch_that_are_the_same_are_one(store: Database) -> None:
    assert adverts.put(store, [advert(), advert("2"), advert()], [], DAY) == Taken(new=1, same=1)


def test_other_words_of_the_same_title_and_employer_are_another_advert(store: Database) -> None:
    other = "Night shifts only, in hospitals and schools all over Yorkshire, repairing drains, pumps, tanks and heating"
    assert adverts.put(store, [advert(), advert("2", text=other)], [], DAY) == Taken(new=2)


def test_an_advert_that_comes_again_after_months_under_another_number_is_a_new_one(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    assert adverts.put(store, [advert("2")], [], LATER) == Taken(same=1)
    assert adverts.put(store, [advert("3")], [], MUCH_LATER) == Taken(new=1)


def test_title_words_count_more_than_words_of_the_text(store: Database) -> None:
    adverts.put(store, [advert(), advert("2", title="Shop assistant", text=f"Beside a plumber. {TEXT}")], [], DAY)
    assert [kept.title for kept in asked.search(store, asked.Wanted("plumber"), DAY, 50)] == [
        "Plumber",
        "Shop assistant",
    ]


@pytest.mark.parametrize("words", ["zymurgist", "!!", "' OR 1=1 --", '"', "plumber's AND (", "()&|!:*"])
def test_words_that_no_advert_has_and_signs_of_query_languages_find_nothing_or_the_words(
    store: Database, words: str
) -> None:
    adverts.put(store, [advert()], [], DAY)
    found = asked.search(store, asked.Wanted(words), DAY, 50)
    assert [kept.title for kept in found] == (["Plumber"] if "plumber" in words else [])


def test_an_advert_is_found_by_area_kind_and_occupation(store: Database) -> None:
    other = advert("2", title="Plumbing apprentice", area="S12000033", kind="apprenticeship")
    adverts.put(store, [advert(), other], [], DAY)
    wanted = [asked.Wanted(areas=("S12000033",)), asked.Wanted(kind="apprenticeship"), asked.Wanted(soc2020="5315")]
    assert [len(asked.search(store, one, DAY, 50)) for one in wanted] == [1, 1, 2]


def test_what_is_past_its_day_or_unseen_is_closed_and_no_longer_found(store: Database) -> None:
    adverts.put(store, [advert(expires="2026-03-10"), advert("2", title="Roofer")], [], DAY)
    assert len(everything(store, LATER)) == 1
    assert ending.expire(store, LATER, unseen_days=30) == 1
    assert ending.expire(store, MUCH_LATER, unseen_days=30) == 1
    assert everything(store, LATER) == []


def test_a_closed_advert_that_is_seen_again_is_open_again(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    assert ending.close(store, "alpha", ["1"], DAY) == 1
    assert adverts.put(store, [advert()], [], LATER) == Taken(same=1)
    assert len(everything(store, LATER)) == 1


def test_an_advert_that_one_source_drops_stays_open_while_another_shows_it(store: Database) -> None:
    adverts.put(store, [advert(), advert("9", source="beta")], [], DAY)
    assert ending.close(store, "alpha", ["1"], LATER) == 0
    assert ending.close(store, "beta", ["9"], LATER) == 1


def test_deletion_takes_every_copy_and_none_comes_back_from_anywhere(store: Database) -> None:
    adverts.put(store, [advert(), advert("9", source="beta")], [], DAY)
    assert ending.delete(store, "beta", "9", LATER) == 2
    assert everything(store) == []
    copies = [advert(), advert("9", source="beta"), advert("5", source="gamma", text=TEXT[:90])]
    assert adverts.put(store, copies, [], LATER) == Taken(refused=3)
    assert asked.search(store, asked.Wanted("plumber"), LATER, 50) == []


def test_what_is_deleted_before_it_ever_came_does_not_come(store: Database) -> None:
    assert ending.delete(store, "alpha", "1", DAY) == 0
    assert adverts.put(store, [advert()], [], LATER) == Taken(refused=1)


def test_a_number_is_never_given_to_another_advert(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    first = everything(store)[0].id
    ending.delete(store, "alpha", "1", DAY)
    adverts.put(store, [advert("2", title="Roofer")], [], DAY)
    assert everything(store)[0].id != first


def test_after_the_time_of_retention_the_words_are_gone_and_the_counts_stay(store: Database) -> None:
    adverts.put(store, [advert()], [], DAY)
    before = asked.counts(store, ["2026-03"])
    ending.expire(store, MUCH_LATER, 30)
    assert ending.retain(store, "2026-08-02", 365) == 0
    assert ending.retain(store, "2027-09-01", 365) == 1
    kept = asked.one(store, 1)
    assert kept is not None
    assert {kept.title, kept.employer, kept.description, kept.place, kept.link} == {""}
    assert (kept.skills, kept.soc2020) == ((), "5315")
    assert asked.counts(store, ["2026-03"]) == before


def test_words_that_were_deleted_are_no_longer_in_the_file(tmp_path: Path) -> None:
    place = tmp_path / "adverts.db"
    with opened(str(place), create=True) as store:
        adverts.put(store, [advert(text=f"{TEXT} quokkawrangling")], [], DAY)
        assert b"quokkawrangl" in _bytes(tmp_path)
        ending.delete(store, "alpha", "1", DAY)
    assert b"quokkawrangl" not in _bytes(tmp_path)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_adverts_count_for_each_month_in_which_they_were_open(store: Database) -> None:
    adverts.put(store, [advert(), advert("2", title="Roofer", area="S12000033")], [], "2026-03-30")
    adverts.put(store, [advert()], [], "2026-04-02")
    found = {
        (one.month, one.area): (one.open, one.new) for one in asked.counts(store, ["2026-03", "2026-04", "2026-05"])
    }
    assert found == {
        ("2026-03", "E08000035"): (1, 1),
        ("2026-03", "S12000033"): (1, 1),
        ("2026-04", "E08000035"): (1, 0),
    }
    assert [one.soc2020 for one in asked.counts(store, ["2026-04"], least=0.95)] == [""]
    assert [one.area for one in asked.counts(store, ["2026-03"], soc2020="5315", area="S12000033")] == ["S12000033"]
    assert len(asked.counts(store, ["2026-03"], area="E12000003")) == 2


def test_two_imports_at_once_make_no_advert_twice(store: Database) -> None:
    begin, taken = Barrier(2), []

    def run(source: str) -> None:
        begin.wait()
        for number in range(20):
            one = structs.replace(advert(f"{number}", source=source), block=sketch.block((f"{number}",)))
            taken.append(adverts.put(store, [one], [], DAY))

    threads = [Thread(target=run, args=(source,)) for source in ("alpha", "beta")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Taken()
    for one in taken:
        total.add(one)
    assert (total.new, total.same) == (20, 20)


def test_how_far_a_run_came_is_kept_with_its_adverts(address: str) -> None:
    with opened(address, create=True) as store:
        adverts.put(store, [advert()], [], DAY, ("run a", 500))
    with opened(address, create=False) as again:
        assert (adverts.read_of(again, "run a"), adverts.read_of(again, "run b")) == (500, 0)
        adverts.ended(again, "run a")
        assert adverts.read_of(again, "run a") == 0


def test_what_is_known_of_a_page_is_remembered_and_forgotten(store: Database) -> None:
    page = pages.Seen('"abc"', "Mon, 02 Mar 2026 10:00:00 GMT", ("https://example.org/1",))
    pages.remember(store, "alpha", "https://example.org/1", page)
    assert pages.seen(store, "alpha", "https://example.org/1") == page
    pages.remember(store, "alpha", "https://example.org/1", None)
    assert pages.seen(store, "alpha", "https://example.org/1") == pages.Seen()


def test_the_last_and_the_first_day_are_known(store: Database) -> None:
    assert asked.span(store) == ("", "")
    adverts.put(store, [advert()], [], DAY)
    adverts.put(store, [advert("2", title="Roofer")], [], LATER)
    assert asked.span(store) == (DAY, LATER)


@pytest.mark.parametrize(
    "address", ["/nowhere/at/all.db", "mysql://localhost/x", "postgresql://nobody@127.0.0.1:1/none"]
)
def test_a_store_that_can_not_be_opened_is_refused_in_words(address: str) -> None:
    with pytest.raises(Stop, match=r"can't be opened|a store is a file"):
        opened(address, create=True)


def test_a_file_without_adverts_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="there is no store of adverts"):
        opened(str(tmp_path / "empty.db"), create=False)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    with opened(str(tmp_path / "adverts.db"), create=True) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE about SET number = 99 WHERE name = 'version'")
    with pytest.raises(Stop, match="version 99"):
        opened(str(tmp_path / "adverts.db"), create=False)
