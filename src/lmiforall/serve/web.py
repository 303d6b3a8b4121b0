"""HTTP around the answers: routes, held answers, ETag, 304, gzip, CORS, HEAD and OPTIONS.

Rule 1: a release never changes, so an answer that was made once is held and sent again as it is.
Rule 2: every answer says its release, and has a strong ETag of its very bytes, or of all that they are made of.
Rule 3: an error of ours is logged and answered as JSON; nothing of its inside is told.
"""

import asyncio
import gzip
import logging
import re
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, MutableMapping
from functools import lru_cache, partial
from http import HTTPStatus
from typing import Any

import msgspec

from lmiforall.base.problem import Problem, Stop
from lmiforall.serve import jsonp
from lmiforall.serve.answer import JSON, Answer, Missing, Stream, digest, encode, refused
from lmiforall.serve.gate import Gate

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A handler is given the rest of the path (after the route) and the raw query; one of ``POST /path`` the body.
Handler = Callable[[str, bytes], Answer | Stream]

# How much memory held answers may take; the oldest go first.
HELD_BYTES = 24 * 1024 * 1024
# Of the questions of late a byte each is remembered, at so many places, so that an answer is held from the second time.
REMEMBERED = 1 << 20
# A body under this size fits one packet: gzip would only cost.
GZIP_FROM = 860
# A release can be replaced any day: caches ask again after an hour, and 304 then costs next to nothing.
CACHE, UNKEPT = b"public, max-age=3600", b"no-store"

_COMMON = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, X-Auth-Type, X-LMI-Note, X-LMI-Notice, X-LMI-Release, X-LMI-Status, X-LMI-Year",
    ),
    (b"x-content-type-options", b"nosniff"),
)
_OF_THE_BODY = (b"content-length", b"content-type", b"content-encoding")
_NO_BODY: Message = {"type": "http.response.body", "body": b""}
_OK = HTTPStatus.OK.value
# SOURCE: zlib.h: 15 for the largest window, and 16 more for a gzip header and trailer.
_GZIP = 15 + 16
# SOURCE: contract, section 0.6: the body of an answer that failed.
BROKEN = {
    "error": "Internal API error",
    "details": "Sorry, something went wrong on the API server. The error has been reported to technical staff.",
}
# What a page of elsewhere may send. ``*`` is any of them, but never Authorization, and browsers of before 2019 didn't
# know it. SOURCE: Fetch Standard, "CORS non-wildcard request-header name".
ALLOWED_HEADERS = b"Authorization, Content-Type, If-None-Match, X-Requested-With, *"
# A body may be so long that a single text of 10 MB in it is still read, and cut where it is used.
MOST_BODY = 16 * 1024 * 1024
# Where a path is the beginning of others, so many of them are named.
MOST_BELOW = 5
# What a gate guards, and a script may be made of.
API = "/api/"
_SLASHES = re.compile(r"/{2,}")

log = logging.getLogger("lmiforall.serve")


class _Held(msgspec.Struct):
    """An encoded answer, ready to send; as gzip, and as 304, from the first time that somebody takes it so."""

    status: int
    etag: bytes
    start: Message
    body: Message
    zipped: "_Held | None" = None
    unchanged: Message | None = None

    @property
    def size(self) -> int:
        return len(self.body["body"]) * 2 + 1500


