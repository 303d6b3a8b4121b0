"""The command line: the one place where the rooms are joined and the environment is read."""

import json
import os
import sys
import time
from datetime import UTC, datetime
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
from lmiforall.base.problem import Stop

if TYPE_CHECKING:
    from lmiforall.release.opened import Release
    from lmiforall.serve.gate import Gate
    from lmiforall.serve.web import Service

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

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[DATASET...]", help="Only these datasets (and what they need).")
]
Sources = Annotated[Path, typer.Option(help="The folder of the publishers' files, as `lmi fetch` fills it.")]
ReleaseFolder = Annotated[Path, typer.Option(help="A release folder, made by `lmi build`.")]

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
    from lmiforall.release.build import with_inputs

    every = datasets.every()
    wanted = [every[name] for name in with_inputs(every, names or every)]
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
    What hasn't changed since the release at --out is carried over from it.
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
        report = probe.audit(release, sources, workers=workers, progress=progress)
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
    release: Annotated[Path, typer.Option(envvar="LMI_RELEASE", help="A full release folder, made by `lmi build`.")],
    title: Annotated[str, typer.Option(help="The column that holds the job title.")],
    out: Annotated[Path, typer.Option(help="The file to write; there must be none yet.")],
    description: Annotated[list[str] | None, typer.Option(help="A column of description.")] = None,
    industry: Annotated[str, typer.Option(help="A column that names the industry in words.")] = "",
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Below this probability: the narrowest wider group that has it.")
    ] = 0.0,
) -> None:
    """Code a file of job titles to SOC2020 and SOC2010, each with its probability.

    Added are the columns soc2020, soc2020_probability, soc2010, soc2010_probability, alternatives and reason.
    A row that can't be read is written with its reason, and the run goes on (of a Parquet file such rows are left
    out, and named). A run that was stopped goes on where it was when it is asked the same again. Exits with 1 if a row
    could not be read.
    """
    from lmiforall.match import coder, kept, rows, sheet
    from lmiforall.release.folder import read_catalogue

    columns = rows.Columns(title, tuple(description or ()), industry)
    number = read_catalogue(release)["release"]
    with console.status("reading the coder") as status:
        done = sheet.code_file(
            coder.Coder(kept.load(release)), file, out, columns, threshold, release=number,
            progress=lambda count: status.update(f"{count:,} rows"),
        )  # fmt: skip
    for fault in done.faults:
        console.print(f"{file}: {fault}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    typer.echo(f"{out}: {done.rows:,} rows, {done.coded:,} coded, {done.broken:,} could not be read")
    raise typer.Exit(FOUND if done.broken else OK)


@app.command()
def serve(
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
    return application(opened, datasets.every(), pages.handlers(opened, datasets.every()), gate)


def _gate(file: Path) -> "Gate":
    """Read keys and quotas from a file; one that isn't as it should be stops the server."""
    import msgspec

    from lmiforall.base.problem import Problem, Stop
    from lmiforall.serve.gate import Gate, KeysInMemory, Limits

    try:
        given = msgspec.json.decode(file.read_bytes(), type=dict[str, dict[str, Any]])
        keys = msgspec.convert(given.get("keys", {}), KeysInMemory)
        return Gate(keys, msgspec.convert(given.get("limits", {}), Limits), time.monotonic)
    except (msgspec.MsgspecError, OSError) as error:
        raise Stop(Problem(str(error), f"file {file}", "docs/operating.md shows what it holds.")) from None


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
