"""A configuration of sources of adverts (TOML) -> each source by its name, its keys filled in.

An address or key that begins with ``$`` is a name in the environment, so that no key need stand in a file.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.adverts.adzuna import Adzuna
from lmiforall.extract.adverts.crawl import Site
from lmiforall.extract.adverts.display_advert import DisplayAdvert

Source = Adzuna | DisplayAdvert | Site
_ADDRESS = re.compile(r"https?://[^/\s]+")


def read(file: Path, environment: Mapping[str, str]) -> dict[str, Source]:
    """Read the sources; Stop where one isn't as it should be."""
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Stop(Problem(f"the sources can't be read: {error}", str(file))) from error
    return {name: _source(name, entry, environment, file) for name, entry in told.items()}


def _source(name: str, entry: Any, environment: Mapping[str, str], file: Path) -> Source:
    where = f"{file}, source {name}"
    if not isinstance(entry, dict):
        raise Stop(Problem("a source is a table: [name]", where))
    filled = {key: _filled(value, environment, f"{where}, {key}") for key, value in entry.items()}
    try:
        source: Source = msgspec.convert(filled, Source)
        re.compile(getattr(source, "pages", ""))
    except (msgspec.ValidationError, re.error) as error:
        raise Stop(Problem(str(error), where, "docs/adverts.md shows what a source says")) from error
    if not _ADDRESS.match(source.address):
        raise Stop(Problem(f"{source.address[:80]!r} is no address", where, "It begins with https:// or http://"))
    return source


def _filled(value: Any, environment: Mapping[str, str], where: str) -> Any:
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if not (found := environment.get(value[1:], "")):
        raise Stop(Problem(f"the environment has no {value[1:]}", where))
    return found
