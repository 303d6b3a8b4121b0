"""An answer and a query with ``callback=`` -> the same as a script that calls the function, for pages of before CORS.

Rule 1: the name is an identifier and nothing else, so that nobody can put a program of theirs into an answer of ours.
Rule 2: a script's status can't be read, and a browser runs none that failed: the script is 200, a refusal within it.
"""

import re

from msgspec import structs

from lmiforall.base.problem import Problem
from lmiforall.serve.answer import Answer, Stream, encode

SCRIPT = "application/javascript; charset=UTF-8"
NAME = "callback"

# No dot: through one, a function of the page itself, such as ``form.submit``, could be called.
IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,99}")
_IN_QUERY = re.compile(rb"(?:^|&)callback=([^&]*)")

# SOURCE: before ES2019 these two ended a line within a string of JavaScript, which JSON allows them in.
_ENDS_OF_LINES = ((b"\xe2\x80\xa8", rb"\u2028"), (b"\xe2\x80\xa9", rb"\u2029"))


def wrapped(made: Answer | Stream, query: bytes) -> Answer | Stream:
    """Give an answer as a script; a stream stays as it is."""
    return made if isinstance(made, Stream) else answer(made, query)


def answer(answer: Answer, query: bytes) -> Answer:
    """Give the answer as a call of the function that ``callback`` names; as it is where none is named."""
    found = _IN_QUERY.search(query)
    if not found or not found[1]:
        return answer
    name = found[1].replace(b"%24", b"$").decode("ascii", "replace")
    if not IDENTIFIER.fullmatch(name):
        what = f"{name[:80]!r} is not the name of a function"
        problem = Problem(what, f"parameter {NAME}", "Letters, digits, _ and $ only.")
        return Answer(encode({"error": str(problem)}), 400)
    body = answer.body
    for end, escaped in _ENDS_OF_LINES:
        body = body.replace(end, escaped)
    return structs.replace(answer, body=b"%s(%s)" % (name.encode(), body), status=200, kind=SCRIPT, tag="")
