"""What every endpoint gave -> the report of ``bench.endpoints``: the bound of each, and whether it is met."""

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from typing import TYPE_CHECKING

from bench.load import Run
from bench.report import Report, table
from lmiforall.base.endpoint import Endpoint, Matches, Search

if TYPE_CHECKING:
    from bench.endpoints import Measured

NOTE = """Each endpoint is asked without a pause over 32 connections, in turn with a server that sends one of its
answers, body and headers, to everything: the limit of Python behind the same uvicorn. *By rate* is the median of each
round's ratio of answers a second; *by processor* that of the server's own time for an answer, which other work on the
machine disturbs least. A bound is met only where both meet it. The load generator's core is kept awake, so that each
server pays the same for waking it (decision 0022); above stands what a wait of known length was measured as.

No address is asked twice, so that no answer is found held. *Questions* is how many different things could be asked:
where they are fewer than the addresses, these differ by `_=` and a number, which jQuery adds and the service ignores.
Endpoints all of whose answers are a few hundred remember them by what is asked, whatever the address. Endpoints without
a source give their answer of having nothing; `vacancies/search` is among them, and has no bound."""

HEADS = (
    "endpoint", "questions", "bytes", "answers/s", "constant", "by rate", "by processor", "us", "at least", "",
)  # fmt: skip

KEYED, SEARCHED = 0.5, 0.05
UNBOUND = ("vacancies/search",)


def bound(endpoint: Endpoint) -> float | None:
    """Give the least ratio that an endpoint should have; none for adverts."""
    if endpoint.path in UNBOUND:
        return None
    return SEARCHED if isinstance(endpoint, Search | Matches) else KEYED


def of(about: dict[str, str], measured: Sequence["Measured"]) -> Report:
    """Write the report."""
    rows = [_row(one) for one in measured]
    missed = [row[0] for row in rows if row[-1] == "**missed**"]
    said = f"Of {len(rows)} endpoints {len(missed)} miss their bound{': ' if missed else ''}{', '.join(missed)}."
    return Report("Endpoints of the old API", about, [NOTE, said, table(HEADS, rows)], {"endpoints": _data(measured)})


def _row(one: "Measured") -> list[str]:
    ours, constant = one.runs["ours"], one.runs["constant"]
    by_processor = _processor(constant) / _processor(ours)
    by_rate = median(run.per_second / other.per_second for run, other in zip(ours, constant, strict=True))
    least = bound(one.endpoint)
    verdict = "" if least is None else "met" if min(by_rate, by_processor) >= least else "**missed**"
    return [
        f"`{_name(one.endpoint)}`", f"{one.meanings:,}", f"{one.bytes_each:,}", f"{_rate(ours):,.0f}",
        f"{_rate(constant):,.0f}", f"{by_rate:.2f}", f"{by_processor:.2f}", f"{_processor(ours):.0f}",
        "" if least is None else f"{least:g}", verdict,
    ]  # fmt: skip


def _name(endpoint: Endpoint) -> str:
    by = any(one.name == "breakdown" for one in endpoint.parameters)
    return f"{endpoint.path}?breakdown" if by else endpoint.path


def _rate(runs: Sequence[Run]) -> float:
    return median(run.per_second for run in runs)


def _processor(runs: Sequence[Run]) -> float:
    return median(run.processor_us for run in runs)


def _data(measured: Sequence["Measured"]) -> list[dict[str, object]]:
    return [
        {
            "path": _name(one.endpoint),
            "questions": one.meanings,
            "bytes": one.bytes_each,
            "runs": {name: [asdict(run) for run in runs] for name, runs in one.runs.items()},
        }
        for one in measured
    ]
