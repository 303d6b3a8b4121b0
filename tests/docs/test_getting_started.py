"""Every snippet of docs/developers/getting-started.md, run as it stands by the real program against a real server."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tools.reference.answers import SHOWN
from tools.reference.shortened import shortened

PAGE = Path(__file__).resolve().parents[2] / "docs" / "developers" / "getting-started.md"
SHOWN_ADDRESS = "http://127.0.0.1:8000"

_SHELL = re.compile(r"```sh\n(.*?)```(?:\s*<!-- answer: \S+ -->\n```text\n(.*?)```)?", re.DOTALL)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def only(language: str) -> str:
    (block,) = blocks(language)
    return block


def run(command: list[str], served: str, snippet: str, folder: Path) -> str:
    """Run a snippet out of a file, with the served address in place of the one that is shown."""
    assert SHOWN_ADDRESS in snippet
    place = folder / "snippet.mjs"
    place.write_text(snippet.replace(SHOWN_ADDRESS, served), "utf-8")
    done = subprocess.run([*command, str(place)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def printed() -> str:
    """What the three programs print, as the page shows it."""
    text = PAGE.read_text("utf-8")
    found = re.search(r"<!-- printed -->\n```text\n(.*?)\n```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("snippet", [found[0] for found in _SHELL.findall(PAGE.read_text("utf-8"))])
def test_a_curl_snippet_prints_what_the_page_shows(
    snippet: str, program: Callable[[str], str], served: str, tmp_path: Path
) -> None:
    program("curl")
    answer = run(["sh"], served, snippet, tmp_path)
    shown = dict(_SHELL.findall(PAGE.read_text("utf-8")))[snippet]
    assert answer
    if shown:
        assert shortened(answer, SHOWN) == shown.strip()


def test_the_unchanged_answer_is_a_304_and_the_modelled_one_says_so(
    program: Callable[[str], str], served: str, tmp_path: Path
) -> None:
    program("curl")
    answers = [run(["sh"], served, snippet, tmp_path) for snippet in blocks("sh")]
    assert "304" in answers
    assert "x-lmi-status: modelled" in answers
    assert any(answer.startswith("soc,region,year,measure,value,") for answer in answers)


@pytest.mark.parametrize(("language", "interpreter"), [("python", "python3"), ("javascript", "node"), ("r", "Rscript")])
def test_a_program_prints_what_the_page_shows(
    language: str, interpreter: str, program: Callable[[str], str], served: str, tmp_path: Path
) -> None:
    assert run([program(interpreter)], served, only(language), tmp_path) == printed()


@pytest.fixture
def another_site(tmp_path: Path, served: str) -> Iterator[str]:
    """A site of somebody else, whose page runs the snippet."""
    snippet = only("javascript").replace(SHOWN_ADDRESS, served)
    (tmp_path / "index.html").write_text(
        f'<!doctype html><link rel="icon" href="data:,"><script type="module">\n{snippet}</script>'
    )
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(tmp_path))) as site:
        thread = Thread(target=site.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()
        thread.join()


def test_the_javascript_runs_in_a_page_of_another_site(browser: Browser, another_site: str) -> None:
    said: list[str] = []
    page = browser.new_page()
    # The browser's own complaint about the request that is refused on purpose is an error; what is printed is a log.
    page.on("console", lambda message: said.append(message.text) if message.type == "log" else None)
    page.goto(another_site)
    deadline = time.monotonic() + 20
    while len(said) < len(printed().splitlines()) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.close()
    assert "\n".join(said) == printed()


def test_every_block_of_code_on_the_page_is_run() -> None:
    """A language that nobody runs would be a claim that nobody checks; ``text`` is what is printed or typed."""
    languages = set(re.findall(r"^```(\w+)$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert languages == {"sh", "python", "javascript", "r", "text"}
