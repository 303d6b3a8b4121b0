"""A release -> how fast each endpoint of the old API is, beside a server that sends one of its answers to everything.

One worker on one core, the load on another, both servers in turn, as in ``bench.answers``. No address comes twice.
"""

import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bench import endpoints_report, equal, load, machine, memory, servers
from bench.endpoint_questions import Asked, drawing, questions, variants
from bench.questions import SEED
from bench.servers import Server
from lmiforall import datasets
from lmiforall.__main__ import STARTER
from lmiforall.base.endpoint import Endpoint
from lmiforall.release.opened import Release
from lmiforall.serve.v1 import endpoints

OURS, CONSTANT = "ours", "constant"
WARM_UP_S = 1

# No server of these gives so many answers a second here, so a run never begins again from the top.
MOST_A_SECOND = 45_000

# A handler that is known to work for so long before it sends a constant answer, and the question whose answer it is.
KNOWN_US, KNOWN = 30, "/api/v1/ashe/filters"

# So many answers tell how long they are; the one nearest to their mean is sent by the constant server.
LOOKED_AT = 200


@dataclass(frozen=True)
class Measured:
    """What an endpoint gave: how many different things were asked, its typical answer, the runs of both servers."""

    endpoint: Endpoint
    meanings: int
    bytes_each: int
    runs: Mapping[str, list[load.Run]]


def measure(endpoint: Endpoint, asked: Asked, ours: Server, seconds: int, rounds: int) -> Measured:
    """Ask our server and the constant one in turn, round after round."""
    core, other_core = servers.cores()
    bodies = equal.bodies(ours, asked.addresses[:LOOKED_AT])
    mean = sum(map(len, bodies.values())) / len(bodies)
    typical = min(bodies, key=lambda address: abs(len(bodies[address]) - mean))
    rival = partial(servers.rival, "constant", ours=ours.port, question=typical)
    with servers.running(core, rival) as constant, TemporaryDirectory() as folder:
        equal.prove({typical: bodies[typical]}, {CONSTANT: constant})
        file = Path(folder) / "addresses"
        # What was looked at isn't asked again: the server would remember it.
        file.write_text("\n".join(asked.addresses[LOOKED_AT:]) + "\n")
        runs: dict[str, list[load.Run]] = {OURS: [], CONSTANT: []}
        used = dict.fromkeys(runs, 0)
        for turn in range(rounds + 1):
            for name, server in ((OURS, ours), (CONSTANT, constant)):
                run = load.put(server, other_core, file, first=used[name], seconds=seconds if turn else WARM_UP_S)
                if run.repeated:
                    raise SystemExit(f"bench: {endpoint.path} had too few addresses for {name}.")
                used[name] += run.asked
                # The first turn warms up.
                if turn:
                    runs[name].append(run)
    return Measured(endpoint, asked.meanings, len(bodies[typical]), runs)


def known_wait(ours: Server, rounds: int) -> float:
    """Measure ``KNOWN_US``: the server's time for an answer with it less that without, in microseconds."""
    core, other_core = servers.cores()
    rival = partial(servers.rival, "constant", ours=ours.port, question=KNOWN)
    took = []
    with (
        TemporaryDirectory() as folder,
        servers.running(core, rival) as quick,
        servers.running(core, partial(rival, spin=KNOWN_US)) as slow,
    ):
        file = Path(folder) / "addresses"
        file.write_text(f"{KNOWN}\n")
        for _ in range(rounds):
            without, with_it = (load.put(one, other_core, file, first=0, seconds=1) for one in (quick, slow))
            took.append(with_it.processor_us - without.processor_us)
    return median(took)


def main(
    release: Annotated[Path, typer.Option(help="A release folder; without one the starter release.")] = STARTER,
    seconds: Annotated[int, typer.Option(min=1, help="How long each server is asked in each round.")] = 1,
    rounds: Annotated[int, typer.Option(min=1, help="How often its turn comes.")] = 3,
    only: Annotated[list[str] | None, typer.Option(help="Only this endpoint; may be given several times.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the table.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Measure every endpoint of the old API that gives an answer, and print the report."""
    if missing := servers.missing_programs():
        raise SystemExit(f"bench: {', '.join(missing)} not installed; requirements/system.txt says what for.")
    opened = Release(release, datasets.every())
    about = machine.about() | {"release": f"{opened.number} ({opened.kind})", "load before": f"{machine.busy():.1f}"}
    draw, count = drawing(opened, random.Random(SEED)), LOOKED_AT + (WARM_UP_S + seconds * rounds) * MOST_A_SECOND
    core, _ = servers.cores()
    measured = []
    with servers.running(core, partial(servers.ours, release.resolve())) as ours:
        for endpoint in (one for _, declared in endpoints(datasets.every()) for one in variants(declared)):
            # One that answers 404 for want of a source is no answer to measure.
            if (only and endpoint.path not in only) or getattr(endpoint, "status", 200) != equal.OK:
                continue
            print(f"endpoints: {endpoint.path}", file=sys.stderr)
            measured.append(measure(endpoint, questions(endpoint, draw, count), ours, seconds, rounds))
        held = memory.held(ours.pid)
        known = known_wait(ours, rounds)
    about |= {
        f"a wait of {KNOWN_US} us before a constant answer is measured as": f"{known:.0f} us",
        "load after": f"{machine.busy():.1f}",
        "memory of the worker afterwards": f"{held.rss:.0f} MiB (PSS {held.pss:.0f})",
        "command": machine.command("bench.endpoints"),
    }
    written = endpoints_report.of(about, measured)
    print(written.as_json() if as_json else written.as_text())
    if write:
        written.write("endpoints")


if __name__ == "__main__":
    typer.run(main)
