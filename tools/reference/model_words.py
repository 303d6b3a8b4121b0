"""A model as it is declared -> what it does, and its settings in words."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from lmiforall.base.code_list import CodeList
from lmiforall.base.model import Model
from tools.reference.markdown import first_sentence

# These have a place of their own on the page.
_SAID_ELSEWHERE = ("inputs", "method")


def kind(model: Model) -> str:
    """Say what a model of this kind does, in the words of its declaration."""
    return first_sentence(type(model).__doc__)


def settings(model: Model) -> Iterator[tuple[str, str]]:
    """Give each setting of a model and its value."""
    for field in fields(model):
        if field.name not in _SAID_ELSEWHERE:
            yield field.name, _value(getattr(model, field.name))


def _value(value: Any) -> str:
    """Write a value: a list one after another, a nested declaration by its own settings."""
    if isinstance(value, CodeList):
        return f"`{value.name}`"
    if is_dataclass(value):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        return f"({', '.join(f'{name} {_value(one)}' for name, one in parts if one)})"
    if isinstance(value, tuple):
        return ", ".join(_value(one) for one in value)
    return f"`{value}`" if value != "" else "none"
