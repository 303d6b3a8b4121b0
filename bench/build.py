"""The publishers' files -> how long a release takes to be built and served, and how much memory.

Measured are the commands as anybody runs them: `lmi build` of everything, again after one file has changed, and
`lmi serve` until it is ready, after a question to every dataset, and after every table was downloaded.
"""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bench import build_report, machine, serving, watched
from lmiforall.release import folder

# A server is started so often; one start tells little on a busy machine.
STARTS = 5


def build(sources: Path, out: Path, only: Sequence[str]) -> watched.Run:
    """Build what has changed, and say on standard output how long each dataset took."""
    names = [f"--only={name}" for name in only]
    return watched.run([sys.executable, "-m", "bench.parts", f"--sources={sources}", f"--out={out}", *names])


def with_one_change(sources: Path, copy: Path, release: Path) -> str:
    """Link the sources into a folder, but for the smallest JSON of the release, which gets an empty line; name it."""
    shutil.copytree(sources, copy, copy_function=os.symlink)
    entries = folder.read_catalogue(release)["datasets"].values()
    read = {file["path"] for entry in entries for file in entry["files"] if file["path"].endswith(".json")}
    changed: str = min(sorted(read), key=lambda path: (sources / path).stat().st_size)
    content = (sources / changed).read_bytes()
    (copy / changed).unlink()
    (copy / changed).write_bytes(content + b"\n")
    return changed


def main(
    sources: Annotated[Path, typer.Option(envvar="LMI_SOURCES", help="The folder of the publishers' files.")],
    *,
    only: Annotated[list[str] | None, typer.Option(help="Only these datasets; a report needs all of them.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the tables.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write both into docs/proofs/ as well.")] = False,
) -> None:
    """Measure the build of everything and the server on it, and print the report."""
    about = machine.about() | {"load before": f"{machine.busy():.1f}"}
    with TemporaryDirectory() as place:
        out, copy = Path(place) / "release", Path(place) / "sources"
        print("building everything", file=sys.stderr)
        first = build(sources.resolve(), out, only or ())
        changed = with_one_change(sources.resolve(), copy, out)
        print(f"building after a change of {changed}", file=sys.stderr)
        second = build(copy, out, only or ())
        ready = median(serving.seconds_until_ready(out) for _ in range(STARTS))
        stages = list(serving.stages(out))
        number = folder.read_catalogue(out)["release"]
    about |= {"release": number, "load after": f"{machine.busy():.1f}", "command": machine.command("bench.build")}
    parts = dict(map(json.loads, first.said.splitlines()))
    written = build_report.of(about, build_report.Measured(first, second, changed, parts, ready, stages))
    print(written.as_json() if as_json else written.as_text())
    if write and not only:
        written.write("build")


if __name__ == "__main__":
    typer.run(main)
