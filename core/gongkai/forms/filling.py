"""The one jinja2 environment templates run in, and texts as they may stand on a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from gongkai.forms.papers import Paper
from gongkai.messages import say
from gongkai.secrecy import STARS

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = re.compile(rf"(?:[绝絕机機]\s*密|秘\s*密)\s*级?\s*[{STARS}]\s*(?:\d{{1,3}}\s*年|长期)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")

FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""All that an expression in a template can end in."""


@cache
def environment(*, markup: bool) -> SandboxedEnvironment:
    """Templates are the office's, what they are filled with is anybody's.

    Undefined names fail; nothing of Python can be reached; with ``markup``, a value is
    always escaped: the filter that would prevent it is gone.
    """
    made = SandboxedEnvironment(autoescape=markup, undefined=StrictUndefined)
    made.globals.clear()
    for name in ("safe", "xmlattr", "pprint", "tojson", "urlize"):
        made.filters.pop(name, None)
    made.filters["day"] = day_words
    made.filters["moment"] = moment_words
    return made


def values(paper: Paper) -> Mapping[str, Any]:
    """The fields of a paper as a template gets them, every text fit to print."""
    clean = _clean(paper)
    return {each.name: getattr(clean, each.name) for each in fields(clean)}


def day_words(text: str) -> str:
    """An ISO day in words; what is no day stays as it is."""
    when = _parsed(text) if _DAY.match(text) else None
    if when is None:
        return text
    return say("forms.day", year=when.year, month=when.month, day=when.day)


def moment_words(text: str) -> str:
    """An ISO moment in words, to the minute; a day as a day."""
    when = _parsed(text) if _MOMENT.fullmatch(text) else None
    if when is None:
        return day_words(text)
    return say("forms.moment", day=day_words(text), time=f"{when:%H:%M}")


def printed(text: str) -> str:
    """A text without what no document can hold, and without marks of a level.

    A mark copied into a form, from an opinion say, would make the form itself a marked
    paper wherever it lies (A6).
    """
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SURROGATE.sub("\ufffd", text)
    return _MARK.sub(lambda _: say("forms.mark_left_out"), text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, tuple):
        return tuple(map(_clean, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _clean(getattr(value, f.name)) for f in fields(value)})
    return value


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
