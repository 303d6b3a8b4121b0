"""A site and what is known of its pages -> its pages with their postings, those that are unchanged, and those gone.

Rule 1: robots.txt is read first and obeyed, its crawl delay, too; a site whose robots.txt fails isn't asked further.
Rule 2: a page is asked for with its validators, so that an unchanged one costs the site next to nothing.
Rule 3: nothing but the site's own host is asked.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec
from protego import Protego

from lmiforall.base.advert import Faulty, Posting
from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.adverts import job_posting, sitemap
from lmiforall.extract.adverts.asking import REFUSED, Asker
from lmiforall.extract.manners import status_of
from lmiforall.extract.transfer import AGENT, NotThere

# By what robots.txt calls us.
NAME = AGENT.partition("/")[0]
# SOURCE: RFC 9309, 2.5: a crawler may stop reading after 500 KiB.
MOST_OF_ROBOTS = 512_000
# Of sitemaps of sitemaps; a site of a million pages has twenty.
MOST_SITEMAPS = 200
# By these a site says that it doesn't want us, or not now.
UNWANTED = (*REFUSED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
# After so many pages in a row that fail, the site does.
MOST_FAILURES = 5


class Site(msgspec.Struct, frozen=True, kw_only=True, tag="site", tag_field="kind", forbid_unknown_fields=True):
    """Where adverts stand.

    Sitemaps are named where robots.txt doesn't name them, ``lists`` (pages with links) where there is no sitemap;
    ``pages`` is what the address of an advert has in it, as a regular expression.
    """

    address: str
    sitemaps: list[str] = []
    lists: list[str] = []
    pages: str = ""
    pause: float = 2.0
    most_pages: int = 1000


@dataclass(frozen=True)
class Page:
    """A page as it is now. ``validators`` are its ETag and Last-Modified."""

    url: str
    items: tuple[Posting | Faulty, ...] = ()
    validators: tuple[str, str] = ("", "")
    unchanged: bool = False
    gone: bool = False


Known = Callable[[str], tuple[str, str]]


@dataclass
class _Visit:
    asker: Asker
    name: str
    site: Site
    rules: Protego
    faults: list[Faulty] = field(default_factory=list)

    def may_ask(self, url: str) -> bool:
        same = urlsplit(url)[:2] == urlsplit(self.site.address)[:2]
        return same and self.rules.can_fetch(url, NAME)


def read(asker: Asker, name: str, site: Site, known: Known) -> Iterator[Page | Faulty]:
    """Visit the pages of a site; ``known`` gives the validators of a page from last time."""
    visit = _Visit(asker, name, site, _rules(asker, name, site))
    asker.pause = max(site.pause, float(visit.rules.crawl_delay(NAME) or 0))
    visited = failures = 0
    for url in dict.fromkeys(_addresses(visit)):
        if visited == site.most_pages:
            yield Faulty(name, f"there are more than {visited} pages; the rest waits (most_pages)")
            break
        if visit.may_ask(url):
            visited += 1
            page, told_to_stop = _page(visit, url, known(url))
            yield page
            failures = failures + 1 if isinstance(page, Faulty) else 0
            if told_to_stop or failures == MOST_FAILURES:
                yield Faulty(name, "the site is asked no further; ask again later")
                break
    yield from visit.faults


def _rules(asker: Asker, name: str, site: Site) -> Protego:
    """Read robots.txt; a site that has none lets everybody in."""
    address = urljoin(site.address, "/robots.txt")
    try:
        return Protego.parse(asker.ask(address).body[:MOST_OF_ROBOTS].decode("utf-8", "replace"))
    except NotThere:
        return Protego.parse("")
    except Stop as stop:
        raise Stop(
            Problem(stop.problems[0].what, f"source {name}, {address}", "Without robots.txt nothing else is asked for")
        ) from stop


def _addresses(visit: _Visit) -> Iterator[str]:
    wanted = re.compile(visit.site.pages)
    site = visit.site
    maps = site.sitemaps or ([] if site.lists else list(visit.rules.sitemaps))
    if not maps and not site.lists:
        raise Stop(Problem("neither robots.txt nor the configuration names a sitemap", f"source {visit.name}"))
    for found in (*_of_sitemaps(visit, [urljoin(site.address, one) for one in maps]), *_of_lists(visit)):
        url = urldefrag(found).url
        if wanted.search(url):
            yield url


def _of_sitemaps(visit: _Visit, todo: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    while todo and len(seen) < MOST_SITEMAPS:
        url = todo.pop(0)
        if url in seen or not visit.may_ask(url):
            continue
        seen.add(url)
        try:
            found = sitemap.read(visit.asker.ask(url).body, url)
        except (Stop, NotThere) as error:
            visit.faults.append(Faulty(url, _why(error)))
            continue
        todo += found.sitemaps
        yield from found.pages


def _of_lists(visit: _Visit) -> Iterator[str]:
    """Give the links of pages that list adverts; none that leads to another such list is followed."""
    for url in (urljoin(visit.site.address, one) for one in visit.site.lists):
        if not visit.may_ask(url):
            visit.faults.append(Faulty(url, "robots.txt forbids it"))
            continue
        try:
            yield from (urljoin(url, href) for href in job_posting.links(visit.asker.ask(url).body))
        except (Stop, NotThere, ValueError) as error:
            visit.faults.append(Faulty(url, _why(error)))


def _page(visit: _Visit, url: str, validators: tuple[str, str]) -> tuple[Page | Faulty, bool]:
    """Ask for a page; say, too, whether the site wants to be asked no further."""
    names = ("If-None-Match", "If-Modified-Since")
    headers = {name: value for name, value in zip(names, validators, strict=True) if value}
    try:
        reply = visit.asker.ask(url, headers)
    except NotThere:
        return Page(url, gone=True), False
    except Stop as stop:
        return Faulty(url, _why(stop)), status_of(stop.__cause__) in UNWANTED
    if reply.unchanged:
        return Page(url, validators=validators, unchanged=True), False
    items = tuple(job_posting.postings(reply.body, visit.name, url))
    return Page(url, items, (reply.etag, reply.last_modified)), False


def _why(error: Exception) -> str:
    if isinstance(error, NotThere):
        return "there is no such page (404)"
    return error.problems[0].what if isinstance(error, Stop) else str(error)
