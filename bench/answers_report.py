"""What every workload gave -> the report of ``bench.answers``: targets, then a table for each workload."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING

from bench import contenders
from bench.load import Run
from bench.report import Report, table

if TYPE_CHECKING:
    from bench.answers import Measured

NOTE = """Answers a second are medians over the rounds, with the least and the greatest round. *Against constant* is
the median of each round's ratio to the constant handler beside it. *Processor* is the server's own time for an
answer, which other work on the machine disturbs least; its ratio is in brackets. *Core* is how much of its core a
server used: where that is well below 1, others were at work and the load couldn't keep it busy, which flatters the
slower one. So a target is met only where both ratios meet it. 32 connections ask without a pause,
so p50 and p99 are mostly the wait in the queue of one busy worker. Memory is that of the process after the workload.

The load generator's core is kept awake, so that every server pays the same for waking it (decision 0022)."""

HEADS = (
    "server", "answers/s", "least-greatest", "against constant", "processor us", "core", "p50 ms", "p99 ms",
    "RSS MiB", "PSS MiB",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """At least so many times as fast as a rival in a workload."""

    workload: str
    rival: str
    least: float


TARGETS = (
    Target("held", contenders.CONSTANT, 0.9),
    Target("unchanged", contenders.CONSTANT, 0.9),
    *(Target(name, contenders.CONSTANT, 0.6) for name in ("v2 figure", "v2 group", "v1 series", "v1 breakdown")),
    *(Target(name, contenders.DUCKDB, 20) for name in ("v2 figure", "v2 group", "v1 series", "v1 breakdown")),
)


def of(about: dict[str, str], measured: Sequence["Measured"]) -> Report:
    """Write the report."""
    sections = [NOTE, "## Targets", _targets(measured)]
    for one in measured:
        sections += [f"## {one.workload.name}", f"{one.workload.about}. {_asked(one)}", _workload(one)]
    known = "\n".join(f"- **{name}**: {text}" for name, text in contenders.ABOUT.items())
    return Report(
        "Answers beside their rivals", about, [*sections, "## The servers", known], {"workloads": _data(measured)}
    )


def ratios(runs: Sequence[Run], beside: Sequence[Run]) -> list[float]:
    """Divide each round's rate by that of the rival in the same round."""
    return [run.per_second / other.per_second for run, other in zip(runs, beside, strict=True)]


def _targets(measured: Sequence["Measured"]) -> str:
    found = {one.workload.name: one for one in measured}
    rows = [list(_target(target, found[target.workload])) for target in TARGETS if target.workload in found]
    return table(["ours", "beside", "at least", "by rate", "by processor", ""], rows)


def _target(target: Target, one: "Measured") -> Iterator[str]:
    ours, beside = one.runs[contenders.OURS], one.runs[target.rival]
    by_rate, by_processor = median(ratios(ours, beside)), _by_processor(beside, ours)
    yield from (target.workload, target.rival, f"{target.least:g}", f"{by_rate:.2f}", f"{by_processor:.2f}")
    yield "met" if min(by_rate, by_processor) >= target.least else "**missed**"


def _workload(one: "Measured") -> str:
    return table(HEADS, [_row(one, name) for name in contenders.ABOUT if name in one.runs])


def _asked(one: "Measured") -> str:
    """Say how often a question was asked."""
    count = f"{len(one.workload.questions):,}"
    if one.workload.again or not one.repeated:
        return f"{count} questions{'' if one.workload.again else ', none asked twice'}."
    return f"{count} questions; one came again only after all others, when its answer was no longer held."


def _row(one: "Measured", name: str) -> list[str]:
    runs, constant, held = one.runs[name], one.runs[contenders.CONSTANT], one.memory[name]
    rates = [run.per_second for run in runs]
    ratio = f"{median(ratios(runs, constant)):.2f} ({_by_processor(constant, runs):.2f})"
    return [
        name, f"{median(rates):,.0f}", f"{min(rates):,.0f}-{max(rates):,.0f}", ratio, f"{_processor(runs):.1f}",
        f"{median(run.per_second * run.processor_us / 1e6 for run in runs):.2f}",
        f"{median(run.p50_ms for run in runs):.2f}", f"{median(run.p99_ms for run in runs):.2f}",
        f"{held.rss:.0f}", f"{held.pss:.0f}",
    ]  # fmt: skip


def _processor(runs: Sequence[Run]) -> float:
    return median(run.processor_us for run in runs)


def _by_processor(constant: Sequence[Run], runs: Sequence[Run]) -> float:
    return _processor(constant) / _processor(runs)


def _data(measured: Sequence["Measured"]) -> list[dict[str, object]]:
    return [
        {
            "name": one.workload.name,
            "about": one.workload.about,
            "questions": len(one.workload.questions),
            "runs": {name: [asdict(run) for run in runs] for name, runs in one.runs.items()},
            "memory_mib": {name: asdict(held) for name, held in one.memory.items()},
        }
        for one in measured
    ]
