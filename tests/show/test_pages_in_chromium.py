"""The pages as people have them: in a real browser, on a real server, by mouse, by keyboard, on small screens."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from lmiforall import datasets

STARTER = sorted(name for name, dataset in datasets.every().items() if dataset.starter)
PATHS = ["/", "/code", "/datasets", "/docs", "/explorer", *(f"/datasets/{name}" for name in STARTER)]
# A page of each kind: the one with most on it, one of records, one that is modelled.
DATA = [f"/datasets/{name}" for name in ("projections", "soc2020_groups", "pay_at_soc2010")]
KINDS = ["/", "/code", "/datasets", "/docs", "/explorer", *DATA]
SMALLEST = {"width": 320, "height": 640}


@dataclass
class Seen:
    """A page, and what went wrong or went out while it was open."""

    page: Page
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def seen(browser: Browser) -> Iterator[Seen]:
    page = browser.new_page()
    watched = Seen(page)
    page.on("console", lambda message: watched.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("requestfailed", lambda request: watched.errors.append(f"{request.url} failed"))
    page.on("request", lambda request: watched.asked.append(request.url))
    yield watched
    page.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_renders_whole_and_asks_nobody_else(seen: Seen, served: str, path: str) -> None:
    response = seen.page.goto(f"{served}{path}")
    assert response is not None
    assert response.status == 200
    assert seen.page.locator("h1").count() == 1
    assert seen.page.locator("footer").inner_text().startswith("An independent service, not an official statistic.")
    assert seen.errors == []
    assert {urlsplit(address).netloc for address in seen.asked} == {urlsplit(served).netloc}


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_that_keeps_anybody_out(seen: Seen, served: str, path: str) -> None:
    seen.page.goto(f"{served}{path}")
    for unfolded in seen.page.locator("details").all():
        unfolded.evaluate("one => one.open = true")
    found = Axe().run(seen.page)
    assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert len(found.response["passes"]) > 10


def test_axe_would_find_a_fault(seen: Seen, served: str) -> None:
    """A check that can't fail is none: grey on white, and a field without a name, are found."""
    seen.page.goto(f"{served}/")
    seen.page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    seen.page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    found = {one["id"] for one in Axe().run(seen.page).response["violations"]}
    assert {"color-contrast", "label"} <= found


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_of_the_smallest_screen(seen: Seen, served: str, path: str) -> None:
    seen.page.set_viewport_size(SMALLEST)
    seen.page.goto(f"{served}{path}")
    for unfolded in seen.page.locator("details").all():
        unfolded.evaluate("one => one.open = true")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


@pytest.mark.parametrize("path", KINDS)
def test_everything_can_be_reached_by_keyboard_and_seen_there(seen: Seen, served: str, path: str) -> None:
    seen.page.goto(f"{served}{path}")
    there = seen.page.evaluate(_MARK_ALL)
    reached = set()
    for _ in range(there + 5):
        seen.page.keyboard.press("Tab")
        now = seen.page.evaluate(_FOCUSED)
        if now:
            assert now["outlined"], now
            reached.add(now["stop"])
    assert reached == {str(place) for place in range(there)}


_MARK_ALL = """() => {
  const found = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility());
  found.forEach((one, place) => { one.dataset.stopAt = place; });
  return found.length;
}"""
_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one.dataset.stopAt === undefined) return null;
  const style = getComputedStyle(one);
  return { stop: one.dataset.stopAt, tag: one.outerHTML.slice(0, 80),
           outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 };
}"""


def test_the_first_stop_leads_past_the_menu(seen: Seen, served: str) -> None:
    seen.page.goto(f"{served}/docs")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert seen.page.locator("a.skip").bounding_box()["x"] >= 0  # type: ignore[index]
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_explorer_runs_a_request_and_shows_its_answer(seen: Seen, served: str) -> None:
    seen.page.goto(f"{served}/docs")
    form = seen.page.locator("form.try", has=seen.page.locator("input[value*='estimatePay?']"))
    form.get_by_role("button").click()
    output = form.locator("output")
    output.get_by_text("200").wait_for()
    real = httpx.get(f"{served}/api/v1/ashe/estimatePay?soc=4135")
    shown = output.inner_text()
    assert shown.startswith(f"200\nX-LMI-Status: {real.headers['x-lmi-status']}\n")
    for year in real.json()["series"]:
        assert f'"estpay": {year["estpay"]}' in shown
    assert seen.errors == []


def test_the_explorer_works_by_keyboard_alone_and_shows_what_was_wrong(seen: Seen, served: str) -> None:
    seen.page.goto(f"{served}/docs")
    field = seen.page.locator("input[name=address]").first
    field.focus()
    seen.page.keyboard.press("ControlOrMeta+a")
    seen.page.keyboard.type("/api/v1/ashe/estimatePay?soc=9999")
    seen.page.keyboard.press("Enter")
    output = seen.page.locator("output").first
    output.get_by_text("400").wait_for()
    assert "9999 is not a SOC2010 code" in output.inner_text()
    assert seen.page.url.endswith("/docs")


def test_the_figures_of_a_dataset_unfold_and_run_by_keyboard(seen: Seen, served: str) -> None:
    seen.page.goto(f"{served}/docs")
    part = seen.page.locator("details.operation", has_text="/api/v2/datasets/pay/observations")
    part.locator("summary").focus()
    seen.page.keyboard.press("Enter")
    part.locator("input[name=address]").focus()
    seen.page.keyboard.press("Enter")
    part.locator("output").get_by_text("200").wait_for()
    assert '"dataset": "pay"' in part.locator("output").inner_text()


def test_the_explorer_asks_no_other_service(seen: Seen, served: str) -> None:
    seen.page.goto(f"{served}/docs")
    seen.page.locator("input[name=address]").first.fill("https://example.org/")
    seen.page.locator("form.try button").first.click()
    assert seen.page.locator("output").first.inner_text() == "Only this service can be asked from here."
    assert not any("example.org" in address for address in seen.asked)


@pytest.mark.parametrize(("label", "ending"), [("CSV", ".csv"), ("Parquet", ".parquet")])
def test_a_dataset_can_be_saved(seen: Seen, served: str, tmp_path: Path, label: str, ending: str) -> None:
    seen.page.goto(f"{served}/datasets/employment_by_region")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("link", name=label, exact=True).click()
    assert waiting.value.suggested_filename.startswith("employment_by_region-")
    assert waiting.value.suggested_filename.endswith(ending)
    saved = tmp_path / "saved"
    waiting.value.save_as(saved)
    address = f"{served}/api/v2/datasets/employment_by_region/observations?format={ending[1:]}"
    assert saved.read_bytes() == httpx.get(address).content


def test_a_data_page_shows_the_first_rows_that_the_api_gives(seen: Seen, served: str) -> None:
    seen.page.goto(f"{served}/datasets/pay")
    shown = seen.page.get_by_role("region", name="The first rows")
    names = shown.locator("thead th").all_inner_texts()
    assert names == ["basis", "year", "measure", "value", "unit", "status"]
    rows = httpx.get(f"{served}/api/v2/datasets/pay/observations?limit=5").json()["observations"]
    cells = [row.locator("td").all_inner_texts() for row in shown.locator("tbody tr").all()]
    assert cells == [[str(row[name]) for name in names] for row in rows]
