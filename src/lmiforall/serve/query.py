"""A query string -> parameters, each once and of its kind, or a Stop that says which one is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote_to_bytes

from lmiforall.base.endpoint import Parameter
from lmiforall.base.problem import Problem, Stop

# SOURCE: the longest real query of the recorded clients has 300 characters; proxies commonly cut at 8,000.
LONGEST = 8000

_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}")
# What one request may ask for; the recorded clients ask for ten at once.
MOST_ONET = 100
_ONET = r"\d\d-\d{4}\.\d\d"
_MORE_ONET = re.compile(rf"{_ONET}(?:\s*,\s*{_ONET})*")
# How a parameter of each kind is written.
_FORMS = {
    "code": re.compile(r"[1-9][0-9]{0,3}"),
    "year": re.compile(r"[12][0-9]{3}"),
    "yes_no": re.compile(r"true|false|1|0", re.IGNORECASE),
    "classification": re.compile(r"soc2010|soc2020", re.IGNORECASE),
    "region": re.compile(r"0?[1-9]|1[0-2]"),
    "onet": re.compile(rf"{_ONET}(?:\s*,\s*{_ONET}){{0,{MOST_ONET - 1}}}"),
}
# Kinds of which there are so few, rightly written, that they are remembered.
_FEW = frozenset(("code", "year", "yes_no", "region", "classification"))
_MOST_REMEMBERED = 5_000
CLASSIFICATIONS = ("soc2010", "soc2020")

Pairs = Sequence[tuple[str, str]]


def pairs(query: bytes) -> Pairs:
    """Take a raw query string apart; refuses what is no UTF-8 and what is too long."""
    if len(query) > LONGEST:
        raise Stop(Problem(f"the query has {len(query):,} characters", do=f"At most {LONGEST:,} are read."))
    try:
        # PERF: most queries hold no escape; then nothing is unquoted: 1.7 us for 3.4 (bench/answers.py, v2 figure).
        if b"%" not in query and b"+" not in query:
            split = [part.partition("=") for part in query.decode("ascii").split("&") if part]
            return [(name, value) for name, _, value in split]
        split_bytes = [part.partition(b"=") for part in query.replace(b"+", b" ").split(b"&") if part]
        return [
            (unquote_to_bytes(name).decode("utf-8"), unquote_to_bytes(value).decode("utf-8"))
            for name, _, value in split_bytes
        ]
    except UnicodeDecodeError:
        raise Stop(Problem("the query is not UTF-8", do="Encode it as UTF-8, then escape it with %.")) from None


def declared(given: Pairs, names: Sequence[str]) -> dict[str, str]:
    """Give each parameter's value; refuses one that nobody declared, naming the nearest (v1 ignores it)."""
    for name, _ in given:
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(names)}"
            raise Stop(Problem(f"there is no parameter {name[:80]!r}", do=hint))
    return once(given)


def once(given: Pairs) -> dict[str, str]:
    """Give each parameter's value; refuses one that is given twice and differently."""
    values = dict(given)
    if len(values) < len(given):
        for name, value in given:
            if values[name] != value:
                what = f"{name[:80]} is given twice, as {value[:80]!r} and {values[name][:80]!r}"
                raise Stop(Problem(what, f"parameter {name[:80]}", "Give it once."))
    return values


@dataclass(frozen=True)
class Expected:
    """The parameters that an endpoint takes, by each name that they have, and those that it can't do without.

    ``needed`` names the latter; ``plain`` gives by each name the parameter's own, what says whether a text is rightly
    written, and whether that is remembered in ``seen``: by ``minYear=2020`` the parameter's own name and its text.
    """

    by_name: Mapping[str, Parameter]
    plain: Mapping[str, tuple[str, Callable[[str], object], bool]]
    required: Sequence[Parameter]
    needed: Set[str]
    seen: dict[str, tuple[str, str]]


