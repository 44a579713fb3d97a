"""A plugin that answers every hook with something else."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.model.attribute import Severity
from gongkai.model.finding import Finding
from gongkai.model.reading import Entity, Observations, Span


@hookimpl
def read_content() -> str:
    return "words of the document"


@hookimpl
def observe() -> Observations:
    span = Span("line1", 0, 2, "words of the document")
    return Observations(entities=(Entity("PERSON", span),))  # type: ignore[arg-type]


@hookimpl
def resolve_source() -> dict[str, str]:
    return {"title": "words of the document"}


@hookimpl
def check_bundle() -> list[Finding]:
    return [Finding("PLUGIN", Severity.WARNING, "x")]  # type: ignore[arg-type]


@hookimpl
def guard_transition() -> bool:
    return True


@hookimpl
def on_event() -> str:
    return "heard"


@hookimpl
def commands() -> list[str]:
    return ["words"]


@hookimpl
def tables() -> str:
    return "package.module:metadata"
