"""A dataset's notes in Markdown -> HTML that stands inside its page; anything that isn't Markdown is shown as text."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# A table that is wider than a small screen scrolls by itself, also by keyboard.
_BEFORE_TABLE = '<div class="wide" role="region" aria-label="Table in the notes" tabindex="0">\n<table>\n'
_AFTER_TABLE = "</table>\n</div>\n"


def as_html(notes: str) -> Markup:
    """Render notes without their title, which is the page's own; their headings come one level lower."""
    # The star of O*NET is a star, and no emphasis.
    tokens = _markdown().parse(notes.replace("O*NET", r"O\*NET"))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + 1}"
    return Markup(_markdown().renderer.render(_without_title(tokens), _markdown().options, {}))  # noqa: S704 - see _markdown


def _without_title(tokens: Sequence[Token]) -> Sequence[Token]:
    """Leave out the first heading: its opening, its text, its closing."""
    return tokens[3:] if tokens and tokens[0].type == "heading_open" else tokens


@cache
def _markdown() -> MarkdownIt:
    """Make the renderer; HTML in the notes is escaped, so that what it gives is safe to show."""
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    renderer.add_render_rule("table_open", _before_table)
    renderer.add_render_rule("table_close", _after_table)
    return renderer


def _before_table(*_: Any) -> str:
    return _BEFORE_TABLE


def _after_table(*_: Any) -> str:
    return _AFTER_TABLE
