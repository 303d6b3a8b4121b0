"""The API explorer as people use it, in a real browser on a real server: choosing, filling in, running, copying."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAY = "/api/v1/ashe/estimatePay"
FIGURES = "/api/v2/datasets/pay/observations"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose every error fails the test."""
    errors: list[str] = []
    opened = browser.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    opened.close()
    assert errors == []


def choose(page: Page, served: str, path: str) -> None:
    page.goto(f"{served}/explorer#{path}")
    expect(page.locator("#request")).to_contain_text(path.partition("{")[0])


def run(page: Page, status: int = 200) -> str:
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("status")).to_contain_text(f"Answered with {status} in ")
    return page.get_by_role("region", name="Body of the answer").inner_text()


def test_every_question_of_the_description_can_be_chosen(page: Page, served: str) -> None:
    page.goto(f"{served}/explorer")
    offered = page.eval_on_selector_all("#operation option", "all => all.map(({ value }) => value)")
    paths = httpx.get(f"{served}/openapi.json").json()["paths"]
    about = {path for path in paths if re.fullmatch(r"/api/v2/datasets/[^/]+", path)}
    assert set(offered) == {path for path, methods in paths.items() if "get" in methods} - about


def test_a_question_is_filled_in_with_its_example_and_answers(page: Page, served: str) -> None:
    choose(page, served, PAY)
    assert page.get_by_label("soc (needed)").input_value() == "4135"
    shown = run(page)
    for year in httpx.get(f"{served}{PAY}?soc=4135").json()["series"]:
        assert f'"estpay": {year["estpay"]}' in shown
    assert "X-LMI-Status: " in page.get_by_role("region", name="Headers of the answer").inner_text()
    assert page.get_by_role("link", name="Open the answer").get_attribute("href") == f"{PAY}?soc=4135"


def test_every_field_has_a_label_and_what_it_means(page: Page, served: str) -> None:
    choose(page, served, PAY)
    described = {one["name"]: one["description"] for one in _parameters(served, PAY)}
    for name, about in described.items():
        field = page.locator(f"#field-{name}")
        assert page.locator(f"label[for=field-{name}]").inner_text().split()[0] == name
        assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text() == about


def _parameters(served: str, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = httpx.get(f"{served}/openapi.json").json()["paths"][path]["get"]["parameters"]
    return found


def test_what_is_typed_becomes_the_request_wherever_it_belongs(page: Page, served: str) -> None:
    choose(page, served, "/api/v1/wf/predict/breakdown/{filter}")
    page.get_by_label("filter (needed)").fill("gender")
    page.get_by_label("soc (needed)").fill("2231")
    page.get_by_label("minYear").fill("2030")
    page.get_by_label("maxYear").fill("2030")
    page.get_by_label("classification").select_option("soc2010")
    address = "/api/v1/wf/predict/breakdown/gender?soc=2231&minYear=2030&maxYear=2030&classification=soc2010"
    assert page.locator("#request").inner_text() == address
    assert '"breakdown": "gender"' in run(page)


def test_a_refusal_is_shown_with_what_to_do(page: Page, served: str) -> None:
    choose(page, served, PAY)
    page.get_by_label("soc (needed)").fill("9999")
    assert "9999 is not a SOC2010 code. Search with soc/search?q=..." in run(page, 400)


def test_a_needed_field_that_is_empty_is_not_sent(page: Page, served: str) -> None:
    choose(page, served, PAY)
    page.get_by_label("soc (needed)").fill("")
    page.get_by_role("button", name="Run").click()
    assert page.evaluate("document.activeElement.id") == "field-soc"
    assert page.locator("#answer").is_hidden()


def test_the_codes_of_a_dataset_are_offered_with_their_titles(page: Page, served: str) -> None:
    choose(page, served, FIGURES)
    page.locator("datalist#codes-soc option[value='2134']").wait_for(state="attached")
    option = page.locator("datalist#codes-soc option[value='2134']")
    assert option.inner_text() == "Programmers and software development professionals"
    page.get_by_label("soc", exact=True).fill("2134")
    page.get_by_label("year", exact=True).fill("2024")
    assert '"soc": "2134"' in run(page)


def test_a_table_shows_its_beginning_and_a_parquet_file_can_be_opened(page: Page, served: str) -> None:
    choose(page, served, FIGURES)
    page.get_by_label("limit").fill("")
    page.get_by_label("format").select_option("csv")
    shown = run(page)
    assert shown.startswith("soc,")
    assert shown.endswith("... and more: open it to have all")
    page.get_by_label("format").select_option("parquet")
    assert "can't be shown here" in run(page)


def test_words_shorten_the_list_and_the_form_follows(page: Page, served: str) -> None:
    page.goto(f"{served}/explorer")
    page.get_by_label("Find a question").fill("hours estimate")
    offered = page.eval_on_selector_all("#operation option", "all => all.map(({ text }) => text.toLowerCase())")
    assert offered
    assert all("hours" in text and "estimate" in text for text in offered)
    expect(page.locator("#request")).to_contain_text(page.locator("#operation").input_value().partition("{")[0])
    page.get_by_label("Find a question").fill("nothing that there is")
    expect(page.locator("#words-about")).to_have_text("0 questions have these words.")
    page.get_by_label("Find a question").fill("")
    assert page.locator("#operation option").count() > 60


def test_it_works_by_keyboard_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/explorer")
    expect(page.locator("#request")).not_to_be_empty()
    page.get_by_label("Find a question").focus()
    page.keyboard.type("estimatePay:")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("ashe/estimatepay")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "operation"
    page.keyboard.press("Home")
    expect(page.locator("#request")).to_contain_text(PAY)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "field-soc"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2231")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Answered with 200")
    assert '"soc": 2231' in page.locator("#body").inner_text()


def test_an_answer_goes_when_another_question_is_chosen(page: Page, served: str) -> None:
    choose(page, served, PAY)
    run(page)
    page.get_by_label("Question", exact=True).select_option("/api/v2/release")
    expect(page.locator("#answer")).to_be_hidden()
    assert page.url.endswith("#/api/v2/release")
    assert '"kind": "starter"' in run(page)


@pytest.mark.parametrize("path", [PAY, FIGURES, "/api/v1/soc/code/{code}", "/api/v2/release"])
def test_the_request_runs_in_curl_python_and_javascript_as_it_is_shown(
    page: Page, served: str, program: Callable[[str], str], tmp_path: Path, path: str
) -> None:
    choose(page, served, path)
    run(page)
    shown = {name: page.locator(f"#{name}").inner_text() for name in ("curl", "python", "javascript")}
    modules = tmp_path / "node_modules"
    modules.mkdir()
    (modules / "lmiforall").symlink_to(Path(__file__).resolve().parents[2] / "clients" / "js")
    (tmp_path / "shown.mjs").write_text(shown["javascript"], "utf-8")
    commands = {
        "curl": [program("sh"), "-c", shown["curl"]],
        "python": [sys.executable, "-c", shown["python"]],
        "javascript": [program("node"), str(tmp_path / "shown.mjs")],
    }
    for name, command in commands.items():
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, (name, done.stderr)
        assert len(done.stdout) > 30, name


def test_axe_finds_nothing_wrong_with_an_answer_on_the_page(page: Page, served: str) -> None:
    choose(page, served, FIGURES)
    run(page)
    found = Axe().run(page).response
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


def test_it_asks_nobody_else_and_runs_no_script_of_elsewhere(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    choose(page, served, PAY)
    run(page)
    assert all(address.startswith(served) for address in asked)
    policy = httpx.get(f"{served}/explorer").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