class Service:
    """The ASGI application. ``exact`` maps whole paths to handlers, ``below`` maps prefixes ending in ``/``.

    ``named`` are the paths behind those prefixes, as they are described.
    """

    def __init__(
        self,
        release: str,
        exact: Mapping[str, Handler],
        below: Mapping[str, Handler],
        gate: Gate | None = None,
        named: Iterable[str] = (),
    ) -> None:
        self._release = release.encode()
        self._gate = gate
        # What a path is likened to is what stands before a parameter in it.
        self._named = {path.partition("{")[0].rstrip("/"): path for path in [*exact, *named]}
        self._exact = dict(exact)
        self._below = dict(below)
        self._held: dict[tuple[bytes, bytes], _Held] = {}
        self._held_bytes = 0
        self._asked = bytearray(REMEMBERED)
        # PERF: all but ETag and length are the same for many answers: 0.2 us for 1.1 (bench/answers.py, v2 figure).
        self._same = lru_cache(maxsize=1000)(partial(_headers, self._release))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _lifespan(receive, send) if scope["type"] == "lifespan" else None
            return
        method = scope["method"]
        if (
            self._gate is not None
            and method in ("GET", "HEAD", "POST")
            and _SLASHES.sub("/", scope["path"]).startswith(API)
        ):
            admitted = self._admitted(self._gate, scope, send)
            if isinstance(admitted, _Held):
                await _send(admitted, scope, send)
                return
            send = admitted
        question = (scope["raw_path"], scope["query_string"])
        # PERF: a held answer costs one look-up and one pass over the headers (bench/answers.py, held).
        held = self._held.get(question) if method == "GET" else None
        if held is None:
            if method == "POST" and f"POST {scope['path']}" in self._exact:
                await self._post(scope, receive, send)
                return
            if method not in ("GET", "HEAD"):
                await self._other_method(method, scope["path"], send)
                return
            made = self._make(scope["path"], scope["query_string"])
            if isinstance(made, Stream):
                await self._stream(made, scope, send)
                return
            held = self._encode(made)
            if made.status == _OK and made.lasting and self._comes_again(question):
                self._hold(question, held)
        # PERF: what _send does, without a second coroutine (bench/answers.py, held).
        start, body = _messages(held, scope["headers"])
        await send(start)
        await send(body if method == "GET" else _NO_BODY)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read a body and answer it, in another thread: others are answered meanwhile."""
        given = _sent(scope["headers"], b"content-length")
        body = None if given.isdigit() and int(given) > MOST_BODY else await _body_of(receive)
        if body is None:
            problem = Problem(f"the body is longer than {MOST_BODY:,} bytes", do="Send it in parts")
            made: Answer | Stream = refused(problem, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            made = await asyncio.to_thread(self._answered, f"POST {scope['path']}", body)
        if not isinstance(made, Answer):
            raise TypeError("a posted body is answered whole")
        start, sent = _messages(self._encode(made), scope["headers"])
        await send(start)
        await send(sent)

    def _admitted(self, gate: Gate, scope: Scope, send: Send) -> "_Held | Send":
        """Ask the gate: a refusal, or the way to send an answer that names the kind of key."""
        query, ip = scope["query_string"], (scope.get("client") or ("",))[0]
        admitted = gate.admit(scope["headers"], query, ip)
        kind = (b"x-auth-type", admitted.kind.encode())
        if admitted.refusal is None:
            return _marked(send, kind)
        refusal = self._encode(admitted.refusal if b"callback=" not in query else jsonp.answer(admitted.refusal, query))
        refusal.start["headers"].append(kind)
        return refusal

    def _make(self, path: str, query: bytes) -> Answer | Stream:
        """Answer; as a script, where the old API is asked for one."""
        made = self._answered(path, query)
        if b"callback=" in query and _SLASHES.sub("/", path).startswith(API) and "/v2/" not in path:
            return jsonp.wrapped(made, query)
        return made

    def _answered(self, path: str, query: bytes) -> Answer | Stream:
        """Find the handler and let it answer; whatever goes wrong in it becomes a 500 in JSON."""
        try:
            if handler := self._exact.get(path):
                return handler("", query)
            handler, rest = self._route(path)
            return handler(rest, query)
        except Missing as missing:
            return _refused(path, missing.problems[0], HTTPStatus.NOT_FOUND)
        except Stop as stop:
            return _refused(path, stop.problems[0], HTTPStatus.BAD_REQUEST)
        except Exception:
            log.exception("an answer failed: %s", path[:200])
            problem = Problem("something went wrong on this server", do="It has been logged; please try again later.")
            return _refused(path, problem, HTTPStatus.INTERNAL_SERVER_ERROR)

    def _route(self, path: str) -> tuple[Handler, str]:
        end = path.rfind("/") + 1
        # PERF: nearly every path that isn't one of ours as it stands ends with a parameter: 0.4 us for 0.6
        # (bench/endpoints.py, wf/predict/breakdown).
        if (below := self._below.get(path[:end])) and end < len(path):
            return below, path[end:]
        path = _SLASHES.sub("/", path) if "//" in path else path
        for candidate in (path, path.rstrip("/")):
            if handler := self._exact.get(candidate):
                return handler, ""
        # PERF: slash by slash from the end, for the longest prefix: 1 us where a look at every prefix takes 6
        # (bench/endpoints.py, ess/region).
        end = path.rfind("/") + 1
        while end:
            if below := self._below.get(path[:end]):
                return below, path[end:]
            end = path.rfind("/", 0, end - 1) + 1
        return self._unknown, path

    def _unknown(self, path: str, _: bytes) -> Answer:
        from difflib import get_close_matches

        begun = f"{path.rstrip('/')}/"
        if below := [self._named[one] for one in self._named if one.startswith(begun)]:
            do = f"Below it are {', '.join(below[:MOST_BELOW])}; /openapi.json describes all"
        else:
            near = get_close_matches(path[:200], self._named, 1, 0.3)
            do = f"The nearest is {self._named[near[0]] if near else '/openapi.json'}"
        problem = Problem(f"there is nothing at {path[:200]}", do=do)
        return _refused(path, problem, HTTPStatus.NOT_FOUND)

    def _encode(self, answer: Answer) -> _Held:
        body = answer.body
        etag = b'"%s"' % (answer.tag or digest(body)).encode()
        headers = [
            *self._same(answer.kind, answer.headers, CACHE if answer.status == _OK and answer.lasting else UNKEPT),
            (b"etag", etag),
            (b"content-length", b"%d" % len(body)),
        ]
        if answer.link:
            headers.append((b"link", answer.link.encode("latin-1", "replace")))
        return _Held(answer.status, etag, _start(answer.status, headers), _body(body))

    def _comes_again(self, question: tuple[bytes, bytes]) -> bool:
        """Say whether a question was asked of late, and remember it; once in 256 times it says so of a new one."""
        # PERF: holding costs 6 us, and pushes another answer out: only what is asked again is worth it
        # (bench/answers.py, v2 figure).
        number = hash(question)
        place, mark = number % REMEMBERED, number >> 24 & 255
        before, self._asked[place] = self._asked[place], mark
        return before == mark

    def _hold(self, question: tuple[bytes, bytes], held: _Held) -> None:
        """Keep an answer, and drop the oldest while there are too many."""
        if held.size > HELD_BYTES // 20:
            return
        self._held[question] = held
        self._held_bytes += held.size + len(question[0]) + len(question[1])
        while self._held_bytes > HELD_BYTES:
            oldest = next(iter(self._held))
            self._held_bytes -= self._held.pop(oldest).size + len(oldest[0]) + len(oldest[1])

    async def _other_method(self, method: str, path: str, send: Send) -> None:
        allowed = b"GET, HEAD, OPTIONS, POST" if f"POST {path}" in self._exact else b"GET, HEAD, OPTIONS"
        headers = [*_COMMON, (b"x-lmi-release", self._release), (b"allow", allowed)]
        if method == "OPTIONS":
            headers += [
                (b"access-control-allow-methods", allowed),
                (b"access-control-allow-headers", ALLOWED_HEADERS),
                (b"access-control-max-age", b"86400"),
                (b"content-length", b"0"),
            ]
            await send(_start(HTTPStatus.NO_CONTENT, headers))
            await send(_NO_BODY)
            return
        answer = refused(Problem(f"{method[:20]} is not understood here", do="Ask with GET."), 405)
        await send(_start(405, [*headers, (b"content-type", JSON.encode())]))
        await send(_body(answer.body))

    async def _stream(self, stream: Stream, scope: Scope, send: Send) -> None:
        packed = stream.packable and _takes_gzip(_sent(scope["headers"], b"accept-encoding"))
        etag = f'"{stream.tag}{"-gzip" if packed else ""}"'.encode()
        headers = [*self._same(stream.kind, stream.headers, CACHE), (b"etag", etag)]
        if _matches(_sent(scope["headers"], b"if-none-match"), etag):
            await send(_start(HTTPStatus.NOT_MODIFIED, headers))
            await send(_NO_BODY)
            return
        await send(_start(_OK, [*headers, (b"content-encoding", b"gzip")] if packed else headers))
        if scope["method"] == "GET":
            async for piece in _packed(stream.pieces) if packed else stream.pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                # A piece takes milliseconds to make; whoever else waits has a turn before the next one.
                await asyncio.sleep(0)
        await send(_NO_BODY)


def _refused(path: str, problem: Problem, status: HTTPStatus) -> Answer:
    """Refuse; the old API had one key for that, and words of its own for a fault of the server."""
    path = _SLASHES.sub("/", path)
    if not path.startswith(API) or path.startswith(f"{API}v2/"):
        return refused(problem, status)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        return Answer(encode(BROKEN | {"code": status.value}), status)
    return Answer(encode({"error": str(problem)}), status)


async def _body_of(receive: Receive) -> bytes | None:
    """Read a body to its end; None where it is too long. Of one that breaks off what came is taken, and is no JSON."""
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        piece = message.get("body", b"")
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BODY:
            return None
        more = message.get("more_body", False)
    return b"".join(pieces)


async def _send(held: _Held, scope: Scope, send: Send) -> None:
    start, body = _messages(held, scope["headers"])
    await send(start)
    await send(body if scope["method"] == "GET" else _NO_BODY)


def _marked(send: Send, header: tuple[bytes, bytes]) -> Send:
    """Give a way to send that adds a header to the start of an answer, which itself stays as it is held."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], header]}
        await send(message)

    return sending


