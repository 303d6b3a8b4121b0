"""The command line: the one place where the rooms are joined and the environment is read."""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

try:
    import typer
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
except ModuleNotFoundError as lacking:
    # The package alone is the library for users; who wants the command is told what else it needs.
    sys.exit(f"lmi: {lacking.name} is not installed. Install what the command needs: pip install 'lmiforall[server]'")

from lmiforall import __version__, datasets
from lmiforall.base.problem import Problem, Stop

if TYPE_CHECKING:
    from lmiforall.extract.adverts.asking import Asker
    from lmiforall.extract.adverts.sources import Source
    from lmiforall.keep.database import Database
    from lmiforall.match.adverts.run import Done, Run
    from lmiforall.match.rows import Hands
    from lmiforall.release.opened import Release
    from lmiforall.serve.gate import Gate
    from lmiforall.serve.web import Handler, Service

STARTER = Path(__file__).with_name("starter")

OK, FOUND, REFUSED = 0, 1, 2

# How uvicorn is run; the rivals that bench/ measures are run in the same way.
SERVER: dict[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "http": "lmiforall.serve.protocol:Protocol",
}

app = typer.Typer(
    name="lmi",
    help="Official statistics about work in the UK: fetch the publishers' files, build a release, check it, serve it.",
    epilog="Exit codes: 0 done; 1 done, and something was found (changes, cells that differ); 2 refused or failed.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

adverts = typer.Typer(
    help="Job adverts: read from files, APIs and sites, coded, and kept in a store.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(adverts, name="adverts")

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[DATASET...]", help="Only these datasets (and what they need).")
]
Sources = Annotated[Path, typer.Option(help="The folder of the publishers' files, as `lmi fetch` fills it.")]
ReleaseFolder = Annotated[Path, typer.Option(help="A release folder, made by `lmi build`.")]

FullRelease = Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release folder, made by `lmi build`.")]
Store = Annotated[
    str, typer.Option(envvar="LMI_ADVERTS", help="The store: a file (SQLite), or postgresql://USER@HOST/DATABASE.")
]
Sure = Annotated[
    float, typer.Option(min=0, max=1, help="Below this probability of a code: the narrowest wider group that has it.")
]
Workers = Annotated[int, typer.Option(min=1, help="How many processes prepare and code side by side.")]
Day = Annotated[str, typer.Option(help="The day on which they were seen, YYYY-MM-DD; without it, today.")]

# Progress and complaints go to stderr; stdout is for what a command is asked for.
console = Console(stderr=True)


def main() -> None:
    """Run a command; a refusal is printed as what, where and what to do, never as a traceback."""
    try:
        app()
    except Stop as stop:
        for problem in stop.problems:
            console.print(f"lmi: {problem}", style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(REFUSED)


@app.callback(invoke_without_command=True)
def about(
    context: typer.Context, *, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Without a command, say what there is."""
    if version:
        typer.echo(f"lmi {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def fetch(
    into: Annotated[Path, typer.Option(help="The folder to fill; `lmi build --sources` reads it.")],
    names: Names = None,
    mirror: Annotated[
        str, typer.Option(envvar="LMI_MIRROR", help="Ask <MIRROR>/<host>/<path> in place of https://<host>/<path>.")
    ] = "",
    *,
    newer: Annotated[
        bool, typer.Option("--newer/--known-only", help="Look for later years' editions, too, or only for known ones.")
    ] = True,
    only_list: Annotated[
        bool, typer.Option("--list", help="Ask nobody: say what would be fetched, and what is got by hand.")
    ] = False,
) -> None:
    """Fetch the official files from the publishers' sites.

    A file comes to its place only when it is whole, and what it replaces is kept under earlier/. A second run asks
    only for what has changed. snapshots.json says of each file where it comes from, when it came, and its sha256.

    Exits with 0 if the folder has all that can be had; with 1 if that is so, and a person should look: a publisher
    changed a file, or one has to be got by hand; with 2 if a file failed (the others are kept).
    """
    from lmiforall.extract import errands, report
    from lmiforall.extract.fetch import fetch

    every = datasets.every()
    wanted = [every[name] for name in datasets.with_inputs(names or every)]
    todo = errands.errands(wanted, _now().year, newer=newer)
    if only_list:
        typer.echo("\n".join([*report.plan(todo), *report.by_hand(wanted, into)]))
        return
    with _Watching("fetching", len(todo)) as progress:
        outcomes = fetch(todo, into, mirror=mirror, now=_now, progress=progress)
    left = report.by_hand(wanted, into)
    typer.echo("\n".join([*report.lines(outcomes), *left]))
    if problems := [outcome.problem for outcome in outcomes if outcome.problem]:
        raise Stop(*problems)
    raise typer.Exit(FOUND if left or report.changed(outcomes) else OK)


@app.command()
def build(
    sources: Sources,
    out: Annotated[Path, typer.Option(help="Where the release is to stand; an earlier one there is kept beside it.")],
    names: Names = None,
    workers: Annotated[int, typer.Option(min=1, help="How many datasets are made side by side.")] = 2,
    *,
    starter: Annotated[
        bool, typer.Option("--starter", help="Make the small release that ships with the package.")
    ] = False,
) -> None:
    """Build a release from the publishers' files.

    The release is put in place only when it is whole; a failed build leaves the earlier one untouched.
    What hasn't changed since the release at --out is carried over from it. A dataset of which nobody has given us a
    file is left out, and named; where a file of it turns up in --sources, it is built like the others.
    """
    from lmiforall.release.build import build, build_starter

    if starter:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder, _Watching() as progress:
            full = Path(folder) / "full"
            build(sources, full, (), workers=workers, progress=progress)
            number = build_starter(full, out)
        typer.echo(f"starter release {number} at {out}")
        return
    with _Watching() as progress:
        done = build(sources, out, names or (), workers=workers, progress=progress)
    for name in done.left_out:
        typer.echo(f"{name}: left out, for no file of it is in {sources}. {datasets.every()[name].not_held}")
    if done.unchanged:
        typer.echo(f"release {done.release} at {out}: nothing has changed")
        return
    typer.echo(f"release {done.release} at {out}: {len(done.made)} made, {len(done.carried_over)} unchanged")
    if done.kept:
        typer.echo(f"the release before it is kept at {done.kept}")


@app.command()
def audit(
    release: ReleaseFolder,
    sources: Sources,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DATASET...]", help="Only these datasets (and those that read the same files)."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many files are re-read side by side.")] = 2,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine to read.")] = False,
) -> None:
    """Ask whether every published cell comes back out of the API. Exits with 1 if any doesn't.

    The files are read again by other programs than the build's, and held against the API's whole tables: a cell is
    equal, or withheld by a rule that has a name, or left out by a declaration that says why.
    """
    from lmiforall.watch import audit as probe
    from lmiforall.watch import audit_report

    with _Watching() as progress:
        report = probe.audit(release, sources, names or (), workers=workers, progress=progress)
    typer.echo(audit_report.as_json(report) if as_json else audit_report.as_text(report))
    raise typer.Exit(OK if report.clean else FOUND)


@app.command()
def attack(
    release: Annotated[list[Path], typer.Option(help="A release folder; name several to put them together.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine to read.")] = False,
) -> None:
    """Try to work out withheld figures from all that a release gives. Exits with 1 if any is found.

    A figure that is withheld for disclosure is found if the totals, parts and other tables that are published leave
    it less than a fifth of room either way. The least and the most that it can be are found by linear programming.
    """
    from lmiforall.watch import attack as intruder

    began = time.monotonic()
    with _Watching("attacking") as progress:
        report = intruder.attack_releases(release, progress)
    typer.echo(intruder.as_json(report) if as_json else intruder.as_text(report))
    console.print(f"{time.monotonic() - began:.0f} s", highlight=False)
    raise typer.Exit(FOUND if report.found else OK)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="A release folder.")],
    new: Annotated[Path, typer.Argument(help="A later release folder.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine to read.")] = False,
) -> None:
    """Say what changed between two releases, for a person to sign. Exits with 1 if anything did."""
    from lmiforall.release import changes

    found = changes.compare(old, new)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else changes.as_text(found))
    raise typer.Exit(FOUND if found["datasets"] else OK)


@app.command()
def code(  # noqa: PLR0917 - typer calls it by name
    file: Annotated[Path, typer.Argument(help="A CSV (UTF-8) or Parquet file.")],
    release: FullRelease,
    title: Annotated[str, typer.Option(help="The column that holds the job title.")],
    out: Annotated[Path, typer.Option(help="The file to write; there must be none yet.")],
    description: Annotated[list[str] | None, typer.Option(help="A column of description.")] = None,
    industry: Annotated[str, typer.Option(help="A column that names the industry in words.")] = "",
    pay: Annotated[str, typer.Option(help="A column of pay, such as 25,000 a year or £12.50 an hour.")] = "",
    qualification: Annotated[str, typer.Option(help="A column of the qualification asked: a degree, level 3.")] = "",
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Below this probability: the narrowest wider group that has it.")
    ] = 0.0,
    dask: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Code on the workers of this Dask scheduler (tcp://HOST:PORT).")
    ] = "",
    worker_release: Annotated[
        str, typer.Option(metavar="DIR", help="Where the workers have the release, if it isn't where --release is.")
    ] = "",
) -> None:
    """Code a file of job titles to SOC2020 and SOC2010, each with its probability.

    Added are the columns soc2020, soc2020_probability, soc2010, soc2010_probability, alternatives and reason.
    A row that can't be read is written with its reason, and the run goes on (of a Parquet file such rows are left
    out, and named). A run that was stopped goes on where it was when it is asked the same again. Exits with 1 if a row
    could not be read.

    With --dask the workers of a cluster code, each with the same release and program; what is written is the same,
    byte for byte, and a worker that dies is done without.
    """
    from lmiforall.match import rows, sheet
    from lmiforall.release.folder import read_catalogue

    columns = rows.Columns(title, tuple(description or ()), industry, pay, qualification)
    number = read_catalogue(release)["release"]
    with (
        console.status("reading the coder") as status,
        _coding(release, number, threshold, dask, worker_release) as hands,
    ):
        done = sheet.code_file(
            hands, file, out, columns, threshold, release=number,
            progress=lambda count: status.update(f"{count:,} rows"),
        )  # fmt: skip
    for fault in done.faults:
        console.print(f"{file}: {fault}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    typer.echo(f"{out}: {done.rows:,} rows, {done.coded:,} coded, {done.broken:,} could not be read")
    raise typer.Exit(FOUND if done.broken else OK)


@contextmanager
def _coding(release: Path, number: str, threshold: float, dask: str, elsewhere: str) -> "Iterator[Hands]":
    """Give who codes: this process, or the workers of a Dask scheduler."""
    from lmiforall.match import coder, kept, rows

    if not dask:
        if elsewhere:
            raise Stop(Problem("there are workers with --dask only", "--worker-release"))
        yield rows.alone(coder.Coder(kept.load(release)), threshold)
        return
    if find_spec("distributed") is None:
        do = "requirements/dask.txt has all that coding on a cluster needs"
        raise Stop(Problem("distributed isn't installed", "--dask", do))
    from lmiforall.match import spread

    wanted = spread.Wanted(elsewhere or str(release.resolve()), number, threshold)
    with spread.hands(dask, wanted) as hands:
        yield hands


@adverts.command("import")
def import_adverts(  # noqa: PLR0917 - typer calls it by name
    file: Annotated[Path, typer.Argument(help="A CSV (UTF-8) or JSON Lines file, one advert a row.")],
    store: Store,
    release: FullRelease,
    source: Annotated[str, typer.Option(help="What the file's adverts count as: by this and their id they are known.")],
    column: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=NAME", help="A column that isn't called as its field.")
    ] = None,
    workers: Workers = 2,
    threshold: Sure = 0.5,
    day: Day = "",
) -> None:
    """Read a file of adverts into the store.

    Fields: id, title, employer, description, place, postcode, pay, pay_low, pay_high, pay_per, kind (job or
    apprenticeship), link, posted, expires, contacts. Only the title is needed; without an id a row is known by what
    it says. A run that was stopped goes on where it was when it is asked the same again. Exits with 1 if a row could
    not be read.
    """
    from lmiforall.extract.adverts.file import File, read

    renamed = dict(pair.partition("=")[::2] for pair in column or ())
    given = File(file, source, renamed)
    with _taking(store, release, workers, threshold, day) as run:
        from lmiforall.match.adverts.run import take

        asked = [str(file.resolve()), file.stat().st_size if file.is_file() else 0, source, sorted(renamed.items())]
        name = json.dumps([*asked, run.number, run.day])
        _say_taken(take(replace(run, name=name), read(given)), source)


@adverts.command()
def crawl(  # noqa: PLR0917 - typer calls it by name
    sources: Annotated[Path, typer.Argument(help="A TOML file of sources; docs/adverts.md shows one.")],
    store: Store,
    release: FullRelease,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE...]", help="Only these of them.")] = None,
    workers: Workers = 2,
    threshold: Sure = 0.5,
    day: Day = "",
) -> None:
    """Ask sources for their adverts: Adzuna's API, the Display Advert API, and sites with JobPosting pages.

    Sites are asked politely: robots.txt and its delay are obeyed, unchanged pages aren't sent again. A source that
    fails stops no other. Exits with 1 if an advert or a page could not be read, with 2 if a source failed.
    """
    from lmiforall.extract.adverts import sources as configured
    from lmiforall.extract.adverts.asking import asker

    every = configured.read(sources, os.environ)
    if unknown := [name for name in names or () if name not in every]:
        raise Stop(Problem(f"there is no source {', '.join(unknown)}", str(sources), f"There are: {', '.join(every)}"))
    problems: list[Problem] = []
    faulty = 0
    with _taking(store, release, workers, threshold, day) as run:
        for name in names or every:
            with asker(_now, time.sleep, every[name].pause) as opened:
                try:
                    faulty += _say_taken(_ask(run, opened, name, every[name]), name, ending=False)
                except Stop as stop:
                    problems += stop.problems
    if problems:
        raise Stop(*problems)
    raise typer.Exit(FOUND if faulty else OK)


@adverts.command()
def expire(
    store: Store,
    unseen: Annotated[int, typer.Option(min=1, help="Close what was not seen for so many days.")] = 30,
    keep: Annotated[int, typer.Option(min=1, help="Take the words from what was closed so many days ago.")] = 365,
    day: Day = "",
) -> None:
    """Close adverts that are over, and take the words from old ones; their codes and dates stay, for counting."""
    with _store(store) as opened:
        from lmiforall.keep import ending

        closed = ending.expire(opened, _day(day), unseen)
        typer.echo(f"{closed:,} closed, {ending.retain(opened, _day(day), keep):,} without their words now")


@adverts.command()
def delete(
    source: Annotated[str, typer.Argument(help="The source's name.")],
    number: Annotated[str, typer.Argument(metavar="ID", help="The advert's id there.")],
    store: Store,
    day: Day = "",
) -> None:
    """Delete an advert on request, with every other source's copy of it, so that it doesn't come back."""
    with _store(store) as opened:
        from lmiforall.keep import ending

        typer.echo(f"{ending.delete(opened, source, number, _day(day)):,} copies deleted; it will not be taken again")


@adverts.command()
def counts(
    store: Store,
    months: Annotated[list[str], typer.Argument(metavar="MONTH...", help="Months, YYYY-MM.")],
    soc: Annotated[str, typer.Option(help="Only this unit group (SOC2020).")] = "",
    area: Annotated[str, typer.Option(help="Only this local authority or region (GSS code).")] = "",
) -> None:
    """Count adverts month by month, by occupation and local authority, as CSV.

    These are the adverts of this store, whatever its sources are; they are not the official series, which is the
    dataset job_adverts.
    """
    import csv
    from dataclasses import astuple, fields

    with _store(store) as opened:
        from lmiforall.keep.asked import Count, counts

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(field.name for field in fields(Count))
        writer.writerows(astuple(one) for one in counts(opened, months, soc2020=soc, area=area))


@app.command()
def serve(  # noqa: PLR0917 - typer calls it by name
    release: Annotated[
        Path | None, typer.Option(envvar="LMI_RELEASE", help="A release folder; without one the starter release.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for every one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="How many processes answer; they share the mapped release.")] = 1,
    keys: Annotated[
        Path | None,
        typer.Option(envvar="LMI_KEYS", help="A JSON file of keys and quotas; without one nobody needs a key."),
    ] = None,
    store: Annotated[
        str, typer.Option("--adverts", envvar="LMI_ADVERTS", help="A store of adverts; without one there are none.")
    ] = "",
) -> None:
    """Serve a release over HTTP: the old API (/api/v1), the new one (/api/v2), and pages about the data."""
    import uvicorn

    folder = (release or STARTER).resolve()
    number = _open(folder).number
    # The workers are processes of their own, and learn of the release in this way.
    os.environ["LMI_RELEASE"] = str(folder)
    if keys is not None:
        _gate(keys)
        os.environ["LMI_KEYS"] = str(keys.resolve())
    if store:
        with _store(store):
            os.environ["LMI_ADVERTS"] = store if "://" in store else str(Path(store).resolve())
    console.print(
        f"release {number} from {folder} at http://{host}:{port}", markup=False, highlight=False, soft_wrap=True
    )
    uvicorn.run("lmiforall.__main__:service", factory=True, host=host, port=port, workers=workers, **SERVER)


def service() -> "Service":
    """Open the release that the environment names, and give the application that answers from it."""
    from lmiforall.serve.application import application
    from lmiforall.show import pages

    opened = _open(Path(os.environ["LMI_RELEASE"]))
    gate = _gate(Path(keys)) if (keys := os.environ.get("LMI_KEYS")) else None
    adverts_ = _adverts(opened, store) if (store := os.environ.get("LMI_ADVERTS")) else None
    return application(opened, datasets.every(), pages.handlers(opened, datasets.every()), gate, adverts_)


def _adverts(release: "Release", address: str) -> "Mapping[str, Handler]":
    """Open the store of adverts for as long as the server lives."""
    import polars as pl

    from lmiforall.keep.database import opened
    from lmiforall.match.adverts import place
    from lmiforall.release.folder import parquet
    from lmiforall.serve.vacancies import Vacancies, handlers

    if lacking := [name for name in place.NEEDED if not parquet(release.folder, name).is_file()]:
        raise Stop(Problem(f"this release lacks {', '.join(lacking)}", str(release.folder), "Serve a full one"))
    places = place.places({name: pl.read_parquet(parquet(release.folder, name)) for name in place.NEEDED})
    return handlers(release, Vacancies(opened(address, create=False), places, lambda: _now().date().isoformat()))


def _gate(file: Path) -> "Gate":
    """Read keys and quotas from a file; one that isn't as it should be stops the server."""
    import msgspec

    from lmiforall.serve.gate import Gate, KeysInMemory, Limits

    try:
        given = msgspec.json.decode(file.read_bytes(), type=dict[str, dict[str, Any]])
        keys = msgspec.convert(given.get("keys", {}), KeysInMemory)
        return Gate(keys, msgspec.convert(given.get("limits", {}), Limits), time.monotonic)
    except (msgspec.MsgspecError, OSError) as error:
        raise Stop(Problem(str(error), f"file {file}", "docs/operating.md shows what it holds.")) from None


# What `adverts` of pyproject.toml installs, by the names that are imported.
FOR_ADVERTS = ("ahocorasick_rs", "defusedxml", "phonenumbers", "protego", "psycopg", "selectolax", "sqlalchemy")


@adverts.callback()
def _packages() -> None:
    """Stop where packages are missing that only adverts need."""
    if lacking := [name for name in FOR_ADVERTS if find_spec(name) is None]:
        do = "requirements/adverts.txt has all that adverts need"
        raise Stop(Problem(f"these packages aren't installed: {', '.join(lacking)}", "adverts", do))


@contextmanager
def _store(address: str, *, create: bool = False) -> "Iterator[Database]":
    """Open a store."""
    _packages()
    from lmiforall.keep.database import opened

    with opened(address, create=create) as database:
        yield database


@contextmanager
def _taking(address: str, release: Path, workers: int, threshold: float, day: str) -> "Iterator[Run]":
    """Open the store and make what prepares adverts with a release."""
    import polars as pl

    from lmiforall.release.folder import parquet, read_catalogue

    with _store(address, create=True) as store, console.status("reading the coder") as status:
        from lmiforall.match.adverts.prepare import NEEDED
        from lmiforall.match.adverts.run import Done, Knowledge, Run, hands

        number = read_catalogue(release)["release"]
        if lacking := [name for name in NEEDED if not parquet(release, name).is_file()]:
            raise Stop(Problem(f"this release lacks {', '.join(lacking)}", str(release), "Build a full one"))
        tables = {name: pl.read_parquet(parquet(release, name)) for name in NEEDED}
        knowledge = Knowledge(release, number, tables, threshold)
        # PERF: processes that each take all cores for their small products wait for each other: a seventh of the time
        # (bench/adverts.py). They read it as they begin.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

        def progress(done: Done) -> None:
            status.update(f"{done.read:,} read, {done.taken.new:,} new")

        with hands(knowledge, workers) as prepare:
            yield Run(store, _day(day), f"{number} {threshold}", prepare, workers * 2, progress)


def _ask(run: "Run", opened: "Asker", name: str, source: "Source") -> "Done":
    """Read a source of any kind into the store."""
    from lmiforall.extract.adverts import adzuna, crawl, display_advert
    from lmiforall.match.adverts import visits
    from lmiforall.match.adverts.run import take

    if isinstance(source, crawl.Site):
        visited = crawl.read(opened, name, source, visits.known(run.store, name))
        return visits.take_pages(run, name, visited)
    if isinstance(source, adzuna.Adzuna):
        return take(run, adzuna.read(opened, name, source))
    return take(run, display_advert.read(opened, name, source))


def _say_taken(done: "Done", name: str, *, ending: bool = True) -> int:
    """Say what became of a source's adverts; give how many could not be read."""
    for fault in done.faults:
        console.print(fault, style="yellow", markup=False, highlight=False, soft_wrap=True)
    taken = done.taken
    typer.echo(
        f"{name}: {done.read:,} read, {taken.new:,} new, {taken.same:,} the same as another source's, "
        f"{taken.again:,} seen again, {taken.changed:,} changed, {taken.refused:,} deleted on request before, "
        f"{done.closed:,} closed, {done.faulty:,} could not be read"
    )
    if ending:
        raise typer.Exit(FOUND if done.faulty else OK)
    return done.faulty


def _day(told: str) -> str:
    """Give a day as the store writes it: the one that was told, or today."""
    try:
        return date.fromisoformat(told).isoformat() if told else _now().date().isoformat()
    except ValueError:
        raise Stop(Problem(f"{told!r} is no day", do="Write it as YYYY-MM-DD")) from None


def _now() -> datetime:
    return datetime.now(UTC)


def _open(folder: Path) -> "Release":
    from lmiforall.release.opened import Release

    return Release(folder, datasets.every())


class _Watching:
    """Shows on a terminal what is being done, of how much; says nothing where nobody watches."""

    def __init__(self, doing: str = "building", total: int | None = None) -> None:
        self._doing, self._total = doing, total

    def __enter__(self) -> "_Watching":
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        self._bar.start()
        self._task = self._bar.add_task(self._doing, total=self._total)
        self._running: dict[str, None] = {}
        return self

    def __call__(self, name: str, state: str) -> None:
        if state == "started":
            self._running[name] = None
        else:
            self._running.pop(name, None)
            self._bar.advance(self._task)
        self._bar.update(self._task, description=", ".join(self._running) or self._doing)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


if __name__ == "__main__":
    main()
