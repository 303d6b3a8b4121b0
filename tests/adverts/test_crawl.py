"""Sites with JobPosting pages, by a real server: robots.txt, delays, sitemaps, unchanged and broken pages."""

import gzip
import json
from typing import Any

import pytest

from lmiforall.base.advert import HOUR, YEAR, Faulty, Posting
from lmiforall.base.problem import Stop
from lmiforall.extract.adverts import crawl, job_posting, sitemap
from lmiforall.extract.adverts.asking import Asker
from lmiforall.extract.adverts.crawl import Page, Site
from lmiforall.extract.transfer import AGENT
from tests.adverts import protocols
from tests.adverts.protocols import advert_page, headers_of, page
from tests.extract import publisher
from tests.extract.publisher import cut_short, redirect, status, whole

ROBOTS = "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\nSitemap: {}/sitemap.xml\n"


@pytest.fixture
def jobs(site: publisher.Site) -> publisher.Site:
    """A site with two adverts in its sitemap, and one that robots.txt forbids."""
    site.answers |= {
        "/robots.txt": whole(ROBOTS.format(site.url).encode()),
        "/sitemap.xml": whole(
            protocols.sitemap(
                f"{site.url}/job/1", f"{site.url}/job/2", f"{site.url}/private/3", "https://other.example/4"
            )
        ),
        "/job/1": whole(advert_page(title="Plumber"), etag='"one"'),
        "/job/2": whole(advert_page(title="Roofer"), modified="Mon, 02 Mar 2026 08:00:00 GMT"),
    }
    return site


def visit(
    asker: Asker, site: publisher.Site, known: dict[str, tuple[str, str]] | None = None, **told: Any
) -> list[Page | Faulty]:
    seen = known or {}
    return list(crawl.read(asker, "site", Site(address=site.url, **told), lambda url: seen.get(url, ("", ""))))


def titles(found: list[Page | Faulty]) -> list[str]:
    pages = [one for one in found if isinstance(one, Page)]
    return [item.title if isinstance(item, Posting) else item.why for one in pages for item in one.items]


def asked(site: publisher.Site) -> list[str]:
    return [path for path, _ in site.asked]


def test_what_robots_txt_forbids_and_what_is_elsewhere_is_not_asked_for(asker: Asker, jobs: publisher.Site) -> None:
    assert titles(visit(asker, jobs)) == ["Plumber", "Roofer"]
    assert asked(jobs) == ["/robots.txt", "/sitemap.xml", "/job/1", "/job/2"]


def test_the_crawl_delay_is_kept_and_who_asks_says_who_it_is(
    asker: Asker, jobs: publisher.Site, pauses: list[float]
) -> None:
    visit(asker, jobs)
    assert pauses == [7, 7, 7]
    assert headers_of(jobs, "/job/1")["user-agent"] == AGENT
    assert "+https://" in AGENT


def test_rules_for_us_by_name_are_obeyed(asker: Asker, jobs: publisher.Site) -> None:
    jobs.answers["/robots.txt"] = whole(b"User-agent: lmiforall\nDisallow: /\n")
    assert visit(asker, jobs, sitemaps=["/sitemap.xml"]) == []
    assert asked(jobs) == ["/robots.txt"]


@pytest.mark.parametrize("answer", [status(500), status(403), redirect("https://other.example/robots.txt")])
def test_a_site_whose_robots_txt_fails_is_asked_no_further(asker: Asker, jobs: publisher.Site, answer: Any) -> None:
    jobs.answers["/robots.txt"] = answer
    with pytest.raises(Stop, match=r"Without robots\.txt nothing else is asked for"):
        visit(asker, jobs)
    assert set(asked(jobs)) == {"/robots.txt"}


def test_a_site_without_robots_txt_lets_everybody_in(asker: Asker, jobs: publisher.Site) -> None:
    del jobs.answers["/robots.txt"]
    assert titles(visit(asker, jobs, sitemaps=["/sitemap.xml"])) == ["Plumber", "Roofer"]


