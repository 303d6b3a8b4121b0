"""A JSON answer -> the same on several lines, long lists cut short, and each cut in sight."""

import json
from typing import Any

WIDTH = 118


def shortened(text: str, most: int = 2) -> str:
    """Show a JSON text with at most so many entries of each list; what isn't JSON is given as it is."""
    try:
        content = json.loads(text)
    except ValueError:
        return text
    return "\n".join(_lines(content, "", most))


def _lines(value: Any, indent: str, most: int) -> list[str]:
    """Write a value on one line where it fits and holds no cut, else one entry a line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= WIDTH and not _is_cut(value, most):
        return [flat]
    if isinstance(value, dict):
        return _wrapped("{", [_entry(key, item, indent, most) for key, item in value.items()], "}", indent)
    if isinstance(value, list):
        shown = [_lines(item, f"{indent}  ", most) for item in value[:most]]
        left = len(value) - most
        return _wrapped("[", [*shown, *([[f"... {left:,} more"]] if left > 0 else [])], "]", indent)
    return [flat]


def _entry(key: str, value: Any, indent: str, most: int) -> list[str]:
    first, *rest = _lines(value, f"{indent}  ", most)
    return [f"{json.dumps(key, ensure_ascii=False)}: {first}", *rest]


def _wrapped(opening: str, entries: list[list[str]], closing: str, indent: str) -> list[str]:
    lines = [opening]
    for place, entry in enumerate(entries):
        *head, last = entry
        comma = "," if place < len(entries) - 1 else ""
        first, *rest = [*head, f"{last}{comma}"]
        lines += [f"{indent}  {first}", *rest]
    return [*lines, f"{indent}{closing}"]


def _is_cut(value: Any, most: int) -> bool:
    """Tell whether a list in here is longer than what is shown of it."""
    if isinstance(value, dict):
        return any(_is_cut(item, most) for item in value.values())
    if isinstance(value, list):
        return len(value) > most or any(_is_cut(item, most) for item in value)
    return False
