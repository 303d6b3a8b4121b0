"""The real ``--help`` of each command -> the page about the command line."""

from typer.main import get_command
from typer.testing import CliRunner

from lmiforall.__main__ import app
from tools.reference.markdown import render

# The width of a terminal that nobody has widened, and what click leaves free of it.
WIDTH, MARGIN = 80, 2


def page() -> str:
    """Write the page."""
    return render(
        "command-line.md",
        "src/lmiforall/__main__.py",
        whole=help_of(),
        commands={" ".join(words): help_of(*words) for words in _named(get_command(app))},
    )


def _named(command: object, *words: str) -> list[tuple[str, ...]]:
    """Name the commands, and those within a command after it."""
    found: list[tuple[str, ...]] = []
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        found += [(*words, name), *_named(inner, *words, name)]
    return found


def help_of(*words: str) -> str:
    """Give what ``lmi WORDS --help`` prints on a terminal."""
    result = CliRunner().invoke(app, [*words, "--help"], terminal_width=WIDTH - MARGIN)
    if result.exit_code:
        raise RuntimeError(f"lmi {' '.join(words)} --help failed: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())
