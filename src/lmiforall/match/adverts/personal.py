"""A plain text -> the same without e-mail addresses, telephone numbers and names of people to turn to.

Rule 1: rather a word too many is taken than a name left: what is taken is of no use to statistics.
Rule 2: people whom the source names in a field of its own are taken wherever they stand.
No list of names is used. A name that stands without any sign that it is one (no Mrs, no "contact", no number beside
it) isn't recognised; docs/adverts.md says so.
"""

import re
from collections.abc import Iterable, Sequence

from phonenumbers import Leniency, PhoneNumberMatcher

EMAIL, PHONE, NAME = "[e-mail]", "[phone]", "[name]"

_AT = r"(?:\s?(?:\((?:at|AT)\)|\[(?:at|AT)\])\s?|@)"
_DOT = r"(?:\.|\s?(?:\((?:dot|DOT)\)|\[(?:dot|DOT)\])\s?)"
_EMAIL = re.compile(rf"(?<![\w.+'-])[\w.+'-]{{1,64}}{_AT}\w[\w-]{{0,62}}(?:{_DOT}\w[\w-]{{0,62}}){{1,5}}")
_HAS_AT = re.compile(r"@|(?i:at)[)\]]")
_STARTS = re.compile(r"(?<![\w.+'-])[\w.+'-]")
# How far an address goes before its sign and after it, at most, by the pattern above.
_BEFORE_AT, _AFTER_AT = 68, 440
# Nine digits or more with only what stands in telephone numbers between them.
# What stands around nine digits can belong to their number, and tells the matcher that it is none.
_AROUND = 20
_BEGINS = re.compile(r"\(?[0+]")
_DIGITS = re.compile(r"\d(?:[\s().+/-]{0,3}\d){8}")
# Mary, O'Brien, McDonald, Smith-Jones; each part begins with what no other can have, so that it's found in one go.
# PERF: that there is a capital is asked first: most words have none (bench/adverts.py).
_CAPITAL = r"(?=[A-Z])(?!(?:{not_names})\b)[A-Z](?:['’][A-Z])?[a-zà-ÿ]+(?:['’-][A-Z]?[a-zà-ÿ]+|[A-Z][a-zà-ÿ]+)*"
# Words with a capital that follow "contact" or stand beside a number, and are nobody's name.
_NOT_NAMES = (
    "The|Our|Us|We|You|Your|This|That|All|Any|For|From|And|Or|In|On|At|By|To|Please|Human|Resources|HR|Customer|Services?|"
    "Team|Department|Office|Manager|Director|Head|Lead|Officer|Ltd|Limited|Plc|Group|Recruitment|Recruiting|Careers?|"
    "School|Academy|College|University|Hospital|Trust|Council|Centre|Center|Care|Home|House|Hotel|Street|Road|Lane|"
    "Avenue|Park|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|"
    "August|September|October|November|December|Tel|Telephone|Phone|Mobile|Email|Mail|Website|Web|Salary|Hours|Job|Apply|"
    "Closing|Date|Location|Reference|Ref|Contact|Call|Details|Information|Reception|Administrator|Nurse|Teacher|Training|"
    "Regards|Kind|Best|Warm|Ring|Ask|Speak|Talk|Text|Send|Consultant|Recruiter|Advertiser|Interviewer|Principal|Headteacher|"
    "Posted|Attention|Report|Reports|Reporting|FAO|Hiring|Sincerely|Bank|Support|Line|General|Enquiries|Business|Working|Weekly|Full|Part|Time|Permanent|Temporary|Must|Will|No|Not|Yes"
)
_WORD = _CAPITAL.format(not_names=_NOT_NAMES)
_FULL = rf"{_WORD}(?:\s(?:[A-Z]\.?\s)?{_WORD}){{1,2}}"
_HONOUR = r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Sir|Dame)\b\.?\s"
_HONOURED = re.compile(rf"{_HONOUR}(?:[A-Z]\.?\s)?{_WORD}(?:\s{_WORD})?")
# PERF: names are found first and what stands around them is looked at then: the other way takes ten times as long
# (bench/adverts.py).
_TWO = re.compile(rf"\b{_FULL}")
_ONE = re.compile(rf"\b{_WORD}(?=\s+(?:on|at|via|by|direct|today|now|\[))")
_CUE = (
    r"(?:contact(?:\s+name)?|call|phone|ring|telephone|e-?mail|text|speak\s+(?:to|with)|talk\s+to|ask\s+for|"
    r"attention\s+of|fao|care\s+of|c/o|report(?:s|ing)?\s+to|consultant|recruiter|hiring\s+manager|line\s+manager|"
    r"advertiser|posted\s+by|regards|send\s+(?:your\s+)?cv\s+to|interviewer|head\s?teacher|principal|manager)"
)
_CUED = re.compile(rf"\b{_CUE}\s*(?:is|:|-|–|,)?\s+(?:our\s+\w+\s+)?$", re.IGNORECASE)
_LEADS = r"(?:(?:on|at|via|tel|email|e-mail|T|E|M)\b\.?:?\s*)?"
_BESIDE = re.compile(rf"\s*[,:;(–-]?\s*{_LEADS}\[(?:phone|e-mail)\]")
# How far before a name its cue may begin.
_BEFORE = 50


