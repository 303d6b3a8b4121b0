"""Servers on this machine that speak the protocols of sources of adverts, as they are documented."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.extract.publisher import Answer, Asked, Site


def as_json(document: Any) -> Answer:
    content = json.dumps(document).encode()
    return lambda request: request.send(
        200, {"Content-Type": "application/json", "Content-Length": str(len(content))}, content
    )


def page(content: str) -> bytes:
    return f"<!doctype html><html><head>{content}</head><body><h1>A job</h1></body></html>".encode()


def advert_page(**told: Any) -> bytes:
    """A page with one JobPosting in it."""
    told = {"@context": "https://schema.org", "@type": "JobPosting"} | told
    return page(f'<script type="application/ld+json">{json.dumps(told)}</script>')


class Paths(dict[str, Answer]):
    """Answers by path, where the query is the answer's own business."""

    def get(self, path: str, default: Any = None) -> Any:
        return super().get(path) or super().get(urlsplit(path).path) or default


def result(number: int, **changes: Any) -> dict[str, Any]:
    """One result as Adzuna gives it."""
    return {
        "id": str(4_000_000_000 + number), "title": f"Plumber {number}",
        "description": "Fit <strong>boilers</strong> …",
        "redirect_url": f"https://jobs.example/{number}", "created": "2026-03-01T09:00:00Z",
        "company": {"display_name": "Pipes Ltd"}, "category": {"tag": "trade-construction-jobs"},
        "location": {"display_name": "Leeds, West Yorkshire", "area": ["UK", "Yorkshire And The Humber", "Leeds"]},
        "salary_min": 30000, "salary_max": 35000.5, "salary_is_predicted": "0",
    } | changes  # fmt: skip


def adzuna(site: Site, results: Sequence[Any], key: str = "right") -> None:
    """Answer as Adzuna's API: 50 a page at most, by app_id and app_key."""

    def answer(request: Asked) -> None:
        address = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if (asked.get("app_id"), asked.get("app_key")) != ("me", key):
            content = b'{"exception":"AUTH_FAIL","display":"Authorisation failed"}'
            request.send(401, {"Content-Length": str(len(content))}, content)
            return
        size, number = min(int(asked["results_per_page"]), 50), int(address.path.rsplit("/", 1)[1])
        of_page = results[(number - 1) * size : number * size]
        as_json({"count": len(results), "mean": 32500.25, "results": of_page})(request)

    site.answers = Paths({f"/v1/api/jobs/gb/search/{number}": answer for number in range(1, 10)})


def vacancy(number: int, **changes: Any) -> dict[str, Any]:
    """One vacancy as the Display Advert API gives it."""
    return {
        "vacancyReference": f"VAC{number:010}", "title": f"Plumbing apprentice {number}",
        "description": "Learn a trade.",
        "employerName": "Pipes Ltd", "employerContactName": "Jo Bloggs", "employerContactEmail": "jo@pipes.example",
        "employerContactPhone": "0113 496 0000", "postedDate": "2026-02-01T00:00:00",
        "closingDate": "2026-04-01T23:59:59",
        "wage": {"wageType": "Custom", "wageAmount": 14500.0, "wageUnit": "Annually", "wageText": "£14,500 a year"},
        "addresses": [{"addressLine1": "1 High Street", "addressLine2": "Leeds", "postcode": "LS1 1AA"}],
        "vacancyUrl": f"https://apprenticeships.example/VAC{number:010}", "course": {"larsCode": 123, "level": 3},
    } | changes  # fmt: skip


def display_advert(site: Site, vacancies: Sequence[Any], key: str = "right") -> None:
    """Answer as the Display Advert API, version 2."""

    def answer(request: Asked) -> None:
        if request.headers["Ocp-Apim-Subscription-Key"] != key:
            content = b'{"statusCode":401,"message":"Access denied due to invalid subscription key."}'
            request.send(401, {"Content-Length": str(len(content))}, content)
            return
        if request.headers["X-Version"] != "2":
            request.send(400, {"Content-Length": "0"})
            return
        asked = parse_qs(urlsplit(request.path).query)
        size, number = int(asked["PageSize"][0]), int(asked["PageNumber"][0])
        of_page = vacancies[(number - 1) * size : number * size]
        pages = -(-len(vacancies) // size)
        as_json({"vacancies": of_page, "total": len(vacancies), "totalFiltered": len(vacancies), "totalPages": pages})(
            request
        )

    site.answers = Paths({"/vacancies/vacancy": answer})


def sitemap(*addresses: str, kind: str = "urlset") -> bytes:
    entry = "url" if kind == "urlset" else "sitemap"
    inside = "".join(f"<{entry}><loc>{one}</loc></{entry}>" for one in addresses)
    return (
        f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{kind}>'.encode()
    )


def headers_of(site: Site, path: str) -> Mapping[str, str]:
    """Give what was sent with the last question for a path."""
    sent = next(headers for asked, headers in reversed(site.asked) if urlsplit(asked).path == path)
    return {name.casefold(): value for name, value in sent.items()}
