"""Sections of text and plain data -> one report: Markdown for people, JSON for programs, both dated."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import machine
from bench.servers import ROOT

PROOFS = ROOT / "docs" / "proofs"


@dataclass(frozen=True)
class Report:
    """What was measured; ``about`` says where, when and how."""

    title: str
    about: Mapping[str, str]
    sections: Sequence[str]
    data: Mapping[str, Any]

    def as_text(self) -> str:
        """Give the report as Markdown."""
        said = "\n".join(f"- {name}: {value}" for name, value in self.about.items())
        return "\n\n".join([f"# {self.title}, {machine.today()}", said, *self.sections]) + "\n"

    def as_json(self) -> str:
        """Give all that was measured, run by run."""
        return json.dumps({"date": machine.today(), "about": self.about, **self.data}, indent=1, ensure_ascii=False)

    def write(self, name: str) -> None:
        """Write both beside each other into ``docs/proofs``; an earlier one of the same day is replaced."""
        PROOFS.mkdir(parents=True, exist_ok=True)
        stem = PROOFS / f"{name}-{machine.today()}"
        stem.with_suffix(".md").write_text(self.as_text(), "utf-8")
        stem.with_suffix(".json").write_text(self.as_json() + "\n", "utf-8")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out as a Markdown table: words to the left, figures to the right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
