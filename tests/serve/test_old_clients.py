"""What clients of 2013 to 2017 do, done again to a running server: scripts and fetch in a page, requests in Python."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser

V1 = "/api/v1/"


class Elsewhere(BaseHTTPRequestHandler):
    """A page of somebody else's site: empty, and on another origin than the API."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title>")

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()


# What jQuery does for dataType 'jsonp': a function of a name made up, a script with callback and _ in its address.
JSONP = """address => new Promise((done, failed) => {
    const name = 'jQuery1910_' + Math.floor(Math.random() * 1e9);
    window[name] = done;
    const script = document.createElement('script');
    script.onerror = () => failed(new Error('the script failed'));
    script.src = address + (address.includes('?') ? '&' : '?') + 'callback=' + name + '&_=' + Date.now();
    document.head.appendChild(script);
})"""

# A fetch that names a content type is asked for by OPTIONS first.
FETCH = """address => fetch(address, {headers: {'Content-Type': 'application/json'}}).then(answer => answer.json())"""


@pytest.mark.parametrize("way", [JSONP, FETCH], ids=["jsonp", "fetch"])
@pytest.mark.parametrize("path", ["ashe/estimatePay?soc=4135", "ess/regions", "ashe/estimatePay?soc=9999"])
def test_a_page_of_another_site_gets_the_answer(served: str, browser: Browser, way: str, path: str) -> None:
    with elsewhere() as page_of_theirs:
        page = browser.new_page()
        page.goto(page_of_theirs)
        given = page.evaluate(way, f"{served}{V1}{path}")
        page.close()
    assert given == requests.get(f"{served}{V1}{path}", timeout=10).json()
    assert ("error" in given) == ("9999" in path)


@pytest.mark.parametrize("root", ["/api/v1", "/api", "/api/v1/", "//api//v1"])
def test_a_client_joins_its_addresses_as_it_always_did(served: str, root: str) -> None:
    # SOURCE: contract, section 0.1: a client's root ends in a slash and its paths begin with one.
    given = requests.get(f"{served}{root}/wf/predict/breakdown/region?soc=5231", timeout=10)
    assert given.status_code == 200
    assert given.json()["breakdown"] == "region"


def test_the_parameters_of_requests_are_read_whatever_it_escapes(served: str) -> None:
    filters = {"soc": 4135, "filters": "gender:2|status:1"}
    escaped = requests.get(f"{served}{V1}ashe/estimatePay", params=filters, timeout=10)
    plain = requests.get(f"{served}{V1}ashe/estimatePay?soc=4135&filters=gender:2,status:1", timeout=10)
    assert escaped.json() == plain.json()
    assert escaped.json()["series"]


def test_what_a_client_reads_of_an_answer_is_what_it_read(served: str) -> None:
    def ask(path: str) -> Any:
        return requests.get(served + V1 + path, timeout=10)

    assert ask("soc/search?q=gobbledygook").text == "[]"
    assert ask("soc/search?q=").text == '{"error":"Please give a string to search for."}'
    assert ask("soc/search?q=plumber").json()[0]["soc"] == 5314
    assert {one["soc"] for one in ask("soc/search?q=bus AND driver").json()} == {8213}
    assert ask("soc/code/9999").status_code == 400
    series = ask("ashe/estimatePay?soc=4135&coarse=true").json()
    assert series["soc"] == 41
    assert all(isinstance(one["estpay"], int) and one["estpay"] % 10 == 0 for one in series["series"])
    # A client asks for this year to six years on, and needs this year to be there.
    years = [one["year"] for one in ask("wf/predict?soc=5231&minYear=2026&maxYear=2032").json()["predictedEmployment"]]
    assert years == list(range(2026, 2033))
    assert "series" not in ask("ashe/estimatePay?soc=1116&filters=industry:1").json()
    assert ask("vacancies/search?keywords=plumber&location=BR1 3NN&radius=10&limit=50").json() == []


def test_a_page_of_another_site_may_sign_its_requests(served: str, browser: Browser) -> None:
    signed = """address => fetch(address, {headers: {Authorization: 'Signature keyId="nobody"'}}).then(a => a.json())"""
    with elsewhere() as page_of_theirs:
        page = browser.new_page()
        page.goto(page_of_theirs)
        given = page.evaluate(signed, f"{served}{V1}ess/regions")
        page.close()
    assert given["London"] == 1


def test_head_and_options_are_as_a_browser_wants_them(served: str) -> None:
    address = f"{served}{V1}ashe/estimatePay?soc=4135"
    head, got = requests.head(address, timeout=10), requests.get(address, timeout=10)
    assert (head.status_code, head.text) == (200, "")
    assert head.headers["content-length"] == str(len(got.content))
    options = requests.options(address, headers={"Access-Control-Request-Headers": "content-type"}, timeout=10)
    assert options.status_code == 204
    assert options.headers["access-control-allow-origin"] == "*"
    # SOURCE: Fetch Standard: the wildcard doesn't stand for Authorization, which a signed request from a page has.
    allowed = options.headers["access-control-allow-headers"].split(", ")
    assert {"Authorization", "Content-Type", "X-Requested-With", "*"} <= set(allowed)
    assert requests.post(address, timeout=10).status_code == 405