def test_a_page_that_has_not_changed_is_not_sent_again(asker: Asker, jobs: publisher.Site) -> None:
    first = visit(asker, jobs)
    known = {one.url: one.validators for one in first if isinstance(one, Page)}
    second = visit(asker, jobs, known)
    assert [one.unchanged for one in second if isinstance(one, Page)] == [True, True]
    assert headers_of(jobs, "/job/1")["if-none-match"] == '"one"'
    assert headers_of(jobs, "/job/2")["if-modified-since"] == "Mon, 02 Mar 2026 08:00:00 GMT"


def test_a_page_that_is_gone_is_said_to_be_gone(asker: Asker, jobs: publisher.Site) -> None:
    jobs.answers["/job/1"] = status(410)
    assert [(one.url[-6:], one.gone) for one in visit(asker, jobs) if isinstance(one, Page)] == [
        ("/job/1", True),
        ("/job/2", False),
    ]


def test_a_page_that_fails_is_named_and_the_others_are_read(asker: Asker, jobs: publisher.Site) -> None:
    jobs.answers["/job/1"] = cut_short(b"<html>", 5000)
    found = visit(asker, jobs)
    assert titles(found) == ["Roofer"]
    assert [one.where[-6:] for one in found if isinstance(one, Faulty)] == ["/job/1"]
    assert asked(jobs).count("/job/1") > 1


@pytest.mark.parametrize("answer", [status(429, {"Retry-After": "3600"}), status(403)])
def test_a_site_that_wants_no_more_questions_gets_no_more(asker: Asker, jobs: publisher.Site, answer: Any) -> None:
    jobs.answers["/job/1"] = answer
    found = visit(asker, jobs)
    assert titles(found) == []
    assert asked(jobs)[-1] == "/job/1"
    assert isinstance(found[-1], Faulty)
    assert "asked no further" in found[-1].why


def test_a_site_that_fails_five_times_in_a_row_is_asked_no_further(asker: Asker, jobs: publisher.Site) -> None:
    broken = [f"{jobs.url}/broken/{number}" for number in range(9)]
    jobs.answers["/sitemap.xml"] = whole(protocols.sitemap(*broken))
    jobs.answers |= {f"/broken/{number}": redirect("https://other.example/") for number in range(9)}
    assert len([one for one in visit(asker, jobs) if isinstance(one, Faulty)]) == crawl.MOST_FAILURES + 1
    assert asked(jobs)[-1] == "/broken/4"


def test_sitemaps_of_sitemaps_plain_and_packed_are_read_and_a_broken_one_is_named(
    asker: Asker, jobs: publisher.Site
) -> None:
    jobs.answers["/sitemap.xml"] = whole(
        protocols.sitemap(*(f"{jobs.url}/{name}" for name in ("a.xml.gz", "b.xml", "none.xml")), kind="sitemapindex")
    )
    jobs.answers["/a.xml.gz"] = whole(gzip.compress(protocols.sitemap(f"{jobs.url}/job/1")))
    jobs.answers["/b.xml"] = whole(protocols.sitemap(f"{jobs.url}/job/2")[:-20])
    found = visit(asker, jobs)
    assert titles(found) == ["Plumber"]
    assert [one.where.rpartition("/")[2] for one in found if isinstance(one, Faulty)] == ["b.xml", "none.xml"]


def test_a_site_without_a_sitemap_is_read_by_its_lists_of_links(asker: Asker, jobs: publisher.Site) -> None:
    links = '<a href="/job/1">A</a><a href="job/2#apply">B</a><a href="/about">Us</a><a href="mailto:x@y.example">'
    jobs.answers["/vacancies"] = whole(page(links))
    assert titles(visit(asker, jobs, lists=["/vacancies"], pages="/job/")) == ["Plumber", "Roofer"]


def test_a_site_that_names_no_pages_is_refused(asker: Asker, jobs: publisher.Site) -> None:
    jobs.answers["/robots.txt"] = whole(b"")
    with pytest.raises(Stop, match=r"neither robots\.txt nor the configuration names a sitemap"):
        visit(asker, jobs)


def test_no_more_pages_are_visited_than_wanted(asker: Asker, jobs: publisher.Site) -> None:
    found = visit(asker, jobs, most_pages=1)
    assert titles(found) == ["Plumber"]
    assert isinstance(found[-1], Faulty)
    assert "the rest waits" in found[-1].why


