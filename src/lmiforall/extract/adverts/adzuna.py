"""Adzuna's job search API -> postings, page after page.

SOURCE: developer.adzuna.com, "Search": ``.../jobs/gb/search/{page}`` with app_id and app_key; results of up to 50 a
page, each with id, title, description (its first 500 characters), redirect_url, created, company.display_name,
location.display_name and .area, salary_min, salary_max and salary_is_predicted.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import msgspec

from lmiforall.base.advert import YEAR, Faulty, Posting
from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.adverts import fields
from lmiforall.extract.adverts.asking import Asker

A_PAGE = 50


class Adzuna(msgspec.Struct, frozen=True, kw_only=True, tag="adzuna", tag_field="kind", forbid_unknown_fields=True):
    """How to ask: ``address`` up to the number of the page, and what else to ask for (``what``, ``where`` ...)."""

    address: str
    app_id: str
    app_key: str
    ask: dict[str, str] = {}
    most_pages: int = 1000
    pause: float = 1.0


def read(asker: Asker, name: str, adzuna: Adzuna) -> Iterator[Posting | Faulty]:
    """Ask page after page, until one is not full."""
    for page in range(1, adzuna.most_pages + 1):
        where = f"source {name}, page {page}"
        results = _results(asker.ask_json(_address(adzuna, page), {"Accept": "application/json"}, where), where)
        for number, item in enumerate(results, 1):
            yield _posting(name, item, f"{where}, result {number}")
        if len(results) < A_PAGE:
            return


def _address(adzuna: Adzuna, page: int) -> str:
    asked = {
        **adzuna.ask, "app_id": adzuna.app_id, "app_key": adzuna.app_key, "results_per_page": str(A_PAGE),
        "sort_by": "date",
    }  # fmt: skip
    return str(httpx.URL(f"{adzuna.address.rstrip('/')}/{page}").copy_merge_params(asked))


def _results(document: Any, where: str) -> list[Any]:
    found = document.get("results") if isinstance(document, Mapping) else None
    if not isinstance(found, list):
        raise Stop(Problem("the answer has no list of results: has the API changed?", where))
    return found


def _posting(name: str, item: Any, where: str) -> Posting | Faulty:
    number, title = fields.text(fields.within(item, "id")), fields.text(fields.within(item, "title"))
    if not isinstance(item, Mapping) or not number or not title:
        return Faulty(where, "it has no id or no title")
    # Where no pay is told, Adzuna gives a guess of its own: that is not the advert's.
    guessed = fields.text(fields.within(item, "salary_is_predicted")) == "1" or item.get("salary_is_predicted") is True
    low, high = (None if guessed else fields.number(item.get(f"salary_{end}")) for end in ("min", "max"))
    return Posting(
        source=name, id=number, title=title, employer=fields.text(fields.within(item, "company", "display_name")),
        description=fields.text(item.get("description")),
        place=fields.text(fields.within(item, "location", "display_name")), pay_low=low, pay_high=high,
        pay_per=YEAR if low or high else "", link=fields.text(item.get("redirect_url")),
        posted=fields.day(item.get("created")),
    )  # fmt: skip
