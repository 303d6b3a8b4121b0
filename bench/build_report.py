"""What the build and the server took -> the report of ``bench.build``: targets, parts, and the memory of a worker."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bench.report import Report, table
from bench.serving import Stage
from bench.watched import Run

NOTE = """Memory is the sum over all processes: PSS divides a shared page among those that share it, RSS counts it in
each. It is read ten times a second. Two datasets are built side by side, so the parts add up to more than the whole."""

# What was asked of reading everything: seconds, mebibytes; and of a server.
BUILD_S, BUILD_MIB, READY_S, WORKER_MIB = 60, 2048, 2, 250
# What the models may take more (three minutes, 4 GiB), and the coder (a minute).
MORE_S, MORE_MIB = 180 + 60, 4096


@dataclass(frozen=True)
class Measured:
    """All that was measured; ``parts`` are the seconds of each dataset in the first build."""

    first: Run
    second: Run
    changed: str
    parts: Mapping[str, float]
    ready: float
    stages: Sequence[Stage]


def of(about: Mapping[str, str], measured: Measured) -> Report:
    """Write the report."""
    sections = [NOTE, "## Targets", _targets(measured), "## A second build", _second(measured)]
    sections += ["## A worker's memory", _stages(measured.stages), "## The parts of the build", _parts(measured.parts)]
    return Report("Building and serving a release", about, sections, _data(measured))


def _targets(measured: Measured) -> str:
    most = max(stage.held.rss for stage in measured.stages)
    rows = [
        ("building everything, s", BUILD_S, measured.first.seconds),
        ("its memory (PSS), MiB", BUILD_MIB, measured.first.peak.pss),
        ("building everything, models and coder allowed for, s", BUILD_S + MORE_S, measured.first.seconds),
        ("its memory, models allowed for, MiB", BUILD_MIB + MORE_MIB, measured.first.peak.pss),
        ("a server ready, s", READY_S, measured.ready),
        ("a worker's memory at its most (RSS), MiB", WORKER_MIB, most),
    ]
    return table(
        ["what", "at most", "measured", ""],
        [
            [name, f"{bound:,}", f"{found:,.2f}", "met" if found <= bound else "**missed**"]
            for name, bound, found in rows
        ],
    )


def _second(measured: Measured) -> str:
    made = ", ".join(name for name, _ in _lines(measured.second))
    return f"After a change of `{measured.changed}`: {measured.second.seconds:.1f} s; made anew: {made}."


def _stages(stages: Sequence[Stage]) -> str:
    rows = [[stage.after, f"{stage.held.rss:.0f}", f"{stage.held.pss:.0f}"] for stage in stages]
    return table(["after", "RSS MiB", "PSS MiB"], rows)


def _parts(parts: Mapping[str, float]) -> str:
    longest = sorted(parts.items(), key=lambda part: -part[1])
    return table(["dataset", "s"], [[name, f"{seconds:.1f}"] for name, seconds in longest])


def _lines(run: Run) -> list[tuple[str, float]]:
    return [(name, seconds) for name, seconds in map(json.loads, run.said.splitlines())]


def _data(measured: Measured) -> dict[str, object]:
    first, second = measured.first, measured.second
    return {
        "build": {"seconds": first.seconds, "peak_mib": asdict(first.peak), "parts_s": dict(measured.parts)},
        "second_build": {"changed": measured.changed, "seconds": second.seconds, "made_s": dict(_lines(second))},
        "ready_s": measured.ready,
        "worker_mib": {stage.after: asdict(stage.held) for stage in measured.stages},
    }
