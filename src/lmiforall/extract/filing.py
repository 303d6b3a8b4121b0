"""What came from an address -> its files in their places and in the record, or a refusal that leaves all as it was.

Rule 1: what came is compared by sha256: equal bytes are no news, whatever their date.
Rule 2: a folder that the build can read stays one: a fetched file that is superseded goes to ``earlier/``; beside one
that somebody put there by hand nothing of the same edition is laid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from lmiforall.base.dataset import Address
from lmiforall.base.problem import Problem, Stop
from lmiforall.extract import folder, place, snapshot
from lmiforall.extract.errands import Errand
from lmiforall.extract.pieces import Piece, pieces_of
from lmiforall.extract.snapshot import Snapshot
from lmiforall.extract.transfer import Received


class State(StrEnum):
    """What a fetch found of one file."""

    FETCHED = "fetched"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Filed:
    """One file in its place; where the publisher changed it, ``kept`` is the earlier one, ``before`` its sha256."""

    place: str
    state: State
    snapshot: Snapshot
    kept: str = ""
    before: str = ""


@dataclass
class Files:
    """A sources folder while it is filled, by one thread: files are moved and recorded one after another."""

    root: Path
    staged: Path
    now: Callable[[], datetime]
    snapshots: dict[str, Snapshot]

    @property
    def time(self) -> str:
        """The time for the record."""
        return self.now().isoformat(timespec="seconds")


def known(files: Files, errand: Errand, asked: str) -> Mapping[str, Snapshot]:
    """Give the files that this address gave before: all that is wanted, as they were given; else none."""
    found = {
        path: record
        for path, record in files.snapshots.items()
        if record.asked == asked and any(claim.holds(path, record.member) for claim in errand.claims)
    }
    for claim in errand.claims:
        if not any(claim.holds(path, record.member) for path, record in found.items()):
            return {}
    return found if all(snapshot.intact(files.root, path, record) for path, record in found.items()) else {}


def file_unchanged(files: Files, earlier: Mapping[str, Snapshot]) -> tuple[Filed, ...]:
    """Record that the address has nothing new."""
    files.snapshots |= {path: replace(record, checked=files.time) for path, record in earlier.items()}
    snapshot.write(files.root, files.snapshots)
    return tuple(Filed(path, State.UNCHANGED, files.snapshots[path]) for path in earlier)


def file(files: Files, errand: Errand, address: Address, asked: str, received: Received) -> tuple[Filed, ...]:
    """Put what came in its place and record it."""
    if received.path is None:
        raise AssertionError("an answer without content has nothing to file")
    pieces = pieces_of(errand, received.path, files.staged)
    superseded = _superseded(files, pieces)
    filed = tuple(_put(files, piece, _record(files, piece, address, asked, received)) for piece in pieces)
    for path in superseded:
        files.snapshots[place.set_aside(files.root, path)] = files.snapshots.pop(path)
    snapshot.write(files.root, files.snapshots)
    return filed


def _superseded(files: Files, pieces: Sequence[Piece]) -> list[str]:
    """Find the fetched files that these supersede; one that was put there by hand is its owner's, and in the way."""
    seen, coming = folder.look(files.root), {piece.place for piece in pieces}
    found: dict[str, None] = {}
    for piece in pieces:
        for claim in piece.claims:
            for rival in folder.rivals(seen, claim.source, piece.place):
                if rival not in coming:
                    _refuse_beside(files, piece, rival)
                    found[rival] = None
    return list(found)


def _refuse_beside(files: Files, piece: Piece, rival: str) -> None:
    if rival not in files.snapshots:
        raise Stop(
            Problem(
                f"{piece.place} would lie beside {rival}, which is of the same edition and wasn't fetched",
                do=f"Take {rival} out of the folder and fetch again, or leave it if it is the better one.",
            )
        )


def _put(files: Files, piece: Piece, record: Snapshot) -> Filed:
    target = files.root / piece.place
    before = snapshot.sha256(target) if target.is_file() else ""
    earlier = files.snapshots.get(piece.place)
    if earlier and earlier.sha256 != before:
        earlier = None  # somebody has laid another file in its place
    if before == record.sha256:
        files.snapshots[piece.place] = _of_old(record, earlier) if earlier else record
        return Filed(piece.place, State.UNCHANGED, files.snapshots[piece.place])
    kept = place.put(files.root, piece.staged, piece.place)
    if kept and earlier:
        files.snapshots[kept] = earlier
    files.snapshots[piece.place] = record
    return Filed(piece.place, State.CHANGED if kept else State.FETCHED, record, kept, before)


def _of_old(record: Snapshot, earlier: Snapshot) -> Snapshot:
    """Give a record the date at which its bytes first came, and those for whom they did."""
    sources = dict.fromkeys((*earlier.sources, *record.sources))
    return replace(record, fetched=earlier.fetched, sources=tuple(sources))


def _record(files: Files, piece: Piece, address: Address, asked: str, received: Received) -> Snapshot:
    source = piece.claims[0].source
    return Snapshot(
        sha256=snapshot.sha256(piece.staged),
        bytes=piece.staged.stat().st_size,
        fetched=files.time,
        checked=files.time,
        url=address.url,
        asked=asked,
        final=received.final,
        publisher=source.publisher,
        title=source.title,
        licence=source.licence.id,
        sources=tuple(claim.name for claim in piece.claims),
        through=address.through,
        member=piece.member,
        etag=received.etag,
        last_modified=received.last_modified,
    )
