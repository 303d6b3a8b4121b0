"""What came from an address -> the files that are wanted of it, each looked at, or a refusal.

Rule 1: all are looked at before the first is given away: one that isn't whole, or isn't of the kind, refuses all.
Rule 2: whoever wants a part of an archive gets at least one file of it, or nobody gets any.
"""

from dataclasses import dataclass
from pathlib import Path

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract import archive, whole
from lmiforall.extract.errands import Claim, Errand


@dataclass(frozen=True)
class Piece:
    """A file that came (by itself, or as the member of an archive), where it belongs, and who wants it."""

    place: str
    member: str
    staged: Path
    claims: tuple[Claim, ...]


def pieces_of(errand: Errand, came: Path, staged: Path) -> list[Piece]:
    """Take apart what came; an archive's files are put into the folder ``staged``."""
    pieces = _members(errand, came, staged) if errand.packed else [Piece(errand.save_as, "", came, errand.claims)]
    for piece in pieces:
        _refuse(whole.fault(piece.staged, piece.claims[0].source.dialect), piece.member)
    return pieces


def _members(errand: Errand, came: Path, staged: Path) -> list[Piece]:
    _refuse(whole.fault(came, "zip"))
    pieces = [
        Piece(at, member, unpacked, tuple(claim for claim in errand.claims if claim.holds(at, member)))
        for at, (member, unpacked) in archive.unpack(came, staged, errand.place_of).items()
    ]
    for claim in errand.claims:
        if not any(claim in piece.claims for piece in pieces):
            raise Stop(Problem(f"the archive has nothing for {claim.name}, whose files are like {claim.unpack!r}"))
    return pieces


def _refuse(fault: str, member: str = "") -> None:
    if fault:
        raise Stop(Problem(f"{member or 'what came'} is refused: {fault}"))
