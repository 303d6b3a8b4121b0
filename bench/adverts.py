"""Synthetic adverts, marked as such, by the thousand -> how long `lmi adverts import` takes, in what memory.

The command runs as a user would run it: a file of JSON Lines, a full release, a store. What is in the file is drawn
with a seed: titles of the release's index, sentences of its tasks, places, pay in twelve forms, telephone numbers
and names to be removed; every twentieth row repeats an earlier advert as another source would, cut short.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import polars as pl
import typer

from bench import machine
from bench.memory import held
from bench.report import Report, table
from lmiforall.keep import tables
from lmiforall.keep.database import opened
from lmiforall.match import kept
from lmiforall.release import folder

SEED = 4135
MARK = "This text is synthetic: it is no advert."
# Issue 5: a million in 15 minutes on two cores.
MOST_SECONDS, OF = 900, 1_000_000
REPEATED_EVERY = 20
PAY = (
    "£25,000 - £30,000 per annum", "£25-30k", "£12.50 per hour", "£14 ph", "£150 a day", "Competitive", "£2,100 pcm",
    "£24,000 pro rata", "£22,000 + commission", "OTE £40,000, basic £25,000", "", "Negotiable",
)  # fmt: skip
SAMPLES_A_SECOND = 2


def rows(release: Path, count: int) -> Iterator[dict[str, Any]]:
    """Draw adverts, the same ones each time."""
    draw = random.Random(SEED)
    titles = [entry.title for entry in kept.load(release).entries]
    tasks = pl.read_parquet(folder.parquet(release, "ssc_tasks"))["statement"].to_list()
    places = pl.read_parquet(folder.parquet(release, "local_authorities"))["name"].to_list()
    technology = pl.read_parquet(folder.parquet(release, "onet_technology"))["example"].unique().sort().to_list()
    earlier: dict[str, Any] = {}
    for number in range(count):
        if number % REPEATED_EVERY == REPEATED_EVERY - 1:
            # What a second source shows of an advert: its own number, and the beginning of the text.
            yield earlier | {"id": f"again-{number}", "description": earlier["description"][:500]}
            continue
        duties = "".join(f"<li>{task}</li>" for task in draw.sample(tasks, 6))
        person = f"Jane{chr(97 + draw.randrange(26))} Doe{chr(97 + draw.randrange(26))}"
        description = (
            f"<p>{MARK} Number {number}.</p><p>You will:</p><ul>{duties}</ul><p>You know {draw.choice(technology)} and "
            f"{draw.choice(technology)}. Call {person} on 0113 496 {draw.randrange(10_000):04} or write to "
            f"{person.lower().replace(' ', '.')}@synthetic.example.</p>"
        )
        earlier = {
            "id": f"{number}", "title": draw.choice(titles), "employer": f"Synthetic Employer {draw.randrange(20_000)}",
            "place": draw.choice(places), "pay": draw.choice(PAY), "description": description, "posted": "2026-11-01",
        }  # fmt: skip
        yield earlier


def main(
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release.")],
    count: Annotated[int, typer.Option(help="How many adverts.")] = OF,
    store: Annotated[str, typer.Option(help="A store that isn't there yet; without one a SQLite file.")] = "",
    workers: Annotated[int, typer.Option(help="How many processes prepare and code.")] = 2,
    *,
    write: Annotated[bool, typer.Option("--write", help="Write the report into docs/proofs/ as well.")] = False,
) -> None:
    """Import synthetic adverts, and print the report."""
    about = machine.about() | {"load before": f"{machine.busy():.1f}", "command": machine.command("bench.adverts")}
    with TemporaryDirectory() as place:
        file, address = Path(place) / "synthetic.jsonl", store or str(Path(place) / "adverts.db")
        with file.open("w", encoding="utf-8") as target:
            target.writelines(json.dumps(row) + "\n" for row in rows(release, count))
        size = file.stat().st_size / 1e6
        seconds, memory, said = _run(file, address, release, workers)
        found = _found(address)
        on_disk = Path(address).stat().st_size / 1e6 if not store else float("nan")
    report = _report(about, _results(count, size, seconds, memory, said, found, on_disk))
    print(report.as_text())
    if write:
        report.write("adverts")


def _run(file: Path, address: str, release: Path, workers: int) -> tuple[float, list[float], str]:
    """Run the command; give its seconds, and the memory of all its processes as time went on."""
    command = [
        sys.executable, "-m", "lmiforall", "adverts", "import", str(file), "--store", address, "--release",
        str(release), "--source", "synthetic", "--workers", str(workers), "--day", "2026-11-02",
    ]  # fmt: skip
    start, memory = time.monotonic(), []
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    while running.poll() is None:
        memory.append(held(running.pid).pss)
        time.sleep(1 / SAMPLES_A_SECOND)
    seconds = time.monotonic() - start
    said = running.stdout.read() if running.stdout else ""
    if running.returncode:
        raise SystemExit(f"lmi adverts import ended with {running.returncode}")
    return seconds, memory, said.strip()


def _found(address: str) -> dict[str, int]:
    """Count what is in the store, and what should not be."""
    with opened(address, create=False) as database, database.reading() as connection:
        ask = f"SELECT count(*), count(CASE WHEN length(soc2020) = 4 THEN 1 END), count(CASE WHEN area <> '' THEN 1 END), count(pay_low), count(CASE WHEN skills <> '[]' THEN 1 END), count(CASE WHEN description LIKE '%synthetic.example%' OR description LIKE '%0113 496%' THEN 1 END) FROM {tables.jobs.name}"  # noqa: E501
        row = connection.exec_driver_sql(ask.replace("%", "%%") if "psycopg" in str(database.engine.url) else ask).one()
        seen = connection.exec_driver_sql("SELECT count(*) FROM sightings").scalar_one()
    names = ("adverts", "with a unit group", "with a local authority", "with pay", "with a skill", "with personal data")
    return {**dict(zip(names, row, strict=True)), "sightings": seen}


def _results(
    count: int, size: float, seconds: float, memory: list[float], said: str, found: dict[str, int], on_disk: float
) -> dict[str, Any]:
    """Name what was measured. Memory is flat where its second half needs no more than its first."""
    half = len(memory) // 2
    return {
        "adverts": count, "file_mb": size, "seconds": seconds, "a_second": count / seconds,
        "memory_first_half_mib": max(memory[:half], default=0.0), "memory_second_half_mib": max(memory[half:], default=0.0),
        "said": said, "found": found, "store_mb": on_disk,
        "expected_adverts": count - count // REPEATED_EVERY, "expected_sightings": count,
        "asked_a_second": OF / MOST_SECONDS,
    }  # fmt: skip


def _report(about: dict[str, str], done: dict[str, Any]) -> Report:
    met = "met" if done["a_second"] >= done["asked_a_second"] else "missed"
    rows_ = [
        ["adverts read", f"{done['adverts']:,}"],
        ["seconds, from the start of the command to its end", f"{done['seconds']:.1f}"],
        [f"adverts a second (asked: {done['asked_a_second']:,.0f}; {met})", f"{done['a_second']:,.0f}"],
        ["memory of all its processes, MiB, most in the first half", f"{done['memory_first_half_mib']:,.0f}"],
        ["the same in the second half", f"{done['memory_second_half_mib']:,.0f}"],
        ["file read, MB", f"{done['file_mb']:,.0f}"],
        ["store, MB", f"{done['store_mb']:,.0f}"],
        *([name, f"{number:,}"] for name, number in done["found"].items()),
        ["adverts expected", f"{done['expected_adverts']:,}"],
    ]
    text = (
        "Every advert of this run is synthetic and says so. The file is read, cleaned, stripped of personal data, parsed, "
        "placed, coded and stored by the command, on the processes that it was given."
    )
    return Report("Adverts: a file coded and stored", about, [text, table(["", ""], rows_)], done)


if __name__ == "__main__":
    typer.run(main)
