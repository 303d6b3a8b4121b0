"""Errands and a folder -> the official files in it, and of each errand what became of it.

Rule 1: what fails leaves what was there untouched, and doesn't stop the others.
Rule 2: the addresses of a file are asked in turn, until one has it.
Rule 3: a file that is there is asked for only if it has changed since.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from lmiforall.base.problem import Problem, Stop
from lmiforall.extract import filing, place, snapshot
from lmiforall.extract.errands import Errand, mirrored
from lmiforall.extract.filing import Filed, Files
from lmiforall.extract.manners import Manners
from lmiforall.extract.snapshot import Snapshot
from lmiforall.extract.transfer import Courier, NotThere, courier

Progress = Callable[[str, str], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What became of an errand: its files, or the problem. Neither: that edition isn't published yet."""

    errand: Errand
    files: tuple[Filed, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True)
class _Work:
    """A fetch under way."""

    files: Files
    courier: Courier
    mirror: str
    progress: Progress


def fetch(
    todo: Sequence[Errand],
    root: Path,
    *,
    mirror: str = "",
    now: Clock,
    manners: Manners | None = None,
    progress: Progress,
) -> tuple[Outcome, ...]:
    """Run the errands into a folder; stops only where no site at all can be reached."""
    if mirror and not mirror.startswith(("http://", "https://")):
        raise Stop(Problem(f"{mirror!r} is no address", "mirror", "It begins with http:// or https://"))
    try:
        with place.staging(root) as staged:
            files = Files(root, staged, now, snapshot.read(root))
            return asyncio.run(_run_all(todo, files, mirror, manners or Manners(), progress))
    except OSError as error:
        raise Stop(Problem(f"the folder can't be filled: {error}", str(root))) from error


async def _run_all(
    todo: Sequence[Errand], files: Files, mirror: str, manners: Manners, progress: Progress
) -> tuple[Outcome, ...]:
    async with courier(manners, files.now) as runner:
        work = _Work(files, runner, mirror, progress)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_run(work, errand, f"{number}")) for number, errand in enumerate(todo)]
    if runner.silent and not runner.answered:
        raise Stop(
            Problem(
                f"no site can be reached: {'; '.join(runner.silent.values())}",
                "network",
                "Is this machine online, and does it need a proxy (HTTPS_PROXY)? The folder is as it was.",
            )
        )
    return tuple(task.result() for task in tasks)


async def _run(work: _Work, errand: Errand, name: str) -> Outcome:
    try:
        for address in errand.addresses:
            asked = mirrored(address.url, work.mirror)
            async with work.courier.turn(asked):
                work.progress(errand.title, "started")
                earlier = filing.known(work.files, errand, asked)
                try:
                    received = await work.courier.bring(asked, work.files.staged / name, _validators(earlier))
                except NotThere:
                    continue
            if received.path is None:
                return Outcome(errand, filing.file_unchanged(work.files, earlier))
            return Outcome(errand, filing.file(work.files, errand, address, asked, received))
    except Stop as stop:
        return Outcome(errand, problem=_placed(stop.problems[0], errand, asked))
    except OSError as error:
        return Outcome(errand, problem=_placed(Problem(f"it can't be written: {error}"), errand, asked))
    finally:
        work.progress(errand.title, "finished")
    return Outcome(errand, problem=_not_there(errand, work.mirror) if errand.known else None)


def _validators(earlier: Mapping[str, Snapshot]) -> dict[str, str]:
    """Say what is there already, where all files of the address are of one time."""
    given = {(record.etag, record.last_modified) for record in earlier.values()}
    if len(given) != 1:
        return {}
    etag, modified = given.pop()
    headers = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in headers.items() if value}


def _placed(problem: Problem, errand: Errand, asked: str) -> Problem:
    """Say for which dataset and of which address a problem is, and what a person can do."""
    where = f"dataset {', '.join(errand.datasets)}, {asked}"
    return replace(problem, where=where, do=problem.do or f"What was there before is as it was. {_look(errand)}")


def _not_there(errand: Errand, mirror: str) -> Problem:
    tried = [mirrored(address.url, mirror) for address in errand.addresses]
    unsure = "" if any(address.verified for address in errand.addresses) else " Nobody has verified the address yet."
    return Problem(
        f"there is no such file (404): {', nor '.join(tried)}",
        f"dataset {', '.join(errand.datasets)}",
        f"{_look(errand)}{unsure} If it has moved, correct it where the dataset is declared.",
    )


def _look(errand: Errand) -> str:
    source = errand.claims[0].source
    return f"Look at {source.page} - {source.by_hand}" if source.by_hand else f"Look at {source.page} for it."
