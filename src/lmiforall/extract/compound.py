"""An old workbook (.xls) -> whether it was cut short, by its own table of sectors: readers go astray on such a one."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

# SOURCE: [MS-CFB] 2.2, the header: a signature, the size of a sector, and where the first tables of sectors stand.
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xH44x109I")
_SECTOR_SIZES = {9: 512, 12: 4096}
# SOURCE: [MS-CFB] 2.1: what is no sector's number, and what a table says of a sector that isn't used.
_NO_SECTOR, _UNUSED = 0xFFFFFFFA, 0xFFFFFFFF


def is_compound(path: Path) -> bool:
    """Whether a file is of this kind."""
    with path.open("rb") as stream:
        return stream.read(len(SIGNATURE)) == SIGNATURE


def cut_short(path: Path) -> bool:
    """Whether its last used sector is missing, or any that says so; one byte is enough."""
    with path.open("rb") as stream:
        header = stream.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return True
        shift, *tables = _HEADER.unpack(header)
        if shift not in _SECTOR_SIZES:
            return True
        size = _SECTOR_SIZES[shift]
        try:
            last = max(_used(stream, size, tables), default=0)
        except struct.error:
            return True
    # The header takes the place of one sector.
    return path.stat().st_size < (last + 2) * size


def _used(stream: BinaryIO, size: int, tables: list[int]) -> Iterator[int]:
    """Give the numbers of the used sectors; struct.error where a table itself is missing."""
    entries = struct.Struct(f"<{size // 4}I")
    for number, at in enumerate(tables):
        if at < _NO_SECTOR:
            stream.seek((at + 1) * size)
            for place, entry in enumerate(entries.unpack(stream.read(size))):
                if entry != _UNUSED:
                    yield number * (size // 4) + place
