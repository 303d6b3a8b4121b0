"""The generated pages are current, and what should stop or fail them does."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lmiforall import datasets
from lmiforall.base.code_list import CodeList
from lmiforall.base.dataset import SECONDARY, Adds, Withhold
from lmiforall.base.problem import Stop
from lmiforall.base.status import MEANINGS
from lmiforall.serve.v1 import endpoints
from tools.reference import answers, api_page, command_line_page, dataset_page, pages, printed, rooms_page
from tools.reference.asked import Answered, ask
from tools.reference.currency import MARKER, faults, put
from tools.reference.markdown import cell, code, cut, demoted
from tools.reference.shortened import shortened

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A repository in which two pages are generated and one is written by hand."""
    put(WANTED, tmp_path)
    (tmp_path / "docs" / "by-hand.md").write_text("# Written by hand\n", "utf-8")
    return tmp_path


WANTED = {"docs/one.md": f"{MARKER} from one. -->\nfirst\nsecond\n", "docs/two/two.md": f"{MARKER} from two. -->\n"}


def test_the_generated_pages_are_current_and_the_same_whenever_they_are_made() -> None:
    wanted = pages(ROOT)
    assert faults(wanted, ROOT) == []
    assert pages(ROOT) == wanted


def test_a_page_that_is_as_it_should_be_is_no_fault_and_neither_is_one_by_hand(docs: Path) -> None:
    assert faults(WANTED, docs) == []


def test_a_stale_page_is_a_fault_that_shows_the_difference(docs: Path) -> None:
    page = docs / "docs" / "one.md"
    page.write_text(page.read_text("utf-8").replace("second", "old"), "utf-8")
    (fault,) = faults(WANTED, docs)
    assert fault.splitlines()[0] == "docs/one.md is stale: 1 lines to add, 1 to remove"
    assert "-old" in fault
    assert "+second" in fault


def test_a_missing_page_is_a_fault(docs: Path) -> None:
    (docs / "docs" / "two" / "two.md").unlink()
    assert faults(WANTED, docs) == ["docs/two/two.md is missing"]


def test_a_page_that_nothing_generates_any_more_is_a_fault_and_is_removed(docs: Path) -> None:
    wanted = {"docs/one.md": WANTED["docs/one.md"]}
    assert faults(wanted, docs) == ["docs/two/two.md is an orphan: nothing that is declared generates it"]
    put(wanted, docs)
    assert faults(wanted, docs) == []
    assert (docs / "docs" / "by-hand.md").is_file()


def test_the_check_fails_on_a_stale_page(tmp_path: Path) -> None:
    """The tool itself, on a copy of the repository in which a page was changed by hand."""
    (tmp_path / "tests" / "serve").mkdir(parents=True)
    for part in ("bench", "tools", "docs", "README.md", "pyproject.toml", "src", "tests/serve/recorded_shapes.json"):
        source, target = ROOT / part, tmp_path / part
        shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    page = tmp_path / "docs" / "data" / "pay.md"
    page.write_text(page.read_text("utf-8").replace("median", "medium"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tools.docs", "--check"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "src")},
    )  # fmt: skip
    assert done.returncode == 1
    assert "docs/data/pay.md is stale" in done.stdout
    assert "generated pages are not current: run `make docs`" in done.stdout


def test_notes_that_dont_state_a_withholding_rule_stop_the_docs() -> None:
    pay = datasets.every()["pay"]
    rule = Withhold("cv_over_30", "quality", "unreliable", above=30)
    with pytest.raises(Stop, match=r"dataset pay, notes\.md: the notes don't state the rule cv_over_30"):
        dataset_page.page(dataclasses.replace(pay, withhold=(rule,)), datasets.every())


def test_notes_that_dont_state_secondary_suppression_stop_the_docs() -> None:
    regions = datasets.every()["employment_by_region"]
    with pytest.raises(Stop, match="the notes don't state the rule secondary"):
        dataset_page.stated(dataclasses.replace(regions, adds=(Adds("employment", ("soc",)),)))


def test_a_rule_whose_name_is_only_a_part_of_another_word_is_not_stated() -> None:
    projections = datasets.every()["projections"]
    rule = dataclasses.replace(projections.withhold[0], name="under_1000")
    with pytest.raises(Stop, match="under_1000,"):
        dataset_page.stated(dataclasses.replace(projections, withhold=(rule,)))


@pytest.mark.parametrize("name", list(datasets.every()))
def test_a_datasets_page_holds_what_is_declared(name: str) -> None:
    dataset = datasets.every()[name]
    page = dataset_page.page(dataset, datasets.every())
    said = [
        dataset.title,
        dataset.summary,
        *(one.because for one in (*dataset.left_out, *dataset.totals, *dataset.withhold)),
    ]
    said += [
        text for source in dataset.sources for text in (source.publisher, source.title, source.page, source.licence.url)
    ]
    said += [one.url for source in dataset.sources for download in source.downloads for one in download.addresses]
    said += [f"`{one.name}`" for one in (*dataset.dimensions, *dataset.measures, *dataset.fields)]
    said += [text for source in dataset.sources for text in (source.by_hand, source.closed) if text]
    said += [mark.meaning for source in dataset.sources for mark in source.marks]
    said += [edition.name for edition in dataset.history] + [f"[{needed}]({needed}.md)" for needed in dataset.inputs]
    for text in said:
        assert cell(text).replace("O*NET", r"O\*NET") in page or text in page, text
    last = dataset.notes.read_text("utf-8").strip().splitlines()[-1]
    assert last.replace("O*NET", r"O\*NET") in page


def words_that_exist() -> set[str]:
    """What may stand in code in the notes: names of the declarations, codes, statuses, signs, keys of the old API."""
    every = datasets.every()
    found = {*every, *map(str, MEANINGS), "rate", SECONDARY}
    for dataset in every.values():
        named = (*dataset.dimensions, *dataset.measures, *dataset.fields, *dataset.withhold, *dataset.sources)
        found |= {one.name for one in named}
        found |= {mark.sign for source in dataset.sources for mark in source.marks}
        lists = (dimension.codes for dimension in dataset.dimensions)
        found |= {code for codes in lists if isinstance(codes, CodeList) for code in codes.by_code}
    return found


@pytest.mark.parametrize("name", list(datasets.every()))
def test_the_notes_name_nothing_that_does_not_exist(name: str) -> None:
    notes = datasets.every()[name].notes.read_text("utf-8")
    assert set(re.findall(r"`([a-z][a-z0-9_]*)`", notes)) <= words_that_exist()


@pytest.mark.parametrize("name", [name for name in datasets.every() if datasets.every()[name].starter])
def test_the_request_on_a_datasets_page_finds_something(name: str) -> None:
    answer = ask(dataset_page.example(datasets.every()[name]))
    assert answer.status == 200
    assert json.loads(answer.text)["total"] >= 1


def test_the_page_of_the_api_shows_every_endpoint_and_only_answers_that_are_real() -> None:
    page = api_page.page(datasets.every())
    for _, endpoint in endpoints(datasets.every()):
        assert f"### /api/v1/{endpoint.path}" in page
    no_examples = {f"/api/v1/{one.example}" for _, one in endpoints(datasets.every()) if one.status == 404}
    # What only a full release has is shown as the starter release answers it.
    no_examples |= {
        methods["get"]["x-example"]
        for methods in json.loads(ask("/openapi.json").text)["paths"].values()
        if methods["get"].get("x-example-status") == 404
    }
    for address in re.findall(r'^curl "http://127\.0\.0\.1:8000(.+)"$', page, re.MULTILINE):
        assert ask(address).status == (404 if address in no_examples else 200)
    refused = re.findall(r"^\| `(/\S+)` \| (\d{3}) \| `(.*)` \|$", page, re.MULTILINE)
    assert len(refused) > 50
    for address, status, body in refused:
        answer = ask(address.replace("\\|", "|"))
        assert (str(answer.status), cell(answer.text)) == (status, body)


def test_a_header_that_nobody_described_stops_the_page() -> None:
    with pytest.raises(Stop, match="x-new"):
        api_page._headers([Answered("GET", "/", 200, {"x-new": "1"}, "")])


def test_the_help_on_the_page_is_what_the_command_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "lmiforall", "build", "--help"], capture_output=True, text=True, check=True,
        env=os.environ | {"COLUMNS": str(command_line_page.WIDTH)},
    )  # fmt: skip
    plain = "\n".join(line.rstrip() for line in printed.stdout.strip().splitlines())
    assert plain.replace("python -m lmiforall", "lmi") == command_line_page.help_of("build")


