"""Declarations and a year -> errands: what to ask for, at which addresses, and which sources want what of it.

Rule 1: an address is asked once, however many sources want something of it.
Rule 2: an edition that is declared must be there. Where the address names a ``{year}``, the years after the last
declared one are looked for, too, and may be missing: then they aren't published yet.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lmiforall.base.dataset import Address, Dataset, Download, Source

Edition = Mapping[str, str]


@dataclass(frozen=True)
class Claim:
    """What one source of one dataset wants of an errand: a file, or those members of an archive that fit ``unpack``."""

    dataset: str
    source: Source
    save_as: str
    unpack: str = ""

    @property
    def name(self) -> str:
        """The source as the record names it: ``pay/estimates``."""
        return f"{self.dataset}/{self.source.name}"

    def place_of(self, member: str) -> str:
        """Say where a member of an archive belongs below the sources folder; empty where it isn't wanted."""
        if not re.search(self.unpack, member):
            return ""
        return self.save_as + PurePosixPath(member).name

    def holds(self, place: str, member: str) -> bool:
        """Whether a fetched file is (a part of) what is wanted here."""
        return place == (self.place_of(member) if self.unpack else self.save_as)


@dataclass(frozen=True)
class Errand:
    """One file to be got. ``known`` tells a declared edition from one that may not be published yet."""

    addresses: tuple[Address, ...]
    claims: tuple[Claim, ...]
    known: bool

    @property
    def save_as(self) -> str:
        """Where the file belongs, or the folder that the archive is unpacked into."""
        return self.claims[0].save_as

    @property
    def packed(self) -> bool:
        """Whether it is an archive to be unpacked."""
        return bool(self.claims[0].unpack)

    @property
    def title(self) -> str:
        """A short name for a person who watches."""
        return PurePosixPath(self.save_as).name

    def place_of(self, member: str) -> str:
        """Say where a member of the archive belongs; empty where nobody wants it."""
        return next(filter(None, (claim.place_of(member) for claim in self.claims)), "")

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that want something of it, each once."""
        return tuple(dict.fromkeys(claim.dataset for claim in self.claims))


def errands(wanted: Iterable[Dataset], this_year: int, *, newer: bool = True) -> tuple[Errand, ...]:
    """List what the sources of these datasets are fetched from; ``newer`` also looks for years to come."""
    found: dict[tuple[Address, ...], Errand] = {}
    for dataset in wanted:
        for source in dataset.sources:
            for one in _of_source(dataset, source, this_year if newer else 0):
                earlier = found.get(one.addresses)
                found[one.addresses] = _together(earlier, one) if earlier else one
    return tuple(found.values())


def mirrored(url: str, mirror: str) -> str:
    """Give the address of the same file on a mirror, ``<mirror>/<host>/<path>``; the official one without a mirror."""
    if not mirror:
        return url
    parts = urlsplit(url)
    return mirror.rstrip("/") + "/" + parts.netloc + parts._replace(scheme="", netloc="").geturl()


def _of_source(dataset: Dataset, source: Source, until: int) -> Iterator[Errand]:
    for download in source.downloads:
        known = source.editions or ({},)
        for edition in known:
            yield _errand(dataset, source, download, edition, known=True)
        for edition in _later(source, download, until):
            yield _errand(dataset, source, download, edition, known=False)


def _later(source: Source, download: Download, until: int) -> Iterator[Edition]:
    """Give the editions of the years after the last declared one, where years are what the address counts."""
    if source.closed or not any("{year}" in address.url for address in download.addresses):
        return
    last = max(source.editions, key=lambda edition: edition["year"])
    for year in range(int(last["year"]) + 1, until + 1):
        yield {**last, "year": str(year)}


def _errand(dataset: Dataset, source: Source, download: Download, edition: Edition, *, known: bool) -> Errand:
    addresses = tuple(replace(address, url=address.url.format_map(edition)) for address in download.addresses)
    claim = Claim(dataset.name, source, download.save_as.format_map(edition), download.unpack)
    return Errand(addresses, (claim,), known)


def _together(one: Errand, other: Errand) -> Errand:
    return replace(one, claims=(*one.claims, *other.claims), known=one.known or other.known)
