"""The words of two adverts -> whether they are the same one, told by another source or at another time.

Adverts that might be the same share a block: title, employer and place. Within it their texts decide. Only the
beginning of a text counts, for aggregators cut adverts short.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from struct import iter_unpack

# How many words of the beginning count; Adzuna gives about 500 characters, some 80 words.
BEGINNING = 64
# So many words in a row make a piece: few enough to survive an edit, enough to be no common phrase.
PIECE = 3
# With fewer pieces a text says nothing, and title, employer and place decide.
TOO_FEW = 8
# Of the shorter text's pieces so many must stand in the other. Two wards of one hospital share half of their adverts.
ALIKE = 0.7


def block(parts: Iterable[str]) -> bytes:
    """Hash what must be equal."""
    return blake2b("\0".join(parts).encode(), digest_size=8).digest()


def sketch(words: Sequence[str]) -> bytes:
    """Hash the pieces of the beginning, four bytes each."""
    start = words[:BEGINNING]
    pieces = {" ".join(start[at : at + PIECE]) for at in range(len(start) - PIECE + 1)}
    return b"".join(sorted(blake2b(piece.encode(), digest_size=4).digest() for piece in pieces))


def alike(one: bytes, other: bytes) -> bool:
    """Whether two texts are the same one, or the beginning of it."""
    pieces, others = set(iter_unpack("4s", one)), set(iter_unpack("4s", other))
    fewer = min(len(pieces), len(others))
    return fewer < TOO_FEW or len(pieces & others) >= ALIKE * fewer
