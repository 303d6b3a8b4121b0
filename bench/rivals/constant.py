"""One of our answers -> a server that sends it to whatever is asked: the limit of uvicorn for those very bytes.

``--bare`` keeps of its headers only those without which it couldn't be read, so that the cost of ours shows. ``--spin``
works for so long before each answer: what is known to take so long should be measured as that.
"""

import http.client
import time
from typing import Annotated

import typer
import uvicorn

from lmiforall.__main__ import SERVER
from lmiforall.serve.web import Message, Receive, Scope, Send

_NEEDED = ("content-length", "content-type")


class Constant:
    """The ASGI application: it looks at nothing."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes, spin_us: int = 0) -> None:
        self._spin_s = spin_us / 1e6
        self._start: Message = {"type": "http.response.start", "status": status, "headers": headers}
        self._body: Message = {"type": "http.response.body", "body": body}

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if self._spin_s:
                until = time.perf_counter() + self._spin_s
                while time.perf_counter() < until:
                    pass
            await send(self._start)
            await send(self._body)


def like(port: int, question: str, etag: str, spin_us: int, *, bare: bool) -> Constant:
    """Ask our own server on a port, and take its answer for everything."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", question, headers={"If-None-Match": etag} if etag else {})
    response = connection.getresponse()
    # uvicorn writes the date itself.
    headers = [
        (name.lower().encode(), value.encode("latin-1"))
        for name, value in response.getheaders()
        if name.lower() != "date" and (not bare or name.lower() in _NEEDED)
    ]
    return Constant(response.status, headers, response.read(), spin_us)


def main(
    port: Annotated[int, typer.Option()],
    ours: Annotated[int, typer.Option(help="The port of our own server.")],
    question: Annotated[str, typer.Option(help="Whose answer is sent.")],
    etag: Annotated[str, typer.Option(help="Ask for it as one who has this; the answer is a 304 then.")] = "",
    spin: Annotated[int, typer.Option(min=0, help="Work for so many microseconds before each answer.")] = 0,
    *,
    bare: Annotated[bool, typer.Option("--bare", help="Without the headers that could be left out.")] = False,
) -> None:
    """Serve one constant answer under the settings of `lmi serve`."""
    uvicorn.run(like(ours, question, etag, spin, bare=bare), port=port, **SERVER)


if __name__ == "__main__":
    typer.run(main)
