"""The questions that a service answers, each a method: v2's datasets, and the old API by name or by its path."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from lmiforall.client import question, reading
from lmiforall.client.answers import (
    Crosswalk,
    DatasetInfo,
    DatasetSummary,
    Deciles,
    Observation,
    Occupation,
    Part,
    Rating,
    ReleaseInfo,
    Reply,
    Series,
    Weighted,
    YearFigure,
)
from lmiforall.client.question import Value, content, part, understood
from lmiforall.client.transport import Transport
from lmiforall.client.trouble import Misunderstood, NoFigures

T = TypeVar("T")
Format = Literal["csv", "parquet"]

# SOURCE: the API's largest page.
PAGE = 10_000
_TWIN = re.compile(r'<([^>]*)>; rel="describedby"')


@dataclass(frozen=True)
class LMI:
    """A service to ask, by its address: ``LMI("http://127.0.0.1:8000")``. Several threads may share one.

    Parameters of a question are given by name; several codes as a list, true and false as such. Errors are
    ``LMIError``. ``access_key`` is sent with questions to the old API, where a service asks for a key. ``page`` is how
    many rows are asked for at once.
    """

    address: str
    access_key: str = field(default="", repr=False)
    transport: Transport = field(default_factory=Transport)
    page: int = PAGE

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"{self.address!r} is no address of a service, such as https://lmi.example.org")

    # The new API.

    def release(self) -> ReleaseInfo:
        """Say which release the service answers from."""
        return self._get("/api/v2/release", {}, reading.release)

    def datasets(self) -> tuple[DatasetSummary, ...]:
        """List the datasets."""
        return self._get("/api/v2/datasets", {}, lambda said: tuple(map(reading.summary, said["datasets"])))

    def dataset(self, name: str) -> DatasetInfo:
        """Say what a dataset is: its dimensions with their codes, its sources, its notes."""
        return self._get(f"/api/v2/datasets/{part(name)}", {}, reading.dataset)

    def count(self, name: str, /, **codes: Value) -> int:
        """Count the rows of a dataset that have these codes."""
        return self._get(_observations(name), {**codes, "limit": 0}, lambda said: int(said["total"]))

    def observations(self, name: str, /, **codes: Value) -> Iterator[Observation]:
        """Give the rows of a dataset that have these codes, all, or at most ``limit``; pages are asked for as needed.

        A release that is replaced while pages are read stops it (``Misunderstood``): half of each would fit nothing.
        """
        most = int(str(codes["limit"])) if codes.get("limit") is not None else None
        return islice(self._rows(name, codes, most), most)

    def _rows(self, name: str, codes: Mapping[str, Value], most: int | None) -> Iterator[Observation]:
        path, release = _observations(name), ""
        parameters: Mapping[str, Value] = {**codes, "limit": self.page if most is None else min(self.page, most)}
        while path:
            page = self._get(path, parameters, _page)
            if release and page.release != release:
                raise Misunderstood(self._address(path, {}), "the release was replaced while pages were read: ask anew")
            yield from page.rows
            path, parameters, release = page.next, {}, page.release

    def save(self, name: str, file: Path, format: Format = "csv", /, **codes: Value) -> None:  # noqa: A002 - as the API's
        """Save a dataset, or its rows with these codes (CSV only); the file appears when it is whole."""
        beside = file.with_name(f"{file.name}.part")

        def write(pieces: Iterable[bytes]) -> None:
            with beside.open("wb") as stream:
                stream.writelines(pieces)

        try:
            self.transport.pieces(self._address(_observations(name), {**codes, "format": format}), write)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)

    def crosswalk(self, origin: str, target: str, code: str | int, *, least: float | None = None) -> Crosswalk:
        """Give what a code of one classification is in another: ``crosswalk("soc2010", "isco08", 2113)``.

        With ``least`` only targets of at least that weight; ``left_out`` counts the others.
        """
        path = f"/api/v2/crosswalks/{part(origin)}/{part(target)}/{part(code)}"
        return self._get(path, {"least": None if least is None else str(least)}, reading.crosswalk)

    # The old API.

    def v1(self, path: str, /, **parameters: Value) -> Reply:
        """Ask any endpoint of the old API by its path, such as ``ashe/estimatePay``; give the answer as it came."""
        return self._v1(path, parameters)

    def search(self, words: str, **more: Value) -> tuple[Occupation, ...]:
        """Find occupations by words, best first."""
        return self._read("soc/search", {"q": words, **more}, reading.occupations)

    def occupation(self, soc: int | str, **more: Value) -> Occupation:
        """Describe a unit group."""
        return self._read(f"soc/code/{part(soc)}", more, lambda reply: reading.occupation(reply.content))

    def convert(self, soc: int | str, origin: str = "soc2010") -> tuple[Weighted, ...]:
        """Give the unit groups of the other SOC that one became (``origin`` is its own), with their weights."""
        return self._read("soc/convert", {"soc": soc, "from": origin}, reading.converted)

    def pay(self, soc: int | str, **more: Value) -> Series:
        """Give mean weekly pay, pounds, year by year."""
        return self._series("ashe/estimatePay", {"soc": soc, **more}, "series", "estpay")

    def pay_changes(self, soc: int | str, **more: Value) -> Series:
        """Give by how many per cent pay changed on the year before."""
        return self._series("ashe/annualChanges", {"soc": soc, **more}, "annual_changes", "change")

    def pay_deciles(self, soc: int | str, **more: Value) -> Deciles:
        """Give median and deciles of weekly pay, pounds, of the newest year."""
        return self._read("ashe/estimatePayMD", {"soc": soc, **more}, reading.deciles)

    def hours(self, soc: int | str, **more: Value) -> Series:
        """Give mean weekly hours, year by year."""
        return self._series("ashe/estimateHours", {"soc": soc, **more}, "series", "hours")

    def employment(self, soc: int | str, **more: Value) -> Series:
        """Give people at work, year by year, projected years too (``minYear=``, ``maxYear=``)."""
        return self._series("wf/predict", {"soc": soc, **more}, "predictedEmployment", "employment")

    def employment_by(self, what: str, soc: int | str, **more: Value) -> tuple[Part, ...]:
        """Give people at work by region, gender, status, qualification or industry."""
        return self._read(f"wf/predict/breakdown/{part(what)}", {"soc": soc, **more}, reading.parts)

    def replacement_demand(self, soc: int | str, **more: Value) -> YearFigure:
        """Give how many will be needed in place of those who leave, until the year that is given."""
        return self._read("wf/replacement_demand", {"soc": soc, **more}, reading.demand)

    def onet_of(self, soc: int | str, **more: Value) -> tuple[tuple[str, str], ...]:
        """Give the O*NET occupations of a unit group, code and title, the largest part first."""
        return self._read(f"o-net/soc2onet/{part(soc)}", more, reading.onet_occupations)

    def skills(self, onet: str) -> tuple[Rating, ...]:
        """Give the skills that an O*NET occupation asks for, scale by scale."""
        return self._read(f"o-net/skills/{part(onet)}", {}, reading.skills)

    # How they are asked.

    def _series(self, path: str, parameters: Mapping[str, Value], key: str, figure: str) -> Series:
        def read(reply: Reply) -> Series:
            found = reading.figures(reply.content[key], figure)
            return Series(reply.content["soc"], found, reply.statuses, reply.note)

        return self._read(path, parameters, read)

    def _read(self, path: str, parameters: Mapping[str, Value], read: Callable[[Reply], T]) -> T:
        """Ask and read; a known occupation without figures raises the service's reason."""
        reply = self._v1(path, parameters)
        address = self._address(f"/api/v1/{path}", parameters)
        if isinstance(reply.content, dict) and "error" in reply.content:
            raise NoFigures(address, str(reply.content["error"]))
        return understood(address, lambda: read(reply))

    def _v1(self, path: str, parameters: Mapping[str, Value]) -> Reply:
        key = {"accessKey": self.access_key} if self.access_key else {}
        address = self._address(f"/api/v1/{path.strip('/')}", {**parameters, **key})
        raw = self.transport.ask(address)
        said = raw.headers.get
        twin = _TWIN.search(said("link", ""))
        statuses = tuple(status.strip() for status in said("x-lmi-status", "").split(",") if status)
        return Reply(
            content=content(address, raw),
            statuses=statuses,
            note=said("x-lmi-note", ""),
            twin=twin[1] if twin else "",
            release=said("x-lmi-release", ""),
        )

    def _get(self, path: str, parameters: Mapping[str, Value], read: Callable[[Any], T]) -> T:
        address = self._address(path, parameters)
        said = content(address, self.transport.ask(address))
        return understood(address, lambda: read(said))

    def _address(self, path: str, parameters: Mapping[str, Value]) -> str:
        return question.address(self.address, path, parameters)


@dataclass(frozen=True)
class _Page:
    rows: tuple[Observation, ...]
    release: str
    next: str


def _page(said: Any) -> _Page:
    return _Page(tuple(map(reading.observation, said["observations"])), said["release"], said.get("next", ""))


def _observations(name: str) -> str:
    return f"/api/v2/datasets/{part(name)}/observations"
