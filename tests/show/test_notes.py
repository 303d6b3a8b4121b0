"""Notes in Markdown as they are shown on a data page."""

import re

import pytest

from lmiforall import datasets
from lmiforall.show.notes import as_html


def test_the_title_is_the_pages_own_and_headings_come_below_it() -> None:
    assert as_html("# Title\n\ntext\n\n## Part\n\nmore") == "<p>text</p>\n<h3>Part</h3>\n<p>more</p>\n"


def test_bold_code_and_lists_are_kept() -> None:
    shown = as_html("# T\n\n- the **median** is `x`\n- more")
    assert "<li>the <strong>median</strong> is <code>x</code></li>" in shown


def test_a_table_scrolls_by_itself_and_has_a_name() -> None:
    shown = as_html("# T\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n")
    assert '<div class="wide" role="region" aria-label="Table in the notes" tabindex="0">\n<table>' in shown
    assert "</table>\n</div>" in shown


def test_html_in_the_notes_is_text() -> None:
    assert "<script>" not in as_html("# T\n\n<script>alert(1)</script> and <b>bold</b>")


def test_the_star_of_onet_is_a_star() -> None:
    assert as_html("O*NET and O*NET-SOC") == "<p>O*NET and O*NET-SOC</p>\n"


@pytest.mark.parametrize("name", list(datasets.every()))
def test_no_notes_are_shown_with_their_marks(name: str) -> None:
    shown = as_html(datasets.every()[name].notes.read_text("utf-8"))
    shown = re.sub(r"<code>.*?</code>", "", shown)
    assert shown.count("<p>") + shown.count("<li>") >= 2
    for mark in ("**", "| ---", "\n#", "O\\*"):
        assert mark not in shown
