"""A service on this machine that answers as a test tells it to, one answer after the other: for both clients."""

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After, Date"}


class Asked(BaseHTTPRequestHandler):
    """One request; the answer writes to it what it likes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        service: Troubled = self.server.service  # type: ignore[attr-defined]
        with service.lock:
            service.asked.append((self.path, {name.lower(): text for name, text in self.headers.items()}))
            answers = service.answers.get(self.path, [status(404)])
            # The last answer is given again and again.
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        answer(self)

    def send(self, code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in {**CORS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Takes it without a word when a client breaks off."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        pass


class Troubled:
    """``answers`` by path, in the order in which they are given; what was ``asked``: path and headers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.lock = threading.Lock()


@contextmanager
def serving() -> Iterator[Troubled]:
    server = Server(("127.0.0.1", 0), Asked)
    service = Troubled(f"http://127.0.0.1:{server.server_port}")
    server.service = service  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Answers.


def said(text: str, headers: Mapping[str, str] | None = None, code: int = 200) -> Answer:
    body = text.encode()
    own = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
    return lambda request: request.send(code, own, body)


def status(code: int, headers: Mapping[str, str] | None = None) -> Answer:
    return lambda request: request.send(code, {"Content-Length": "0", **(headers or {})})


def with_etag(text: str, etag: str) -> Answer:
    """Give 304 to who has it."""

    def answer(request: Asked) -> None:
        if request.headers["If-None-Match"] == etag:
            request.send(304, {"ETag": etag, "Cache-Control": "no-cache"})
        else:
            said(text, {"ETag": etag, "Cache-Control": "no-cache"})(request)

    return answer


def packed(text: str, *, cut: int = 0) -> Answer:
    """Give gzip, or only all but ``cut`` bytes of it, as if that were the whole."""
    body = gzip.compress(text.encode())
    body = body[: len(body) - cut]
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json", "Content-Length": str(len(body))}
    return lambda request: request.send(200, headers, body)


def cut_short(text: str, of: int) -> Answer:
    """Promise more bytes than come, and hang up."""

    def answer(request: Asked) -> None:
        request.send(200, {"Content-Type": "application/json", "Content-Length": str(of)}, text.encode())
        request.close_connection = True

    return answer


def dripping(text: str, go_on: threading.Event, every: float = 0.05) -> Answer:
    """Send a byte now and then, so that no single one is late."""

    def answer(request: Asked) -> None:
        request.send(200, {"Content-Type": "application/json", "Content-Length": str(len(text))})
        for byte in text.encode():
            if go_on.wait(every):
                return
            request.wfile.write(bytes([byte]))
            request.wfile.flush()

    return answer


def silent(go_on: threading.Event) -> Answer:
    """Take the question and say nothing."""

    def answer(request: Asked) -> None:
        go_on.wait(20)
        request.close_connection = True

    return answer
