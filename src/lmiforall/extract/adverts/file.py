"""A file of adverts, CSV or JSON Lines -> postings, row by row; a broken row is named and breaks no other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from lmiforall.base.advert import JOB, Faulty, Posting
from lmiforall.base.problem import Problem, Stop
from lmiforall.extract.adverts import fields
from lmiforall.extract.records import LONGEST_FIELD, Lines, fault_of

JSON_LINES = {".jsonl", ".ndjson", ".json"}
# What a column or key may say; each is called so unless the caller names another.
FIELDS = (
    "id", "title", "employer", "description", "place", "postcode", "pay", "pay_low", "pay_high", "pay_per", "kind",
    "link", "posted", "expires", "contacts",
)  # fmt: skip

Row = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """A file, the source that it counts as, and which columns say what, where they aren't called as ``FIELDS``."""

    path: Path
    source: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if unknown := set(self.columns) - set(FIELDS):
            raise Stop(Problem(f"adverts have no {', '.join(sorted(unknown))}", do=f"They have: {', '.join(FIELDS)}"))


def read(file: File) -> Iterator[Posting | Faulty]:
    """Give every row, in order."""
    if not file.path.is_file():
        raise Stop(Problem("there is no such file", str(file.path)))
    rows = _json_lines if file.path.suffix.lower() in JSON_LINES else _csv
    for where, row in rows(file):
        yield row if isinstance(row, Faulty) else _posting(file, where, row)


def _csv(file: File) -> Iterator[tuple[str, Row | Faulty]]:
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        lines = Lines(stream)
        first = lines.record(0)
        heads = first[1] if first else []
        _expect(file, heads)
        while (record := lines.record(len(heads))) is not None:
            line, cells = record
            where = f"line {line}"
            whole = len(cells) == len(heads)
            yield where, dict(zip(heads, cells, strict=True)) if whole else Faulty(where, fault_of(cells, len(heads)))


def _expect(file: File, heads: Sequence[str]) -> None:
    for name in ("title", *file.columns):
        if (called := file.columns.get(name, name)) not in heads:
            do = f"There are: {', '.join(heads)[:500]}; say `--column {name}=...`"
            raise Stop(Problem(f"there is no column {called!r}", str(file.path), do))


def _json_lines(file: File) -> Iterator[tuple[str, Row | Faulty]]:
    with file.path.open("rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_FIELD):
            number += 1
            where = f"line {number}"
            if len(line) == LONGEST_FIELD and not line.endswith(b"\n"):
                while (more := stream.readline(LONGEST_FIELD)) and not more.endswith(b"\n"):
                    pass
                yield where, Faulty(where, f"the line has more than {LONGEST_FIELD:,} bytes")
            elif line.strip():
                yield where, _object(line, where)


def _object(line: bytes, where: str) -> Row | Faulty:
    try:
        found = msgspec.json.decode(line.decode("utf-8-sig", "replace"))
    except (msgspec.MsgspecError, RecursionError) as error:
        return Faulty(where, f"it is no JSON ({error})")
    return found if isinstance(found, dict) else Faulty(where, "it is no JSON object")


def _posting(file: File, where: str, row: Row) -> Posting | Faulty:
    told = {name: row.get(file.columns.get(name, name)) for name in FIELDS}
    plain = {name: fields.text(told[name]) for name in FIELDS}
    if not plain["title"]:
        return Faulty(where, "it has no title")
    contacts = told["contacts"] if isinstance(told["contacts"], list) else plain["contacts"].split(";")
    return Posting(
        source=file.source, id=plain["id"] or _named_by(row), title=plain["title"], employer=plain["employer"],
        description=plain["description"], place=plain["place"], postcode=plain["postcode"], pay=plain["pay"],
        pay_low=fields.number(told["pay_low"]), pay_high=fields.number(told["pay_high"]),
        pay_per=fields.per(told["pay_per"]), kind=plain["kind"] or JOB, link=plain["link"],
        posted=fields.day(told["posted"]), expires=fields.day(told["expires"]),
        contacts=tuple(filter(None, map(fields.text, contacts))),
    )  # fmt: skip


def _named_by(row: Row) -> str:
    """Number a row that has no number by what it says."""
    return blake2b(repr(sorted(row.items())).encode("utf-8", "replace"), digest_size=12).hexdigest()
