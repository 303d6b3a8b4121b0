"""Lists below nested keys become one table, the same for the build and for the audit's own reader."""

import json
from pathlib import Path

import pytest

from lmiforall.extract.dialect import DIALECTS
from lmiforall.watch import other_readers

NESTED = {
    "annual": {"all": [{"id": "A", "median": 28643, "p10": None}, {"id": "B", "median": 50539.5}]},
    "hours": {"all": [], "male": [{"id": "A", "median": 40, "mean": 41}]},
}


def written(folder: Path, content: object) -> Path:
    path = folder / "nested.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_the_keys_stand_before_what_the_objects_say(tmp_path: Path) -> None:
    sheet = DIALECTS["nested_json"](written(tmp_path, NESTED), "nested.json")["nested"]
    assert sheet.cells == [
        ["key 1", "key 2", "id", "median", "p10", "mean"],
        ["annual", "all", "A", 28643, None, None],
        ["annual", "all", "B", 50539.5, None, None],
        ["hours", "male", "A", 40, None, 41],
    ]


def test_the_audit_finds_every_number_at_the_same_place(sources: Path) -> None:
    """The audit walks the file in a way of its own; the official copies are laid out the same by both."""
    for path in sorted((sources / "ashe/2025p_derived").glob("*.json")):
        sheet = DIALECTS["nested_json"](path, path.name)[path.stem]
        (page,) = other_readers.pages(path, "nested_json")
        assert [list(row) for row in page.rows] == [list(row) for row in sheet.cells]
        assert len(page.rows) > 100


@pytest.mark.parametrize("content", [{"annual": {"all": 3}}, {"annual": [1, 2]}, "words"])
def test_what_is_no_list_of_objects_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(ValueError, match="no list of objects"):
        DIALECTS["nested_json"](written(tmp_path, content), "nested.json")