def test_every_room_is_on_the_page_and_in_the_picture() -> None:
    page, picture = rooms_page.page(), (ROOT / "docs" / "flow.svg").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    for room in rooms_page.rooms():
        assert f"\n## {room}\n" in page
        assert re.search(rf">(\w+, )*{room}(, \w+)*</text>", picture), room
        assert f"| `{room}` |" in readme


def test_every_module_opens_with_a_sentence() -> None:
    for room in rooms_page.rooms():
        for name, text in rooms_page._inside(room):
            assert text.endswith((".", ":")), f"{room}/{name}"


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = (ROOT / "docs" / "flow.svg").read_text("utf-8")
    assert 'role="img"' in picture
    assert 'aria-labelledby="title what"' in picture
    assert "<title" in picture
    assert "<desc" in picture


def test_an_answer_is_put_behind_its_mark_and_nothing_else_changes() -> None:
    text = "before\n<!-- answer: /healthz -->\n```text\nold\n```\nafter\n```text\nkept\n```\n"
    assert answers.filled(text) == text.replace("old", '{"status": "ok"}')


def test_an_address_that_does_not_answer_is_no_answer_to_show() -> None:
    with pytest.raises(Stop, match="404"):
        answers.filled("<!-- answer: /api/v2/nothing -->\n```text\n```\n")


def test_what_a_program_prints_is_put_behind_its_mark() -> None:
    program = 'from urllib.request import urlopen\nprint(urlopen("http://127.0.0.1:8000/healthz").status)\n'
    text = f"<!-- printed -->\n```text\nold\n```\n```python\n{program}```\n"
    assert printed.filled(text) == text.replace("old", "200")


def test_a_program_that_fails_stops_the_page() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        printed.filled("<!-- printed -->\n```text\nold\n```\n```python\n1 / 0\n```\n")


def test_a_shortened_list_says_how_much_is_left() -> None:
    long = json.dumps({"years": [{"year": year, "text": "x" * 60} for year in range(2000, 2010)]})
    assert "... 8 more" in shortened(long)
    assert json.loads(shortened(long, most=10)) == json.loads(long)


def test_a_short_answer_stays_on_one_line_and_what_is_no_json_stays_as_it_is() -> None:
    assert shortened('{"soc":1}') == '{"soc": 1}'
    assert shortened("soc,value\n1,2") == "soc,value\n1,2"


def test_a_cell_cannot_break_its_table() -> None:
    assert cell("a|b\nc") == "a\\|b c"
    assert code("a`b") == "`` a`b ``"
    assert cut("one two three", 9) == "one two ..."


def test_notes_stand_below_the_headings_of_their_page() -> None:
    assert demoted("# Title\n\ntext\n\n## Part\n") == "text\n\n### Part"
