"""What became of the errands -> lines for the person who fetched, and what is left for that person to do."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lmiforall.base.dataset import Dataset
from lmiforall.extract import folder
from lmiforall.extract.errands import Errand
from lmiforall.extract.fetch import Outcome
from lmiforall.extract.filing import Filed, State

# Enough of a sha256 for a person to tell two files apart.
_DIGITS = 12


def lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Say of each file what became of it; of what failed the caller says what, where and what to do."""
    for outcome in outcomes:
        yield from map(_line, outcome.files)
        if not outcome.files and not outcome.problem:
            yield f"not yet published  {outcome.errand.save_as} ({outcome.errand.addresses[0].url})"


def changed(outcomes: Iterable[Outcome]) -> bool:
    """Whether a publisher changed a file that was there."""
    return any(filed.state is State.CHANGED for outcome in outcomes for filed in outcome.files)


def plan(todo: Iterable[Errand]) -> Iterator[str]:
    """Say what would be asked for, where, and whose copy it is."""
    for errand in todo:
        yield f"{errand.save_as}  ({', '.join(errand.datasets)}{'' if errand.known else '; if it is published'})"
        for address in errand.addresses:
            whose = f", {address.through}" if address.through else ""
            yield f"    {address.url}{whose} ({f'verified {address.verified}' if address.verified else 'not verified'})"


def by_hand(wanted: Iterable[Dataset], root: Path) -> Sequence[str]:
    """Say what nobody can fetch and isn't in the folder yet.

    A copy that only stands in isn't asked for, and neither is a dataset of which nobody has a file.
    """
    paths = folder.look(root).paths if root.is_dir() else ()
    left: dict[tuple[str, str], list[str]] = {}
    for dataset in wanted:
        for source in dataset.sources:
            there = any(source.pattern.search(path) for path in paths)
            if not (source.downloads or source.optional or there or dataset.not_held):
                left.setdefault((source.by_hand, source.page), []).append(f"{dataset.name}/{source.name}")
    return tuple(f"by hand    {', '.join(names)}: {how} The page is {page}" for (how, page), names in left.items())


def _line(filed: Filed) -> str:
    record = filed.snapshot
    said = f"{filed.state:<10} {filed.place}"
    if filed.state is State.FETCHED:
        said += f" ({record.bytes:,} bytes, sha256 {record.sha256[:_DIGITS]})"
    if filed.state is State.CHANGED:
        said += f": {filed.before[:_DIGITS]} is now {record.sha256[:_DIGITS]}; the earlier file is kept at {filed.kept}"
    return said + (f", through {record.through}" if record.through else "")
