"""What a fetch leaves in the folder: whole files in their places, the record, and nothing lost; from a real server."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lmiforall.base.dataset import Address, Dataset, Download
from lmiforall.base.licence import OGL3
from lmiforall.base.problem import Stop
from lmiforall.extract import folder as sources_folder
from lmiforall.extract import report
from lmiforall.extract.errands import errands
from lmiforall.extract.fetch import Outcome
from lmiforall.extract.filing import State
from tests.extract.publisher import HOST, Site, dataset, redirect, source, status, whole, workbook, zipped

Run = Callable[..., tuple[Outcome, ...]]

URL = f"{HOST}/2024/table.xlsx"
PLACE = "tables/table_2024.xlsx"
FIRST, SECOND = workbook("first"), workbook("second")
MODIFIED = "Sat, 01 Mar 2025 08:00:00 GMT"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def record(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "snapshots.json").read_text("utf-8"))


def states(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [str(filed.state) for outcome in outcomes for filed in outcome.files]


def problem(outcomes: tuple[Outcome, ...]) -> str:
    (said,) = (str(outcome.problem) for outcome in outcomes if outcome.problem)
    return said


def seen(folder: Path) -> list[str]:
    return [path for path in sources_folder.look(folder).paths if path != "snapshots.json"]


def test_the_record_says_where_a_file_is_from_when_it_came_and_what_it_is(run: Run, site: Site, folder: Path) -> None:
    site[URL] = whole(FIRST, etag='"1"', modified=MODIFIED)
    run(at="2025-03-01T09:00:00")
    assert record(folder) == {
        PLACE: {
            "sha256": digest(FIRST),
            "bytes": len(FIRST),
            "fetched": "2025-03-01T09:00:00+00:00",
            "checked": "2025-03-01T09:00:00+00:00",
            "url": URL,
            "asked": f"{site.url}/stats.example/2024/table.xlsx",
            "final": f"{site.url}/stats.example/2024/table.xlsx",
            "publisher": "Office of Examples",
            "title": "A table",
            "licence": OGL3.id,
            "sources": ["toy/table"],
            "through": "",
            "member": "",
            "etag": '"1"',
            "last_modified": MODIFIED,
        }
    }


@pytest.mark.parametrize("validators", [{"etag": '"1"'}, {"modified": MODIFIED}, {"etag": '"1"', "modified": MODIFIED}])
def test_a_second_run_asks_only_for_what_has_changed(
    run: Run, site: Site, folder: Path, validators: dict[str, str]
) -> None:
    site[URL] = whole(FIRST, **validators)
    run(at="2025-03-01T09:00:00")
    inode = (folder / PLACE).stat().st_ino
    assert states(run(at="2025-04-01T09:00:00")) == ["unchanged"]
    assert (folder / PLACE).stat().st_ino == inode
    assert record(folder)[PLACE]["fetched"] == "2025-03-01T09:00:00+00:00"
    assert record(folder)[PLACE]["checked"] == "2025-04-01T09:00:00+00:00"
    headers = site.asked[-1][1]
    assert headers.get("If-None-Match") == validators.get("etag")
    assert headers.get("If-Modified-Since") == validators.get("modified")


def test_equal_bytes_are_no_news_from_a_site_that_knows_no_dates(run: Run, site: Site, folder: Path) -> None:
    site[URL] = whole(FIRST)
    run(at="2025-03-01T09:00:00")
    assert states(run(at="2025-04-01T09:00:00")) == ["unchanged"]
    assert record(folder)[PLACE]["fetched"] == "2025-03-01T09:00:00+00:00"


def test_a_changed_file_is_fetched_and_the_earlier_one_kept_with_its_record(run: Run, site: Site, folder: Path) -> None:
    site[URL] = whole(FIRST, etag='"1"')
    run()
    site[URL] = whole(SECOND, etag='"2"')
    outcomes = run(at="2025-04-01T09:00:00")
    ((filed,),) = (outcome.files for outcome in outcomes)
    kept = f"earlier/{digest(FIRST)[:12]}/{PLACE}"
    assert (filed.state, filed.before, filed.snapshot.sha256) == (State.CHANGED, digest(FIRST), digest(SECOND))
    assert (folder / PLACE).read_bytes() == SECOND
    assert (folder / kept).read_bytes() == FIRST
    assert record(folder)[kept]["sha256"] == digest(FIRST)
    (line,) = report.lines(outcomes)
    assert digest(FIRST)[:12] in line
    assert digest(SECOND)[:12] in line
    assert kept in line
    assert report.changed(outcomes)


def test_the_build_does_not_find_the_earlier_file(run: Run, site: Site, folder: Path) -> None:
    for content in (FIRST, SECOND):
        site[URL] = whole(content)
        run()
    files = sources_folder.files_of(sources_folder.look(folder), dataset())
    assert [(file.path, file.sha256) for file in files] == [(PLACE, digest(SECOND))]


def test_the_build_learns_when_a_file_was_fetched_as_long_as_it_is_that_file(
    run: Run, site: Site, folder: Path
) -> None:
    site[URL] = whole(FIRST)
    run(at="2025-03-01T09:00:00")
    (file,) = sources_folder.files_of(sources_folder.look(folder), dataset())
    assert file.fetched == "2025-03-01T09:00:00+00:00"
    (folder / PLACE).write_bytes(SECOND)
    (file,) = sources_folder.files_of(sources_folder.look(folder), dataset())
    assert file.fetched == ""


@pytest.mark.parametrize("broken", [lambda path: path.unlink(), lambda path: path.write_bytes(SECOND)])
def test_a_file_that_is_gone_or_was_altered_is_asked_for_anew(
    run: Run, site: Site, folder: Path, broken: Callable[[Path], None]
) -> None:
    site[URL] = whole(FIRST, etag='"1"')
    run()
    broken(folder / PLACE)
    run()
    assert "If-None-Match" not in site.asked[-1][1]
    assert (folder / PLACE).read_bytes() == FIRST


def test_what_somebody_laid_in_a_files_place_is_kept_too(run: Run, site: Site, folder: Path) -> None:
    (folder / PLACE).parent.mkdir(parents=True)
    (folder / PLACE).write_bytes(SECOND)
    site[URL] = whole(FIRST)
    assert states(run()) == ["changed"]
    assert (folder / f"earlier/{digest(SECOND)[:12]}/{PLACE}").read_bytes() == SECOND


def altered(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


PAGE = b"\n<!-- a page -->\n<!DOCTYPE html><html><body>Sorry</body></html>"


@pytest.mark.parametrize(
    ("content", "dialect", "says"),
    [
        (b"<!DOCTYPE html><html>Sorry</html>", "workbook", "a web page, not a workbook"),
        (PAGE, "workbook", "a web page, not a workbook"),
        (b"\xef\xbb\xbf <html>Sorry</html>", "csv", "a web page, not a CSV file"),
        (b"<html>", "json", "a web page, not a JSON file"),
        (b"<html>", "parquet", "a web page, not a Parquet file"),
        (b"", "workbook", "empty"),
        (b" \n ", "csv", "empty"),
        (FIRST[:-30], "workbook", "no whole archive"),
        *((altered(FIRST, at), "workbook", "it") for at in (60, 150, len(FIRST) // 2)),
        (b"name,value\n", "workbook", "no workbook"),
        (b'{"cut": [1, 2', "json", "no whole JSON"),
        (b"PAR1....", "parquet", "no whole Parquet"),
        ("name,£\n".encode("latin-1"), "csv", "UTF-8"),
    ],
)
def test_what_is_not_whole_or_not_of_the_kind_is_refused_and_changes_nothing(
    *, run: Run, site: Site, folder: Path, content: bytes, dialect: str, says: str
) -> None:
    toy = dataset(source(dialect=dialect))
    (folder / PLACE).parent.mkdir(parents=True)
    (folder / PLACE).write_bytes(b"what was there")
    site[URL] = whole(content)
    said = problem(run(toy))
    assert says in said
    assert "as it was" in said
    assert (folder / PLACE).read_bytes() == b"what was there"
    assert seen(folder) == [PLACE]


def test_one_that_fails_does_not_stop_the_others(run: Run, site: Site, folder: Path) -> None:
    years = ({"year": "2022"}, {"year": "2023"}, {"year": "2024"})
    site[f"{HOST}/2022/table.xlsx"] = whole(FIRST)
    site[f"{HOST}/2023/table.xlsx"] = status(500)
    site[f"{HOST}/2024/table.xlsx"] = whole(SECOND)
    outcomes = run(dataset(source(editions=years)))
    assert "2023" in problem(outcomes)
    assert seen(folder) == ["tables/table_2022.xlsx", "tables/table_2024.xlsx"]
    assert set(record(folder)) == set(seen(folder))


def test_a_copy_is_asked_for_only_where_the_publisher_no_longer_has_the_file(run: Run, site: Site) -> None:
    addresses = (Address(URL), Address("https://copies.example/table.xlsx", through="a copy of ours"))
    toy = dataset(source(downloads=(Download(addresses, PLACE),), editions=()))
    site["https://copies.example/table.xlsx"] = whole(FIRST, etag='"1"')
    outcomes = run(toy)
    assert outcomes[0].files[0].snapshot.through == "a copy of ours"
    assert next(report.lines(outcomes)).endswith("through a copy of ours")
    assert states(run(toy)) == ["unchanged"]
    site[URL] = status(500)
    assert "500" in problem(run(toy))
    site[URL] = whole(FIRST)
    assert run(toy)[0].files[0].snapshot.through == ""


# Later years.


def test_next_years_edition_is_found_without_a_word_of_code(run: Run, site: Site, folder: Path) -> None:
    site[URL] = whole(FIRST)
    site[f"{HOST}/2026/table.xlsx"] = whole(SECOND)
    outcomes = run(at="2026-11-01T09:00:00", newer=True)
    assert [bool(outcome.files) for outcome in outcomes] == [True, False, True]
    assert not any(outcome.problem for outcome in outcomes)
    assert "not yet published" in list(report.lines(outcomes))[1]
    found = sources_folder.files_of(sources_folder.look(folder), dataset())
    assert [file.edition for file in found] == [{"year": "2024"}, {"year": "2026"}]


def test_a_later_year_that_fails_is_a_failure(run: Run, site: Site) -> None:
    site[URL] = whole(FIRST)
    site[f"{HOST}/2025/table.xlsx"] = whole(FIRST[:-1])
    assert "2025" in problem(run(newer=True))


def test_later_years_are_left_alone_where_asked_or_where_none_will_come() -> None:
    def years(newer: bool, **changes: Any) -> list[str]:
        return [one.save_as for one in errands([dataset(source(**changes))], 2026, newer=newer)]

    assert years(newer=False) == ["tables/table_2024.xlsx"]
    assert years(newer=True, closed="it ended") == ["tables/table_2024.xlsx"]
    assert years(newer=True) == [f"tables/table_{year}.xlsx" for year in (2024, 2025, 2026)]


# Archives.


def archived(name: str, table: str, url: str = f"{HOST}/{{year}}.zip") -> Dataset:
    files = rf"Table {table}\.(?P<kind>[ab]) (?P<year>\d{{4}})\.xlsx$"
    return dataset(source(files=files, downloads=(Download((Address(url),), "tables/{year}/", files),)), name=name)


MEMBERS = {f"2024/Table {table}.{kind} 2024.xlsx": workbook(f"{table}{kind}") for table in "12" for kind in "ab"}
ZIP = f"{HOST}/2024.zip"


def test_an_archive_is_asked_for_once_and_unpacked_for_all_who_want_a_part(run: Run, site: Site, folder: Path) -> None:
    site[ZIP] = whole(zipped({**MEMBERS, "2024/Notes.txt": b"notes"}))
    (outcome,) = run(archived("one", "1"), archived("two", "2"))
    assert len(site.asked) == 1
    assert seen(folder) == [f"tables/2024/Table {table}.{kind} 2024.xlsx" for table in "12" for kind in "ab"]
    assert (folder / "tables/2024/Table 2.b 2024.xlsx").read_bytes() == MEMBERS["2024/Table 2.b 2024.xlsx"]
    about = record(folder)["tables/2024/Table 2.b 2024.xlsx"]
    assert (about["member"], about["sources"]) == ("2024/Table 2.b 2024.xlsx", ["two/table"])
    assert len(outcome.files) == 4


def test_an_archive_is_asked_for_again_only_when_it_changes_or_more_of_it_is_wanted(
    run: Run, site: Site, folder: Path
) -> None:
    site[ZIP] = whole(zipped(MEMBERS), etag='"1"')
    run(archived("one", "1"))
    assert states(run(archived("one", "1"))) == ["unchanged"] * 2
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert states(run(archived("one", "1"), archived("two", "2"))) == ["unchanged"] * 2 + ["fetched"] * 2
    assert "If-None-Match" not in site.asked[-1][1]
    changed = {**MEMBERS, "2024/Table 1.a 2024.xlsx": SECOND}
    site[ZIP] = whole(zipped(changed), etag='"2"')
    assert sorted(states(run(archived("one", "1"), archived("two", "2")))) == ["changed"] + ["unchanged"] * 3


def test_a_corrected_file_under_another_name_takes_the_place_of_the_one_that_was_fetched(
    run: Run, site: Site, folder: Path
) -> None:
    files = r"Table 1(?: corrected)? (?P<year>\d{4})\.xlsx$"
    toy = dataset(source(files=files, downloads=(Download((Address(f"{HOST}/{{year}}.zip"),), "t/", files),)))
    site[ZIP] = whole(zipped({"Table 1 2024.xlsx": FIRST}))
    run(toy)
    site[ZIP] = whole(zipped({"Table 1 corrected 2024.xlsx": SECOND}))
    run(toy)
    assert seen(folder) == ["t/Table 1 corrected 2024.xlsx"]
    kept = f"earlier/{digest(FIRST)[:12]}/t/Table 1 2024.xlsx"
    assert (folder / kept).read_bytes() == FIRST
    assert set(record(folder)) == {kept, "t/Table 1 corrected 2024.xlsx"}


def test_a_new_version_takes_the_place_of_the_old_where_a_source_has_one(run: Run, site: Site, folder: Path) -> None:
    def version(number: str) -> Dataset:
        download = Download((Address(f"{HOST}/{{version}}.xlsx"),), "v{version}/list.xlsx")
        files = r"v(?P<version>\d+)/list\.xlsx$"
        return dataset(
            source(files=files, downloads=(download,), editions=({"version": number},), count=(1, 1)),
        )

    site[f"{HOST}/1.xlsx"], site[f"{HOST}/2.xlsx"] = whole(FIRST), whole(SECOND)
    run(version("1"))
    run(version("2"))
    assert seen(folder) == ["v2/list.xlsx"]
    assert (folder / f"earlier/{digest(FIRST)[:12]}/v1/list.xlsx").is_file()


def test_nothing_is_laid_beside_a_file_of_the_same_edition_that_was_put_there_by_hand(
    run: Run, site: Site, folder: Path
) -> None:
    mine = folder / "mine/tables/table_2024.xlsx"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(SECOND)
    site[URL] = whole(FIRST)
    assert "mine/tables/table_2024.xlsx" in problem(run())
    assert seen(folder) == ["mine/tables/table_2024.xlsx"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (zipped(MEMBERS)[:-40], "no whole archive"),
        (b"<html>gone</html>", "a web page, not a zip archive"),
        (zipped({"Table 9.a 2024.xlsx": FIRST}), "no such file as is wanted"),
        (zipped({**MEMBERS, "../../evil.xlsx": FIRST}), "outside of its folder"),
        (zipped({"2024/Table 1.a 2024.xlsx": b"<html></html>"}), "a web page"),
        (zipped({"x/Table 1.a 2024.xlsx": FIRST, "y/Table 1.a 2024.xlsx": SECOND}), "two files"),
        (zipped({"inner.zip": zipped(MEMBERS)}), "no such file as is wanted"),
    ],
)
def test_an_archive_that_is_damaged_unsafe_or_another_changes_nothing(
    run: Run, site: Site, folder: Path, content: bytes, says: str
) -> None:
    site[ZIP] = whole(zipped(MEMBERS))
    run(archived("one", "1"))
    before = {path: (folder / path).read_bytes() for path in seen(folder)}
    site[ZIP] = whole(content)
    assert says in problem(run(archived("one", "1")))
    assert {path: (folder / path).read_bytes() for path in seen(folder)} == before
    assert not list(folder.parent.rglob("evil.xlsx"))


def test_an_archive_without_a_part_that_is_wanted_is_refused(run: Run, site: Site, folder: Path) -> None:
    site[ZIP] = whole(zipped({"Table 1.a 2024.xlsx": FIRST}))
    assert "nothing for two/table" in problem(run(archived("one", "1"), archived("two", "2")))
    assert seen(folder) == []


# The folder.


def test_only_one_fetch_at_a_time_fills_a_folder(run: Run, site: Site, folder: Path) -> None:
    from lmiforall.extract import place

    site[URL] = whole(FIRST)
    with place.staging(folder), pytest.raises(Stop, match="another `lmi fetch`"):
        run()
    assert states(run()) == ["fetched"]


def test_nothing_is_left_of_the_staging(run: Run, site: Site, folder: Path) -> None:
    (folder / ".incoming").mkdir(parents=True)
    (folder / ".incoming" / "0").write_bytes(b"left by a killed fetch")
    site[URL] = redirect("/nowhere")
    run()
    assert not (folder / ".incoming").exists()


def test_a_record_that_cannot_be_read_stops_with_what_to_do(run: Run, site: Site, folder: Path) -> None:
    folder.mkdir()
    for damaged in ("{", '{"a": {"sha256": 1}}', "[]"):
        (folder / "snapshots.json").write_text(damaged)
        with pytest.raises(Stop, match="asks for every file anew"):
            run()


def test_a_mirror_that_is_no_address_is_refused(run: Run) -> None:
    with pytest.raises(Stop, match="no address"):
        run(mirror="mirror.example")


def test_what_has_to_be_got_by_hand_is_asked_for_until_it_is_there(folder: Path) -> None:
    toy = dataset(source(downloads=(), by_hand="Write to them. Save it as `tables/table_2024.xlsx`."))
    (line,) = report.by_hand([toy], folder)
    assert "toy/table: Write to them." in line
    assert f"{HOST}/about" in line
    (folder / PLACE).parent.mkdir(parents=True)
    (folder / PLACE).write_bytes(FIRST)
    assert report.by_hand([toy], folder) == ()
    optional = dataset(source(downloads=(), by_hand="A stand-in.", optional=True, files="x"))
    assert report.by_hand([optional], folder) == ()
