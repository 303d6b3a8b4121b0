"""A release -> how fast its answers are, beside servers that do less or do it otherwise, all in one run.

One worker on one core, the load on another. Each server is asked for a few seconds in turn, round after round, so
that whatever else the machine does falls on all of them.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bench import answers_report, contenders, equal, load, machine, memory, servers
from bench.questions import Workload, workloads
from bench.servers import Server
from lmiforall import datasets
from lmiforall.__main__ import STARTER
from lmiforall.release.opened import Release
from lmiforall.serve.web import HELD_BYTES

# No held answer counts for less than 1,500 bytes, so after so many others an answer has been dropped.
FORGOTTEN_AFTER = HELD_BYTES // 1500

WARM_UP_S = 1


@dataclass(frozen=True)
class Measured:
    """What a workload gave: the runs of each server, round by round, and its memory at the end."""

    workload: Workload
    runs: Mapping[str, list[load.Run]]
    memory: Mapping[str, memory.Memory]

    @property
    def repeated(self) -> bool:
        """Whether ours was asked a question twice."""
        return any(run.repeated for run in self.runs[contenders.OURS])


@dataclass
class Turns:
    """One server's turns in a workload: the file of its questions, and how many of them it has been asked."""

    server: Server
    file: Path
    questions: int
    asked: int = 0
    runs: list[load.Run] = field(default_factory=list)

    def take(self, core: int, seconds: int) -> load.Run:
        """Ask on from where the last turn ended."""
        run = load.put(self.server, core, self.file, first=self.asked, seconds=seconds)
        self.asked = (self.asked + run.asked) % self.questions
        return run


def measure(workload: Workload, up: Mapping[str, Server], seconds: int, rounds: int) -> Measured:
    """Ask every server in turn, round after round."""
    core, other_core = servers.cores()
    with contenders.for_workload(workload, up, core) as every, TemporaryDirectory() as folder:
        turns = {name: _turns(workload, name, every, Path(folder)) for name in every}
        for one in turns.values():
            one.take(other_core, WARM_UP_S)
        for _ in range(rounds):
            for one in turns.values():
                one.runs.append(one.take(other_core, seconds))
        held = {name: memory.held(server.pid) for name, server in every.items()}
    measured = Measured(workload, {name: one.runs for name, one in turns.items()}, held)
    if measured.repeated and not workload.again and len(workload.questions) < FORGOTTEN_AFTER:
        raise SystemExit(f"bench: {workload.name} has too few questions for so long: some were answered from memory.")
    return measured


def _turns(workload: Workload, name: str, every: Mapping[str, Server], folder: Path) -> Turns:
    """Write a server's questions for load.lua; where the answer is to be 304, with the ETags that it gives."""
    path, lines = folder / name, contenders.questions(workload, name)
    if workload.unchanged:
        server = every[contenders.OURS if name in contenders.DEAF else name]
        lines = [f"{question}\t{etag}" for question, etag in equal.etags(server, lines).items()]
    path.write_text("\n".join(lines) + "\n")
    return Turns(every[name], path, len(lines))


def main(
    release: Annotated[Path, typer.Option(help="A release folder; without one the starter release.")] = STARTER,
    seconds: Annotated[int, typer.Option(min=1, help="How long each server is asked in each round.")] = 2,
    rounds: Annotated[int, typer.Option(min=1, help="How often its turn comes.")] = 5,
    only: Annotated[list[str] | None, typer.Option(help="Only this workload; may be given several times.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Measure the answers of a release beside their rivals, and print the report."""
    if missing := servers.missing_programs():
        raise SystemExit(f"bench: {', '.join(missing)} not installed; requirements/system.txt says what for.")
    opened = Release(release, datasets.every())
    about = machine.about() | {"release": f"{opened.number} ({opened.kind})", "load before": f"{machine.busy():.1f}"}
    core, _ = servers.cores()
    measured = []
    with contenders.lasting(release.resolve(), core) as up:
        for workload in workloads(opened):
            if not only or workload.name in only:
                print(f"{workload.name}: {workload.about}", file=sys.stderr)
                measured.append(measure(workload, up, seconds, rounds))
    about |= {"load after": f"{machine.busy():.1f}", "command": machine.command("bench.answers")}
    written = answers_report.of(about, measured)
    print(written.as_json() if as_json else written.as_text())
    if write:
        written.write("answers")


if __name__ == "__main__":
    typer.run(main)
