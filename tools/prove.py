"""The publishers' files -> a dated report of the proofs that take too long for every test run (`make prove`).

Each is a command as anybody runs it, with what it printed, how long it took and the most memory it held.
"""

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import machine, watched
from bench.report import Report, table

LMI = [sys.executable, "-m", "lmiforall"]
TIMES = 10


@dataclass(frozen=True)
class Proof:
    """A claim, the command that shows it, and whether it did; ``said`` is the end of what it printed."""

    claim: str
    command: str
    holds: bool
    run: watched.Run
    said: str


def main() -> int:
    """Run every proof, write the report, and exit with 1 where one doesn't hold."""
    sources = os.environ.get("LMI_SOURCES")
    if not sources:
        print("make prove: LMI_SOURCES is not set; say where the publishers' files are.", file=sys.stderr)
        return 2
    with TemporaryDirectory() as place:
        proofs = []
        # A report is for others: their folders are called otherwise.
        names = {str(Path(sources).resolve()): "SOURCES", place: "DIR"}
        for found in _proofs(Path(sources).resolve(), Path(place)):
            proof = replace(found, command=_named(found.command, names), said=_named(found.said, names))
            print(f"{'holds' if proof.holds else 'FAILS'}: {proof.claim} ({proof.run.seconds:.0f} s)", file=sys.stderr)
            proofs.append(proof)
    _report(proofs).write("proofs")
    return 0 if all(proof.holds for proof in proofs) else 1


def _proofs(sources: Path, place: Path) -> Iterator[Proof]:
    first, second = place / "first", place / "second"
    yield _shown("Everything is built from the files", [*LMI, "build", f"--sources={sources}", f"--out={first}"])
    again = [*LMI, "build", f"--sources={sources}", f"--out={second}", "--workers=1"]
    yield _shown("It is built once more, apart, by one worker", again)
    yield _shown("Both releases are the same to the byte", ["diff", "--recursive", str(first), str(second)])
    yield _shown("And by their own list of sums", ["sha256sum", "--check", "--quiet", "SHA256SUMS"], first)
    yield _shown("They don't differ for `lmi compare` either", [*LMI, "compare", str(first), str(second)])
    audit = [*LMI, "audit", f"--release={first}", f"--sources={sources}"]
    yield _shown("Every published cell comes back out of the API", audit, lines=100)
    # The tests look at the release that was just built, not at another one of the same files.
    os.environ["LMI_TEST_RELEASE"] = str(first)
    pytest = [sys.executable, "-m", "pytest", "--quiet", f"--times={TIMES}"]
    yield _shown("And as many as were counted by hand are there", [*pytest, "tests/watch/test_audit.py"])
    addresses = [*pytest, "tests/serve/test_web.py"]
    yield _shown("200,000 random addresses never end in a 5xx, and every refusal is JSON", addresses)
    described = [*pytest, "tests/serve/test_fuzz.py"]
    yield _shown(
        "20,000 requests drawn from the description are answered by it; 20,000 hostile ones break nothing", described
    )


def _shown(claim: str, command: list[str], folder: Path | None = None, lines: int = 12) -> Proof:
    """Run a command, which shows the claim by ending with 0."""
    run = watched.run(command, folder=folder, check=False)
    typed = shlex.join(["lmi", *command[len(LMI) :]] if command[: len(LMI)] == LMI else command)
    said = "\n".join(run.said.splitlines()[-lines:])
    return Proof(claim, typed.replace(sys.executable, "python"), run.status == 0, run, said)


def _named(text: str, names: Mapping[str, str]) -> str:
    for path, name in names.items():
        text = text.replace(path, name)
    return text


def _report(proofs: list[Proof]) -> Report:
    about = machine.about() | {"command": "make prove"}
    heads = ["what", "s", "PSS at its most, MiB", ""]
    rows = [
        [one.claim, f"{one.run.seconds:.0f}", f"{one.run.peak.pss:,.0f}", "holds" if one.holds else "**fails**"]
        for one in proofs
    ]
    shown = [f"## {one.claim}\n\n```text\n$ {one.command}\n{one.said}\n```" for one in proofs]
    data = {"proofs": [{"claim": one.claim, "command": one.command, "holds": one.holds} for one in proofs]}
    return Report("Proofs at full count", about, [table(heads, rows), *shown], data)


if __name__ == "__main__":
    sys.exit(main())
