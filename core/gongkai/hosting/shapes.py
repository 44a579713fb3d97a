"""Whether an answer is what the hook promises, down to the last field.

A wrong type that is let in fails later, far from the plugin that made it. The words of a
complaint name fields and types only, never a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

Check = Callable[[object], str]
"""Says what is wrong with a value, "" when nothing is."""


@cache
def shape(hint: object) -> Check:
    """The check for a type of the model: dataclass, enum, union, tuple, frozenset or plain."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _any_of(tuple(shape(choice) for choice in inner), _named(hint))
    if origin is tuple and inner[-1] is ...:
        return _all_in(tuple, shape(inner[0]))
    if origin is tuple:
        return _each_in(tuple(shape(part) for part in inner))
    if origin is frozenset:
        return _all_in(frozenset, shape(inner[0]))
    if isinstance(hint, type):
        return _of_type(hint)
    raise TypeError(f"no shape for {hint!r}")


def sequence_of(hint: object) -> Check:
    """The check for a list or tuple of one type."""
    of_list, of_tuple = _all_in(list, shape(hint)), _all_in(tuple, shape(hint))
    return lambda value: of_list(value) if type(value) is list else of_tuple(value)


def nothing(value: object) -> str:
    """The check for a hook that only listens."""
    return "" if value is None else _complaint(value, "None")


def _of_type(kind: type) -> Check:
    if is_dataclass(kind):
        return _dataclass_shape(kind)
    if kind is str:
        return _text
    accepted = {float: (float, int), NoneType: (NoneType,)}.get(kind, (kind,))
    return lambda value: "" if type(value) in accepted else _complaint(value, kind.__name__)


def _text(value: object) -> str:
    # Exactly str, or a choice of ours: any other subclass would not travel between processes.
    own = isinstance(value, StrEnum) and type(value).__module__.startswith("gongkai")
    return "" if type(value) is str or own else _complaint(value, "str")


def _dataclass_shape(kind: type) -> Check:
    hints = get_type_hints(kind)
    checks = [(field.name, shape(hints[field.name])) for field in fields(kind)]

    def check(value: object) -> str:
        if type(value) is not kind:
            return _complaint(value, kind.__name__)
        for name, fits in checks:
            if problem := fits(getattr(value, name)):
                return f".{name}{problem}" if problem[0] in ".[" else f".{name}: {problem}"
        return ""

    return check


def _all_in(container: type, fits: Check) -> Check:
    def check(value: object) -> str:
        if type(value) is not container or not isinstance(value, tuple | list | frozenset):
            return _complaint(value, container.__name__)
        for index, entry in enumerate(value):
            if problem := fits(entry):
                return f"[{index}]{problem}" if problem[0] in ".[" else f"[{index}]: {problem}"
        return ""

    return check


def _each_in(parts: tuple[Check, ...]) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, tuple) or len(value) != len(parts):
            return _complaint(value, f"tuple of {len(parts)}")
        return next((p for fits, v in zip(parts, value, strict=True) if (p := fits(v))), "")

    return check


def _any_of(choices: tuple[Check, ...], names: str) -> Check:
    def check(value: object) -> str:
        problems = [fits(value) for fits in choices]
        if "" in problems:
            return ""
        # The one choice of the right class knows which of its fields is wrong.
        return next((p for p in problems if p[0] in ".["), _complaint(value, names))

    return check


def _complaint(value: object, wanted: str) -> str:
    return f"{type(value).__name__}, not {wanted}"


def _named(hint: object) -> str:
    return " | ".join(
        part.__name__ if isinstance(part, type) else str(part) for part in get_args(hint)
    ).replace("NoneType", "None")
