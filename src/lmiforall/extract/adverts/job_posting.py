"""A page with schema.org's JobPosting in it (JSON-LD) -> its postings.

SOURCE: schema.org/JobPosting, and Google's "Job posting structured data", which is what job pages are written for.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from lmiforall.base.advert import Faulty, Posting
from lmiforall.extract.adverts import fields

# How deep a JobPosting may lie in lists and objects; a real one lies in one graph at most.
DEEPEST = 8
# Parsing takes the square of how deep elements lie in each other: half a second for so many.
MOST_OPEN = 20_000
_OPENED = re.compile(rb"<[a-zA-Z]")


def postings(page: bytes, source: str, url: str) -> list[Posting | Faulty]:
    """Give the postings of a page; none where it asks not to be indexed."""
    if len(_OPENED.findall(page)) - page.count(b"</") > MOST_OPEN:
        return [Faulty(url, f"more than {MOST_OPEN:,} of its elements are never closed")]
    tree = LexborHTMLParser(page)
    for robots in tree.css('meta[name="robots"], meta[name="ROBOTS"]'):
        if {"noindex", "none"} & {
            word.strip().casefold() for word in (robots.attributes.get("content") or "").split(",")
        }:
            return []
    found: list[Posting | Faulty] = []
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            # Line breaks within texts are against the rules, and common.
            document = json.loads(script.text(), strict=False)
        except (ValueError, RecursionError) as error:
            found.append(Faulty(url, f"its JSON-LD is cut short or broken ({error})"))
            continue
        for item in _job_postings(document, DEEPEST):
            number = len(found)
            found.append(_posting(item, source, f"{url}#{number}" if number else url, url))
    return found


def links(page: bytes) -> Iterator[str]:
    """Give where a page leads, as it is written there."""
    for anchor in LexborHTMLParser(page).css("a[href]"):
        if href := anchor.attributes.get("href"):
            yield href


def _job_postings(document: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Find JobPosting objects in lists, graphs and pages."""
    if isinstance(document, list) and depth:
        for one in document:
            yield from _job_postings(one, depth - 1)
    elif isinstance(document, dict) and depth:
        kinds = document.get("@type")
        if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield document
        else:
            for name in ("@graph", "mainEntity", "itemListElement", "item"):
                yield from _job_postings(document.get(name), depth - 1)


def _posting(item: Mapping[str, Any], source: str, number: str, url: str) -> Posting | Faulty:
    title = fields.text(item.get("title"))
    if not title:
        return Faulty(url, "its JobPosting has no title")
    employer = item.get("hiringOrganization")
    address = fields.within(item, "jobLocation", "address")
    low, high, per = _pay(item.get("baseSalary"))
    return Posting(
        source=source, id=number, title=title,
        employer=fields.text(employer) or fields.text(fields.within(employer, "name")),
        description=fields.text(item.get("description")), place=_place(address),
        postcode=fields.text(fields.within(address, "postalCode")), pay_low=low, pay_high=high, pay_per=per,
        pay=fields.text(item.get("baseSalary")), link=url, posted=fields.day(item.get("datePosted")),
        expires=fields.day(item.get("validThrough")), contacts=_contacts(item),
    )  # fmt: skip


def _place(address: Any) -> str:
    if isinstance(address, str):
        return fields.text(address)
    parts = (fields.text(fields.within(address, name)) for name in ("addressLocality", "addressRegion"))
    return ", ".join(filter(None, parts))


def _pay(salary: Any) -> tuple[float | None, float | None, str]:
    """Give the range and its time; pay in another currency is none that we can give."""
    if not isinstance(salary, dict) or fields.text(salary.get("currency")) not in ("", "GBP"):
        return None, None, ""
    value = salary.get("value")
    if not isinstance(value, dict):
        value = {"value": value, "unitText": salary.get("unitText")}
    low = fields.number(value.get("minValue")) or fields.number(value.get("value"))
    return low, fields.number(value.get("maxValue")) or low, fields.per(value.get("unitText"))


def _contacts(item: Mapping[str, Any]) -> tuple[str, ...]:
    contact = item.get("applicationContact")
    told = (fields.text(fields.within(contact, name)) for name in ("name", "email", "telephone"))
    return tuple(filter(None, told))
