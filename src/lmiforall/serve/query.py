"""A query string -> parameters, each once and of its kind, or a Stop that says which one is wrong."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from urllib.parse import unquote_to_bytes

from lmiforall.base.endpoint import Parameter
from lmiforall.base.problem import Problem, Stop

# SOURCE: the longest real query of the recorded clients has 300 characters; proxies commonly cut at 8,000.
LONGEST = 8000

_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}")
_CODE = re.compile(r"[1-9]\d{0,3}")
_YEAR = re.compile(r"[12]\d{3}")
_REGION = re.compile(r"0?[1-9]|1[0-2]")
_ONET = re.compile(r"\d\d-\d{4}\.\d\d(\s*,\s*\d\d-\d{4}\.\d\d)*")
# What one request may ask for; the recorded clients ask for ten at once.
MOST_ONET = 100
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


def read(given: Pairs, parameters: Sequence[Parameter]) -> dict[str, str]:
    """Give the declared parameters that were sent; others are ignored, as v1 always did."""
    names = {name for parameter in parameters for name in (parameter.name, parameter.alias)}
    values = once([pair for pair in given if pair[0] in names])
    wanted = {}
    for parameter in parameters:
        value = (values.get(parameter.name) or values.get(parameter.alias) or "").strip()
        if value:
            if wrong := _wrong(parameter, value):
                raise Stop(wrong)
            wanted[parameter.name] = value
        elif parameter.required:
            raise Stop(_missing(parameter))
    return wanted


def _missing(parameter: Parameter) -> Problem:
    if parameter.missing:
        return Problem(parameter.missing)
    return Problem(f"{parameter.name} is missing", f"parameter {parameter.name}", f"{parameter.about}.")


def _wrong(parameter: Parameter, value: str) -> Problem | None:
    where = f"parameter {parameter.name}"
    if parameter.kind == "code" and not _CODE.fullmatch(value):
        if _POSTCODE.fullmatch(value):
            return Problem(f"{value!r} is a postcode, not a code of an occupation", where, f"{parameter.about}.")
        return Problem(f"{value[:80]!r} is not a code", where, f"{parameter.about}.")
    if parameter.kind == "year" and not _YEAR.fullmatch(value):
        return Problem(f"{value[:80]!r} is not a year", where, "Four digits, such as 2025.")
    if parameter.kind == "yes_no" and value.lower() not in ("true", "false", "1", "0"):
        return Problem(f"{value[:80]!r} is neither true nor false", where, "Write true or false.")
    return _wrong_word(parameter, value, where)


def _wrong_word(parameter: Parameter, value: str, where: str) -> Problem | None:
    if parameter.kind == "classification" and value.lower() not in CLASSIFICATIONS:
        return Problem(f"{value[:80]!r} is no classification", where, f"One of: {', '.join(CLASSIFICATIONS)}")
    if parameter.kind == "region" and not _REGION.fullmatch(value):
        return Problem(f"{value[:80]!r} is no region", where, "A number from 1 to 12, as ess/regions lists them.")
    if parameter.kind == "onet" and not _ONET.fullmatch(value):
        return Problem(f"{value[:80]!r} is no O*NET code", where, "Such as 11-1011.00; o-net/soc2onet gives them.")
    if parameter.kind == "onet" and value.count(",") >= MOST_ONET:
        return Problem("too many codes", where, f"At most {MOST_ONET} at once.")
    return None
