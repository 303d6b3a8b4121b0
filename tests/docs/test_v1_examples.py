"""The examples on the page of the old API run: each language asks every endpoint of a real server."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lmiforall import datasets
from tools.reference.examples_page import LANGUAGES, examples

ENDINGS = {"sh": ".sh", "python": ".py", "javascript": ".mjs", "r": ".R"}
RUN = {"sh": "bash", "python": sys.executable, "javascript": "node", "r": "Rscript"}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_example_runs_as_it_is_written(
    language: str, served: str, program: Callable[[str], str], tmp_path: Path
) -> None:
    written = [one.written[language] for one in examples(datasets.every(), served)]
    _, above, _ = LANGUAGES[language]
    script = tmp_path / f"examples{ENDINGS[language]}"
    # A mark after each tells that all were run, and none said nothing.
    mark = {"sh": "echo; echo ---", "python": "print('---')", "javascript": "console.log('---')", "r": "cat('---\\n')"}
    begin = "set -e" if language == "sh" else above
    script.write_text("\n".join([begin, *(f"{text}\n{mark[language]}" for text in written)]) + "\n", "utf-8")
    run = subprocess.run(
        [program(RUN[language]), str(script)], capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said = run.stdout.split("---\n")
    assert len(said) == len(written) + 1
    assert all(text.strip() for text in said[:-1])
