"""GET .../soc/code/4135 -> one occupation: its title, description, entry routes, tasks and job titles."""

import json
from collections.abc import Mapping
from typing import Any

from lmiforall.base.endpoint import Lookup, Search
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, found

# What an answer says where the starter release leaves a publisher's text out.
ELSEWHERE = "This text is in the full release, which is built from the publishers' files; the starter release has none."
UNIT_DIGITS = 4


def answer(opened: Opened, ask: Lookup, asked: Mapping[str, str]) -> Answer:
    """Answer with the record of a unit group; a code that is none is refused."""
    soc = occupation.code({**asked, "soc": asked["code"]})
    if len(soc) < UNIT_DIGITS:
        raise Stop(
            Problem(f"{soc} is a wider group than a unit group", "the path", "A code has four digits, such as 4135.")
        )
    row = int(opened.find({opened.dimensions[0]: [soc]})[0])
    return found(record(opened, ask, row), {opened.word("status", row)}, described_by(opened, row))


def record(opened: Opened, ask: Lookup | Search, row: int) -> dict[str, Any]:
    """Give one record with the keys of the wire, in their order."""
    content: dict[str, Any] = {"soc": int(opened.word(opened.dimensions[0], row))}
    for key, name in ask.fields.items():
        content[key] = _field(opened, name, row)
    if isinstance(content.get("tasks"), list):
        content["tasks"] = _as_sentences(content["tasks"])
    return content


def _as_sentences(tasks: list[str]) -> str:
    """Join tasks as the old API did: each on a line of its own, after a space, a full stop at the end."""
    return "".join([" ", ";\n ".join(tasks), "" if tasks and tasks[-1].endswith(".") else "."]) if tasks else ""


def described_by(opened: Opened, row: int) -> tuple[tuple[str, str], ...]:
    """Say by whose text the occupation is described."""
    if "described_by" not in opened.arrays:
        return ()
    return (("X-LMI-Note", f"described by the text of SOC2020 {opened.text('described_by', row)}"),)


def _field(opened: Opened, name: str, row: int) -> Any:
    kind = next(field.kind for field in opened.dataset.fields if field.name == name)
    if name not in opened.arrays:
        return [ELSEWHERE] if kind == "texts" else ELSEWHERE
    text = opened.text(name, row)
    return json.loads(text) if kind == "texts" else text
