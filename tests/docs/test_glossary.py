"""The glossary defines each word once, in order, and has the words that the field, the code and the notes use."""

import inspect
import re
from dataclasses import is_dataclass
from pathlib import Path
from types import ModuleType

import pytest

from lmiforall import datasets
from lmiforall.base import dataset, endpoint, licence, model, problem, status
from lmiforall.base.status import MEANINGS, Status
from tools.reference.rooms_page import rooms

GLOSSARY = (Path(__file__).resolve().parents[2] / "GLOSSARY.md").read_text("utf-8")
ENTRIES = re.findall(r"^### (.+)\n((?:(?!###).*\n)+)", GLOSSARY, re.MULTILINE)
TERMS = [term.replace("`", "").replace("\\", "") for term, _ in ENTRIES]

# What the notes set in bold that is a warning or a subject of its paragraph, and no term.
NO_TERMS = {
    "not a forecast",
    "an approximation",
    "by occupation",
    "weekly and hourly",
    "annual",
    "change",
}


def declared(module: ModuleType) -> list[str]:
    found = inspect.getmembers(module, inspect.isclass)
    return [name for name, one in found if is_dataclass(one) and one.__module__ == module.__name__]


def bold_terms() -> list[str]:
    """The bold words of the notes that can be terms: three words at most, without numbers; not the head of an item."""
    notes = "\n".join(one.notes.read_text("utf-8") for one in datasets.every().values())
    bold = {" ".join(text.split()).casefold() for text in re.findall(r"\*\*([^*]+)\*\*", notes)}
    return sorted(text for text in bold if len(text.split()) <= 3 and not re.search(r"\d|\.$", text))


def test_each_term_stands_once_and_in_the_order_of_the_alphabet() -> None:
    plain = [re.sub(r"\W", "", term).casefold() for term in TERMS]
    assert plain == sorted(set(plain))


def test_each_term_has_a_definition() -> None:
    assert len(ENTRIES) == GLOSSARY.count("\n### ")
    for term, text in ENTRIES:
        assert len(text.split()) >= 4, term


@pytest.mark.parametrize("word", [*Status, *rooms()])
def test_every_status_and_every_room_is_a_term(word: str) -> None:
    assert str(word) in TERMS


@pytest.mark.parametrize("one", list(Status))
def test_a_status_means_here_what_it_means_to_the_api(one: Status) -> None:
    text = next(text for term, text in ENTRIES if term == f"`{one}`")
    meaning = MEANINGS[one].rstrip(".").casefold()
    said = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", " ".join(text.split())).casefold()
    assert meaning.split(",")[0] in said


@pytest.mark.parametrize(
    "name", [name for module in (dataset, status, problem, licence, model) for name in declared(module)]
)
def test_every_word_of_a_declaration_is_explained(name: str) -> None:
    assert f"`{name}`" in GLOSSARY


@pytest.mark.parametrize("name", declared(endpoint))
def test_every_shape_of_the_old_api_is_named(name: str) -> None:
    assert name.casefold() in GLOSSARY.casefold()


@pytest.mark.parametrize("term", bold_terms())
def test_a_term_that_the_notes_set_in_bold_is_explained(term: str) -> None:
    assert term in NO_TERMS or term in [known.casefold() for known in TERMS]


def test_the_words_that_are_no_terms_are_still_in_the_notes() -> None:
    assert set(bold_terms()) >= NO_TERMS
