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
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import polars as pl
import sqlalchemy as sql
import typer

from bench import adverts_dask, machine
from bench.memory import held, processor_seconds
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
    dask_count: Annotated[int, typer.Option(help="How many titles are coded on Dask workers; 0 for none.")] = 20_000,
    *,
    write: Annotated[bool, typer.Option("--write", help="Write the report into docs/proofs/ as well.")] = False,
) -> None:
    """Import synthetic adverts, and print the report."""
    about = machine.about() | {"load before": f"{machine.busy():.1f}", "command": machine.command("bench.adverts")}
    with TemporaryDirectory() as place:
        file, address = Path(place) / "synthetic.jsonl", store or str(Path(place) / "adverts.db")
        with file.open("w", encoding="utf-8") as target:
            target.writelines(json.dumps(row) + "\n" for row in rows(release, count))
        measured = {"adverts": count, "file_mb": file.stat().st_size / 1e6, **_run(file, address, release, workers)}
        measured["found"] = _found(address)
        if dask_count:
            about["packages of Dask"] = f"distributed {version('distributed')}"
            on_workers = adverts_dask.measured(release, rows(release, dask_count), Path(place))
            measured["dask"] = {"rows": dask_count, **on_workers}
        measured["store_mb"] = Path(address).stat().st_size / 1e6 if not store else float("nan")
    report = _report(about, measured)
    print(report.as_text())
    if write:
        report.write("adverts")


def _run(file: Path, address: str, release: Path, workers: int) -> dict[str, Any]:
    """Run the command; give its seconds, the processors' too, and the most memory of all its processes.

    Memory is flat where the second half of the run needs no more than the first.
    """
    command = [
        sys.executable, "-m", "lmiforall", "adverts", "import", str(file), "--store", address, "--release",
        str(release), "--source", "synthetic", "--workers", str(workers), "--day", "2026-11-02",
    ]  # fmt: skip
    start, memory, used = time.monotonic(), [0.0], 0.0
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    while running.poll() is None:
        memory.append(held(running.pid).pss)
        used = max(used, processor_seconds(running.pid))
        time.sleep(1 / SAMPLES_A_SECOND)
    seconds = time.monotonic() - start
    said, _ = running.communicate()
    if running.returncode:
        raise SystemExit(f"lmi adverts import ended with {running.returncode}")
    half = len(memory) // 2
    halves = {"memory_first_half_mib": max(memory[:half]), "memory_second_half_mib": max(memory[half:])}
    return {"seconds": seconds, "processor_seconds": used, "said": said.strip(), **halves}


def _found(address: str) -> dict[str, int]:
    """Count what is in the store, and what should not be."""
    jobs = tables.jobs.c
    personal = jobs.description.contains("synthetic.example") | jobs.description.contains("0113 496")
    asked = {
        "adverts": jobs.id > 0, "with a unit group": sql.func.length(jobs.soc2020) == 4,
        "with a local authority": jobs.area != "", "with pay": jobs.pay_low.is_not(None),
        "with a skill": jobs.skills != "[]", "with personal data": personal,
    }  # fmt: skip
    with opened(address, create=False) as database, database.reading() as connection:
        count = sql.select(sql.func.count())
        found = {
            name: connection.scalar(count.select_from(tables.jobs).where(those)) or 0 for name, those in asked.items()
        }
        return found | {"sightings": connection.scalar(count.select_from(tables.sightings)) or 0}


def _report(about: dict[str, str], done: dict[str, Any]) -> Report:
    speed, asked = done["adverts"] / done["seconds"], OF / MOST_SECONDS
    met = "met" if speed >= asked else "missed"
    expected = done["adverts"] - done["adverts"] // REPEATED_EVERY
    rows_ = [
        ["adverts read", f"{done['adverts']:,}"],
        ["seconds, from the start of the command to its end", f"{done['seconds']:.1f}"],
        [f"adverts a second (asked: {asked:,.0f}; {met})", f"{speed:,.0f}"],
        ["the processors' seconds, of all its processes", f"{done['processor_seconds']:.1f}"],
        ["memory of all its processes, MiB, most in the first half", f"{done['memory_first_half_mib']:,.0f}"],
        ["the same in the second half", f"{done['memory_second_half_mib']:,.0f}"],
        ["file read, MB", f"{done['file_mb']:,.0f}"],
        ["store, MB", f"{done['store_mb']:,.0f}"],
        *([name, f"{number:,}"] for name, number in done["found"].items()),
        ["adverts expected", f"{expected:,}"],
    ]
    text = (
        "Every advert of this run is synthetic and says so. The file is read, cleaned, stripped of personal data, "
        "parsed, placed, coded and stored by the command, on the processes that it was given."
    )
    parts = [text, table(["", ""], rows_), *(_on_workers(done["dask"]) if "dask" in done else ())]
    return Report("Adverts: a file coded and stored", about, parts, done)


def _on_workers(done: dict[str, Any]) -> list[str]:
    """Say what became of the same titles on Dask workers."""
    runs = (
        ("alone", "alone_seconds", ""), (f"{adverts_dask.WORKERS} workers", "dask_seconds", "dask_same"),
        (
            f"{adverts_dask.WORKERS} workers, one killed after the first rows were written",
            "dask_with_a_worker_killed_seconds", "dask_with_a_worker_killed_same",
        ),
    )  # fmt: skip
    rows_ = [
        [name, f"{done[seconds]:.1f}", f"{done['rows'] / done[seconds]:,.0f}", str(done[same]) if same else ""]
        for name, seconds, same in runs
    ]
    text = (
        f"`lmi code` of {done['rows']:,} of these adverts (title and description), and `lmi code --dask` on workers of "
        "this machine; seconds are from the start of the command to its end."
    )
    return [text, table(["", "seconds", "rows a second", "the same file, byte for byte"], rows_)]


if __name__ == "__main__":
    typer.run(main)
