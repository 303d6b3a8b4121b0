"""A zip archive and who wants what of it -> the wanted members as files, each under its plain name.

Rule 1: a member never leaves the folder that it is unpacked into; an archive that tries is refused whole.
Rule 2: an archive within the archive is a file like any other: it isn't opened.
That the archive is whole, and doesn't swell beyond bounds, is known before (``whole.py``).
"""

import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from lmiforall.base.problem import Problem, Stop

# Names shown of an archive that has nothing of what is wanted.
_SHOWN = 5


def unpack(archive: Path, into: Path, place_of: Callable[[str], str]) -> dict[str, tuple[str, Path]]:
    """Unpack the members that ``place_of`` has a place for: place -> the member's name, and the file it is now.

    Raises Stop where the archive is unsafe, or has nothing that is wanted.
    """
    found: dict[str, tuple[str, Path]] = {}
    with zipfile.ZipFile(archive) as opened:
        members = [member for member in opened.infolist() if not member.is_dir()]
        for member in members:
            _refuse_unsafe(member)
        wanted = [(member, place) for member in members if (place := place_of(member.filename))]
        for number, (member, place) in enumerate(wanted):
            if place in found:
                raise Stop(Problem(f"the archive has two files for {place}: {found[place][0]}, {member.filename}"))
            staged = into / f"{archive.name}-{number}"
            with opened.open(member) as source, staged.open("wb") as target:
                shutil.copyfileobj(source, target)
            found[place] = (member.filename, staged)
    if not found:
        raise Stop(Problem(f"the archive has no such file as is wanted. {_names(members)}"))
    return found


def _refuse_unsafe(member: zipfile.ZipInfo) -> None:
    """Refuse names that lead elsewhere, in the manner of any system, and links."""
    name = member.filename
    if ".." in PureWindowsPath(name).parts or PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor:
        raise Stop(Problem(f"the archive wants to write outside of its folder ({name!r})"))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Stop(Problem(f"the archive holds a link ({name!r})"))


def _names(members: list[zipfile.ZipInfo]) -> str:
    more = f" and {len(members) - _SHOWN} more" if len(members) > _SHOWN else ""
    return "It has " + (", ".join(member.filename for member in members[:_SHOWN]) or "nothing") + more
