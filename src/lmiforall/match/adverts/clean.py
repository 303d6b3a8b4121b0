"""A text as a source gives it, HTML or not -> plain text: no scripts, no tags, no signs that hide or turn others."""

import html
import re

from selectolax.lexbor import LexborHTMLParser

from lmiforall.extract.adverts import fields

# Adverts have 5,000 characters at most; what is beyond is no advert.
LONGEST, LONGEST_LINE = 20_000, 300
# How often HTML is written within HTML, as feeds do by mistake.
NESTED = 3
_TAG = re.compile(r"<(?:[a-zA-Z/!?][^<>]{0,2000}>|(?:script|style)\b)", re.IGNORECASE)
# What isn't for reading, with all that is in it.
_UNREAD = "script, style, template, noscript, iframe, object, svg, head, title, textarea, select, button"
# PERF: blocks are marked before parsing; marking them in the tree takes the square of its depth.
# What is put in has no width, so that nothing is written anew.
_BLOCK = re.compile(
    r"(?=</?(?:p|div|br|li|ul|ol|tr|table|section|article|h[1-6]|dt|dd|blockquote|pre)\b)", re.IGNORECASE
)
_BREAK = "\x1e"
# Controls, and marks without width by which a text could look otherwise than it is.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]"
)
# PERF: only what isn't one space already; most are (bench/adverts.py).
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S \n]")
_LINES = re.compile(r" ?\n ?(?:\n ?)+")


def text(told: str) -> str:
    """Give a description: its paragraphs and list items are lines."""
    told = told[: fields.LONGEST]
    for _ in range(NESTED):
        if "<" not in told and "&" not in told:
            break
        plain = _without_tags(told) if _TAG.search(told) else html.unescape(told)
        if plain == told:
            break
        told = plain
    return _tidy(told)[:LONGEST].strip()


def line(told: str) -> str:
    """Give a title or a name: one line."""
    told = told[: LONGEST_LINE * 10]
    # PERF: most are plain, and need no cleaning (bench/adverts.py).
    if told.isascii() and told.isprintable() and "<" not in told and "&" not in told:
        return " ".join(told.split())[:LONGEST_LINE].strip()
    return " ".join(text(told).split())[:LONGEST_LINE].strip()


def _without_tags(told: str) -> str:
    tree = LexborHTMLParser(_BLOCK.sub(_BREAK, told))
    for node in tree.css(_UNREAD):
        node.decompose()
    found = tree.body.text() if tree.body else ""
    # In HTML a line break is a space; only blocks break lines.
    return found.replace("\n", " ").replace(_BREAK, "\n")


def _tidy(told: str) -> str:
    plain = told.replace("\r\n", "\n").replace("\r", "\n")
    # PERF: nothing can be hidden in what is printable and plain (bench/adverts.py).
    if not (plain.isascii() and plain.replace("\n", "").isprintable()):
        plain = _HIDDEN.sub("", plain)
    return _LINES.sub("\n", _SPACES.sub(" ", plain)).strip()
