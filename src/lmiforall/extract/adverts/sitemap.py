"""A sitemap, plain or packed -> the pages and the further sitemaps that it names.

SOURCE: sitemaps.org/protocol.html: at most 50,000 addresses and 50 MB each.
"""

import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lmiforall.base.problem import Problem, Stop

MOST_ADDRESSES, MOST_BYTES = 50_000, 52_428_800
# SOURCE: zlib.h: 15 for the largest window, and 16 more for a gzip header.
_GZIP = 15 + 16


@dataclass(frozen=True)
class Sitemap:
    """The addresses in it, in its order."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def read(body: bytes, where: str) -> Sitemap:
    """Read one; Stop where it is cut short, too large or no sitemap."""
    try:
        root = fromstring(_plain(body, where), forbid_dtd=True)
    except (ParseError, DefusedXmlException, zlib.error) as error:
        raise Stop(Problem(f"the sitemap is cut short, or none ({error})", where)) from error
    kind = root.tag.rpartition("}")[2]
    found = [
        (child.text or "").strip()
        for entry in root[:MOST_ADDRESSES]
        for child in entry
        if child.tag.rpartition("}")[2] == "loc"
    ]
    if kind == "sitemapindex":
        return Sitemap((), tuple(found))
    if kind != "urlset":
        raise Stop(Problem(f"it is no sitemap but <{kind[:40]}>", where))
    return Sitemap(tuple(found), ())


def _plain(body: bytes, where: str) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(_GZIP)
    plain = unpacker.decompress(body, MOST_BYTES)
    if unpacker.unconsumed_tail:
        raise Stop(Problem(f"the sitemap unpacks to more than {MOST_BYTES:,} bytes", where))
    return plain
