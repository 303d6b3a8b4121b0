"""A page that somebody wrote, with marks where answers belong -> the same page with the answers of today.

A mark is a comment on a line of its own, ``<!-- answer: /api/v1/soc/search?q=plumber -->``; the block of code that
follows it is the tool's.
"""

import re
from http import HTTPStatus

from lmiforall.base.problem import Problem, Stop
from tools.reference.asked import ask
from tools.reference.shortened import shortened

PAGES = ("README.md", "docs/developers/getting-started.md", "docs/developers/clients.md")

# So many entries of each list are shown.
SHOWN = 6

_MARKED = re.compile(r"^(<!-- answer: (\S+) -->\n```\w*\n).*?^(```)$", re.MULTILINE | re.DOTALL)


def filled(text: str) -> str:
    """Put the real answer into the block behind each mark."""
    return _MARKED.sub(lambda found: f"{found[1]}{_answer(found[2])}\n{found[3]}", text)


def _answer(address: str) -> str:
    answer = ask(address)
    # A refusal of what was asked may be shown on purpose; an address that isn't there may not.
    if answer.status not in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST):
        raise Stop(Problem(f"it answers {answer.status}", address, "An answer that is shown must be one."))
    return shortened(answer.text, SHOWN)
