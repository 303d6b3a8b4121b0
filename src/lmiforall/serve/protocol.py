"""What comes over a connection -> a request; spaces and letters with accents in its address are read as if escaped.

SOURCE: contract, section 1: old clients join a search's words to the address as they are, and nginx took it. So do
curl and PHP with what isn't ASCII.
"""

import re

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LINE = re.compile(rb"(GET|HEAD|OPTIONS) (\S[^\r\n]*) (HTTP/1\.[01])\r\n")
_REFUSED = re.compile(rb"[ \x80-\xff]")
# A request line has two: one after the method, one before the version.
_SPACES = 2


class Protocol(HttpToolsProtocol):
    """Uvicorn's own, that escapes what its parser refuses in an address before the parser sees it."""

    _between = True

    def data_received(self, data: bytes) -> None:
        # PERF: a count within the first line costs 1 us of the 60 or more of a request (bench/answers.py, held).
        # Only where a message begins: in the midst of a body, a line that looks like a request is none.
        if self._between and (data.count(b" ", 0, data.find(b"\r\n")) > _SPACES or not data.isascii()):
            data = _LINE.sub(_escaped, data, count=1) if _LINE.match(data) else data
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._between = True
        super().on_message_complete()


def _escaped(line: re.Match[bytes]) -> bytes:
    address = _REFUSED.sub(lambda found: b"%%%02X" % found[0][0], line[2])
    return b"%s %s %s\r\n" % (line[1], address, line[3])
