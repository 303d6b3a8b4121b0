"""The Department for Education's "Display Advert" API, version 2 -> postings of apprenticeships, page after page.

SOURCE: the API's description on the department's developer hub: ``PageNumber`` and ``PageSize`` in the query, the
key in ``Ocp-Apim-Subscription-Key``, the version in ``X-Version``; an answer has ``vacancies`` and ``totalPages``.
Nobody could ask the real service while this was written: a field that is called otherwise is as if it weren't there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import msgspec

from lmiforall.base.advert import APPRENTICESHIP, YEAR, Faulty, Posting
from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.adverts import fields
from lmiforall.extract.adverts.asking import Asker

A_PAGE = 50
# What describes the job; the texts stand in fields of their own.
TEXTS = ("description", "fullDescription", "trainingDescription", "outcomeDescription")
WAGE_TEXTS = ("wageText", "wageAdditionalInformation")
CONTACTS = ("employerContactName", "providerContactName", "employerContactEmail", "employerContactPhone")


class DisplayAdvert(
    msgspec.Struct, frozen=True, kw_only=True, tag="display-advert", tag_field="kind", forbid_unknown_fields=True
):
    """How to ask: the address of the list of vacancies, the key, and the version of the API."""

    address: str
    key: str
    version: str = "2"
    ask: dict[str, str] = {}
    most_pages: int = 1000
    pause: float = 1.0


def read(asker: Asker, name: str, api: DisplayAdvert) -> Iterator[Posting | Faulty]:
    """Ask for every page that the first one tells of."""
    headers = {"Ocp-Apim-Subscription-Key": api.key, "X-Version": api.version, "Accept": "application/json"}
    page = pages = 1
    while page <= min(pages, api.most_pages):
        where = f"source {name}, page {page}"
        asked = {**api.ask, "PageNumber": str(page), "PageSize": str(A_PAGE)}
        document = asker.ask_json(str(httpx.URL(api.address).copy_merge_params(asked)), headers, where)
        vacancies, pages = _vacancies(document, where)
        for number, item in enumerate(vacancies, 1):
            yield _posting(name, item, f"{where}, vacancy {number}")
        page += 1


def _vacancies(document: Any, where: str) -> tuple[list[Any], int]:
    found, pages = fields.within(document, "vacancies"), fields.within(document, "totalPages")
    if not isinstance(document, Mapping) or not isinstance(found, list) or not isinstance(pages, int):
        raise Stop(Problem("the answer has no vacancies or no totalPages: has the API changed?", where))
    return found, pages


def _posting(name: str, item: Any, where: str) -> Posting | Faulty:
    reference = fields.text(fields.within(item, "vacancyReference"))
    title = fields.text(fields.within(item, "title"))
    if not isinstance(item, Mapping) or not reference or not title:
        return Faulty(where, "it has no vacancyReference or no title")
    wage, address = fields.within(item, "wage"), item.get("addresses") or item.get("address") or item.get("location")
    low = fields.number(fields.within(wage, "wageAmountLowerBound")) or fields.number(fields.within(wage, "wageAmount"))
    high = fields.number(fields.within(wage, "wageAmountUpperBound")) or low
    return Posting(
        source=name, id=reference, title=title, kind=APPRENTICESHIP, employer=fields.text(item.get("employerName")),
        description="\n".join(filter(None, (fields.text(item.get(text)) for text in TEXTS))),
        place=_place(address), postcode=fields.text(fields.within(address, "postcode")),
        pay=" ".join(filter(None, (fields.text(fields.within(wage, text)) for text in WAGE_TEXTS))),
        pay_low=low, pay_high=high,
        pay_per=fields.per(fields.within(wage, "wageUnit")) or (YEAR if low else ""),
        link=fields.text(item.get("vacancyUrl")), posted=fields.day(item.get("postedDate")),
        expires=fields.day(item.get("closingDate")),
        contacts=tuple(filter(None, (fields.text(item.get(contact)) for contact in CONTACTS))),
    )  # fmt: skip


def _place(address: Any) -> str:
    lines = (fields.text(fields.within(address, f"addressLine{number}")) for number in (1, 2, 3, 4))
    return ", ".join(filter(None, lines))
