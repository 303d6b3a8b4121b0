"""The page on which an adviser tries the coder, in a real browser on a real server of the full release."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def served_full(full_release: Path) -> Iterator[str]:
    """The address of a real server on the full release."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lmiforall", "serve", "--port", str(port), "--release", str(full_release)]
    server = subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{address}/readyz", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def page(browser: Browser, served_full: str) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(f"{served_full}/code")
    yield opened
    opened.close()


def test_an_adviser_finds_the_occupation_of_a_title_by_keyboard(page: Page) -> None:
    page.get_by_label("Job title").focus()
    page.keyboard.type("Nurse, paediatric")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result")
    assert page.locator(".answer").first.inner_text().startswith("2236 Registered children's nurses")
    assert "title of the coding index" in page.inner_text("main")
    assert page.get_by_label("Job title").input_value() == "Nurse, paediatric"
    linked = page.get_by_role("link", name="/api/v2/code").get_attribute("href")
    given = httpx.get(f"{page.url.partition('/code')[0]}{linked}").json()
    assert given["results"][0]["soc2020"]["code"] == "2236"


def test_a_title_that_could_be_many_gives_a_wider_group_or_none(page: Page) -> None:
    page.get_by_label("Job title").fill("manager")
    page.get_by_label("Give me").select_option("0.9")
    page.get_by_role("button", name="Find the occupation").click()
    page.wait_for_selector("#result")
    assert "unit group" not in page.locator(".answer").first.inner_text()
    assert page.locator("tbody tr").count() == 10


def test_an_empty_form_says_what_is_missing(page: Page) -> None:
    page.get_by_role("button", name="Find the occupation").click()
    page.wait_for_selector("#wrong")
    assert page.title().startswith("Error: ")
    assert "wrong" in (page.get_by_label("Job title").get_attribute("aria-describedby") or "")


def test_axe_finds_nothing_on_the_form_its_answer_or_its_error_at_any_width(page: Page) -> None:
    for query in ("", "?title=head+chef", "?title=", "?title=消防士"):
        page.goto(f"{page.url.partition('?')[0]}{query}")
        for width in (320, 1200):
            page.set_viewport_size({"width": width, "height": 800})
            assert [one["id"] for one in Axe().run(page).response["violations"]] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_typed_is_shown_as_text_never_run(full_client: TestClient) -> None:
    text = full_client.get("/code", params={"title": '"><script>alert(1)</script>'}).text
    assert "<script>" not in text
    assert full_client.get("/code?title=chef&threshold=x").status_code == 200
    assert full_client.get("/code?title=%ff").status_code == 200