def script(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def one_posting(content: bytes) -> Posting:
    (found,) = job_posting.postings(content, "site", "https://jobs.example/1")
    assert isinstance(found, Posting)
    return found


def test_a_job_posting_is_read_field_by_field() -> None:
    address = {
        "@type": "PostalAddress",
        "addressLocality": "Leeds",
        "addressRegion": "West Yorkshire",
        "postalCode": "LS1 1AA",
    }
    value = {"@type": "QuantitativeValue", "minValue": 15, "maxValue": "17.50", "unitText": "HOUR"}
    found = one_posting(
        advert_page(
            title="Plumber", description="<p>Fit boilers</p>", hiringOrganization={"name": "Pipes Ltd"},
            jobLocation=[{"@type": "Place", "address": address}], baseSalary={"currency": "GBP", "value": value},
            datePosted="2026-03-01", validThrough="2026-04-01T00:00", applicationContact={"name": "Jo Bloggs"},
        )
    )  # fmt: skip
    assert found == Posting(
        source="site", id="https://jobs.example/1", title="Plumber", employer="Pipes Ltd",
        description="<p>Fit boilers</p>", place="Leeds, West Yorkshire", postcode="LS1 1AA", pay_low=15, pay_high=17.5,
        pay_per=HOUR, link="https://jobs.example/1", posted="2026-03-01", expires="2026-04-01", contacts=("Jo Bloggs",),
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"hiringOrganization": "Pipes Ltd", "jobLocation": {"address": "Leeds"}},
        {"baseSalary": {"currency": "GBP", "value": 30000, "unitText": "YEAR"}},
        {"baseSalary": "£30,000"}, {"baseSalary": {"currency": "EUR", "value": 30000}}, {"identifier": [1, None]},
        {"jobLocation": None, "description": None, "datePosted": 7, "hiringOrganization": [[]]},
    ],
)  # fmt: skip
def test_what_a_job_posting_has_in_another_form_is_read_or_left_out(changes: dict[str, Any]) -> None:
    found = one_posting(advert_page(title="Plumber", **changes))
    assert found.title == "Plumber"
    assert found.pay_per in ("", YEAR)
    assert found.pay_low in (None, 30000)


def test_postings_within_graphs_and_lists_are_found_each_with_a_number_of_its_own() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage"},
            {"@type": ["JobPosting", "Thing"], "title": "A"},
            [{"@type": "JobPosting", "title": "B"}],
        ]
    }
    found = job_posting.postings(page(script(json.dumps(graph))), "s", "u")
    assert [(one.id, one.title) for one in found if isinstance(one, Posting)] == [("u", "A"), ("u#1", "B")]


@pytest.mark.parametrize(
    "content", ['{"@type": "JobPosting", "title": "cut', "[" * 100_000, "", "null", '"x"', "[[[]]]"]
)
def test_json_that_is_cut_short_deep_or_empty_gives_a_fault_or_nothing(content: str) -> None:
    found = job_posting.postings(page(script(content)), "s", "u")
    assert all(isinstance(one, Faulty) for one in found)


def test_a_page_nested_a_million_deep_is_refused_at_once() -> None:
    (found,) = job_posting.postings(b"<i>" * 1_000_000, "s", "u")
    assert isinstance(found, Faulty)
    assert "never closed" in found.why


def test_line_breaks_within_texts_are_forgiven() -> None:
    content = '{"@type": "JobPosting", "title": "Plumber", "description": "one\ntwo"}'
    assert one_posting(page(script(content))).description == "one\ntwo"


def test_a_page_that_asks_not_to_be_indexed_is_not_read() -> None:
    content = page('<meta name="robots" content="NOINDEX, follow">' + script('{"@type": "JobPosting", "title": "A"}'))
    assert job_posting.postings(content, "s", "u") == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><body>no</body></html>", b"\x1f\x8bbroken", protocols.sitemap("a")[:60],
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>',
    ],
)  # fmt: skip
def test_what_is_no_whole_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(Stop, match="sitemap"):
        sitemap.read(body, "https://jobs.example/sitemap.xml")


def test_a_sitemap_that_swells_beyond_bounds_is_refused() -> None:
    with pytest.raises(Stop, match="unpacks to more than"):
        sitemap.read(gzip.compress(b" " * (sitemap.MOST_BYTES + 1)), "s")
