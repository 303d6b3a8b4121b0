"""A sources folder -> the files of each dataset, recognised by name, with their sha256.

Rule 1: a file is found by the pattern of its source, wherever it lies in the folder.
Rule 2: one file belongs to one edition; two files of one edition stop the build.
Rule 3: a file that somebody derived yields to the original of the same edition.
Rule 4: a dataset that is declared not to be held has no files as long as none is there.
Rule 5: what is hidden (a name with a dot before it) or kept under ``earlier/`` isn't there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lmiforall.base.dataset import Dataset, Source
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.table import File
from lmiforall.extract import snapshot
from lmiforall.extract.place import EARLIER
from lmiforall.extract.snapshot import Snapshot, sha256


@dataclass(frozen=True)
class Folder:
    """Every file below a sources folder, listed once; ``fetched`` is what ``lmi fetch`` recorded there."""

    root: Path
    paths: tuple[str, ...]
    fetched: Mapping[str, Snapshot]


def look(root: Path) -> Folder:
    """List a sources folder; stops where there is none."""
    if not root.is_dir():
        raise Stop(Problem("there is no such folder", f"sources {root}", "Get the files with `lmi fetch --into DIR`."))
    paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    seen = sorted(path.as_posix() for path in paths if not _out_of_sight(path))
    return Folder(root, tuple(seen), snapshot.read(root))


def _out_of_sight(path: Path) -> bool:
    return path.parts[0] == EARLIER or any(part.startswith(".") for part in path.parts)


def files_of(folder: Folder, dataset: Dataset) -> tuple[File, ...]:
    """Find a dataset's files, without the derived ones whose original is there, and hash them."""
    found = {source.name: _matching(folder, dataset, source) for source in dataset.sources}
    if dataset.not_held and not any(found.values()):
        return ()
    files: list[File] = []
    for source in dataset.sources:
        originals = {_key(edition) for _, edition in found.get(source.yields_to, ())} if source.yields_to else set()
        kept = [(path, edition) for path, edition in found[source.name] if not _covered(edition, originals)]
        low, high = source.count
        if not (low <= len(found[source.name]) <= high) and not (source.optional and not found[source.name]):
            raise Stop(
                Problem(
                    f"{len(found[source.name])} files where {low} to {high} are expected, named like {source.files!r}",
                    f"dataset {dataset.name}, source {source.name}, folder {folder.root}",
                    f"Get them with `lmi fetch {dataset.name}`, or from {source.page}"
                    if source.downloads
                    else f"{source.by_hand} The page is {source.page}",
                )
            )
        qualities = _qualities(dataset, source, found)
        files += [_file(folder, path, source.name, edition, qualities.get(_key(edition), "")) for path, edition in kept]
    return tuple(files)


def rivals(folder: Folder, source: Source, place: str) -> list[str]:
    """Name the other files that a source takes for the edition of ``place``; beside one of them the build stops."""
    edition = source.pattern.search(place)
    if edition is None:
        return []
    one_edition = source.count == (1, 1)
    matches = ((path, source.pattern.search(path)) for path in folder.paths if path != place)
    return [path for path, match in matches if match and (one_edition or match.groupdict() == edition.groupdict())]


def _file(folder: Folder, path: str, source: str, edition: Mapping[str, str], quality_path: str) -> File:
    """Hash a file; when it was fetched is known only as long as it is the file that was fetched."""
    digest, record = sha256(folder.root / path), folder.fetched.get(path)
    fetched = record.fetched if record and record.sha256 == digest else ""
    return File(path, digest, source, edition, quality_path, fetched=fetched)


def _matching(folder: Folder, dataset: Dataset, source: Source) -> Sequence[tuple[str, dict[str, str]]]:
    found: dict[tuple[tuple[str, str], ...], str] = {}
    matches = []
    for path in folder.paths:
        match = source.pattern.search(path)
        if not match:
            continue
        edition = {name: text for name, text in match.groupdict().items() if text is not None}
        if (match.groupdict() or source.count == (1, 1)) and (twin := found.get(_key(edition))):
            raise Stop(
                Problem(
                    f"two files of one edition: {twin} and {path}",
                    f"dataset {dataset.name}, source {source.name}",
                    "Take one of them out of the folder.",
                )
            )
        found[_key(edition)] = path
        matches.append((path, edition))
    return matches


def _qualities(
    dataset: Dataset, source: Source, found: Mapping[str, Sequence[tuple[str, dict[str, str]]]]
) -> dict[tuple[tuple[str, str], ...], str]:
    """Pair the files of a source with those that give their quality, by equal editions, or stop."""
    giver = next((other for other in dataset.sources if other.quality_of == source.name), None)
    if giver is None:
        return {}
    given = {_key(edition): path for path, edition in found[giver.name]}
    wanted = {_key(edition): path for path, edition in found[source.name]}
    for lonely in given.keys() ^ wanted.keys():
        raise Stop(
            Problem(
                f"{given.get(lonely) or wanted[lonely]} has no partner: figures and their quality come in pairs",
                f"dataset {dataset.name}",
                f"Get the other file from {source.page}",
            )
        )
    return given


def _key(edition: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(edition.items()))


def _covered(edition: Mapping[str, str], originals: set[tuple[tuple[str, str], ...]]) -> bool:
    """Whether an original has all that this edition says (it may say more: table, sheet)."""
    return any(set(edition.items()) <= set(original) for original in originals)
