"""A publisher's site on this machine, which can misbehave in every way that a test asks for."""

import io
import ssl
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openpyxl

from lmiforall.base.dataset import Address, Dataset, Download, Source
from lmiforall.base.licence import OGL3
from lmiforall.extract.manners import Manners

# The publisher's key and certificate, good for this machine only.
CERTIFICATE = Path(__file__).with_name("localhost.pem")
QUICK = Manners(first_wait=0.01, connect=2, silence=1)
HOST = "https://stats.example"

Answer = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request; an answer writes to it what it likes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        with site.counting(self):
            site.answers.get(self.path, status(404))(self)

    def send(self, code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Takes what a client does to it (breaks off, doesn't trust it) without a word."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        pass


class Site:
    """``answers`` by path (with the query), what was ``asked`` (path and headers), and the most at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def __setitem__(self, address: str, answer: Answer) -> None:
        """Answer so for a publisher's address, as a mirror of it."""
        self.answers["/" + address.removeprefix("https://")] = answer

    @contextmanager
    def counting(self, request: Asked) -> Iterator[None]:
        with self._lock:
            self.asked.append((request.path, dict(request.headers.items())))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            with self._lock:
                self.at_once -= 1


@contextmanager
def serving(*, secure: bool = False) -> Iterator[Site]:
    server = Server(("127.0.0.1", 0), Asked)
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(f"{'https' if secure else 'http'}://127.0.0.1:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Answers.


def whole(content: bytes, etag: str = "", modified: str = "") -> Answer:
    """Give a file as a publisher does: 304 to who has it already, by its etag or its date."""
    headers = {name: value for name, value in {"ETag": etag, "Last-Modified": modified}.items() if value}

    def answer(request: Asked) -> None:
        held = (request.headers["If-None-Match"], request.headers["If-Modified-Since"])
        if (etag and held[0] == etag) or (modified and not held[0] and held[1] == modified):
            request.send(304, headers)
        else:
            request.send(200, {**headers, "Content-Length": str(len(content))}, content)

    return answer


def status(code: int, headers: Mapping[str, str] | None = None) -> Answer:
    return lambda request: request.send(code, {"Content-Length": "0", **(headers or {})})


def redirect(to: str) -> Answer:
    return status(302, {"Location": to})


def cut_short(content: bytes, of: int) -> Answer:
    """Promise more bytes than come, and hang up."""

    def answer(request: Asked) -> None:
        request.send(200, {"Content-Length": str(of)}, content)
        request.close_connection = True

    return answer


def cut_chunks(content: bytes) -> Answer:
    """Send a part without saying how much there is, and hang up before the end."""

    def answer(request: Asked) -> None:
        chunk = f"{len(content):x}\r\n".encode() + content + b"\r\n"
        request.send(200, {"Transfer-Encoding": "chunked"}, chunk)
        request.close_connection = True

    return answer


def stalling(content: bytes, sent: threading.Event, go_on: threading.Event) -> Answer:
    """Send half, and wait."""

    def answer(request: Asked) -> None:
        half = len(content) // 2
        request.send(200, {"Content-Length": str(len(content))}, content[:half])
        request.wfile.flush()
        sent.set()
        go_on.wait(20)
        request.wfile.write(content[half:])

    return answer


def slowly(answer: Answer, seconds: float) -> Answer:
    def later(request: Asked) -> None:
        time.sleep(seconds)
        answer(request)

    return later


def in_turn(*answers: Answer) -> Answer:
    """Give one answer after another, and the last for good."""
    left = list(answers)

    def answer(request: Asked) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


# Files and declarations.


def workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def source(**changes: Any) -> Source:
    given = {
        "name": "table",
        "publisher": "Office of Examples",
        "title": "A table",
        "page": f"{HOST}/about",
        "licence": OGL3,
        "files": r"tables/table_(?P<year>\d{4})\.xlsx$",
        "downloads": (Download((Address(f"{HOST}/{{year}}/table.xlsx"),), "tables/table_{year}.xlsx"),),
        "editions": ({"year": "2024"},),
    }
    return Source(**{**given, **changes})


def dataset(*sources: Source, name: str = "toy") -> Dataset:
    return Dataset(name, "Toy", "", Path(), dimensions=(), rows=(1, 1), sources=sources or (source(),))