def removed(told: str, contacts: Iterable[str] = ()) -> str:
    """Take personal data out, and leave a mark of its kind."""
    addresses = _addresses(told)
    named = [*contacts, *_in_addresses([told[start:end] for start, end in addresses])]
    told = _without_numbers(_replaced(told, addresses, EMAIL))
    for name in _parts(named):
        told = _without(told, name)
    told = _HONOURED.sub(NAME, told)
    return _ONE.sub(_without_a_name, _TWO.sub(_without_a_name, told))


def _without(told: str, name: str) -> str:
    """Take a name out where it stands as words of their own."""
    # PERF: a pattern of each name would take 50 us to make, of which there are three in an address (bench/adverts.py).
    found, at = [], told.find(name)
    while at >= 0:
        end = at + len(name)
        whole = _edge(told[at - 1 : at]) and _edge(told[end : end + 1])
        found += [(at, end)] if whole else []
        at = told.find(name, end if whole else at + 1)
    return _replaced(told, found, NAME)


def _replaced(told: str, spans: Sequence[tuple[int, int]], mark: str) -> str:
    if not spans:
        return told
    edges = (0, *(edge for span in spans for edge in span), len(told))
    return mark.join(told[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _edge(sign: str) -> bool:
    """Whether a word may begin or end beside a sign, or beside none."""
    return not (sign.isalnum() or sign == "_")


def _without_a_name(found: re.Match[str]) -> str:
    """Take a name whose cue stands before it, or beside which is an address or a number."""
    told = found.string
    cued = _CUED.search(told[max(0, found.start() - _BEFORE) : found.start()])
    return NAME if cued or _BESIDE.match(told, found.end()) else found[0]


def _without_numbers(told: str) -> str:
    """Take telephone numbers; where one might be is seen first."""
    # PERF: the matcher takes 0.2 ms for a whole text, the more the longer it is (bench/adverts.py).
    for start, end in reversed(_spans(told)):
        told = f"{told[:start]}{_without_number(told[start:end])}{told[end:]}"
    return told


def _spans(told: str) -> list[tuple[int, int]]:
    """Give the lines in which a number might be."""
    found: dict[tuple[int, int], None] = {}
    for digits in _DIGITS.finditer(told):
        start, end = told.rfind("\n", 0, digits.start()) + 1, told.find("\n", digits.end())
        found[max(start, digits.start() - _AROUND), min(len(told) if end < 0 else end, digits.end() + _AROUND)] = None
    return _merged(list(found))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without_number(told: str) -> str:
    # Valid ones only would leave numbers that aren't in use yet; every possible one would take ranges of pay.
    possible = PhoneNumberMatcher(told, "GB", leniency=Leniency.POSSIBLE)
    for match in reversed([match for match in possible if _BEGINS.match(match.raw_string)]):
        told = f"{told[: match.start]}{PHONE}{told[match.end :]}"
    return told


def _addresses(told: str) -> list[tuple[int, int]]:
    """Find e-mail addresses, around the signs that each has."""
    # PERF: to try the pattern at every word takes ten times as long (bench/adverts.py).
    found: list[tuple[int, int]] = []
    reached = 0
    for sign in _HAS_AT.finditer(told):
        # Only the last word before a sign can be of its address; what stands before was tried with the sign before.
        first = max(reached, sign.start() - _BEFORE_AT)
        *_, start = -1, *(one.start() for one in _STARTS.finditer(told, first, sign.start()))
        if start >= 0 and (match := _EMAIL.match(told, start, sign.end() + _AFTER_AT)):
            found.append(match.span())
            reached = match.end()
    return found


def _in_addresses(addresses: Iterable[str]) -> list[str]:
    """Read names out of addresses: jane.smith@... is written by somebody of that name."""
    found = (address.split("@")[0] for address in addresses if "@" in address)
    parts = (re.fullmatch(r"([a-z]{2,})[._-]([a-z]{2,})", name.strip(), re.IGNORECASE) for name in found)
    return [f"{part[1].capitalize()} {part[2].capitalize()}" for part in parts if part]


def _parts(names: Iterable[str]) -> list[str]:
    """Give names and then their parts, the longest first; a part of two letters is too often a word of its own."""
    whole = {" ".join(name.split()) for name in names}
    single = {part for name in whole for part in name.split() if len(part) > 2 and part[0].isupper()}
    return sorted(filter(None, whole | single), key=lambda name: (-len(name), name))
