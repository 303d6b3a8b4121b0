"""Plain values -> pieces of Markdown: cells that can't break a table, code, links; and the templates' surroundings."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tools.reference.currency import MARKER


def render(template: str, source: str, **values: object) -> str:
    """Fill a template of this folder; ``source`` says in the page's first line what it was generated from."""
    text = _TEMPLATES.get_template(template).render(**values)
    body = _plain_stars(re.sub(r"\n{3,}", "\n\n", text).strip())
    return f"{MARKER} from {source}. Don't edit it: change that, then run `make docs`. -->\n{body}\n"


def cell(text: object) -> str:
    """Write a text as one cell of a table: one line, its bars escaped."""
    return " ".join(str(text).split()).replace("|", "\\|")


def code(text: object) -> str:
    """Write a text as code; one that holds a backtick gets a longer fence."""
    written = cell(text)
    return f"`` {written} ``" if "`" in written else f"`{written}`"


def cut(text: str, longest: int) -> str:
    """Shorten a text to so many characters, at a space, and show that it was longer."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0].rstrip()} ..."


def demoted(text: str) -> str:
    """Drop the first heading of a page and push the others one level down, to stand inside another page."""
    lines = text.strip().splitlines()
    kept = lines[1:] if lines and lines[0].startswith("# ") else lines
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in kept).strip()


def first_sentence(docstring: str | None) -> str:
    """Give the first paragraph of a docstring on one line."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def _plain_stars(text: str) -> str:
    """Keep the star of O*NET a star; inside of code it is one already."""
    parts = re.split(r"(```.*?```|`+[^`]*`+)", text, flags=re.DOTALL)
    return "".join(part if part.startswith("`") else part.replace("O*NET", r"O\*NET") for part in parts)


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    # It is Markdown that is written, and of our own declarations.
    autoescape=False,
)
_TEMPLATES.filters |= {"cell": cell, "code": code}