def expected(parameters: Sequence[Parameter]) -> Expected:
    """Prepare what is looked up; where one's alias is another's name, the name goes before it."""
    by_name = {one.alias: one for one in parameters if one.alias} | {one.name: one for one in parameters}
    accepts = {kind: form.fullmatch for kind, form in _FORMS.items()}
    plain = {name: (one.name, accepts.get(one.kind, bool), one.kind in _FEW) for name, one in by_name.items()}
    required = [one for one in parameters if one.required]
    return Expected(by_name, plain, required, frozenset(one.name for one in required), {})


def plainly(path: Pairs, raw: bytes, takes: Expected) -> dict[str, str] | None:
    """Read a query without escapes that says each thing once and rightly, and what the path says; None of any other."""
    # PERF: nearly every query is one: 2 us for four parameters where pairs and read take 6 (bench/endpoints.py,
    # ashe/estimatePay).
    if b"%" in raw or b"+" in raw or len(raw) > LONGEST:
        return None
    said = raw.decode("latin-1")
    if not said.isascii() or not said.isprintable() or " " in said:
        return None
    plain, seen = takes.plain, takes.seen
    wanted: dict[str, str] = {}
    for name, in_path in path:
        if in_path != in_path.strip() or not plain[name][1](in_path):
            return None
        wanted[name] = in_path
    for part in said.split("&"):
        pair = seen.get(part) or _said(part, takes)
        if not pair:
            continue
        own, text = pair
        if own in wanted or text is None:
            return None
        wanted[own] = text
    return wanted if takes.needed <= wanted.keys() else None


def _said(part: str, takes: Expected) -> tuple[str, str | None] | None:
    """Read one part of a query: a parameter's own name, and its text if it is rightly written; None of what is ignored.

    What there are few of is remembered.
    """
    name, _, text = part.partition("=")
    if name not in takes.plain:
        return None
    own, accepts, few = takes.plain[name]
    if not accepts(text):
        return own, None
    if few and len(takes.seen) < _MOST_REMEMBERED:
        takes.seen[part] = own, text
    return own, text


def read(given: Pairs, takes: Expected) -> dict[str, str]:
    """Give the declared parameters that were sent; others are ignored, as v1 always did."""
    names = takes.by_name
    wanted: dict[str, str] = {}
    for name, value in once([pair for pair in given if pair[0] in names]).items():
        parameter, text = names[name], value.strip()
        # An alias says nothing where the name itself does.
        if text and (name == parameter.name or parameter.name not in wanted):
            wanted[parameter.name] = text
    for name, text in wanted.items():
        if wrong := _wrong(names[name], text):
            raise Stop(wrong)
    for parameter in takes.required:
        if parameter.name not in wanted:
            raise Stop(_missing(parameter))
    return wanted


def _missing(parameter: Parameter) -> Problem:
    if parameter.missing:
        return Problem(parameter.missing)
    return Problem(f"{parameter.name} is missing", f"parameter {parameter.name}", f"{parameter.about}.")


def _wrong(parameter: Parameter, value: str) -> Problem | None:
    kind, where = parameter.kind, f"parameter {parameter.name}"
    if kind == "text" or _FORMS[kind].fullmatch(value):
        return None
    if kind == "onet" and _MORE_ONET.fullmatch(value):
        return Problem("too many codes", where, f"At most {MOST_ONET} at once.")
    shown = repr(value[:80])
    if kind == "code" and _POSTCODE.fullmatch(value):
        return Problem(f"{value!r} is a postcode, not a code of an occupation", where, f"{parameter.about}.")
    what, do = {
        "code": ("is not a code", f"{parameter.about}."),
        "year": ("is not a year", "Four digits, such as 2025."),
        "yes_no": ("is neither true nor false", "Write true or false."),
        "classification": ("is no classification", f"One of: {', '.join(CLASSIFICATIONS)}"),
        "region": ("is no region", "A number from 1 to 12, as ess/regions lists them."),
        "onet": ("is no O*NET code", "Such as 11-1011.00; o-net/soc2onet gives them."),
    }[kind]
    return Problem(f"{shown} {what}", where, do)