def _messages(held: _Held, headers: list[tuple[bytes, bytes]]) -> tuple[Message, Message]:
    """Choose what to send by what the client takes and has: the answer, its gzip, or a 304."""
    seen = b""
    for name, value in headers:
        if name == b"accept-encoding" and _takes_gzip(value):
            held = _zipped(held)
        elif name == b"if-none-match":
            seen = value
    if seen and held.status == _OK and _matches(seen, held.etag):
        return _unchanged(held), _NO_BODY
    return held.start, held.body


def _takes_gzip(accepted: bytes) -> bool:
    return b"gzip" in accepted and b"gzip;q=0" not in accepted


async def _packed(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Give pieces as gzip, made as they come."""
    # PERF: of pay's 145 MB of CSV, level 1 leaves 7% in 0.31 s, level 6 5% in 0.93 s (bench/serving.py).
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    async for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def _unchanged(held: _Held) -> Message:
    """Give an answer as 304, made once."""
    if held.unchanged is None:
        kept = [pair for pair in held.start["headers"] if pair[0] not in _OF_THE_BODY]
        held.unchanged = _start(HTTPStatus.NOT_MODIFIED, kept)
    return held.unchanged


def _zipped(held: _Held) -> _Held:
    """Give an answer with gzip, made once; a short one stays as it is."""
    body = held.body["body"]
    if len(body) < GZIP_FROM:
        return held
    if held.zipped is None:
        packed, etag = gzip.compress(body, 6, mtime=0), held.etag[:-1] + b'-gzip"'
        kept = [pair for pair in held.start["headers"] if pair[0] not in (b"etag", b"content-length")]
        added = [(b"etag", etag), (b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(packed))]
        held.zipped = _Held(held.status, etag, _start(held.status, kept + added), _body(packed))
    return held.zipped


def _matches(seen: bytes, etag: bytes) -> bool:
    """Compare as If-None-Match asks: any of a list, weak or strong, or ``*``."""
    # PERF: nearly every client sends the one ETag that it was given: 0.1 us for 0.5 (bench/answers.py, unchanged).
    return seen == etag or any(part.strip().removeprefix(b"W/") in (etag, b"*") for part in seen.split(b","))


def _sent(headers: list[tuple[bytes, bytes]], wanted: bytes) -> bytes:
    return next((value for name, value in headers if name == wanted), b"")


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _body(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body}


def _headers(release: bytes, kind: str, extra: tuple[tuple[str, str], ...], cache: bytes) -> list[tuple[bytes, bytes]]:
    """Write the headers of an answer; what latin-1 can't hold becomes a question mark, a line break a space.

    ``cache`` says what caches may do.
    """
    own = [(name.lower().encode("latin-1"), " ".join(text.split())) for name, text in extra]
    return [
        *_COMMON,
        (b"x-lmi-release", release),
        (b"content-type", kind.encode("latin-1")),
        *[(name, text.encode("latin-1", "replace")) for name, text in own],
        (b"cache-control", cache),
        (b"vary", b"accept-encoding"),
    ]


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
