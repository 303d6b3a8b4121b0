"""clients/js: its own tests by Node on a real server, and the same module in a page of another site in Chromium."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from tests.client import troubled
from tests.client.troubled import said, status, with_etag

FOLDER = Path(__file__).resolve().parents[2] / "clients" / "js"
RELEASE = '{"release":"r1","kind":"full","rows":{}}'


def test_its_tests_pass_in_node_on_a_real_server(program: Callable[[str], str], served: str) -> None:
    done = subprocess.run(
        [program("node"), "--test", "test/"],
        cwd=FOLDER, env=os.environ | {"LMI_SERVICE": served}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"^# fail 0$", done.stdout, re.MULTILINE)
    assert re.search(r"^# skipped 0$", done.stdout, re.MULTILINE)
    assert int(re.findall(r"^# pass (\d+)$", done.stdout, re.MULTILINE)[0]) >= 19


def test_the_package_names_files_that_are_there(program: Callable[[str], str]) -> None:
    package = json.loads((FOLDER / "package.json").read_text("utf-8"))
    assert {*package["files"], package["types"][2:]} <= {path.name for path in FOLDER.iterdir()}
    code = "import('lmiforall').then((one) => console.log(Object.keys(one).sort().join()))"
    done = subprocess.run([program("node"), "-e", code], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.stdout == "LMI,LMIError,Misunderstood,NoFigures,Refused,Unreachable\n"


def test_the_example_of_its_readme_prints_what_the_readme_says(
    program: Callable[[str], str], served: str, tmp_path: Path
) -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    (code,), (printed,) = (re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("js", "text"))
    place = tmp_path / "node_modules" / "lmiforall"
    place.parent.mkdir()
    place.symlink_to(FOLDER)
    (tmp_path / "example.mjs").write_text(code.replace("http://127.0.0.1:8000", served), "utf-8")
    done = subprocess.run(
        [program("node"), str(tmp_path / "example.mjs")], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.stdout, done.stderr) == (printed, "")


def test_every_method_is_typed_and_every_typed_method_is_there() -> None:
    code, types = ((FOLDER / name).read_text("utf-8") for name in ("lmiforall.js", "lmiforall.d.ts"))
    methods = set(
        re.findall(
            r"^  (?:async )?\*?(\w+)\(.*\{$", code.split("class LMI {")[1].split("\nclass Held")[0], re.MULTILINE
        )
    )
    declared = set(re.findall(r"^  (\w+)(?:<.*>)?\(", types.split("class LMI {")[1], re.MULTILINE))
    assert methods == declared
    assert len(declared) > 15


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """A site of somebody else that holds the module."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def in_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Run a function of the module in a page of another site; it is given the module and the arguments."""
    (tmp_path / "index.html").write_text('<!doctype html><link rel="icon" href="data:,"><title>A site</title>')
    (tmp_path / "lmiforall.js").write_bytes((FOLDER / "lmiforall.js").read_bytes())
    with site(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)

        def run(code: str, *arguments: str) -> Any:
            return page.evaluate(f"async (given) => ({code})(await import('/lmiforall.js'), ...given)", list(arguments))

        yield run
        page.close()


def test_a_page_of_another_site_asks_a_real_server(in_page: Callable[..., Any], served: str) -> None:
    asked = """async ({ LMI, Refused }, service) => {
      const lmi = new LMI(service, { page: 200 });
      const { figures, statuses } = await lmi.pay(2231);
      const rows = [];
      for await (const { soc } of lmi.observations("soc2020_groups")) rows.push(soc);
      const refusal = await lmi.pay(9999).catch((error) => [error instanceof Refused, error.status]);
      return { figures, statuses, rows: rows.length, refusal };
    }"""
    found = in_page(asked, served)
    real = httpx.get(f"{served}/api/v1/ashe/estimatePay?soc=2231")
    assert [{"year": one["year"], "estpay": one["value"]} for one in found["figures"]] == real.json()["series"]
    assert ", ".join(found["statuses"]) == real.headers["x-lmi-status"]
    assert found["rows"] == httpx.get(f"{served}/api/v2/datasets/soc2020_groups/observations?limit=0").json()["total"]
    assert found["refusal"] == [True, 400]


def test_the_browser_asks_by_etag_without_a_preflight_and_waits_as_it_is_told(in_page: Callable[..., Any]) -> None:
    with troubled.serving() as service:
        service.answers["/api/v2/release"] = [status(429, {"Retry-After": "1"}), with_etag(RELEASE, '"a"')]
        service.answers["/api/v2/datasets"] = [said("<html>", {"Content-Type": "text/html"})]
        asked = """async ({ LMI }, service) => {
          const waits = [];
          const lmi = new LMI(service, { sleep: async (wait) => { waits.push(wait); }, chance: () => 0 });
          const releases = [await lmi.release(), await lmi.release()].map(({ release }) => release);
          const error = await lmi.datasets().catch(({ name }) => name);
          return { waits, releases, error };
        }"""
        found = in_page(asked, service.url)
        tags = [headers.get("if-none-match") for path, headers in service.asked if path == "/api/v2/release"]
    assert found == {"waits": [1000], "releases": ["r1", "r1"], "error": "Misunderstood"}
    # The troubled service knows no OPTIONS: a preflight would have failed.
    assert tags == [None, None, '"a"']
