"""Files of adverts, and the configuration of sources: what is read, and what bad ones come to."""

import json
from pathlib import Path

import pytest

from lmiforall.base.advert import DAY, Faulty, Posting
from lmiforall.base.problem import Stop
from lmiforall.extract.adverts import fields, file, sources
from lmiforall.extract.adverts.adzuna import Adzuna
from lmiforall.extract.adverts.crawl import Site
from lmiforall.extract.adverts.display_advert import DisplayAdvert
from lmiforall.extract.adverts.file import File


def read(path: Path, content: str | bytes, **columns: str) -> list[Posting | Faulty]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(file.read(File(path, "mine", columns)))


def titles(found: list[Posting | Faulty]) -> list[str]:
    return [item.title if isinstance(item, Posting) else f"{item.where}: {item.why}" for item in found]


def test_a_csv_is_read_by_its_headings(tmp_path: Path) -> None:
    content = (
        "id,title,employer,place,pay_low,pay_high,pay_per,posted,expires,contacts\n"
        '7,"Plumber, gas",Pipes Ltd,Leeds,"£1,20",150,per day,01/03/2026,2026-04-01T10:00,Jo Bloggs; Al Fa\n'
    )
    assert read(tmp_path / "a.csv", content) == [
        Posting(
            "mine", "7", "Plumber, gas", "Pipes Ltd", place="Leeds", pay_low=120, pay_high=150, pay_per=DAY,
            posted="2026-03-01", expires="2026-04-01", contacts=("Jo Bloggs", "Al Fa"),
        )
    ]  # fmt: skip


def test_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.csv", "Job Title,Firm\nPlumber,Pipes Ltd\n", title="Job Title", employer="Firm")
    assert isinstance(found, Posting)
    assert (found.title, found.employer) == ("Plumber", "Pipes Ltd")


def test_a_broken_row_in_the_middle_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    content = 'title,place\nA,Leeds\nB,"Leeds\nC,Leeds,too many\n,Leeds\nD,Leeds\n'
    assert titles(read(tmp_path / "a.csv", content)) == [
        "A", "line 3: a quote is opened and never closed", "line 4: the row has 3 cells, the heading 2",
        "line 5: it has no title", "D",
    ]  # fmt: skip


def test_binary_marks_emoji_and_a_title_of_ten_megabytes_are_read(tmp_path: Path) -> None:
    rows = ["\u202eplumber", "🚒 fire fighter", "x" * 10_000_000, "a\0b"]
    content = b"title\n" + "\n".join(rows).encode() + b"\n\xff\xfe\x00title\n"
    found = read(tmp_path / "a.csv", content)
    assert [len(title) for title in titles(found)] == [8, 14, 100_000, 2, 7]


def test_half_a_pair_of_utf_16_which_no_database_takes_is_left_out() -> None:
    assert fields.text("Pl\ud83dumber 🚒") == "Plumber 🚒"


def test_json_lines_are_read_and_a_broken_line_is_named(tmp_path: Path) -> None:
    lines = [json.dumps({"title": "A", "contacts": ["Jo", 5]}), "{broken", "[1]", "", "[" * 50_000, '{"title": 7}']
    found = read(tmp_path / "a.jsonl", "\n".join(lines))
    assert [title.partition(" (")[0] for title in titles(found)] == [
        "A", "line 2: it is no JSON", "line 3: it is no JSON object", "line 5: it is no JSON", "7",
    ]  # fmt: skip


def test_a_row_without_a_number_has_always_the_same_one(tmp_path: Path) -> None:
    rows = "title,place\nA,Leeds\nA,York\n"
    first, second = read(tmp_path / "a.csv", rows), read(tmp_path / "b.csv", rows)
    assert first == second
    assert first[0] != first[1]


@pytest.mark.parametrize(("content", "said"), [("", "no column 'title'"), ("name\nA\n", "There are: name")])
def test_a_file_without_titles_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(Stop, match=said):
        read(tmp_path / "a.csv", content)


def test_a_field_that_adverts_have_not_got_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="adverts have no salary"):
        read(tmp_path / "a.csv", "title\nA\n", salary="Pay")


TOML = """
[jobs-api]
kind = "adzuna"
address = "https://api.example/v1/api/jobs/gb/search"
app_id = "$ID"
app_key = "$KEY"
ask = {what = "plumber"}

[dfe]
kind = "display-advert"
address = "https://apprenticeships.example/vacancies/vacancy"
key = "$KEY"

[paper]
kind = "site"
address = "https://paper.example"
lists = ["/jobs"]
pages = "/job/"
"""


def test_sources_are_read_and_their_keys_come_from_the_environment(tmp_path: Path) -> None:
    place = tmp_path / "adverts.toml"
    place.write_text(TOML)
    found = sources.read(place, {"ID": "me", "KEY": "secret"})
    jobs, dfe, paper = found["jobs-api"], found["dfe"], found["paper"]
    assert isinstance(jobs, Adzuna)
    assert (jobs.app_id, jobs.app_key) == ("me", "secret")
    assert isinstance(dfe, DisplayAdvert)
    assert (dfe.key, dfe.version) == ("secret", "2")
    assert isinstance(paper, Site)
    assert paper.lists == ["/jobs"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("$KEY", "$NONE"), "the environment has no NONE"),
        (("https://paper.example", "paper.example"), "is no address"),
        (('kind = "site"', 'kind = "sight"'), "sight"),
        (('pages = "/job/"', 'pages = "["'), "unterminated"),
        (('pages = "/job/"', 'page = "x"'), "unknown field"),
        (("[paper]", "paper"), "can't be read"),
    ],
)
def test_a_source_that_is_not_as_it_should_be_is_refused(tmp_path: Path, changed: tuple[str, str], said: str) -> None:
    place = tmp_path / "adverts.toml"
    place.write_text(TOML.replace(*changed))
    with pytest.raises(Stop, match=said):
        sources.read(place, {"ID": "me", "KEY": "secret"})
